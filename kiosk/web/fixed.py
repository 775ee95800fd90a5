"""Pages without a person: fonts, and a word for scripts that ask whether the kiosk is up."""

from __future__ import annotations

from functools import cache

from flask import Blueprint, Response, abort, url_for

from kiosk.paths import bundled
from kiosk.web.doors import door

pages = Blueprint("fixed", __name__)
FONT_AGE_SECONDS = 30 * 86_400  # a kiosk screen may be out of reach for long


@pages.get("/fonts/<name>.woff2")
@door("anyone")
def font(name: str) -> Response:
    """Send one of the kiosk's fonts; browsers may keep it for a month."""
    if name not in _fonts():
        abort(404)
    response = Response(_fonts()[name], mimetype="font/woff2")
    response.headers["Cache-Control"] = f"public, max-age={FONT_AGE_SECONDS}"
    return response


@pages.get("/healthz")
@door("anyone")
def health() -> Response:
    """Answer "ok" while the kiosk runs; nothing more, whoever asks."""
    return Response("ok\n", mimetype="text/plain")


def font_paths() -> list[str]:
    """Return the addresses of all fonts, for screens that fetch them before they are needed."""
    return [url_for("fixed.font", name=name) for name in sorted(_fonts())]


@cache
def _fonts() -> dict[str, bytes]:
    """Return all fonts, by name; they are few and small."""
    folder = bundled("static") / "fonts"
    return {path.stem: path.read_bytes() for path in folder.glob("*.woff2")}
