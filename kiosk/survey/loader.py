"""Reads a survey file into a Survey, or tells every problem of it at once."""

from __future__ import annotations

import hashlib
import json
import tomllib
from pathlib import Path
from typing import Any

from kiosk.languages import LANGUAGES
from kiosk.survey.kinds import KINDS
from kiosk.survey.model import (
    ConsentLine,
    Item,
    Option,
    Scale,
    Survey,
)
from kiosk.survey.problems import Problems, SurveyProblems
from kiosk.survey.table import Table
from kiosk.survey.whole import check_icons, check_whole

STATES = ("source", "machine-draft", "translated", "reviewed", "adjudicated", "pretested")


def load_survey(path: Path) -> Survey:
    """Return the survey in the file `path`. Raises SurveyProblems with all errors."""
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise _unreadable(str(path), problem) from problem
    survey = parse_survey(source, path.name)
    problems = Problems()
    check_icons(survey, problems)
    if problems.errors:
        raise SurveyProblems(problems.errors)
    return survey


def parse_survey(source: str, name: str = "the survey") -> Survey:
    """Return the survey in the TOML text `source`. Raises SurveyProblems with all errors."""
    survey, problems = read_survey(source, name)
    if survey is None or problems.errors:
        raise SurveyProblems(problems.errors)
    return survey


def read_survey(source: str, name: str = "the survey") -> tuple[Survey | None, Problems]:
    """Read as much as can be read: the survey (None if it is no TOML), and all problems."""
    problems = Problems()
    try:
        values = tomllib.loads(source)
    except (tomllib.TOMLDecodeError, RecursionError) as problem:
        problems.found += _unreadable(name, problem).problems
        return None, problems
    languages = _languages(values, problems)
    survey = _survey(Table(values, "", problems, tuple(languages)), languages, values)
    check_whole(survey, problems)
    return survey, problems


def content_hash(values: dict[str, Any]) -> str:
    """Return the SHA-256 (hex) of a survey's content; the state of translations is no content."""
    content = {key: value for key, value in values.items() if key != "translation"}
    canonical = json.dumps(
        content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str
    )
    return hashlib.sha256(canonical.encode()).hexdigest()


def _unreadable(name: str, problem: Exception) -> SurveyProblems:
    problems = Problems()
    problems.error(name, f"the file cannot be read: {problem}.", "Please mend that place.")
    return SurveyProblems(problems.found)


def _languages(values: dict[str, Any], problems: Problems) -> dict[str, str]:
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


def _survey(top: Table, languages: dict[str, str], values: dict[str, Any]) -> Survey:
    top.read.add("translation")
    thanks = top.table("thanks")
    survey = Survey(
        id=top.string("id"),
        version=top.string("version"),
        hash=content_hash(values),
        minutes=top.number("minutes", 2),
        title=top.text("title"),
        translation=languages,
        consent=tuple(_consent(row) for row in top.tables("consent")),
        practice=_item(top.table("practice"), fixed_id="practice"),
        scale=_scale(top.table("scale")),
        missing=tuple(_option(row) for row in top.tables("missing")),
        items=tuple(_item(row) for row in top.tables("item")),
        thanks_title=thanks.text("title"),
        thanks_text=thanks.text("text"),
        tool=top.text("tool"),
        yesno=tuple(_option(row) for row in top.tables("yesno", required=False)),
    )
    thanks.done()
    top.done()
    return survey


def _consent(row: Table) -> ConsentLine:
    line = ConsentLine(
        row.string("id"), row.string("icon"), row.text("text"), row.string("when", "")
    )
    row.done()
    return line


def _option(row: Table) -> Option:
    option = Option(row.number("value"), row.text("label"))
    row.done()
    return option


def _scale(table: Table) -> Scale:
    scale = Scale(
        table.string("id"),
        table.string("order", "asc"),
        tuple(_option(row) for row in table.tables("option")),
    )
    table.done()
    return scale


def _item(row: Table, fixed_id: str = "") -> Item:
    kind = row.string("kind", "smiley")
    if kind not in KINDS:
        row.problems.unknown_key(row.place("kind"), kind, KINDS)
    item = Item(
        id=fixed_id or row.string("id"),
        kind=kind,
        text=row.text("text"),
        theme=row.string("theme", ""),
        construct=row.string("construct", ""),
        background=row.flag("background"),
        options=KINDS[kind].read_options(row) if kind in KINDS else (),
    )
    row.done()
    return item
