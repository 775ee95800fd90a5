"""One small face for each person on one line: no, zero line, yes; "in between" apart (R7)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.report.distribution import Distribution

STEP = 20  # from one face to the next; a face is 18 wide
APART = 14


@dataclass(frozen=True)
class Strip:
    """How many places all lines of a list keep on each side, so that they can be compared."""

    left: int
    right: int
    middle: int

    @property
    def zero(self) -> int:
        """Where the line between no and yes stands."""
        return self.left * STEP + 2

    @property
    def width(self) -> int:
        """The width of every line."""
        return self.zero + self.right * STEP + 4 + (APART + self.middle * STEP) * bool(self.middle)

    def places(self, found: Distribution) -> list[tuple[int, int]]:
        """Return each person's face and where it lies, in reading order."""
        first, second, middle, fourth, fifth = found.counts.items()
        left = [value for value, n in (first, second) for _ in range(n)]
        right = [value for value, n in (fourth, fifth) for _ in range(n)]
        start = self.zero - 2 - len(left) * STEP
        apart = self.zero + 4 + self.right * STEP + APART
        return [
            *((value, start + place * STEP) for place, value in enumerate(left)),
            *((value, self.zero + 4 + place * STEP) for place, value in enumerate(right)),
            *((middle[0], apart + place * STEP) for place in range(middle[1])),
        ]


def strip(distributions: Iterable[Distribution]) -> Strip:
    """Return the strip that has room for each of these distributions (of five values)."""
    lefts, rights, middles = [0], [0], [0]
    for found in distributions:
        first, second, middle, fourth, fifth = found.counts.values()
        lefts.append(first + second)
        middles.append(middle)
        rights.append(fourth + fifth)
    return Strip(max(lefts), max(rights), max(middles))
