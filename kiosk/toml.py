"""TOML that anybody may have written: read in little time and to little depth, or refused."""

from __future__ import annotations

import re
import tomllib
from typing import Any

LARGEST = 1_000_000  # signs; a survey in twenty-four languages has some 110,000
DEEPEST = 30  # tables and lists inside one another; a survey has four
WIDEST_NUMBER = 64  # bits, as TOML promises
# Time to read a name such as a.b.c grows with the square of its parts.
LONG_NAME = re.compile(
    r"""(?<![\w-])(?:(?:[A-Za-z0-9_-]++|"[^"\n]*"|'[^'\n]*')[ \t]*+\.[ \t]*+){64}"""
)


class BadToml(ValueError):
    """This text is no TOML, or none that anybody needs; the message says why."""


def read_toml(source: str) -> dict[str, Any]:
    """Return what a TOML text says. Raises BadToml, and nothing else, whatever the text is."""
    if len(source) > LARGEST:
        raise BadToml(f"it is longer than {LARGEST:,} signs")
    if LONG_NAME.search(source):
        raise BadToml("a name in it has too many parts")
    try:
        values = tomllib.loads(source)
    except RecursionError as problem:
        raise BadToml("tables or lists lie too deep inside one another") from problem
    except ValueError as problem:
        raise BadToml(str(problem)) from problem
    _check(values)
    return values


def _check(values: dict[str, Any]) -> None:
    """Raise BadToml for what others could not write down again: too deep, or too large."""
    level: list[Any] = [values]
    for _ in range(DEEPEST):
        if not level:
            return
        inside = [
            one for value in level for one in (value.values() if isinstance(value, dict) else value)
        ]
        if any(type(one) is int and one.bit_length() > WIDEST_NUMBER for one in inside):
            raise BadToml("a number in it is too large")
        level = [one for one in inside if isinstance(one, dict | list)]
    raise BadToml("tables or lists lie too deep inside one another")
