"""Takes drafts back that people have worked on: checks all first, then writes only what changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kiosk.languages import LANGUAGES
from kiosk.survey.loader import parse_survey
from kiosk.survey.problems import Problems, SurveyProblems
from kiosk.translate.edit import edited_catalogue, edited_survey
from kiosk.translate.files import Files, write_all
from kiosk.translate.lines import Line, check_of, lines_of
from kiosk.translate.po import Row

PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w*\}")
# Markup, and signs that turn the direction of the rest of a page.
FORBIDDEN = re.compile(r"[<>\u2066-\u2069\u202a-\u202e\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True)
class Taken:
    """What came of it: new drafts by line id, what was left out, and remarks by line id."""

    changed: dict[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()
    remarks: dict[str, str] = field(default_factory=dict)


def take_back(files: Files, rows: Sequence[Row]) -> Taken:
    """Write the drafts of the rows into survey and catalogue. Raises SurveyProblems, with all.

    A line whose source has changed since the export is left out and told of; anything else that is
    wrong keeps every line from being written.
    """
    lines = {line.id: line for line in lines_of(files)}
    problems = Problems()
    _check_ids(rows, lines, problems)
    known = [row for row in rows if row.id in lines]
    old = [row for row in known if row.check != lines[row.id].check]
    _check_language(old, known, lines, problems)
    good = [row for row in known if row not in old]
    drafts = {row.id: _tidy(row.draft) for row in good}
    for name, draft in drafts.items():
        _check_draft(lines[name], draft, problems)
    if problems.errors:
        raise SurveyProblems(problems.errors)
    changed = {name: text for name, text in drafts.items() if text != lines[name].draft}
    _write(files, [lines[name] for name in changed], changed)
    remarks = {row.id: _tidy(row.remark) for row in known if row.remark.strip()}
    return Taken(changed, tuple(row.id for row in old), remarks)


def _write(files: Files, lines: Iterable[Line], changed: dict[str, str]) -> None:
    """Write the changed lines into their files, once both are known to be right."""
    survey = {line.id: changed[line.id] for line in lines if not line.is_interface}
    interface = {line.source: changed[line.id] for line in lines if line.is_interface}
    contents = {}
    if survey:
        text = edited_survey(files, survey)
        parse_survey(text, files.survey_path.name)
        contents[files.survey_path] = text
    if interface:
        contents[files.po_path] = edited_catalogue(files, interface)
    if contents:
        write_all(contents)


def _check_ids(rows: Sequence[Row], lines: dict[str, Line], problems: Problems) -> None:
    for name, times in Counter(row.id for row in rows).items():
        if name not in lines:
            problems.error(name or "a line without an id", "there is no such text.",
                           "Please leave the ids as they were exported.")  # fmt: skip
        elif times > 1:
            problems.error(name, f"the line stands {times} times.", "Please keep one.")


def _check_language(
    old: Sequence[Row], known: Sequence[Row], lines: dict[str, Line], problems: Problems
) -> None:
    """Note it if the whole file was made for another language."""
    if old and len(old) == len(known):
        for tag in LANGUAGES:
            if all(row.check == check_of(tag, row.id, lines[row.id].source) for row in old):
                problems.error("the file", f"it is for “{tag}”.",
                               f"Please import it as: kiosk translate import {tag} …")  # fmt: skip


def _check_draft(line: Line, draft: str, problems: Problems) -> None:
    if not draft:
        problems.error(line.id, "the draft is empty.",
                       "Please write it again; nothing is ever shown half translated.")  # fmt: skip
        return
    wanted, given = (Counter(PLACEHOLDER.findall(text)) for text in (line.source, draft))
    if wanted != given:
        names = ", ".join(sorted(wanted)) or "none"
        problems.error(line.id, f"“{draft}” has other places to fill in than the source.",
                       f"Please keep just these, as they are: {names}.")  # fmt: skip
    if found := FORBIDDEN.search(draft):
        problems.error(line.id, f"the draft holds a sign that cannot be shown: {found[0]!r}.",
                       "Please write it in plain words.")  # fmt: skip


def _tidy(text: str) -> str:
    """Return a text in one line; spaces that keep words together stay."""
    return re.sub(r"[ \t\r\n]+", " ", text).strip(" ")
