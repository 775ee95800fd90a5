"""Questions that the survey counts to the same construct, side by side (R10)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from kiosk.report.dataset import Question
from kiosk.report.distribution import Distribution

# "K2 confidence" belongs to the level K2 and, apart, to confidence.
LEVEL = re.compile(r"([A-Z]\d+)\s+(.+)")


@dataclass(frozen=True)
class Scale:
    """A construct by its declared name, and its questions with faces, in the order asked."""

    name: str
    questions: tuple[Question, ...]


def scales(questions: Iterable[Question]) -> list[Scale]:
    """Return every construct that any question with faces declares, in the order first met."""
    found: dict[str, list[Question]] = {}
    for question in questions:
        if question.has_faces:
            for name in constructs(question.construct):
                found.setdefault(name, []).append(question)
    return [Scale(name, tuple(members)) for name, members in found.items()]


def constructs(declared: str) -> list[str]:
    """Return the names in an item's `construct`: they stand between commas, each once."""
    names: list[str] = []
    for part in declared.split(","):
        level = LEVEL.fullmatch(part.strip())
        names += level.groups() if level else [part.strip()]
    return [name for name in dict.fromkeys(names) if name]


def pooled_average(distribution: Distribution) -> Fraction:
    """Return the average of all answers to a scale's questions; there must be one.

    Of the sum of several items alone (Harpe 2015, "How to analyze Likert and other rating scale
    data"); for a single item it is not defined here.
    """
    total = sum(value * n for value, n in distribution.counts.items())
    return Fraction(total, distribution.base)
