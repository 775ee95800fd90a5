"""Reads what a browser sent into a submission that is sealed already, or refuses it whole."""

from __future__ import annotations

import hmac
import re
from collections.abc import Sequence

from kiosk.store.intake import Submission
from kiosk.store.workshop import Workshop
from kiosk.study.sealing import seal
from kiosk.survey.answers import Refused, completeness, read_answers
from kiosk.web.texts import study_of, survey_of

SUBMISSION_ID = re.compile(r"[A-Za-z0-9_-]{22,64}")
CARRIED = ("submission_id", "screen", "ticket")


def read_submission(workshop: Workshop, fields: Sequence[tuple[str, str]]) -> Submission:
    """Return the submission in a form's fields. Raises Refused; the answers live only in here."""
    submission_id = _only(fields, "submission_id")
    if not SUBMISSION_ID.fullmatch(submission_id or ""):
        raise Refused("no usable submission_id")
    from_screen = _is_screen(workshop, _only(fields, "screen"))
    ticket = _only(fields, "ticket") or ""
    outcome = _only(fields, "outcome")
    if outcome == "declined" or (outcome == "timed_out" and from_screen):
        return Submission(workshop.id, str(submission_id), outcome, from_screen=from_screen)
    survey = survey_of(workshop.survey_file)
    answers = read_answers(survey, [field for field in fields if field[0] not in CARRIED])
    envelope = seal(survey, workshop.id, answers, study_of(workshop.study).keys)
    return Submission(workshop.id, str(submission_id), completeness(answers), envelope,
                      ticket=ticket, from_screen=from_screen)  # fmt: skip


def _is_screen(workshop: Workshop, key: str | None) -> bool:
    """Tell whether a kiosk screen of this workshop sends."""
    return hmac.compare_digest((key or "").encode(), workshop.screen_key.encode())


def _only(fields: Sequence[tuple[str, str]], name: str) -> str | None:
    """Return the one value of a field, None if it is missing. Raises Refused if it is doubled."""
    values = [value for key, value in fields if key == name]
    if len(values) > 1:
        raise Refused(f"{name} stands twice")
    return values[0] if values else None
