"""The list of workshops, and planning one: what it is called, where, in which languages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kiosk.languages import LANGUAGES
from kiosk.store.planning import plan_workshop
from kiosk.study.model import Study, install_text, installed, load_study
from kiosk.survey.library import surveys
from kiosk.survey.loader import load_survey
from kiosk.survey.model import Survey
from kiosk.survey.problems import SurveyProblems
from kiosk.web.doors import door
from kiosk.web.staff import plan_form
from kiosk.web.staff.common import to, workshop_of, workshops
from kiosk.web.staff.plan_form import PlanForm
from kiosk.web.texts import survey_of

pages = Blueprint("staff_list", __name__, url_prefix="/staff")


@pages.get("/", endpoint="workshops")
@door("facilitator")
def show_all() -> str:
    """Show every workshop with what was sent, and the way to a new one."""
    return _list()


@pages.post("/study")
@door("facilitator")
def install_study() -> Response | tuple[str, int]:
    """Take the researchers' study file."""
    file = request.files.get("study")
    try:
        text = file.read().decode() if file else ""
        install_text(text, workshops().data)
    except (UnicodeDecodeError, SurveyProblems):
        sentence = _("This is no study file. Please take the file study.toml from the researchers.")
        return _list(problem=sentence), 400
    return redirect(url_for(".workshops"), 303)


@pages.get("/new")
@door("facilitator")
def new() -> Response | str:
    """Ask what a new workshop is to be."""
    if not _studies():
        return redirect(url_for(".workshops"), 303)
    survey = _survey(request.args.get("survey", "workshop"))
    return _form(plan_form.fresh(survey, workshops().all()), survey)


@pages.post("/new")
@door("facilitator")
def create() -> Response | tuple[str, int]:
    """Keep a new workshop, or say everything that is missing."""
    survey = _survey(request.form.get("survey", ""))
    form = plan_form.read(request.form, survey)
    study = plan_form.study_named(_studies(), request.form.get("study", ""))
    plan = form.plan()
    if study is None:
        form.problems["study"] = _("Please choose the study.")
    if plan is None or study is None:
        return _form(form, survey), 400
    return to(plan_workshop(workshops(), study, survey.id, plan))


@pages.get("/w/<code>/edit")
@door("facilitator")
def edit(code: str) -> str:
    """Show a workshop's plan, to be mended."""
    workshop = workshop_of(code)
    return _form(plan_form.of(workshop.plan), survey_of(workshop.survey_file), workshop=workshop)


@pages.post("/w/<code>/edit")
@door("facilitator")
def change(code: str) -> Response | tuple[str, int]:
    """Mend a workshop's plan, or say everything that is missing."""
    workshop = workshop_of(code)
    survey = survey_of(workshop.survey_file)
    form = plan_form.read(request.form, survey)
    plan = form.plan(past_is_fine=workshop.state == "closed")
    if plan is None:
        return _form(form, survey, workshop=workshop), 400
    return to(workshops().change(code, plan), "changed")


def _list(problem: str = "") -> str:
    return render_template("staff/list.html", workshops=workshops().all(), studies=_studies(),
                           problem=problem)  # fmt: skip


def _form(form: PlanForm, survey: Survey, **more: Any) -> str:
    values: dict[str, Any] = {"workshop": None, "studies": _studies(), "surveys": _surveys()}
    return render_template(
        "staff/plan.html", form=form, survey=survey, idle_minutes=plan_form.IDLE_MINUTES,
        offered=[LANGUAGES[tag] for tag in survey.languages if tag in LANGUAGES], **values | more,
    )  # fmt: skip


def _studies() -> dict[str, Study]:
    return {name: load_study(path) for name, path in installed(workshops().data).items()}


def _surveys() -> list[str]:
    return list(surveys(workshops().data))


def _survey(name: str) -> Survey:
    known = surveys(workshops().data)
    return load_survey(known.get(name, known["workshop"]))
