"""Tests of the dataset: what people sent comes out as Lena's tables, and nothing else does."""

from __future__ import annotations

import csv
import io
import secrets
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk.bundle.freeze import freeze
from kiosk.cli.dataset_out import WORK
from kiosk.dataset.formats import FORMATS
from kiosk.dataset.pool import Pool
from kiosk.opening.new_study import NewStudy
from kiosk.store.database import prepare
from kiosk.store.intake import Intake, Submission
from kiosk.store.reports import SelfReport, SelfReports
from kiosk.store.workshop import Headcount, Plan, Workshop
from kiosk.store.workshops import Workshops
from kiosk.study.model import parse_study
from kiosk.study.sealing import seal
from kiosk.survey.answers import completeness, read_answers
from kiosk.survey.form import fits, parse_form
from kiosk.survey.kinds.kind import Cell
from kiosk.survey.loader import parse_survey
from tests.survey import SOURCE

Answers = Mapping[str, int]


@dataclass(frozen=True)
class Site:
    """A workshop at a site without people: whatever is told to happen, happens at once."""

    data: Path
    workshop: Workshop

    def sends(self, given: Iterable[Answers], *, from_screen: bool = False) -> Site:
        """Let one person after another answer."""
        survey = parse_survey(self.workshop.survey_file)
        keys = parse_study(self.workshop.study, self.data).keys
        intake = Intake(self.data)
        for answers in given:
            whole = read_answers(survey, [(name, str(value)) for name, value in answers.items()])
            intake.store(Submission(
                self.workshop.id, secrets.token_urlsafe(18), completeness(whole),
                seal(survey, self.workshop.id, whole, keys), from_screen=from_screen,
            ))  # fmt: skip
        intake.stop()
        return self

    def writes(
        self, form_file: str, answers: Mapping[str, Cell], language: str = "en",
        *, finished: bool = True,
    ) -> Site:  # fmt: skip
        """Let the facilitator fill in a form."""
        form = parse_form(form_file)
        assert fits(form, answers)
        report = SelfReport(form.id, form_file, language, answers, finished)
        SelfReports(self.data).save(self.workshop, report)
        return self

    def counts(self, present: int, said_no: int, left_early: int) -> Site:
        """Let the facilitator count heads."""
        heads = Headcount(present, said_no, left_early)
        Workshops(self.data).count(self.workshop.code, heads)
        return self

    def packs(self) -> Path:
        """Close the workshop, if it is open, and pack it; return its bundle."""
        workshops = Workshops(self.data)
        workshops.close(self.workshop.code)
        return freeze(workshops, self.workshop.code)


def opens(data: Path, study: NewStudy, study_file: str = "", **changes: Any) -> Site:
    """Open a workshop at a site that may be new."""
    prepare(data)
    workshops, values = Workshops(data), {
        "study": study_file or study.file.read_text(encoding="utf-8"), "survey": "workshop",
        "survey_file": SOURCE,
    }  # fmt: skip
    values |= {name: changes.pop(name) for name in list(changes) if name in values}
    plan = Plan("Draw with Procreate", "The library", "Procreate", ("en", "ar", "ti"),
                datetime.now() + timedelta(hours=2))  # fmt: skip
    planned = workshops.plan(**values, plan=replace(plan, **changes))
    return Site(data, workshops.open(planned.code))


def bundle_of(
    data: Path, study: NewStudy, given: Iterable[Answers], study_file: str = "", **changes: Any
) -> Path:
    """Hold a whole workshop at once: open, seal, store, close; return its bundle."""
    return opens(data, study, study_file, **changes).sends(given).packs()


def table(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a CSV file, as a program reads them that knows only RFC 4180."""
    return list(csv.DictReader(io.StringIO(content.decode(), newline=""), strict=True))


def written(name: str, pool: Pool) -> bytes:
    """Return the bytes of one file of the dataset."""
    with tempfile.TemporaryDirectory() as folder:
        FORMATS[name](pool, Path(folder) / "file")
        return (Path(folder) / "file").read_bytes()


def folder_bytes(folder: Path) -> dict[str, bytes]:
    """Return name -> bytes of everything in a folder, but for what was opened for next time."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] != WORK
    }
