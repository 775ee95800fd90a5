"""Somebody who has all published tables, knows the rules, and computes what was hidden."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kiosk.report.safe.attack import Attack, Target
from kiosk.report.safe.knowledge import SMALL, Known, System, known
from kiosk.report.safe.parts import Parts
from kiosk.report.safe.solver import Array
from kiosk.report.safe.tables import Cell, Column, Place, SafeTable, Shown

WIDTH = 3  # highest minus lowest possible number of a cell that was hidden (P16)
ROUNDED_WIDTH = 2  # the same for a rounded cell: 0, 1 and 2 look alike
DIFFERENCE = "difference"


@dataclass(frozen=True)
class Disclosure:
    """A number of people that can be computed too closely from what is published."""

    item: str
    what: str
    column: Column
    low: int
    high: int


def targets(tables: Sequence[SafeTable], knowledge: Known) -> list[Target]:
    """Return all that must not be computed: cells, and people that only differences tell apart."""
    found: dict[bytes, Target] = {}

    def want(target: Target) -> None:
        found.setdefault(target.mask.tobytes(), target)

    for (t, place), row in knowledge.row_of.items():
        cell, mask = tables[t].cells[place], knowledge.system.rows[row]
        if not isinstance(cell, Shown):
            want(Target(place.group, place.column, mask, WIDTH, (t, place)))
        elif tables[t].rounded and cell.value <= SMALL + tables[t].rounded:
            want(Target(place.group, place.column, mask, ROUNDED_WIDTH))
        elif 0 < cell.value <= SMALL:
            want(Target(place.group, place.column, mask, WIDTH))
    if len(tables) > 1:
        for mask, n, column in differences(tables, knowledge.parts):
            want(Target(DIFFERENCE, column, mask, min(WIDTH, n)))
    return list(found.values())


def differences(tables: Sequence[SafeTable], parts: Parts) -> Iterator[tuple[Array, int, Column]]:
    """Yield what differs between the latest table's groups and those of earlier tables."""
    yield from parts.smallest()
    before = sum(len(table.groups) for table in tables[:-1])
    for mine in range(before, before + len(tables[-1].groups)):
        for other in range(before):
            yield from parts.between(mine, other)


def without_latest(tables: Sequence[SafeTable], knowledge: Known) -> System:
    """Return what is known before the latest table is published."""
    rows = [row for (t, _), row in knowledge.row_of.items() if t == len(tables) - 1]
    clauses = tuple(clause for clause in knowledge.system.clauses if clause[0] not in rows)
    return knowledge.system.hiding(rows, knowledge.most, clauses)


class View:
    """One item through an attacker's eyes. `guesses` are numbers that may turn out possible."""

    def __init__(
        self, tables: Sequence[SafeTable], item: str, guesses: Iterable[Array] = ()
    ) -> None:
        self.tables = [table for table in tables if item in table.items]
        self.known = known(self.tables, item)
        self.attack = Attack(self.known.system, guesses)

    def weak(self) -> Iterator[tuple[Target, int, int]]:
        """Yield what the latest table discloses that those before it did not, with its interval."""
        before: Attack | None = None
        for target, low, high in self.attack.narrow(targets(self.tables, self.known)):
            if len(self.tables) > 1:
                before = before or Attack(without_latest(self.tables, self.known))
                lowest, highest = before.interval(target.mask)
                if high - low >= highest - lowest:
                    continue
                target = replace(target, need=min(target.need, highest - lowest))
            yield target, low, high

    def interval(self, place: Place, table: int) -> tuple[int, int]:
        """Return the lowest and the highest that a cell of one of the tables can be."""
        return self.attack.interval(self.known.system.rows[self.known.row_of[table, place]])


class Attacker:
    """What can be computed from tables that all have the same items, the latest one last."""

    def __init__(self, tables: Sequence[SafeTable]) -> None:
        self.tables = tuple(tables)

    def interval(self, place: Place, table: int = -1) -> tuple[int, int]:
        """Return the lowest and the highest that a cell of a table can be."""
        return View(self.tables, place.item).interval(place, table % len(self.tables))

    def disclosures(self) -> list[Disclosure]:
        """Return what the latest table discloses that those before it did not."""
        return [
            Disclosure(item, target.what, target.column, low, high)
            for item in self.tables[-1].items
            for target, low, high in View(self.tables, item).weak()
        ]


def with_known(table: SafeTable, earlier: Sequence[SafeTable]) -> SafeTable:
    """Return the table with every hidden number shown that earlier tables tell exactly already."""
    cells: dict[Place, Cell] = dict(table.cells)
    for item in table.items:
        view = View([*earlier, table], item)
        if len(view.tables) == 1:
            continue
        before = Attack(without_latest(view.tables, view.known))
        for (t, place), row in view.known.row_of.items():
            if t == len(view.tables) - 1 and not isinstance(table.cells[place], Shown):
                low, high = before.interval(view.known.system.rows[row])
                cells[place] = Shown(low) if low == high else table.cells[place]
    return replace(table, cells=cells)


def verify(table: SafeTable, earlier: Sequence[SafeTable] = ()) -> list[Disclosure]:
    """Return what a table would disclose beside those that were published earlier."""
    return Attacker([*earlier, table]).disclosures()
