"""Where the pieces of a diverging bar lie: no, zero line, yes; "in between" apart (R7, R9).

After Heiberger & Robbins, "Design of Diverging Stacked Bar Charts for Likert Scales and Other
Applications", Journal of Statistical Software 57 (2014). Every length is in percent of the chart's
width, so that a chart may be as narrow as a phone while its numbers keep their size.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from kiosk.report.distribution import Distribution

GAP, OFF, EDGE, THIN = 4.0, 0.9, 1.0, 2.0
NARROWEST, DIGIT, AIR, FACE = 256, 13.5, 7, 28  # a phone's chart, and what stands in it, in px
Place = Literal["inside", "beside", "above"]
Part = Literal["left", "middle", "right"]


@dataclass(frozen=True)
class Segment:
    """One answer's piece of the bar. `label` is where its number stands, `anchor` which end of it.

    A number that finds no room inside stands beside the bar's end, or above the piece.
    """

    value: int
    count: int
    x: float
    width: float
    place: Place
    label: float
    anchor: Literal["start", "middle", "end"]

    @property
    def thin(self) -> bool:
        """Whether an outline would leave nothing of its colour."""
        return self.width < THIN


@dataclass(frozen=True)
class Ruler:
    """What all bars of a report share, so that they can be compared: room for each part.

    `left`, `middle`, `right` are the largest shares of any bar; `beside` tells at the end of which
    of them a number stands outside, and `digits` how long the longest number is. `split` puts the
    middle across the zero line instead of apart.
    """

    left: float
    middle: float
    right: float
    digits: int
    split: bool
    beside: frozenset[Part] = frozenset({"left", "middle", "right"})

    def margin(self, part: Part) -> float:
        """Return the room for a number beside the end of a part."""
        return OFF + 100 * DIGIT * self.digits / NARROWEST if part in self.beside else EDGE

    @property
    def unit(self) -> float:
        """The width of a whole bar, if it were in one piece."""
        room = 100 - self.margin("left") - self.margin("right")
        if self.split or not self.middle:
            return room / ((self.left + self.right) or 1)
        return (room - GAP - self.margin("middle")) / (self.left + self.middle + self.right)

    @property
    def zero(self) -> float:
        """Where the line between no and yes stands."""
        return self.margin("left") + self.left * self.unit

    @property
    def apart(self) -> float:
        """Where the middle begins, if it stands apart."""
        return self.zero + self.right * self.unit + self.margin("right") + GAP


def ruler(distributions: Iterable[Distribution], *, split: bool = False) -> Ruler:
    """Return the ruler on which all these distributions (of five values) fit."""
    bars = list(distributions)
    lefts, middles, rights, most = [0.0], [0.0], [0.0], 0
    for found in bars:
        shares = [n / max(found.base, 1) for n in found.counts.values()]
        half = shares[2] / 2 if split else 0
        lefts.append(shares[0] + shares[1] + half)
        middles.append(shares[2])
        rights.append(shares[3] + shares[4] + half)
        most = max(most, *found.counts.values())
    widest = Ruler(max(lefts), max(middles), max(rights), len(f"{most:,}"), split)
    parts: Iterable[Part] = ("left", "left", "middle", "right", "right")
    beside = frozenset(
        part
        for found in bars
        for part, value in zip(parts, found.counts, strict=True)
        for piece in segments(found, widest)
        if piece.value == value and piece.place == "beside"
    )
    return replace(widest, beside=beside)


def segments(found: Distribution, on: Ruler) -> list[Segment]:
    """Return the pieces of one bar, in reading order; answers that nobody gave have none."""
    pieces = [(value, n, n / max(found.base, 1) * on.unit) for value, n in found.counts.items()]
    middle = pieces[2]
    half = middle[2] / 2 if on.split else 0
    left = list(_side(pieces[1::-1], on.zero - half, -1))
    right = list(_side(pieces[3:], on.zero + half, 1))
    value, n, width = middle
    x = on.zero - half if on.split else on.apart
    small: Place = "above" if on.split else "beside"
    centre = [_segment(value, n, x, width, small, 0 if on.split else 1)] if n else []
    return [*reversed(left), *centre, *right] if on.split else [*reversed(left), *right, *centre]


def _side(
    pieces: list[tuple[int, int, float]], edge: float, direction: Literal[-1, 1]
) -> Iterable[Segment]:
    """Yield the pieces of one side, from the zero line outwards."""
    present = [piece for piece in pieces if piece[1]]
    for value, n, width in present:
        x = edge if direction == 1 else edge - width
        outermost = value == present[-1][0]
        yield _segment(value, n, x, width, "beside" if outermost else "above", direction)
        edge += direction * width


def _segment(
    value: int, n: int, x: float, width: float, small: Place, direction: Literal[-1, 0, 1]
) -> Segment:
    """Return a piece; `small` is where its number goes if there is no room for it inside."""
    if width / 100 * NARROWEST >= max(DIGIT * len(str(n)) + AIR, FACE):
        return Segment(value, n, x, width, "inside", x + width / 2, "middle")
    if direction == 0:
        return Segment(value, n, x, width, small, x + width / 2, "middle")
    outside = x + width + OFF if direction == 1 else x - OFF
    near = x + OFF if direction == 1 else x + width - OFF
    anchor: Literal["start", "end"] = "start" if direction == 1 else "end"
    return Segment(value, n, x, width, small, outside if small == "beside" else near, anchor)
