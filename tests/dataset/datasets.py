"""Small datasets without sealed bundles, written by the real writers, for merging in many ways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from kiosk.bundle.read import Bundle
from kiosk.dataset.formats import FORMATS
from kiosk.dataset.formats.source import STUDY, SURVEY, WORKSHOPS
from kiosk.dataset.map_file import MapFile
from kiosk.dataset.merge import merge
from kiosk.dataset.pool import Pool
from kiosk.dataset.read_back import read_back
from kiosk.dataset.write import write_folder
from kiosk.opening.envelopes import Response
from kiosk.opening.reports import OpenedReport
from kiosk.study.model import parse_study
from kiosk.survey.form import parse_form
from kiosk.survey.loader import parse_survey
from tests.dataset import folder_bytes
from tests.store import STUDY as STUDY_FILE
from tests.survey import FORM, SOURCE

COUNTERS = ("complete", "partial", "under_half", "declined", "timed_out")
# Enough to read a dataset back and to see everything that was merged.
LIGHT = (
    "responses.csv", "workshops.csv", "self_reports.csv", "datapackage.json", "README.txt",
    SURVEY, STUDY, WORKSHOPS,
)  # fmt: skip


@dataclass(frozen=True)
class Meeting:
    """A workshop in an edition: its number, who answered (their numbers), whether staff wrote."""

    number: int
    edition: int = 1
    people: frozenset[int] = frozenset({1})
    wrote: bool = False

    @property
    def id(self) -> str:
        return f"{self.number:016x}"


def pool_of(
    meetings: Iterable[Meeting], survey_file: str = SOURCE, study_file: str = STUDY_FILE,
    language: str = "", **sheet: Any,
) -> Pool:  # fmt: skip
    """Return the pool of workshops; who has one number answers the same wherever they appear."""
    pool, survey = Pool(), parse_survey(survey_file)
    study, form = parse_study(study_file, Path("study.toml")), parse_form(FORM)
    for meeting in meetings:
        told = {
            "format": 2, "edition": meeting.edition, "workshop": meeting.id, "title": "Draw",
            "site": f"Library {meeting.number}", "month": "2026-05", "tool": "Procreate",
            "headcount": 9, "said_no": None, "left_early": 0, "tickets": False,
            "idle_minutes": 3, "paper": False, "languages": ["en", "ar"],
            "counters": dict.fromkeys(COUNTERS, 1),
            "survey": {"id": survey.id, "version": survey.version, "hash": survey.hash},
        } | sheet  # fmt: skip
        pool.admit(Bundle("a bundle", told, study, survey, survey_file, {}, {}, study_file))
        for person in meeting.people:
            values = tuple((person + place) % 5 + 1 for place in range(len(survey.items)))
            pool.add(Response(f"{person * 7919:032x}", meeting.id, values))
        if meeting.wrote:
            answers: dict[str, int | str] = {
                "came": meeting.edition,
                "words": f"=1+{meeting.number}",
            }
            report = OpenedReport(meeting.id, form, form.hash, "en", True, answers, FORM)
            pool.add_report(report, meeting.edition)
    if language:
        pool.language = language
    return pool


def lightly(pool: Pool, folder: Path) -> Path:
    """Write the dataset without the formats that take long."""
    write_folder({name: partial(FORMATS[name], pool) for name in LIGHT}, folder)
    return folder


def merged(folders: Iterable[Path], out: Path, map_file: MapFile | None = None) -> dict[str, bytes]:
    """Merge datasets into the folder `out`; return what stands there then."""
    out.mkdir()
    pool = merge([read_back(folder) for folder in folders], out, map_file)
    lightly(pool, out)
    del pool  # and its sorted copy
    return folder_bytes(out)
