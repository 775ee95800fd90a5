"""The facilitator's self-report forms: read like surveys, answered into columns (section C)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.paths import bundled
from kiosk.survey.kinds import KINDS
from kiosk.survey.kinds.kind import BadCell, Cell
from kiosk.survey.model import Form, Item
from kiosk.survey.parts import (
    NO_SCALE,
    content_hash,
    read_item,
    read_languages,
    read_scale,
    unreadable,
)
from kiosk.survey.problems import Problems, SurveyProblems
from kiosk.survey.table import Table
from kiosk.survey.whole import check_form
from kiosk.toml import BadToml, read_toml

AUDIENCE = "facilitator"
# When each form opens, in order (C7): before the workshop, once it began, from a week after.
PHASES = ("before", "same_day", "after")


def parse_form(source: str, name: str = "the form") -> Form:
    """Return the form in the TOML text `source`. Raises SurveyProblems with all errors."""
    form, problems = read_form(source, name)
    if form is None or problems.errors:
        raise SurveyProblems(problems.errors)
    return form


def read_form(source: str, name: str = "the form") -> tuple[Form | None, Problems]:
    """Read as much as can be read: the form (None if it is no TOML), and all problems."""
    problems = Problems()
    try:
        values = read_toml(source)
    except BadToml as problem:
        problems.found += unreadable(name, problem).problems
        return None, problems
    languages = read_languages(values, problems)
    form = _form(Table(values, "", problems, tuple(languages)), languages, values)
    if form.phase not in PHASES:
        problems.unknown_key("phase", form.phase, PHASES)
    check_form(form, problems)
    return form, problems


def _form(top: Table, languages: dict[str, str], values: dict[str, Any]) -> Form:
    top.read |= {"translation", "audience"}
    form = Form(
        id=top.string("id"),
        version=top.string("version"),
        hash=content_hash(values),
        phase=top.string("phase"),
        title=top.text("title"),
        intro=top.text("intro"),
        translation=languages,
        scale=read_scale(top.table("scale")) if "scale" in top.values else NO_SCALE,
        items=tuple(read_item(row) for row in top.tables("item")),
    )
    top.done()
    return form


def is_form(source: str) -> bool:
    """Tell whether a file of questions is meant for facilitators."""
    try:
        return read_toml(source).get("audience") == AUDIENCE
    except BadToml:
        return False


@cache
def form_files() -> dict[str, str]:
    """Return form id -> TOML text of the self-report forms, in the order in which they open."""
    sources = [
        path.read_text(encoding="utf-8")
        for path in sorted((bundled("surveys") / AUDIENCE).glob("*.toml"), key=_name)
    ]
    forms = [(parse_form(source), source) for source in sources]
    return {form.id: source for form, source in sorted(forms, key=_phase)}


def _name(path: Path) -> str:
    return path.name


def _phase(entry: tuple[Form, str]) -> int:
    return PHASES.index(entry[0].phase)


def columns(form: Form) -> dict[str, Item]:
    """Return column -> item of a form, in the form's order."""
    return {column: item for item in form.items for column in KINDS[item.kind].columns(item)}


def read_report(
    form: Form, fields: Iterable[tuple[str, str]]
) -> tuple[dict[str, Cell], dict[str, str]]:
    """Return the answers by column, and the raw text of every field that does not fit.

    Empty fields and fields of no column are let go.
    """
    known = columns(form)
    answers: dict[str, Cell] = {}
    wrong: dict[str, str] = {}
    for name, raw in fields:
        if name not in known or not raw.strip():
            continue
        item = known[name]
        try:
            answers[name] = KINDS[item.kind].read_cell(form, item, raw)
        except BadCell:
            wrong[name] = raw
    return answers, wrong


def fits(form: Form, answers: Mapping[str, Any]) -> bool:
    """Tell whether answers that were read elsewhere are answers to this form."""
    known = columns(form)
    for name, value in answers.items():
        if name not in known or type(value) not in (int, str):
            return False
        item = known[name]
        try:
            if KINDS[item.kind].read_cell(form, item, str(value)) != value:
                return False
        except BadCell:
            return False
    return True
