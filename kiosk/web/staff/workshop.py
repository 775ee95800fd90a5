"""One workshop's page: open it, watch the counts, close it, count heads, pack it."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from flask import Blueprint, redirect, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kiosk.bundle.freeze import StillOpen, freeze
from kiosk.store.workshop import Headcount, Workshop, closes_at
from kiosk.store.workshops import AlreadyPacked
from kiosk.survey.form import form_files, parse_form
from kiosk.web.doors import door, on_this_machine
from kiosk.web.messages import Stop
from kiosk.web.staff import access, phases, sending
from kiosk.web.staff.common import (
    address_of,
    hindrance,
    languages_of,
    page,
    reports,
    screens,
    tickets,
    to,
    whole_number,
    workshop_of,
    workshops,
)
from kiosk.web.staff.messages import NO_FILE

pages = Blueprint("staff_workshop", __name__, url_prefix="/staff/w/<code>")
MOST_PEOPLE = 9999
HEADS = ("present", "said_no", "left_early")


@pages.get("/")
@door("facilitator")
def show(code: str) -> str:
    """Show a workshop: its state, its counts, and what to do next. Never an answer."""
    return _show(workshop_of(code))


@pages.get("/status")
@door("facilitator")
def status(code: str) -> dict[str, Any]:
    """Return what changes while the page is open, for its script."""
    workshop = workshop_of(code)
    return {
        "state": workshop.state, "sent": workshop.sent,
        "declined": workshop.counters["declined"], "timed_out": workshop.counters["timed_out"],
        "waiting": sum(screen.waiting for screen in screens().of(workshop.id)),
        "screens": len(screens().of(workshop.id)), "address": address_of(workshop),
        "disk_full": hindrance() == "disk_full", "cannot_save": hindrance() == "cannot_save",
    }  # fmt: skip


@pages.post("/open")
@door("facilitator")
def open_(code: str) -> Response:
    """Let people answer from now on."""
    try:
        return to(workshops().open(workshop_of(code).code), "opened")
    except AlreadyPacked:
        return to(workshop_of(code), "packed-already")


@pages.post("/close")
@door("facilitator")
def close(code: str) -> Response | tuple[str, int]:
    """Count heads and take no more answers."""
    workshop = workshop_of(code)
    headcount = _headcount()
    if headcount is None:
        return _not_a_number(workshop)
    workshops().close(code)
    return to(workshops().count(code, headcount), "closed")


@pages.post("/headcount")
@door("facilitator")
def count(code: str) -> Response | tuple[str, int]:
    """Note how many people were there."""
    workshop = workshop_of(code)
    headcount = _headcount()
    if headcount is None:
        return _not_a_number(workshop)
    return to(workshops().count(code, headcount), "counted")


@pages.post("/pack")
@door("facilitator")
def pack(code: str) -> Response:
    """Put the sealed answers into the one file that goes to the researchers."""
    workshop = workshop_of(code)
    if _waiting(workshop) and not request.form.get("anyway"):
        return to(workshop, "still-waiting")
    try:
        freeze(workshops(), workshop.code)
    except StillOpen:
        return to(workshop)
    if not sending.outbox().target_of(workshop):
        return to(workshop, "packed")
    sending.sender().call()
    return to(workshop, "sending")


@pages.get("/bundle")
@door("facilitator")
def bundle(code: str) -> Response:
    """Hand out the sealed file; nobody in the room can open it."""
    workshop = workshop_of(code)
    file = workshops().data / "bundles" / (workshop.bundle or "")
    if not workshop.bundle or not file.is_file():
        raise Stop(NO_FILE)
    answer = send_file(file, mimetype="application/zip", as_attachment=True, etag=False,
                       last_modified=None)  # fmt: skip
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.post("/screen")
@door("facilitator")
def use_this_screen(code: str) -> Response:
    """Turn this very screen into a kiosk screen; the staff pages are locked behind the PIN."""
    workshop = workshop_of(code)
    if not workshop.is_open:
        return to(workshop)
    access.leave()
    return redirect(url_for("screen.shell", code=workshop.code, key=workshop.screen_key), 303)


def _show(workshop: Workshop, problem: str = "", heads: dict[str, str] | None = None) -> str:
    parcel = sending.outbox().parcel_of(workshop)
    return page(
        "workshop", workshop,
        problem=problem, hindrance=hindrance(), heads=heads or asdict(workshop.headcount),
        note=request.args.get("note", ""), address=address_of(workshop),
        closes_at=closes_at(workshop.plan.ends_at), languages=languages_of(workshop),
        screens=screens().of(workshop.id), waiting=_waiting(workshop),
        parcel=parcel, way=sending.state_of(parcel), target=sending.outbox().target_of(workshop),
        tickets=tickets().counts(workshop), on_this_machine=on_this_machine(),
        forms=[phases.stage(workshop, parse_form(file), reports().of(workshop))
               for file in form_files().values()],
    )  # fmt: skip


def _not_a_number(workshop: Workshop) -> tuple[str, int]:
    problem = _("Please write numbers only, or leave the field empty.")
    return _show(workshop, problem=problem, heads=_typed()), 400


def _waiting(workshop: Workshop) -> int:
    return sum(screen.waiting for screen in screens().of(workshop.id))


def _typed() -> dict[str, str]:
    return {name: request.form.get(name, "").strip() for name in HEADS}


def _headcount() -> Headcount | None:
    """Return the numbers that were typed; None if one of them is no number."""
    typed = {name: text for name, text in _typed().items() if text}
    numbers = {name: whole_number(text, MOST_PEOPLE) for name, text in typed.items()}
    if None in numbers.values():
        return None
    return Headcount(**numbers)
