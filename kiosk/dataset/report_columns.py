"""The columns of the self-reports' table, described once for every format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from kiosk.dataset.pool import Pool
from kiosk.dataset.variables import Labels, labels_of
from kiosk.opening.reports import OpenedReport
from kiosk.survey.form import PHASES, columns
from kiosk.survey.kinds import KINDS, options_of
from kiosk.survey.kinds.kind import Cell
from kiosk.survey.model import Form, Item, Option, Row

ABOUT = ("version", "language", "finished")
TICKS: Labels = {0: {"en": "not ticked"}, 1: {"en": "ticked"}}


@dataclass(frozen=True)
class ReportColumn:
    """One column: what was asked, by language, and its values with their labels, if it has such.

    `name` is what it is called in the table, `key` in the form.
    """

    name: str
    key: str
    kind: str
    text: Mapping[str, str]
    values: Labels
    is_number: bool
    ordinal: bool


@dataclass(frozen=True)
class FormColumns:
    """All that the table has of one form: its versions, newest first, and its columns."""

    versions: tuple[Form, ...]
    columns: tuple[ReportColumn, ...]

    @property
    def id(self) -> str:
        """The form's id, the same in every version."""
        return self.versions[0].id

    @property
    def header(self) -> list[str]:
        """The names of its columns: what the report as a whole is, then the answers."""
        return [*(about_name(self.id, about) for about in ABOUT), *(c.name for c in self.columns)]

    def cells(self, report: OpenedReport | None) -> list[Cell | None]:
        """Return one workshop's cells; all are empty if it has no such report."""
        if report is None:
            return [None] * len(self.header)
        answers = [_cell(column.key, report) for column in self.columns]
        return [report.form.version, report.language, int(report.finished), *answers]


def about_name(form: str, about: str) -> str:
    """Return the name of a column that tells of a report as a whole."""
    return f"{form}_{about}"


def form_columns(pool: Pool) -> list[FormColumns]:
    """Return the forms that any workshop has a report in, in the order in which they open."""
    versions: dict[str, dict[str, Form]] = {}
    for reports in pool.reports().values():
        for form, report in reports.items():
            versions.setdefault(form, {})[report.form_hash] = report.form
    forms = [sorted(found.values(), key=_newness, reverse=True) for found in versions.values()]
    forms.sort(key=lambda found: (PHASES.index(found[0].phase), found[0].id))
    taken = {"workshop"} | {about_name(found[0].id, about) for found in forms for about in ABOUT}
    return [FormColumns(tuple(found), _columns(found, taken)) for found in forms]


def languages(forms: Iterable[FormColumns]) -> list[str]:
    """Return the languages of all forms."""
    return list(dict.fromkeys(
        tag for form in forms for version in form.versions for tag in version.languages
    ))  # fmt: skip


def _newness(form: Form) -> tuple[list[tuple[int, str]], str, str]:
    """Sort versions as people count them: 1.10 comes after 1.9."""
    numbers = [(len(number), number) for number in re.findall(r"0*(\d+)", form.version)]
    return numbers, form.version, form.hash


def _columns(versions: Iterable[Form], taken: set[str]) -> tuple[ReportColumn, ...]:
    """Return the columns of all versions, in the newest one's order; it words them, too.

    A name that another form has already is put behind the form's id.
    """
    found: dict[str, ReportColumn] = {}
    for form in versions:
        for column in _described(form):
            newer = found.get(column.key, column)
            found[column.key] = replace(
                newer,
                values=dict(sorted({**column.values, **newer.values}.items())),
                is_number=newer.is_number and column.is_number,
                name=f"{form.id}_{column.key}" if column.key in taken else column.key,
            )
    taken |= {column.name for column in found.values()}
    return tuple(found.values())


def _described(form: Form) -> Iterator[ReportColumn]:
    for item in form.items:
        kind = KINDS[item.kind]
        values = TICKS if item.kind == "several" else labels_of(options_of(form, item))
        for key, text in zip(kind.columns(item), _texts(item), strict=True):
            yield ReportColumn(key, key, item.kind, text, values, item.kind != "text", kind.ordinal)


def _texts(item: Item) -> list[dict[str, str]]:
    """Return the wording of each of an item's columns: the question, and what it is asked of."""
    parts: dict[str, tuple[Option | Row, ...]] = {"several": item.options, "grid": item.rows}
    question = item.text.by_language
    if item.kind not in parts:
        return [dict(question)]
    return [
        {tag: f"{question[tag]} – {part.label[tag]}" for tag in question}
        for part in parts[item.kind]
    ]


def _cell(key: str, report: OpenedReport) -> Cell | None:
    """Return an answer; 0 for a box that was not ticked where another of its question was."""
    item = columns(report.form).get(key)
    if key in report.answers or item is None or item.kind != "several":
        return report.answers.get(key)
    ticked = set(KINDS[item.kind].columns(item)) & set(report.answers)
    return 0 if ticked else None
