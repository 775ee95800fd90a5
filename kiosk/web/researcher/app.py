"""Puts the researcher's server together; it has no page for anybody else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic

from flask import Blueprint, Flask, current_app, redirect, request, url_for
from flask_babel import format_decimal
from werkzeug.wrappers import Response

from kiosk.paths import bundled
from kiosk.web import catalogue, fixed, frame, guard, side
from kiosk.web.doors import door, door_of
from kiosk.web.kept import InMemory
from kiosk.web.researcher import access, dataset, home, reports
from kiosk.web.researcher.desk import Desk
from kiosk.web.researcher.room import sweep
from kiosk.web.staff import sessions
from kiosk.web.throttle import Throttle

front = Blueprint("researcher_front", __name__)
PARTS = (front, access.pages, home.pages, reports.pages, dataset.pages, fixed.pages)


def create_researcher_app(
    sources: Sequence[Path], data: Path, key: Path | None = None, *,
    idle_minutes: float = 15, clock: Callable[[], float] = monotonic,
) -> Flask:  # fmt: skip
    """Return the researcher's web application; everything that it knows is in memory.

    It opens the bundles in `sources` and logs exports in the folder `data`. With `key`, the
    passphrase of this file is enough to sign in. What a killed process left behind is removed.
    """
    sweep()
    app = frame.bare_app()
    app.jinja_env.globals |= {
        "month": home.month,
        "breakable": home.breakable,
        "number": format_decimal,
    }
    kept = InMemory()
    ours = sessions.Sessions(kept, access.COOKIE, access.SIDE.path)
    desk = Desk(sources, data, idle_minutes * 60, clock, ours.end_all)
    app.extensions |= {
        "settings": kept, "side": access.SIDE, "staff_on_lan": False, "sessions": ours,
        "desk": desk, "key": key, "throttle": Throttle(clock), "at_end": desk.forget,
    }  # fmt: skip
    texts = catalogue.install(app, bundled("translations"))
    app.extensions["staff_language"] = lambda: side.language_now(kept, texts)
    app.before_request(desk.forget_if_idle)
    guard.install(app, texts)
    app.before_request(_is_here)
    for part in PARTS:
        app.register_blueprint(part)
    return app


def _is_here() -> None:
    """Note that the researcher is here (before every request that the guard lets in)."""
    view = request.endpoint and door_of(current_app, request.endpoint)
    if view == access.SIDE.door:
        access.desk().touch()


@front.get("/")
@door("sign-in")
def start() -> Response:
    """Lead to the pages."""
    return redirect(url_for(access.SIDE.home), 303)
