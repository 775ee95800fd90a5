"""Changes single lines of a survey or a catalogue; every other byte stays as it was."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from typing import Any

import tomlkit
from babel.messages.pofile import escape

from kiosk.survey.texts import Place, places
from kiosk.translate.files import CannotTranslate, Files


def edited_survey(files: Files, drafts: Mapping[str, str]) -> str:
    """Return the survey's file with new drafts (text id -> text) in one language."""
    where = places(files.values)
    tag = files.language.tag
    texts = {(*where[name], tag): text for name, text in drafts.items()}
    return set_texts(files.survey_file, texts)


def set_texts(source: str, texts: Mapping[Place, str]) -> str:
    """Return TOML with new texts at some places. Raises CannotTranslate if more would change."""
    document, wanted = tomlkit.parse(source), tomllib.loads(source)
    for place, text in texts.items():
        for values in (document, wanted):
            table: Any = values
            for step in place[:-1]:
                table = table[step]
            table[place[-1]] = text
    result = tomlkit.dumps(document)
    before, after = source.split("\n"), result.split("\n")
    changed = sum(one != other for one, other in zip(before, after, strict=False))
    if tomllib.loads(result) != wanted or len(before) != len(after) or changed > len(texts):
        raise CannotTranslate(
            "The survey's file is written in a way in which single lines cannot be changed. "
            "Please give every text one line of its own, as in the survey that ships."
        )
    return result


def edited_catalogue(files: Files, drafts: Mapping[str, str]) -> str:
    """Return the catalogue with new drafts (English -> text)."""
    text, old = files.catalogue, files.messages
    for source, draft in drafts.items():
        line = f"msgid {escape(source)}\nmsgstr "
        before = f"{line}{escape(old[source])}\n"
        if text.count(before) != 1:
            raise CannotTranslate(
                f"“{source}” stands in {files.po_path} in a way that cannot be changed here. "
                "Please run: make translations"
            )
        text = text.replace(before, f"{line}{escape(draft)}\n")
    return text


def quoted(text: str) -> str:
    """Return a text in quotes as TOML takes it, letters of all scripts as they are."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
