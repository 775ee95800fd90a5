"""The facilitator's page: which workshops are open, where, and how many have sent. No answers."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, redirect, render_template, url_for
from werkzeug.wrappers import Response

from kiosk.languages import LANGUAGES, Language
from kiosk.store.workshops import Workshop, Workshops
from kiosk.web.doors import door
from kiosk.web.sign_in import accepts, let_in
from kiosk.web.texts import survey_of

pages = Blueprint("facilitator", __name__, url_prefix="/staff")


@pages.get("/enter/<link>")
@door("sign-in")
def enter(link: str) -> Response:
    """Sign in with the link that the kiosk printed when it started."""
    if not accepts(link):
        abort(404)
    return let_in(redirect(url_for(".workshops"), 303))


@pages.get("/")
@door("facilitator")
def workshops() -> str:
    """Show every workshop with its address and its counts."""
    found: Workshops = current_app.extensions["workshops"]
    return render_template(
        "staff/workshops.html",
        workshops=found.all(),
        drafts=_drafts,
        kiosk_url=current_app.extensions["kiosk_url"](),
    )


def _drafts(workshop: Workshop) -> list[Language]:
    """Return the offered languages that no native speaker has read yet."""
    drafts = survey_of(workshop.survey_file).drafts
    return [LANGUAGES[tag] for tag in workshop.languages if tag in drafts]
