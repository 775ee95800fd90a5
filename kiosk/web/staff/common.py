"""What the facilitator's pages share: the stores, the workshop a page is about, the studies."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from flask import current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from kiosk.languages import LANGUAGES, Language
from kiosk.store.intake import Hindrance, Intake
from kiosk.store.reports import SelfReports
from kiosk.store.tickets import Tickets
from kiosk.store.workshop import Workshop
from kiosk.store.workshops import NoSuchWorkshop, Workshops
from kiosk.web import messages
from kiosk.web.messages import Stop
from kiosk.web.screens import Screens
from kiosk.web.texts import survey_of


def workshops() -> Workshops:
    """Return the kiosk's workshops."""
    return cast(Workshops, current_app.extensions["workshops"])


def reports() -> SelfReports:
    """Return the kiosk's self-reports."""
    return SelfReports(workshops().data)


def tickets() -> Tickets:
    """Return the kiosk's tickets."""
    return Tickets(workshops().data)


def screens() -> Screens:
    """Return the kiosk screens that have been heard of since the start."""
    return cast(Screens, current_app.extensions["screens"])


def workshop_of(code: str) -> Workshop:
    """Return the workshop a page is about; there is no page without one."""
    try:
        return workshops().get(code)
    except NoSuchWorkshop as problem:
        raise Stop(messages.NOT_HERE) from problem


def hindrance() -> Hindrance:
    """Return what keeps answers from being stored just now, as far as somebody has sent one."""
    return cast(Intake, current_app.extensions["intake"]).hindrance


def kiosk_url() -> str:
    """Return the address at which phones reach the kiosk, as far as it is known now."""
    return cast(Callable[[], str], current_app.extensions["kiosk_url"])()


def address_of(workshop: Workshop) -> str:
    """Return the short address of a workshop, for QR codes and for typing."""
    return kiosk_url() + url_for("participant.start", code=workshop.code)


def whole_number(text: str, most: int) -> int | None:
    """Return the number that was typed; None if it is none, or larger than `most`."""
    if not (text.isdecimal() and len(text) <= len(str(most))):
        return None
    return int(text) if int(text) <= most else None


def languages_of(workshop: Workshop) -> list[Language]:
    """Return the languages a workshop offers."""
    return [LANGUAGES[tag] for tag in workshop.languages if tag in LANGUAGES]


def page(name: str, workshop: Workshop, **values: object) -> str:
    """Return a page about a workshop."""
    return render_template(
        f"staff/{name}.html",
        workshop=workshop,
        survey=survey_of(workshop.survey_file),
        **values,
    )


def to(workshop: Workshop, note: str = "") -> Response:
    """Go (back) to a workshop's page; `note` names a sentence that it then says."""
    return redirect(url_for("staff_workshop.show", code=workshop.code, note=note or None), 303)
