"""What there is: workshops and bundles, what could not be used and why, the work that goes on."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from babel.dates import format_skeleton
from flask import Blueprint, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from kiosk.dataset.collect import MixedStudies
from kiosk.dataset.pool import MixedSurveys
from kiosk.web.catalogue import current_language
from kiosk.web.doors import door
from kiosk.web.researcher.access import desk
from kiosk.web.researcher.job import Job
from kiosk.web.researcher.opened import NothingOpens, Opened
from kiosk.web.researcher.reasons import in_words, told

pages = Blueprint("researcher_home", __name__, url_prefix="/researcher")


@pages.get("/")
@door("researcher")
def show() -> str:
    """Show what was opened, or how far it has come."""
    opening = desk().opening
    if opening is None or opening.state in ("working", "stopped"):
        return render_template("researcher/opening.html", job=opening, sources=desk().sources)
    if opening.result is None:
        return _failed(opening)
    return render_template(
        "researcher/home.html",
        opened=opening.result, skipped=told(opening.result.skipped), sources=desk().sources,
    )  # fmt: skip


@pages.get("/status")
@door("researcher")
def status() -> dict[str, object]:
    """Return how far the opening has come, for the page's script."""
    opening = desk().opening
    return opening.words if opening else {"state": "stopped"}


@pages.post("/open")
@door("researcher")
def open_() -> Response:
    """Look for bundles again, or go on where it was stopped."""
    desk().open()
    return redirect(url_for(".show"), 303)


@pages.post("/stop")
@door("researcher")
def stop() -> Response:
    """Stop opening; what is opened already need not be opened again."""
    opening = desk().opening
    if opening:
        opening.stop(seconds=1)
    return redirect(url_for(".show"), 303)


def month(value: str) -> str:
    """Return a month such as 2026-05 as readers of the current language write it."""
    day = date.fromisoformat(f"{value}-01")
    return str(format_skeleton("yMMMM", day, locale=current_language().babel_id))


def breakable(path: Path) -> Markup:
    """Return a path that may be broken into lines after each folder."""
    return Markup("<wbr>").join(re.split(r"(?<=[/\\])", str(path)))


def _failed(opening: Job[Opened]) -> str:
    problem = opening.problem
    skipped = problem.skipped if isinstance(problem, NothingOpens) else ()
    exact = str(problem) if isinstance(problem, (MixedStudies, MixedSurveys, OSError)) else ""
    return render_template(
        "researcher/failed.html",
        problem=in_words(problem), exact=exact, skipped=told(skipped), sources=desk().sources,
    )  # fmt: skip
