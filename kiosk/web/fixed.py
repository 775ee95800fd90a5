"""Pages without a person: fonts, and a word for scripts that ask whether the kiosk is up."""

from __future__ import annotations

from flask import Blueprint, Response, send_from_directory

from kiosk.paths import bundled
from kiosk.web.doors import door

pages = Blueprint("fixed", __name__)
FONT_AGE_SECONDS = 86_400


@pages.get("/fonts/<name>.woff2")
@door("anyone")
def font(name: str) -> Response:
    """Send one of the kiosk's fonts; browsers may keep it for a day."""
    response = send_from_directory(bundled("static") / "fonts", f"{name}.woff2",
                                   mimetype="font/woff2")  # fmt: skip
    response.headers["Cache-Control"] = f"public, max-age={FONT_AGE_SECONDS}"
    return response


@pages.get("/healthz")
@door("anyone")
def health() -> Response:
    """Answer "ok" while the kiosk runs; nothing more, whoever asks."""
    return Response("ok\n", mimetype="text/plain")
