"""The dataset to take away: made in the background, noted in the log, then saved (X15, X16)."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from kiosk.dataset.log import LOG
from kiosk.languages import LANGUAGES
from kiosk.web.catalogue import current_language
from kiosk.web.doors import door
from kiosk.web.messages import Stop
from kiosk.web.researcher.access import desk
from kiosk.web.researcher.messages import NO_DATASET, NOT_READ
from kiosk.web.researcher.opened import Opened

pages = Blueprint("researcher_dataset", __name__, url_prefix="/researcher/dataset")


@pages.get("/")
@door("researcher")
def show() -> Response | str:
    """Offer the dataset, show how far it has come, or hand it out."""
    opened, job = desk().opened, desk().export
    if opened is None:
        return redirect(url_for("researcher_home.show"), 303)
    size = job.result.stat().st_size if job and job.result else 0
    return render_template(
        "researcher/dataset.html",
        opened=opened, job=job, size=size, log=desk().data / LOG, all_languages=LANGUAGES,
        labels=_labels(opened),
    )  # fmt: skip


@pages.get("/status")
@door("researcher")
def status() -> dict[str, object]:
    """Return how far it has come, for the page's script."""
    job = desk().export
    return job.words if job else {"state": "stopped"}


@pages.post("/make")
@door("researcher")
def make() -> Response:
    """Make the ZIP, with labels in the language that was chosen."""
    opened = desk().opened
    labels = request.form.get("labels", "")
    if opened is not None:
        if labels not in opened.pool.survey.languages:
            raise Stop(NOT_READ)
        desk().make_export(labels)
    return redirect(url_for(".show"), 303)


@pages.post("/stop")
@door("researcher")
def stop() -> Response:
    """Stop making it."""
    job = desk().export
    if job:
        job.stop(seconds=1)
    return redirect(url_for(".show"), 303)


@pages.get("/file")
@door("researcher")
def file() -> Response:
    """Hand the ZIP out."""
    job = desk().export
    if job is None or job.result is None:
        raise Stop(NO_DATASET)
    return send_file(
        job.result, mimetype="application/zip", as_attachment=True, etag=False, last_modified=None
    )


def _labels(opened: Opened) -> str:
    """Return the language that is proposed for labels: the page's, if the survey has it."""
    mine = current_language().tag
    return mine if mine in opened.pool.survey.languages else opened.pool.language
