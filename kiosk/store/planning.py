"""Plans a workshop with the study and the survey as they are in their files at this moment."""

from __future__ import annotations

from pathlib import Path

from kiosk.store.workshop import Plan, Workshop
from kiosk.store.workshops import Workshops
from kiosk.study.model import Study, installed
from kiosk.survey.library import NoSuchSurvey, find_survey
from kiosk.survey.loader import load_survey


def plan_workshop(workshops: Workshops, study: Study, survey: str, plan: Plan) -> Workshop:
    """Keep a new workshop that asks the study's survey of that name; it is opened later.

    Raises NoSuchSurvey if there is none, or not in a language of the plan.
    """
    file: Path = find_survey(survey, workshops.data, study.id)
    asked = load_survey(file)
    missing = [tag for tag in plan.languages if tag not in asked.languages]
    if missing:
        raise NoSuchSurvey(
            f"The survey “{asked.id}” of the study “{study.title}” is not there in: "
            f"{', '.join(missing)}. It is there in: {', '.join(asked.languages)}."
        )
    return workshops.plan(
        study=installed(workshops.data)[study.id].read_text(encoding="utf-8"),
        survey=asked.id,
        survey_file=file.read_text(encoding="utf-8"),
        plan=plan,
    )
