"""The researcher's door itself: show a key, be let in; leave, and the key is forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from pyrage import x25519
from werkzeug.wrappers import Response

from kiosk.opening.keys import TooBusy, WrongKey
from kiosk.web.doors import door
from kiosk.web.kept import Kept
from kiosk.web.researcher import keyring
from kiosk.web.researcher.desk import Desk
from kiosk.web.researcher.messages import BY_STATUS
from kiosk.web.side import Side, choose_language
from kiosk.web.staff import sessions
from kiosk.web.throttle import Throttle

pages = Blueprint("researcher", __name__, url_prefix="/researcher")
SIDE = Side(
    path="/researcher", covers="", door="researcher", sign_in="researcher.sign_in",
    home="researcher_home.show", language="researcher.language",
    message="researcher/message.html", messages=BY_STATUS,
)  # fmt: skip
COOKIE = "kiosk_researcher"


def desk() -> Desk:
    """Return the running app's desk."""
    return cast(Desk, current_app.extensions["desk"])


def known_key() -> Path | None:
    """Return the key file that lies on this computer, if one was named or found."""
    return cast("Path | None", current_app.extensions["key"])


def throttle() -> Throttle:
    """Return what slows guessing down."""
    return cast(Throttle, current_app.extensions["throttle"])


@pages.get("/sign-in")
@door("sign-in")
def sign_in() -> Response | str:
    """Ask for the key."""
    if sessions.current().signed_in:
        return redirect(url_for(SIDE.home), 303)
    return _page()


@pages.post("/sign-in")
@door("sign-in")
def let_in() -> Response | tuple[str, int]:
    """Let in whoever has a key; after some wrong tries each next one must wait."""
    early = throttle().wait_seconds()
    if early:
        return _page(_wait(early)), 429
    problems: list[WrongKey] = []
    try:
        identity = throttle().tries(lambda: _identity(problems))
    except TooBusy as problem:  # the key may be right: no wrong try
        return _page(keyring.in_words(problem)), 503
    if identity is not None:
        desk().take(identity)
        sessions.start(signed_in=True)
        return redirect(url_for(SIDE.home), 303)
    wait = throttle().wait_seconds()
    if wait:
        return _page(_wait(wait)), 429
    return _page(keyring.in_words(problems[0])), 403


@pages.post("/sign-out")
@door("researcher")
def sign_out() -> Response:
    """Forget the key, and delete everything that was opened."""
    desk().forget()
    sessions.start(signed_in=False)
    return redirect(url_for(".sign_in", left="yes"), 303)


@pages.post("/language")
@door("sign-in")
def language() -> Response:
    """Let the researcher's pages speak another language."""
    return choose_language(cast(Kept, current_app.extensions["settings"]))


def _identity(problems: list[WrongKey]) -> x25519.Identity | None:
    try:
        return keyring.shown_key(known_key())
    except TooBusy:
        raise
    except WrongKey as problem:
        problems.append(problem)
        return None


def _wait(seconds: int) -> str:
    return str(_("Too many wrong tries. Please wait %(n)s seconds, then try again.", n=seconds))


def _page(problem: str = "") -> str:
    return render_template(
        "researcher/sign_in.html",
        problem=problem, key=known_key(), words=request.form.get("words", ""),
        by_file="key" in request.files, left="left" in request.args,
        idle=desk().ended_by_itself, minutes=round(desk().idle_seconds / 60),
    )  # fmt: skip
