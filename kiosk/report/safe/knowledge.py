"""What everybody may know of one item: all published tables, and the rules they were made by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from kiosk.report.safe.parts import Parts
from kiosk.report.safe.solver import Array
from kiosk.report.safe.tables import HIDDEN, Place, SafeTable, Shown

SMALL = 2  # one or two people are few
NEAR = 0.5  # whole numbers are equal if they are nearer than this

Clause = tuple[int, ...]
Spot = tuple[int, Place]  # number of the table, place in it


@dataclass(frozen=True)
class System:
    """Sums of the unknown numbers x ≥ 0 with their bounds: lower ≤ rows·x ≤ upper.

    Of the rows in a clause at least one is 1 or 2: otherwise the rules had hidden none of them.
    """

    rows: Array
    lower: Array
    upper: Array
    clauses: tuple[Clause, ...] = ()

    def admits(self, x: Array) -> bool:
        """Say whether the numbers agree with everything that is known."""
        sums = self.rows @ x
        within = (sums > self.lower - NEAR).all() and (sums < self.upper + NEAR).all()
        return bool(within) and all(few(sums[list(clause)]).any() for clause in self.clauses)

    def hiding(self, rows: Sequence[int], most: Array, clauses: tuple[Clause, ...]) -> System:
        """Return what is known if these rows are not said. Each is then between 0 and `most`."""
        lower, upper = self.lower.copy(), self.upper.copy()
        lower[rows], upper[rows] = 0, most[rows]
        return replace(self, lower=lower, upper=upper, clauses=clauses)


@dataclass(frozen=True)
class Known:
    """What the tables say of an item. A row of the system stands for each cell; `most` is its n."""

    parts: Parts
    system: System
    row_of: Mapping[Spot, int]
    most: Array


def known(tables: Sequence[SafeTable], item: str) -> Known:
    """Return what is known of one item, which all of the tables have."""
    pools = [(t, group) for t, table in enumerate(tables) for group in table.groups]
    parts = Parts.of(
        [tables[t].groups[group] for t, group in pools],
        {column for table in tables for column in table.columns},
    )
    rows: list[Array] = []
    bounds: list[tuple[float, float]] = []
    most: list[int] = []
    for mask, n in parts.everybody():
        rows.append(mask)
        bounds.append((n, n))
        most.append(n)
    row_of: dict[Spot, int] = {}
    for t, place in spots(tables, item):
        row_of[t, place] = len(rows)
        rows.append(parts.mask(pools.index((t, place.group)), place.column))
        bounds.append(_bounds(tables[t], place))
        most.append(tables[t].n(place.group))
    lower, upper = np.array(bounds, dtype=np.float64).T
    system = System(np.array(rows), lower, upper, _clauses(tables, row_of))
    return Known(parts, system, row_of, np.array(most, dtype=np.float64))


def spots(tables: Sequence[SafeTable], item: str) -> Iterator[Spot]:
    """Yield the places of an item in all tables."""
    for t, table in enumerate(tables):
        for place in table.cells:
            if place.item == item:
                yield t, place


def _bounds(table: SafeTable, place: Place) -> tuple[float, float]:
    """Return the lowest and highest number that a cell can stand for."""
    cell, n = table.cells[place], table.n(place.group)
    if isinstance(cell, Shown):
        return max(0, cell.value - table.rounded), min(n, cell.value + table.rounded)
    return 0, n


def _clauses(tables: Sequence[SafeTable], row_of: Mapping[Spot, int]) -> tuple[Clause, ...]:
    """Return the clumps of hidden cells in tables that were made without regard to others."""
    hidden: dict[int, list[Place]] = {}
    for t, place in row_of:
        if tables[t].alone and tables[t].cells[place] == HIDDEN:
            hidden.setdefault(t, []).append(place)
    return tuple(
        tuple(row_of[t, place] for place in clump)
        for t, places in hidden.items()
        for clump in clumps(places)
    )


def clumps(places: Iterable[Place]) -> list[list[Place]]:
    """Return the cells in sets that share neither a row nor a column with one another."""
    found: list[list[Place]] = []
    for place in places:
        near = [
            clump
            for clump in found
            if any(place.group == p.group or place.column == p.column for p in clump)
        ]
        found = [clump for clump in found if clump not in near]
        found.append([*(p for clump in near for p in clump), place])
    return found


def few(numbers: Array) -> npt.NDArray[np.bool_]:
    """Return which of the numbers are 1 or 2."""
    return (numbers > NEAR) & (numbers < SMALL + NEAR)
