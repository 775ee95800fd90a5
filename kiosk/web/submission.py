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
    outcome, envelope = _sealed(workshop, [f for f in fields if f[0] not in CARRIED])
    return Submission(workshop.id, str(submission_id), outcome, envelope,
                      ticket=ticket, from_screen=from_screen)  # fmt: skip


def read_sheet(workshop: Workshop, fields: Sequence[tuple[str, str]]) -> Submission:
    """Return the sheet of paper that staff typed, sealed as any other. Raises Refused."""
    submission_id = _only(fields, "submission_id") or ""
    if not SUBMISSION_ID.fullmatch(submission_id):
        raise Refused("no usable submission_id")
    outcome, envelope = _sealed(workshop, [f for f in fields if f[0] != "submission_id"])
    return Submission(workshop.id, submission_id, outcome, envelope, from_paper=True)


def _sealed(workshop: Workshop, fields: Sequence[tuple[str, str]]) -> tuple[str, bytes]:
    """Return how complete the answers are, and their envelope. Raises Refused."""
    survey = survey_of(workshop.survey_file)
    answers = read_answers(survey, fields)
    return completeness(answers), seal(survey, workshop.id, answers, study_of(workshop.study).keys)


def _is_screen(workshop: Workshop, key: str | None) -> bool:
    """Tell whether a kiosk screen of this workshop sends."""
    return hmac.compare_digest((key or "").encode(), workshop.screen_key.encode())


def _only(fields: Sequence[tuple[str, str]], name: str) -> str | None:
    """Return the one value of a field, None if it is missing. Raises Refused if it is doubled."""
    values = [value for key, value in fields if key == name]
    if len(values) > 1:
        raise Refused(f"{name} stands twice")
    return values[0] if values else None
