"""Reads a survey file into a Survey, or tells every problem of it at once."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from kiosk.survey.model import ConsentLine, Survey
from kiosk.survey.parts import (
    content_hash,
    read_item,
    read_languages,
    read_option,
    read_scale,
    unreadable,
)
from kiosk.survey.problems import Problems, SurveyProblems
from kiosk.survey.review import read_step, stale
from kiosk.survey.table import Table
from kiosk.survey.whole import check_icons, check_whole
from kiosk.toml import BadToml, read_toml


def load_survey(path: Path) -> Survey:
    """Return the survey in the file `path`. Raises SurveyProblems with all errors."""
    try:
        source = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise unreadable(str(path), problem) from problem
    survey = parse_survey(source, path.name)
    problems = Problems()
    check_icons(survey, problems)
    if problems.errors:
        raise SurveyProblems(problems.errors)
    return survey


@lru_cache(maxsize=64)
def parse_survey(source: str, name: str = "the survey") -> Survey:
    """Return the survey in the TOML text `source`. Raises SurveyProblems with all errors.

    The same text is read once: a thousand sites ask the same survey.
    """
    survey, problems = read_survey(source, name)
    if survey is None or problems.errors:
        raise SurveyProblems(problems.errors)
    return survey


def read_survey(source: str, name: str = "the survey") -> tuple[Survey | None, Problems]:
    """Read as much as can be read: the survey (None if it is no TOML), and all problems."""
    problems = Problems()
    try:
        values = read_toml(source)
    except BadToml as problem:
        problems.found += unreadable(name, problem).problems
        return None, problems
    languages = read_languages(values, problems)
    survey = _survey(Table(values, "", problems, tuple(languages)), languages, values)
    check_whole(survey, problems)
    if survey.steps and not problems.errors:
        survey = replace(survey, stale=stale(values, survey.steps))
    return survey, problems


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
        practice=read_item(top.table("practice"), fixed_id="practice"),
        scale=read_scale(top.table("scale")),
        missing=tuple(read_option(row) for row in top.tables("missing")),
        items=tuple(read_item(row) for row in top.tables("item")),
        thanks_title=thanks.text("title"),
        thanks_text=thanks.text("text"),
        tool=top.text("tool"),
        yesno=tuple(read_option(row) for row in top.tables("yesno", required=False)),
        steps=tuple(read_step(row) for row in top.tables("review", required=False)),
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
