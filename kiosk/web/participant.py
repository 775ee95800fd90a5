"""The participant's pages: choose a language, answer, send. One document, no cookie."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, current_app, json, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk.languages import LANGUAGES, Language
from kiosk.store.intake import Closed, Intake, NotStored
from kiosk.store.tickets import Tickets, UnknownTicket, UsedTicket, tidy
from kiosk.store.workshop import Workshop
from kiosk.store.workshops import NoSuchWorkshop, Workshops
from kiosk.survey.answers import Refused
from kiosk.survey.kinds import options_of
from kiosk.survey.model import Survey
from kiosk.survey.review import LOWEST, may_be_offered
from kiosk.web import messages
from kiosk.web.catalogue import current_language, speak
from kiosk.web.clips import clips_of
from kiosk.web.doors import door
from kiosk.web.guard import answer, wants_json
from kiosk.web.kept_pages import KeptPages
from kiosk.web.messages import Stop
from kiosk.web.submission import read_submission
from kiosk.web.texts import Texts, study_of, survey_of, texts_for

pages = Blueprint("participant", __name__)
FRESH_ID = secrets.token_urlsafe(18)  # in kept pages; each visitor gets one of their own


@pages.get("/")
@door("participant")
def home() -> Response | str:
    """Show the open workshop; a choice if there are several; a kind word if there is none."""
    workshops = _workshops().all(only_open=True)
    if not workshops:
        return answer(messages.NO_WORKSHOP)
    if len(workshops) == 1:
        return start_page(workshops[0])
    return render_template("participant/choose.html", workshops=workshops)


@pages.get("/w/<code>")
@door("participant")
def start(code: str) -> str:
    """Show the languages of a workshop by their own names."""
    workshop = _open(workshop_of(code))
    return start_page(workshop, ticket=_ticket(workshop))


@pages.get("/w/<code>/<tag>")
@door("participant")
def survey(code: str, tag: str) -> str:
    """Show the whole survey in one language, in one document."""
    workshop = _open(workshop_of(code))
    return page_of(workshop, tag, ticket=_ticket(workshop, tag))


def start_page(workshop: Workshop, *, ticket: str = "", on_screen: bool = False) -> str:
    """Return the page of languages; first the ticket is asked for, where one is needed."""
    languages = offered(workshop)
    if not languages:
        raise Stop(messages.NO_SUCH_LANGUAGE)
    if workshop.plan.tickets and not ticket and not on_screen:
        return render_template("participant/ticket.html", workshop=workshop)
    speak(languages[0])
    address = current_app.extensions["kiosk_url"]() + url_for(
        "participant.start", code=workshop.code
    )
    return render_template(
        "participant/start.html", workshop=workshop, languages=languages, address=address,
        ticket=ticket, with_clips=[one.tag for one in languages if clips_of(workshop, one.tag)],
    )  # fmt: skip


def page_of(workshop: Workshop, tag: str, *, ticket: str = "", on_screen: bool = False) -> str:
    """Return the whole survey in one language. On a kiosk screen it has a timer and a hand-over."""
    if tag not in [language.tag for language in offered(workshop)]:
        raise Stop(messages.NO_SUCH_LANGUAGE)
    languages, has_clips = offered(workshop), bool(clips_of(workshop, tag))

    def made(submission_id: str) -> str:
        return render_template(
            "participant/survey.html", languages=languages, submission_id=submission_id,
            ticket=ticket, on_screen=on_screen, has_clips=has_clips, **_words(workshop, tag),
        )  # fmt: skip

    if on_screen or ticket:  # made for one screen, or for one person
        return made("" if on_screen else secrets.token_urlsafe(18))
    _speak(workshop, tag)
    kept: KeptPages = current_app.extensions["kept_pages"]
    key = (workshop.id, workshop.code, workshop.plan, workshop.study, workshop.survey_file, tag,
           has_clips, *languages)  # fmt: skip
    page = kept.get(key, lambda: made(FRESH_ID))
    return page.replace(FRESH_ID, secrets.token_urlsafe(18))


@pages.post("/w/<code>/<tag>")
@door("participant")
def submit(code: str, tag: str) -> Response:
    """Take one submission: check, seal, store durably, and only then acknowledge."""
    workshop = workshop_of(code, as_planned=True)
    _speak(workshop, tag)
    intake: Intake = current_app.extensions["intake"]
    try:
        submission = read_submission(workshop, list(request.form.items(multi=True)))
        new = intake.store(submission)
    except Refused as problem:
        raise Stop(messages.UNREADABLE) from problem
    except Closed as problem:
        raise Stop(messages.CLOSED) from problem
    except UnknownTicket as problem:
        raise Stop(messages.UNKNOWN_TICKET) from problem
    except UsedTicket as problem:
        raise Stop(messages.USED_TICKET) from problem
    except NotStored as problem:
        raise Stop(messages.NOT_STORED) from problem
    if wants_json():
        body = json.dumps({"stored": True, "submission_id": submission.submission_id})
        return current_app.response_class(body, 201 if new else 200, mimetype="application/json")
    end = ".goodbye" if submission.envelope is None else ".thanks"
    return redirect(url_for(end, code=workshop.code, tag=tag), 303)


@pages.get("/w/<code>/<tag>/thanks")
@door("participant")
def thanks(code: str, tag: str) -> str:
    """Thank a participant whose page has no JavaScript."""
    words = _words(workshop_of(code), tag)
    return render_template("participant/thanks.html", **words)


@pages.get("/w/<code>/<tag>/goodbye")
@door("participant")
def goodbye(code: str, tag: str) -> str:
    """Say goodbye to somebody who said no, thank you."""
    _speak(workshop_of(code), tag)
    return render_template("participant/goodbye.html")


def _workshops() -> Workshops:
    found: Workshops = current_app.extensions["workshops"]
    return found


def workshop_of(code: str, *, as_planned: bool = False) -> Workshop:
    """Return the workshop of this code; there is no page without one."""
    try:
        return _workshops().as_planned(code) if as_planned else _workshops().get(code)
    except NoSuchWorkshop as problem:
        raise Stop(messages.NOT_HERE) from problem


def _open(workshop: Workshop) -> Workshop:
    """Return the workshop if it takes answers now."""
    if workshop.state == "planned":
        raise Stop(messages.NOT_STARTED)
    if not workshop.is_open:
        raise Stop(messages.CLOSED)
    return workshop


def _ticket(workshop: Workshop, tag: str = "") -> str:
    """Return the visitor's ticket, told apart before fifteen questions are answered in vain."""
    ticket = tidy(request.args.get("ticket", ""))
    if not workshop.plan.tickets:
        return ""
    if tag:
        _speak(workshop, tag)
    try:
        if ticket or tag:
            Tickets(_workshops().data).check(workshop, ticket)
    except UnknownTicket as problem:
        raise Stop(messages.UNKNOWN_TICKET) from problem
    except UsedTicket as problem:
        raise Stop(messages.USED_TICKET) from problem
    return ticket


def offered(workshop: Workshop) -> list[Language]:
    """Return the workshop's languages that are complete, and far enough for this kiosk (L9).

    If none of them is far enough, the source is offered.
    """
    asked = survey_of(workshop.survey_file)
    ready = [tag for tag in _complete(workshop) if is_ready(asked, tag)]
    source = [tag for tag, state in asked.translation.items() if state == "source"]
    return [LANGUAGES[tag] for tag in ready or source]


def is_ready(asked: Survey, tag: str) -> bool:
    """Tell whether a survey's translation has come as far as this kiosk's settings want it."""
    states = current_app.extensions["catalogue"].texts.states
    offer_from = current_app.extensions["config"].offer_from
    return may_be_offered(asked, tag, states.get(tag, LOWEST), offer_from)


def _complete(workshop: Workshop) -> list[str]:
    """Return the workshop's languages in which survey and interface are both complete."""
    interface = current_app.extensions["catalogue"].complete
    complete = interface & set(survey_of(workshop.survey_file).languages)
    return [tag for tag in workshop.languages if tag in complete]


def _speak(workshop: Workshop, tag: str) -> None:
    # A page that was handed out earlier may still send, even if its language is offered no more.
    if tag not in {*_complete(workshop), *(language.tag for language in offered(workshop))}:
        raise Stop(messages.NO_SUCH_LANGUAGE)
    speak(LANGUAGES[tag])


def _words(workshop: Workshop, tag: str) -> dict[str, Any]:
    """Return what a template needs to show the survey in one language."""
    _speak(workshop, tag)
    asked = survey_of(workshop.survey_file)
    texts: Texts = texts_for(workshop, asked, study_of(workshop.study), current_language())
    return {
        "workshop": workshop,
        "survey": asked,
        "tag": tag,
        "filled": texts.filled,
        "plain": texts.plain,
        "options_of": options_of,
    }
