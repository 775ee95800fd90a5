"""The facilitator's self-report: three forms, saved unfinished, each in its time (C6, C7)."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from kiosk.store.reports import SelfReport
from kiosk.survey.form import form_files, parse_form, read_report
from kiosk.survey.kinds import options_of
from kiosk.web import messages
from kiosk.web.catalogue import current_language
from kiosk.web.doors import door
from kiosk.web.messages import Stop
from kiosk.web.staff.common import page, reports, to, workshop_of
from kiosk.web.staff.messages import NOT_YET
from kiosk.web.staff.phases import Stage, stage

pages = Blueprint("staff_report", __name__, url_prefix="/staff/w/<code>/report")


@pages.get("/<form>")
@door("facilitator")
def show(code: str, form: str) -> str:
    """Show a form with what was written so far."""
    found = _stage(code, form)
    answers = dict(found.report.answers) if found.report else {}
    return _show(code, found, {name: str(value) for name, value in answers.items()}, set())


@pages.post("/<form>")
@door("facilitator")
def save(code: str, form: str) -> Response | tuple[str, int]:
    """Keep what was written, finished or not; what does not fit is shown again, not lost."""
    found = _stage(code, form)
    fields = list(request.form.items(multi=True))
    answers, wrong = read_report(found.form, fields)
    finished = request.form.get("finish") == "yes" and not wrong
    source = form_files()[form]
    report = SelfReport(form, source, current_language().tag, answers, finished)
    reports().save(workshop_of(code), report)
    if wrong:
        return _show(code, found, dict(fields), set(wrong)), 400
    return to(workshop_of(code), "finished" if finished else "saved")


def _stage(code: str, form: str) -> Stage:
    workshop = workshop_of(code)
    if form not in form_files():
        raise Stop(messages.NOT_HERE)
    found = stage(workshop, parse_form(form_files()[form]), reports().of(workshop))
    if not found.is_open:
        raise Stop(NOT_YET)
    return found


def _show(code: str, found: Stage, values: dict[str, str], wrong: set[str]) -> str:
    return page(
        "report", workshop_of(code),
        form=found.form, saved=values, wrong=wrong, tag=current_language().tag,
        options_of=options_of,
    )  # fmt: skip
