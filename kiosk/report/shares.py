"""Counts with their base: every share in the report is one of these (R1)."""

from __future__ import annotations

from typing import NamedTuple

from kiosk.report.thresholds import PERCENT_FROM
from kiosk.report.wilson import wilson


class Share(NamedTuple):
    """`part` of `whole`: people, or answers."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """The whole percent, half rounded up; None where the base is too small for percent."""
        if self.whole < PERCENT_FROM or not 0 <= self.part <= self.whole:
            return None
        return (200 * self.part + self.whole) // (2 * self.whole)

    @property
    def interval(self) -> tuple[int, int]:
        """The Wilson interval (95 %) in whole percent; the base must not be 0."""
        low, high = wilson(self.part, self.whole)
        return round(100 * low), round(100 * high)


class Bounds(NamedTuple):
    """The fewest and the most, of `whole`, that can have been positive."""

    low: int
    high: int
    whole: int


def bounds(positive: Share, present: int) -> Bounds | None:
    """Return what is possible if those present who did not answer had (R5).

    Lowest: all of them negative; highest: all positive (worst-case bounds after Manski, "Partial
    Identification of Probability Distributions", 2003). None if fewer were present than answered.
    """
    if present < positive.whole:
        return None
    return Bounds(positive.part, positive.part + present - positive.whole, present)
