"""The notes for native reviewers (`docs/translation-notes.md`), laid beside their lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kiosk.paths import bundled
from kiosk.translate.lines import Line

FILE = "translation-notes.md"
READ_BACK = "Read back without the source"
QUOTED = re.compile(r"[“‘'\"]([A-Z][^“”‘’'\"]+)[”’'\"]")
NAMED = re.compile(r"\b(q\d+|consent\.\w+|thanks\.\w+|practice|tool|[Ll]abels?(?:[. ]9[78])?)\b")


@dataclass
class Notes:
    """`about` has line id -> notes of who drafted, `doubts` those of who read the draft back.

    `general` holds what is about the whole language.
    """

    about: dict[str, list[str]] = field(default_factory=dict)
    doubts: dict[str, list[str]] = field(default_factory=dict)
    general: list[str] = field(default_factory=list)


def notes_for(tag: str, lines: Iterable[Line], text: str | None = None) -> Notes:
    """Return a language's notes, laid beside its lines; none if the file is not there."""
    path = bundled("docs") / FILE
    if text is None:
        text = path.read_text(encoding="utf-8") if path.is_file() else ""
    notes, known = Notes(), list(lines)
    drafted, _, read_back = _section(tag, text).partition(READ_BACK)
    for part, kept in ((drafted, notes.about), (read_back, notes.doubts)):
        for note in re.findall(r"^- (.+)$", part, re.MULTILINE):
            _lay(note, known, kept, notes.general)
    return notes


def _section(tag: str, text: str) -> str:
    found = re.search(rf"^## [^\n]*\(`{re.escape(tag)}`\)\n(.*?)(?=^##? |\Z)", text,
                      re.MULTILINE | re.DOTALL)  # fmt: skip
    return found[1] if found else ""


def _lay(note: str, lines: list[Line], kept: dict[str, list[str]], general: list[str]) -> None:
    quoted = set(QUOTED.findall(note))
    named = set(NAMED.findall(note))
    ids = [one.id for one in lines if _names(named, one.id) or one.source in quoted]
    for line_id in ids:
        kept.setdefault(line_id, []).append(note)
    if not ids:
        general.append(note)


def _names(named: set[str], line_id: str) -> bool:
    """Tell whether a note that has these words is about a line; “Labels” are the first face's."""
    short = line_id.removeprefix("item.")
    labels = {"Labels", "labels", "label", "Label"} & named
    if re.fullmatch(r"missing\.\d+", line_id):
        return any(word.endswith(line_id[-2:]) for word in named if word[:5].lower() == "label")
    return short in named or (line_id == "option.1" and bool(labels))
