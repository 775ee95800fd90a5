"""Tests of surveys. Lena edits the survey that ships, and makes every mistake there is."""

from __future__ import annotations

from tests.conftest import SURVEY_FILE

SOURCE = SURVEY_FILE.read_text(encoding="utf-8")


def edited(*changes: tuple[str, str]) -> str:
    """Return the shipped survey's source with each (old, new) carried out at its first place."""
    source = SOURCE
    for old, new in changes:
        assert old in source, f"the shipped survey has no {old!r} any more"
        source = source.replace(old, new, 1)
    return source
