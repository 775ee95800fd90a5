"""For those who listen: the script that reads, which clips there are, and their files."""

from __future__ import annotations

import hashlib

from flask import Blueprint, Response, abort, request, url_for

from kiosk.web import assets, messages
from kiosk.web.clips import listed, sounds
from kiosk.web.doors import door
from kiosk.web.messages import Stop
from kiosk.web.participant import offered, workshop_of

pages = Blueprint("sounds", __name__)
FOR_EVER = "public, max-age=31536000, immutable"  # a year: the name is the content's hash
LISTENER = "listen.js"
TYPES = {"opus": "audio/ogg", "mp3": "audio/mpeg"}


@pages.get(f"/{LISTENER}")
@door("anyone")
def listener() -> Response:
    """Send the script that reads pages aloud; its address changes when it does."""
    response = Response(str(assets.script(LISTENER)), mimetype="text/javascript")
    response.headers["Cache-Control"] = FOR_EVER
    return response


@pages.get("/w/<code>/<tag>/sounds")
@door("participant")
def clips(code: str, tag: str) -> dict[str, object]:
    """List the clips of a workshop in one language; an empty list if it has no sound."""
    workshop = workshop_of(code)
    if tag not in [language.tag for language in offered(workshop)]:
        raise Stop(messages.NO_SUCH_LANGUAGE)
    return listed(workshop, tag)


@pages.get("/sounds/<name>")
@door("participant")
def file(name: str) -> Response:
    """Send a clip, or the part of it that a browser asks for."""
    path = sounds().file(name)
    if path is None:
        abort(404)
    content = path.read_bytes()
    response = Response(content, mimetype=TYPES[path.suffix[1:]])
    response.headers["Cache-Control"] = FOR_EVER
    response.make_conditional(request, accept_ranges=True, complete_length=len(content))
    return response


def listener_path() -> str:
    """Return the address of the script that reads pages aloud."""
    digest = hashlib.sha256(assets.script(LISTENER).encode()).hexdigest()
    return url_for("sounds.listener", v=digest[:16])
