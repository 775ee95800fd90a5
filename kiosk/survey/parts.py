"""Reads the parts that surveys and forms share: languages, options, scales, items."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from kiosk.languages import LANGUAGES, STATES
from kiosk.survey.kinds import KINDS
from kiosk.survey.model import Item, Option, Row, Scale
from kiosk.survey.problems import Problems, SurveyProblems
from kiosk.survey.table import Table

# How far translations have come, and who says so, is no content.
NO_CONTENT = ("translation", "review")
NO_SCALE = Scale("none", "asc", ())


def content_hash(values: dict[str, Any]) -> str:
    """Return the SHA-256 (hex) of a survey's content; the state of translations is no content."""
    content = {key: value for key, value in values.items() if key not in NO_CONTENT}
    canonical = json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def unreadable(name: str, problem: Exception) -> SurveyProblems:
    """Return what to tell the author of a file that cannot be read at all."""
    problems = Problems()
    problems.error(name, f"the file cannot be read: {problem}.", "Please mend that place.")
    return SurveyProblems(problems.found)


def read_languages(values: dict[str, Any], problems: Problems) -> dict[str, str]:
    """Return language tag -> state of its translation."""
    table = Table(values.get("translation", {}), "translation", problems)
    if not table.values:
        problems.error(
            "translation", "there is no language.", 'Please add [translation] en = "source".'
        )
    for tag, state in table.values.items():
        if tag not in LANGUAGES:
            problems.unknown_key("translation", tag, LANGUAGES)
        if state not in STATES:
            problems.error(f"translation › {tag}", f"the state “{state}” is not known.",
                           f"Please write one of: {', '.join(STATES)}.")  # fmt: skip
    return {tag: str(state) for tag, state in table.values.items() if tag in LANGUAGES}


def read_option(row: Table) -> Option:
    """Return one [[option]]."""
    option = Option(row.number("value"), row.text("label"))
    row.done()
    return option


def read_scale(table: Table) -> Scale:
    """Return the [scale]."""
    scale = Scale(
        table.string("id"),
        table.string("order", "asc"),
        tuple(read_option(row) for row in table.tables("option")),
    )
    table.done()
    return scale


def read_item(row: Table, fixed_id: str = "") -> Item:
    """Return one [[item]]; the practice question's id is fixed."""
    kind = row.string("kind", "smiley")
    if kind not in KINDS:
        row.problems.unknown_key(row.place("kind"), kind, KINDS)
    needs = KINDS[kind].needs if kind in KINDS else ""
    item = Item(
        id=fixed_id or row.string("id"),
        kind=kind,
        text=row.text("text"),
        theme=row.string("theme", ""),
        construct=row.string("construct", ""),
        background=row.flag("background"),
        options=KINDS[kind].read_options(row) if kind in KINDS else (),
        rows=tuple(map(_row, row.tables("row", required=False))) if needs == "rows" else (),
        most=max(0, row.number("max", 0)) if needs == "most" else 0,
        hint=row.text("hint") if "hint" in row.values else None,
    )
    row.done()
    return item


def _row(table: Table) -> Row:
    row = Row(table.string("id"), table.text("label"))
    table.done()
    return row
