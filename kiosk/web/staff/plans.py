"""The list of workshops, and planning one: what it is called, where, in which languages."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kiosk.languages import LANGUAGES
from kiosk.store.planning import plan_workshop
from kiosk.store.rescue import forget_rescue, last_rescue
from kiosk.store.workshop import Workshop
from kiosk.study.model import Study
from kiosk.survey.library import FIRST, usable
from kiosk.survey.model import Survey
from kiosk.web.doors import door
from kiosk.web.messages import Stop
from kiosk.web.participant import is_ready
from kiosk.web.staff import access, plan_form, rehearsals, sending, studies
from kiosk.web.staff.common import hindrance, to, workshop_of, workshops
from kiosk.web.staff.messages import NO_SURVEY
from kiosk.web.staff.plan_form import PlanForm
from kiosk.web.texts import survey_of

pages = Blueprint("staff_list", __name__, url_prefix="/staff")
pages.register_blueprint(studies.pages)
pages.register_blueprint(rehearsals.pages)


@pages.get("/", endpoint="workshops")
@door("facilitator")
def show_all() -> str:
    """Show every workshop with what was sent, and the way to a new one."""
    return _list()


@pages.post("/rescued")
@door("facilitator")
def read_of_rescue() -> Response:
    """Tell no more of a damaged database: somebody has read it."""
    forget_rescue(access.settings())
    return redirect(url_for(".workshops"), 303)


@pages.get("/new")
@door("facilitator")
def new() -> Response | str:
    """Ask what a new workshop is to be."""
    if not _studies():
        return redirect(url_for(".workshops"), 303)
    name = request.args.get("survey", FIRST)
    survey = _survey(name)
    return _form(plan_form.fresh(_tags(survey), workshops().all()), survey, name)


@pages.post("/new")
@door("facilitator")
def create() -> Response | tuple[str, int]:
    """Keep a new workshop, or say everything that is missing."""
    study = plan_form.study_named(_studies(), request.form.get("study", ""))
    name = request.form.get("survey", "")
    survey = _survey(name, study)
    form = plan_form.read(request.form, _tags(survey))
    plan = form.plan()
    if study is None:
        form.problems["study"] = _("Please choose the study.")
    elif name not in usable(workshops().data, study.id):
        form.problems |= _not_asked(name)
    if plan is None or form.problems or study is None:
        return _form(form, survey, name), 400
    return to(plan_workshop(workshops(), study, name, plan))


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
    form = plan_form.read(request.form, _tags(survey, workshop))
    plan = form.plan(past_is_fine=workshop.state == "closed")
    if plan is None:
        return _form(form, survey, workshop=workshop), 400
    return to(workshops().change(code, plan), "changed")


def _list() -> str:
    parcels = {one.workshop.id: one for one in sending.outbox().parcels()}
    found = workshops().all()
    return render_template(
        "staff/list.html",
        workshops=found, ways={one.id: sending.state_of(parcels.get(one.id)) for one in found},
        rescued=last_rescue(access.settings()), no_backup=current_app.extensions["keeper"].problem,
        stuck=sending.is_stuck(), hindrance=hindrance(), studies=_studies(),
        unrehearsed=rehearsals.missing(),
    )  # fmt: skip


def _form(form: PlanForm, survey: Survey, name: str = "", **more: Any) -> str:
    """Show the form; `name` is the survey's, by which it is asked for."""
    tags = _tags(survey, more.get("workshop"))
    asked = [*usable(workshops().data)]
    values: dict[str, Any] = {
        "workshop": None,
        "studies": _studies(),
        "surveys": asked,
        "name": name,
    }
    return render_template(
        "staff/plan.html", form=form, survey=survey, idle_minutes=plan_form.IDLE_MINUTES,
        offered=[LANGUAGES[tag] for tag in tags],
        not_yet=[LANGUAGES[tag] for tag in survey.languages if tag not in tags], **values | more,
    )  # fmt: skip


def _tags(survey: Survey, workshop: Workshop | None = None) -> list[str]:
    """Return the languages that may be chosen; what a workshop offers already may stay."""
    kept = workshop.languages if workshop else ()
    return [tag for tag in survey.languages if tag in kept or is_ready(survey, tag)]


def _studies() -> dict[str, Study]:
    return studies.all_studies()


def _survey(name: str, study: Study | None = None) -> Survey:
    """Return the survey of that name, or another one if it cannot be used. Raises Stop if none."""
    known = usable(workshops().data, study.id if study else None)
    found = known.get(name) or known.get(FIRST) or next(iter(known.values()), None)
    if found is None:
        raise Stop(NO_SURVEY)
    return found


def _not_asked(name: str) -> dict[str, str]:
    """Return why a study cannot be asked a survey: only another study has it, or nobody."""
    if name in usable(workshops().data):
        return {"study": str(_("This study does not have the survey you chose."))}
    sentence = _("The survey you chose cannot be used any more. Please choose another one.")
    return {"survey": str(sentence)}
