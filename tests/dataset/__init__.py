"""Tests of the dataset: what people sent comes out as Lena's tables, and nothing else does."""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kiosk.bundle.freeze import freeze
from kiosk.opening.new_study import NewStudy
from kiosk.store.database import prepare
from kiosk.store.intake import Intake, Submission
from kiosk.store.workshops import Workshops
from kiosk.study.model import parse_study
from kiosk.study.sealing import seal
from kiosk.survey.answers import completeness, read_answers
from kiosk.survey.loader import parse_survey
from tests.conftest import SURVEY_FILE

Answers = Mapping[str, int]


def bundle_of(
    data: Path, study: NewStudy, given: Iterable[Answers], study_file: str = "", **changes: Any
) -> Path:
    """Hold a whole workshop at once: open, seal, store, close; return its bundle."""
    prepare(data)
    workshops, values = Workshops(data), {
        "study": study_file or study.file.read_text(encoding="utf-8"), "survey": "workshop",
        "survey_file": SURVEY_FILE.read_text(encoding="utf-8"), "title": "Draw with Procreate",
        "site": "The library", "tool": "Procreate", "languages": ["en", "ar", "ti"],
    }  # fmt: skip
    workshop = workshops.open(**(values | changes))
    survey, keys = parse_survey(workshop.survey_file), parse_study(workshop.study, data).keys
    intake = Intake(data)
    for answers in given:
        whole = read_answers(survey, [(name, str(value)) for name, value in answers.items()])
        envelope = seal(survey, workshop.id, whole, keys)
        intake.store(
            Submission(workshop.id, secrets.token_urlsafe(18), completeness(whole), envelope)
        )
    intake.stop()
    workshops.close(workshop.code)
    return freeze(workshops, workshop.code)


def table(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file, as a program reads them that knows only RFC 4180."""
    return list(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))


def folder_bytes(folder: Path) -> dict[str, bytes]:
    """Return name -> bytes of everything in a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}
