"""`source/`: what a dataset was made of, so that it can be read back and merged (X17).

Texts stand here raw; in the tables those that a spreadsheet would run have an apostrophe (X10).
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from kiosk.dataset.pool import Pool
from kiosk.opening.reports import OpenedReport

FORMAT = 1
SURVEY, STUDY, WORKSHOPS = "source/survey.toml", "source/study.toml", "source/workshops.json"


def write_survey(pool: Pool, path: Path) -> None:
    """Write the survey, byte for byte as it was sealed."""
    path.write_bytes(pool.bundle.survey_file.encode())


def write_study(pool: Pool, path: Path) -> None:
    """Write the study as it was sealed, but for the address to which bundles go."""
    path.write_bytes(pool.bundle.study_file.encode())


def write_workshops(pool: Pool, path: Path) -> None:
    """Write sheets, self-reports with their forms, and which other versions were mapped how.

    What is no text (half of a surrogate pair) is written as JSON's own \\u….
    """
    forms = {_name(report.form_file): report.form_file for _, report in pool.reports_with_edition()}
    content = {
        "format": FORMAT,
        "language": pool.language,
        "mapped": [{"survey_file": m.survey_file, "items": dict(m.items)} for m in pool.mapped],
        "workshops": pool.workshops(),
        "forms": forms,
        "reports": [_report(*found) for found in pool.reports_with_edition()],
    }
    text = json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n"
    path.write_bytes(text.encode(errors="backslashreplace"))


def _report(edition: int, report: OpenedReport) -> dict[str, Any]:
    return {
        "workshop": report.workshop, "edition": edition, "form": _name(report.form_file),
        "language": report.language, "finished": report.finished, "answers": dict(report.answers),
    }  # fmt: skip


def _name(source: str) -> str:
    return hashlib.sha256(source.encode()).hexdigest()
