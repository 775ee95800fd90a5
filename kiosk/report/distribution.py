"""How often each answer of one question was given, and what may be said of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.report.shares import Share
from kiosk.survey.model import NOT_SHOWN


@dataclass(frozen=True)
class Distribution:
    """One count a value, in the order in which the answers were shown.

    `counts` has the answers, `missing` the codes 96 to 99, `positive` the values on the yes side.
    The base is the answers alone (R2).
    """

    counts: Mapping[int, int]
    missing: Mapping[int, int]
    positive: frozenset[int] = frozenset()

    @property
    def base(self) -> int:
        """How many gave one of the answers."""
        return sum(self.counts.values())

    @property
    def asked(self) -> int:
        """How many were asked, answered or not."""
        return self.base + sum(n for code, n in self.missing.items() if code != NOT_SHOWN)

    @property
    def positive_share(self) -> Share:
        """Those on the yes side, of those who answered."""
        return Share(
            sum(n for value, n in self.counts.items() if value in self.positive), self.base
        )

    @property
    def answered_share(self) -> Share:
        """Those who answered, of those who were asked."""
        return Share(self.base, self.asked)

    def share(self, value: int) -> Share:
        """Return those who gave this answer, of those who answered."""
        return Share(self.counts[value], self.base)

    @property
    def median(self) -> tuple[int, int]:
        """The two middle values, lower first; equal where one value is the middle (R3)."""
        values = sorted(self.counts)
        return (
            _at(values, self.counts, (self.base - 1) // 2),
            _at(values, self.counts, self.base // 2),
        )

    @property
    def most_frequent(self) -> tuple[int, ...]:
        """The value that was given most often, or several that were given as often."""
        most = max(self.counts.values(), default=0)
        return tuple(value for value, n in self.counts.items() if n == most)

    @property
    def unanimous(self) -> bool:
        """Whether all who answered gave the same answer."""
        return self.base > 0 and self.base in self.counts.values()


def together(distributions: Iterable[Distribution]) -> Distribution:
    """Return the sum of distributions over the same answers; its base is answers, not people."""
    first, *others = distributions
    return Distribution(
        {v: n + sum(other.counts[v] for other in others) for v, n in first.counts.items()},
        {v: n + sum(other.missing[v] for other in others) for v, n in first.missing.items()},
        first.positive,
    )


def _at(values: Iterable[int], counts: Mapping[int, int], place: int) -> int:
    """Return the value at a place, counted from 0, of all answers sorted."""
    seen = 0
    for value in values:
        seen += counts[value]
        if place < seen:
            return value
    raise ValueError("nobody answered")
