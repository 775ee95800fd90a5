"""Plans a workshop with the study and the survey as they are in their files at this moment."""

from __future__ import annotations

from pathlib import Path

from kiosk.store.workshop import Plan, Workshop
from kiosk.store.workshops import Workshops
from kiosk.study.model import Study, installed
from kiosk.survey.library import find_survey
from kiosk.survey.loader import load_survey


def plan_workshop(workshops: Workshops, study: Study, survey: str, plan: Plan) -> Workshop:
    """Keep a new workshop that asks the survey of that name; it is opened later."""
    file: Path = find_survey(survey, workshops.data)
    return workshops.plan(
        study=installed(workshops.data)[study.id].read_text(encoding="utf-8"),
        survey=load_survey(file).id,
        survey_file=file.read_text(encoding="utf-8"),
        plan=plan,
    )
