"""The recorder: staff and translators speak one text after the other into this computer."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request
from flask import get_template_attribute as template_attribute
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from kiosk.sound import audio, exchange
from kiosk.sound.audio import BadSound, Fault
from kiosk.sound.exchange import OtherTexts, Taken
from kiosk.sound.recordings import State
from kiosk.study.archive import BadArchive
from kiosk.survey.library import usable
from kiosk.web import messages
from kiosk.web.doors import door, on_this_machine
from kiosk.web.guard import lend_microphone, wants_json
from kiosk.web.messages import Stop
from kiosk.web.staff.common import workshops
from kiosk.web.staff.recording_desk import Desk, count, desk_of

pages = Blueprint("staff_recording", __name__, url_prefix="/staff/recording")
LARGEST_TAKE = 8 * 1024 * 1024  # bytes; a minute at 48 kHz needs six million
SPARE = 64 * 1024


@pages.url_value_preprocessor
def let_sounds_in(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let the forms of these pages be as large as sounds are, before anybody reads them."""
    largest = exchange.LARGEST if endpoint == f"{pages.name}.take" else LARGEST_TAKE
    request.max_content_length = largest + SPARE


@pages.errorhandler(413)
def too_large(problem: HTTPException) -> AnyResponse | tuple[dict[str, str], int]:
    """Say that a file is too large, where another could be chosen."""
    sentence = _("This file is too large. Please send it in smaller parts. Nothing was changed.")
    if wants_json():
        return {"problem": sentence}, 413
    return _page(desk_of(request.args), problem=sentence, status=413)


@pages.get("/")
@door("facilitator")
def show() -> AnyResponse:
    """Show the texts of a survey in a language, and what there is of each."""
    return _page(desk_of(request.args), note=request.args.get("note", ""))


@pages.post("/clip")
@door("facilitator")
def keep() -> tuple[dict[str, Any], int]:
    """Keep what was just recorded; answer the recorder with what its list says now."""
    desk, clip = desk_of(request.form), request.form.get("clip", "")
    if clip not in desk.texts or request.form.get("hash") != desk.hash(clip):
        sentence = _("This text has changed. Please load the page again and record it once more.")
        return {"problem": sentence}, 409
    if not audio.is_here():
        return {"problem": _("The kiosk cannot work with sound yet")}, 501
    file = request.files.get("sound")
    try:
        desk.recordings.keep(clip, file.read() if file else b"")
    except BadSound as problem:
        return {"problem": _words(problem.fault)}, 400
    states = desk.states
    cell = template_attribute("staff/_recording.html", "cell")(desk, clip, states[clip], here=True)
    heard_at = desk.sounds()[clip]
    return {"kept": True, "cell": cell, "sound": heard_at, "count": count(states)}, 201


@pages.get("/sound")
@door("facilitator")
def sound() -> AnyResponse:
    """Send a clip to whoever listens to it on this page; without one, there is only the page."""
    desk, clip = desk_of(request.args), request.args.get("clip", "")
    if not clip:
        return redirect(desk.address("show"), 303)
    content = desk.sound(clip)
    if content is None:
        raise Stop(messages.NOT_HERE)
    return Response(content, mimetype="audio/mpeg")


@pages.post("/drop")
@door("facilitator")
def drop() -> AnyResponse:
    """Delete what was recorded of a text."""
    desk = desk_of(request.form)
    desk.recordings.drop(request.form.get("clip", ""))
    return redirect(desk.address("show", note="dropped"), 303)


@pages.get("/export")
@door("facilitator")
def export() -> Response:
    """Send all recordings of a survey in a language, and the list of its texts, as a ZIP."""
    desk = desk_of(request.args)
    answer = Response(exchange.exported(desk.recordings), mimetype="application/zip")
    name = f"{desk.survey.id}-{desk.language.tag}.sounds.zip"
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    return answer


@pages.post("/import")
@door("facilitator")
def take() -> AnyResponse:
    """Take the recordings in a ZIP, and say which files were of no use."""
    desk, file = desk_of(request.form), request.files.get("folder")
    if not audio.is_here():
        return _page(desk, status=501)
    try:
        taken = exchange.take(desk.recordings, file.read() if file else b"")
    except BadArchive:
        problem = _("This is no ZIP that the kiosk can read. Nothing was changed.")
        return _page(desk, problem=problem, status=400)
    except OtherTexts as other:
        problem = _("These recordings belong to “%(other)s”. Please choose that survey and "
                    "language first. Nothing was changed.", other=other)  # fmt: skip
        return _page(desk, problem=problem, status=400)
    problem = "" if taken.clips else _("The file holds no recording that can be taken.")
    return _page(desk, taken=taken, problem=problem, status=400 if problem else 200)


def _page(
    desk: Desk, problem: str = "", note: str = "", taken: Taken | None = None, status: int = 200
) -> AnyResponse:
    states = desk.states
    wanted = request.args.get("clip", "")
    to_do = (clip for clip, state in states.items() if state is not State.RECORDED)
    page = render_template(
        "staff/recording.html",
        desk=desk, states=states, sounds=desk.sounds(), own=desk.own, count=count(states),
        surveys=usable(workshops().data),
        clip=wanted if wanted in states else next(to_do, next(iter(states))),
        can_make=audio.is_here(), here=on_this_machine(), limits=audio,
        words=_words, faults=Fault, problem=problem, note=note, taken=taken,
    )  # fmt: skip
    return lend_microphone(make_response(page, status))


def _words(fault: Fault) -> str:
    """Return what is wrong with a take, and what helps."""
    words = {
        Fault.NOT_SOUND: _("The kiosk cannot read this sound. Please record it again."),
        Fault.SILENT: _("Almost nothing can be heard. Check that the microphone is switched on, "
                        "come nearer, and record again."),
        Fault.CLIPPED: _("This is too loud; it would crackle. Go a little away from the "
                         "microphone, and record again."),
        Fault.TOO_LONG: _("This is longer than a minute. Please record it again, without a break."),
    }  # fmt: skip
    return str(words[fault])
