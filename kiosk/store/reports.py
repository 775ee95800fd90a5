"""The facilitator's self-reports: one per form and workshop, in a table of their own (C6)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.store.session import Session
from kiosk.store.texts import keep, whole
from kiosk.store.workshop import Workshop


@dataclass(frozen=True)
class SelfReport:
    """What a facilitator wrote in one form; `form_file` is the form's TOML text as it was asked.

    `answers` maps column -> whole number or text; what was left open is not there.
    """

    form: str
    form_file: str
    language: str
    answers: Mapping[str, int | str]
    finished: bool


class SelfReports:
    """The self-reports of one kiosk."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def of(self, workshop: Workshop) -> dict[str, SelfReport]:
        """Return form -> report of a workshop."""
        with Session(self._data, writes=False) as db:
            rows = db.execute(
                f"SELECT form, {whole('form_file')}, language, answers, finished "  # noqa: S608 - names are ours
                "FROM self_reports "
                "WHERE workshop = ? ORDER BY form",
                (workshop.id,),
            ).fetchall()
        return {
            form: SelfReport(form, file, language, json.loads(answers), bool(finished))
            for form, file, language, answers, finished in rows
        }

    def save(self, workshop: Workshop, report: SelfReport) -> None:
        """Keep a report, finished or not; a packed workshop must then be packed again."""
        answers = json.dumps(dict(report.answers), ensure_ascii=False)
        with Session(self._data) as db:
            form_file = keep(db, report.form_file)
            values = (workshop.id, report.form, form_file, report.language, answers,
                      int(report.finished))  # fmt: skip
            db.execute("INSERT OR REPLACE INTO self_reports VALUES (?, ?, ?, ?, ?, ?)", values)
            db.execute("UPDATE workshops SET changed = changed + 1 WHERE id = ?", (workshop.id,))
