"""Controlled rounding to multiples of three: rows and columns still add up (P16).

Each number goes to the multiple of three below or above it, by chance, so that on average nothing
is moved, and so that the sums of a table's rows and columns are neighbours of the true ones too.
For a table with rows and columns this is always possible: L. H. Cox, "Controlled rounding", INFOR
20 (1982).
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kiosk.report.safe.solver import Array, NotSolved, cheapest
from kiosk.report.safe.tables import ALL, Cell, Place, SafeTable, Shown, luck

BASE = 3


def rounded(draft: SafeTable, secret: str) -> SafeTable:
    """Return the draft, which shows everything, with rounded numbers. `n` stays exact.

    `secret` is the chance: who knows it, and the rules, can narrow the numbers down.
    """
    cells = dict(draft.cells)
    for item in draft.items:
        cells |= _rounded_item(draft, item, secret)
    return replace(draft, cells=cells, rounded=BASE - 1)


def _rounded_item(draft: SafeTable, item: str, secret: str) -> dict[Place, Cell]:
    """Return one item's cells, rounded."""
    values = {p: c.value for p, c in draft.cells.items() if p.item == item and isinstance(c, Shown)}
    places = list(values)
    true = np.array(list(values.values()))
    down = true // BASE
    rows, lower, upper = _sums(draft, places, down.astype(np.float64))
    box = np.vstack([0 * down, np.sign(true % BASE)]).astype(np.float64)
    cost = np.array([_wish(place, value, secret) for place, value in values.items()])
    up = cheapest(cost, rows, lower, upper, box)
    if up is None:
        raise NotSolved("Every table can be rounded.")
    return {
        place: Shown(round(BASE * threes)) for place, threes in zip(places, down + up, strict=True)
    }


def _sums(draft: SafeTable, places: list[Place], down: Array) -> tuple[Array, Array, Array]:
    """Return which cells of the table add up, and to how many threes above those kept at least."""
    rows, lower, upper = [], [], []
    for group in draft.groups:
        inside = np.array([place.group == group for place in places], dtype=np.float64)
        kept = inside @ down
        rows.append(inside)
        lower.append(draft.n(group) // BASE - kept)
        upper.append(-(-draft.n(group) // BASE) - kept)
    for column in draft.columns if len(draft.groups) > 1 else ():
        signs = np.array([
            (-1.0 if place.group == ALL else 1.0) * (place.column == column) for place in places
        ])  # fmt: skip
        rows.append(signs)
        lower.append(-(signs @ down))
        upper.append(-(signs @ down))
    return np.array(rows), np.array(lower, dtype=np.float64), np.array(upper, dtype=np.float64)


def _wish(place: Place, value: int, secret: str) -> float:
    """Return the cost of rounding up: below 0 as often as the number is near the upper multiple."""
    return luck(secret, place) / (1 << 32) - (value % BASE) / BASE
