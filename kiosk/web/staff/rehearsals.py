"""The rehearsal: a sealed test file goes to the researchers, and a code comes back."""

from __future__ import annotations

import io
import secrets
from datetime import datetime

from flask import Blueprint, redirect, request, send_file, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kiosk.bundle import layout
from kiosk.bundle.freeze import contents
from kiosk.store.rehearsal import Rehearsals
from kiosk.store.workshop import Headcount, Plan, Workshop
from kiosk.study.archive import packed
from kiosk.study.model import Study, installed
from kiosk.study.rehearsal import MARK, SUFFIX, TEXT
from kiosk.study.sealing import new_rid, seal
from kiosk.survey.answers import OUTCOMES
from kiosk.survey.kinds import allowed_values
from kiosk.survey.library import FIRST, study_surveys, surveys
from kiosk.survey.loader import parse_survey
from kiosk.web.doors import door
from kiosk.web.messages import NOT_HERE, Stop
from kiosk.web.staff import studies
from kiosk.web.staff.common import workshops

pages = Blueprint("rehearsals", __name__)


@pages.post("/studies/rehearsal")
@door("facilitator")
def hand_out() -> Response:
    """Make a sealed test file, hand it out, and wait for its code."""
    study, secret = _study(), new_rid()
    files = files_of_a_rehearsal(study, secret)
    kept().expect(study, secret)
    data = packed(files)
    name = layout.name_of(study.id, data).replace(layout.SUFFIX, SUFFIX)
    return send_file(io.BytesIO(data), mimetype="application/zip", as_attachment=True,
                     download_name=name, etag=False)  # fmt: skip


@pages.post("/studies/rehearsed")
@door("facilitator")
def take_code() -> Response | tuple[str, int]:
    """Take the code that the researchers read in the test file."""
    study = _study()
    if kept().confirm(study, request.form.get("code", "")):
        return redirect(url_for("staff_list.studies.show", note="rehearsed"), 303)
    sentence = _("This code belongs to no test file of this study. Please look at each sign again, "
                 "or make a new test file.")  # fmt: skip
    return studies.page(code_problem={study.id: sentence}), 400


def kept() -> Rehearsals:
    """Return what this kiosk remembers of rehearsals."""
    return Rehearsals(workshops().data)


def missing() -> list[Study]:
    """Return the studies whose present keys nobody has seen to open a test answer of this kiosk."""
    return [study for study in studies.all_studies().values() if kept().day(study) is None]


def files_of_a_rehearsal(study: Study, secret: str) -> dict[str, bytes]:
    """Return the files of a bundle that is none: a workshop that never was, and the mark.

    Its one response is sealed like any other, under the name `secret`.
    """
    data = workshops().data
    own = sorted(study_surveys(data, study.id).glob("*.toml"))
    survey_file = (own[0] if own else surveys(data)[FIRST]).read_text(encoding="utf-8")
    survey = parse_survey(survey_file)
    workshop = _workshop(installed(data)[study.id].read_text(encoding="utf-8"), survey_file)
    answers = {item.id: min(allowed_values(survey, item)) for item in survey.items}
    envelope = seal(survey, workshop.id, answers, study.keys, secret)
    files = contents(workshop, study, {secrets.token_bytes(16): envelope}, {})
    return files | {MARK: TEXT.encode()}


def _workshop(study_file: str, survey_file: str) -> Workshop:
    """Return a workshop that is in no database."""
    survey, now = parse_survey(survey_file), datetime.now().replace(second=0, microsecond=0)
    return Workshop(
        id=secrets.token_hex(8), code="", state="closed", study=study_file, survey=survey.id,
        survey_file=survey_file, opened_on=now.date().isoformat(),
        plan=Plan("Rehearsal", "", "", survey.languages, now), screen_key="", exit_code="",
        printed_address="", headcount=Headcount(), bundle=None, edition=1, changed=0, paper=False,
        counters=dict.fromkeys(OUTCOMES, 0),
    )  # fmt: skip


def _study() -> Study:
    """Return the study that a form speaks of."""
    study = studies.all_studies().get(request.form.get("study", ""))
    if study is None:
        raise Stop(NOT_HERE)
    return study
