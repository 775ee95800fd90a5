"""Clips for those who listen: which there are, and the files, which browsers may keep for ever."""

from __future__ import annotations

from flask import Blueprint, Response, abort, current_app, request, url_for

from kiosk.sound.library import Clip, Sounds
from kiosk.store.workshop import Workshop
from kiosk.web import messages
from kiosk.web.doors import door
from kiosk.web.messages import Stop
from kiosk.web.participant import offered, workshop_of
from kiosk.web.texts import study_of, survey_of

pages = Blueprint("sounds", __name__)
FOR_EVER = "public, max-age=31536000, immutable"  # a year: the name is the content's hash
TYPES = {"opus": "audio/ogg", "mp3": "audio/mpeg"}


@pages.get("/w/<code>/<tag>/sounds")
@door("participant")
def clips(code: str, tag: str) -> dict[str, object]:
    """List the clips of a workshop in one language; an empty list if it has no sound."""
    workshop = workshop_of(code)
    if tag not in [language.tag for language in offered(workshop)]:
        raise Stop(messages.NO_SUCH_LANGUAGE)
    found = clips_of(workshop, tag)
    return {
        "synthetic": any(clip.is_synthetic for clip in found.values()),
        "clips": {name: _links(clip) for name, clip in found.items()},
    }


@pages.get("/sounds/<name>")
@door("participant")
def file(name: str) -> Response:
    """Send a clip, or the part of it that a browser asks for."""
    path = _sounds().file(name)
    if path is None:
        abort(404)
    content = path.read_bytes()
    response = Response(content, mimetype=TYPES[path.suffix[1:]])
    response.headers["Cache-Control"] = FOR_EVER
    response.make_conditional(request, accept_ranges=True, complete_length=len(content))
    return response


def clips_of(workshop: Workshop, tag: str) -> dict[str, Clip]:
    """Return the clips that fit a workshop's texts in one language; nothing if too few do."""
    return _sounds().of(
        survey_of(workshop.survey_file), tag, workshop.tool,
        study=study_of(workshop.study), minutes=workshop.plan.idle_minutes,
    )  # fmt: skip


def _links(clip: Clip) -> dict[str, object]:
    links = {kind: url_for("sounds.file", name=path.name) for kind, path in clip.files.items()}
    return {**links, "seconds": clip.seconds}


def _sounds() -> Sounds:
    return Sounds(current_app.extensions["config"].data)
