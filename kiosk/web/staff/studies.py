"""The studies on this kiosk: what each of them is, and taking a new one or a new edition."""

from __future__ import annotations

import base64
from contextlib import suppress
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kiosk.languages import LANGUAGES
from kiosk.store.rehearsal import Rehearsals
from kiosk.study.changes import Changes, changes_of
from kiosk.study.kept import held, hold, install_pack, kept_pack, let_go
from kiosk.study.model import Study, installed, load_study
from kiosk.study.pack import LARGEST, Pack, pack_of
from kiosk.survey.problems import SurveyProblems
from kiosk.sync.packed_login import keep_login
from kiosk.web.doors import door
from kiosk.web.staff.common import workshops

pages = Blueprint("studies", __name__)
MOST_PROBLEMS = 20


@pages.url_value_preprocessor
def let_packs_in(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let the forms of these pages be as large as a study, before anybody reads them."""
    request.max_content_length = LARGEST + 64 * 1024


@pages.get("/studies")
@door("facilitator")
def show() -> str:
    """Show every study on this kiosk, its surveys, and whether it is rehearsed."""
    return page(note=request.args.get("note", ""))


@pages.post("/study")
@door("facilitator")
def install_first() -> Response | tuple[str, int]:
    """Take a study that is new to this kiosk at once; show first what one would change."""
    return _take(at_once=True)


@pages.post("/studies")
@door("facilitator")
def upload() -> Response | tuple[str, int]:
    """Take a file of the researchers, and show what it would change."""
    return _take(at_once=False)


@pages.post("/studies/install")
@door("facilitator")
def install() -> Response | tuple[str, int] | str:
    """Install the file whose changes were shown; other keys only if somebody vouches for them."""
    data = workshops().data
    content = held(request.form.get("file", ""), data)
    if content is None:
        return page(problem=_("The file is no longer here. Please choose it once more.")), 400
    pack = pack_of(content, "")
    changes = changes_of(pack, data)
    if changes.vouch and request.form.get("keys") != "yes":
        sentence = _("Please ask the researchers first, and then tick the box.")
        return _changes(pack, changes, request.form["file"], sentence), 400
    install_pack(pack, data)
    keep_login(pack, data)
    let_go(data)
    return redirect(url_for(".show", note="installed"), 303)


def all_studies() -> dict[str, Study]:
    """Return the studies on this kiosk that can be used, by their ids."""
    found = {}
    for name, file in installed(workshops().data).items():
        with suppress(SurveyProblems):  # the page of studies names it
            found[name] = load_study(file)
    return found


def page(**values: Any) -> str:
    """Return the page of all studies; `code_problem` is said beside one study's field."""
    data = workshops().data
    known = {name: kept_pack(name, data) for name in installed(data)}
    packs = [pack for pack in known.values() if pack]
    values = {"problem": "", "problems": [], "note": "", "code_problem": {}} | values
    return render_template(
        "staff/studies.html",
        packs=packs, picture=_picture, rehearsals=Rehearsals(data), all_languages=LANGUAGES,
        unusable=[name for name, pack in known.items() if pack is None], **values,
    )  # fmt: skip


def _take(*, at_once: bool) -> Response | tuple[str, int]:
    """Read a file that was sent, and install it or show what it would change."""
    file, data = request.files.get("study"), workshops().data
    content = file.read() if file else b""
    try:
        pack = pack_of(content, (file.filename if file else "") or "")
    except SurveyProblems as found:
        sentence = _("This is no study file. Please take the file that the researchers sent.")
        return page(problem=sentence, problems=found.problems[:MOST_PROBLEMS]), 400
    changes = changes_of(pack, data)
    if at_once and not changes.any:
        install_pack(pack, data)
        keep_login(pack, data)
        return redirect(url_for("staff_list.workshops"), 303)
    return _changes(pack, changes, hold(content, data)), 200


def _changes(pack: Pack, changes: Changes, file: str, problem: str = "") -> str:
    return render_template(
        "staff/study_changes.html",
        pack=pack, changes=changes, file=file, problem=problem, picture=_picture(pack),
        all_languages=LANGUAGES,
    )  # fmt: skip


def _picture(pack: Pack) -> str:
    """Return a study's logo as an address that holds the picture itself; "" without one."""
    logo = pack.files.get(pack.study.logo)
    return f"data:image/png;base64,{base64.b64encode(logo).decode()}" if logo else ""
