"""Answers on paper: sheets to print, and a page that types them in, sealed like all others."""

from __future__ import annotations

import secrets

from flask import Blueprint, current_app, redirect, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kiosk.languages import LANGUAGES
from kiosk.store.intake import Closed, Intake, NotStored
from kiosk.store.workshop import Workshop
from kiosk.survey.answers import Refused
from kiosk.web import messages
from kiosk.web.catalogue import Catalogue, current_language
from kiosk.web.doors import door, on_this_machine
from kiosk.web.messages import Stop
from kiosk.web.paper import in_order, sheet
from kiosk.web.staff.common import page, to, whole_number, workshop_of
from kiosk.web.staff.messages import DISK_FULL, NOT_SAVED, ONLY_HERE
from kiosk.web.submission import read_sheet
from kiosk.web.texts import study_of, survey_of, texts_for

pages = Blueprint("staff_paper", __name__, url_prefix="/staff/w/<code>/paper")
MOST_SHEETS = 9999
CARRIED = ("csrf", "typed")


@pages.get("/sheets")
@door("facilitator")
def sheets(code: str) -> str:
    """Show the languages in which the survey can be printed for pens."""
    workshop = workshop_of(code)
    tags = [tag for tag in workshop.languages if tag in _printable(workshop)]
    return page("paper_sheets", workshop, languages=[LANGUAGES[tag] for tag in tags])


@pages.get("/sheets/<tag>")
@door("facilitator")
def printed(code: str, tag: str) -> str:
    """Show the sheet of one language, ready to print."""
    workshop = workshop_of(code)
    if tag not in workshop.languages or tag not in _printable(workshop):
        raise Stop(messages.NO_SUCH_LANGUAGE)
    study, language = study_of(workshop.study), LANGUAGES[tag]
    words = {
        "heading": workshop.title, "site": workshop.site, "tool": workshop.tool,
        "university": study.organisation, "contact": study.contact,
    }  # fmt: skip
    staff = {
        "language": current_language().tag, "back": _("Back"), "print": _("Print this sheet"),
        "back_to": url_for(".sheets", code=workshop.code),
    }  # fmt: skip
    interface = _catalogue().texts.by_locale[language.babel_id]
    return sheet(
        current_app.jinja_env, survey_of(workshop.survey_file), language, interface, words,
        staff=staff,
    )  # fmt: skip


@pages.get("/")
@door("facilitator")
def before(code: str) -> Response | str:
    """Say who may type the sheets in, before anybody does."""
    workshop = workshop_of(code)
    return page("paper_before", workshop) if workshop.takes_paper else to(workshop)


@pages.get("/type")
@door("facilitator")
def empty(code: str) -> Response | str:
    """Show an empty sheet to type into; nothing of the one before is left."""
    workshop = _typing(code)
    return _empty(workshop) if workshop.takes_paper else to(workshop)


@pages.post("/type")
@door("facilitator")
def take(code: str) -> Response:
    """Take one sheet: check, seal, store durably, and only then go on to the next."""
    workshop, typed = _typing(code), _typed()
    fields = [field for field in request.form.items(multi=True) if field[0] not in CARRIED]
    if not any(name != "submission_id" for name, _value in fields):
        return _next(workshop, typed, "empty")
    intake: Intake = current_app.extensions["intake"]
    try:
        new = intake.store(read_sheet(workshop, fields))
    except Refused as problem:
        raise Stop(messages.UNREADABLE) from problem
    except Closed:
        return to(workshop, "packed-already")
    except NotStored as problem:
        raise Stop(DISK_FULL if problem.hindrance == "disk_full" else NOT_SAVED) from problem
    return _next(workshop, typed + new, "stored" if new else "again")


def _typing(code: str) -> Workshop:
    """Return the workshop, if whoever asks sits at the kiosk itself."""
    if not on_this_machine():
        raise Stop(ONLY_HERE)
    return workshop_of(code)


def _typed() -> int:
    """Return how many sheets were typed in a row; the browser carries it, nothing keeps it."""
    return whole_number(request.values.get("typed", ""), MOST_SHEETS) or 0


def _next(workshop: Workshop, typed: int, note: str) -> Response:
    return redirect(url_for(".empty", code=workshop.code, typed=typed, note=note), 303)


def _empty(workshop: Workshop) -> str:
    survey, language = survey_of(workshop.survey_file), current_language()
    tag = language.tag if language.tag in survey.languages else survey.languages[0]
    texts = texts_for(workshop, survey, study_of(workshop.study), LANGUAGES[tag])
    return page(
        "paper_type", workshop, tag=tag, dir=LANGUAGES[tag].dir, filled=texts.filled,
        in_order=in_order, typed=_typed(), note=request.args.get("note", ""),
        submission_id=secrets.token_urlsafe(18),
    )  # fmt: skip


def _catalogue() -> Catalogue:
    found: Catalogue = current_app.extensions["catalogue"]
    return found


def _printable(workshop: Workshop) -> frozenset[str]:
    return _catalogue().complete & set(survey_of(workshop.survey_file).languages)
