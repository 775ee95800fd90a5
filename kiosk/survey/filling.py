"""What stands for {n}, {tool} and the like in a survey's texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kiosk.languages import Language
from kiosk.survey.model import Survey

PLACEHOLDER = re.compile(r"\{(\w+)\}")


def values_of(survey: Survey, language: Language, tool: str, minutes: int) -> dict[str, str]:
    """Return what is known without the study; `tool` "" is the survey's own word for it.

    `minutes` is how long a shared screen waits for a touch.
    """
    return {
        "n": language.number(len(survey.items)),
        "m": language.number(survey.minutes),
        "t": language.number(minutes),
        "tool": tool or survey.tool[language.tag],
    }


def fill(line: str, values: Mapping[str, str], dress: Callable[[str], str]) -> str:
    """Return a line with each value, dressed, in its place; capital where it begins the line."""

    def value(found: re.Match[str]) -> str:
        word = values[found[1]]
        return dress(word[:1].upper() + word[1:] if found.start() == 0 else word)

    return PLACEHOLDER.sub(value, line)
