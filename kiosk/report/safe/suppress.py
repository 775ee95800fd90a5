"""Which cells of a table are hidden: as few as possible, found by cutting planes.

The method is that of M. Fischetti and J. J. Salazar, "Solving the cell suppression problem on
tabular data with linear constraints", Management Science 47 (2001): choose the cheapest set of
hidden cells, let the attacker look for cells that he can compute, turn each into an inequality
that every safe set obeys, and choose again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np
import numpy.typing as npt

from kiosk.report.safe.attack import Target
from kiosk.report.safe.attacker import WIDTH, View
from kiosk.report.safe.knowledge import NEAR, clumps, few
from kiosk.report.safe.reach import reach
from kiosk.report.safe.solver import INFINITE, Array, cheapest
from kiosk.report.safe.tables import ALL, HIDDEN, Cell, Place, SafeTable, Shown, luck

ROUNDS = 40  # afterwards whole rows and columns are hidden around what is still not safe
TIES = 1 << 16  # steps between equal costs, in which a hash decides
AT_ONCE = 12  # weak numbers that are mended in one round
SLACK = 1e-6
Chosen = npt.NDArray[np.bool_]


def suppressed(draft: SafeTable, earlier: Sequence[SafeTable] = (), secret: str = "") -> SafeTable:
    """Return the draft, which shows everything, with its small cells and some others hidden.

    `secret` decides between sets of cells that are equally good; who does not know it cannot tell
    how a tie was broken.
    """
    cells: dict[Place, Cell] = dict(draft.cells)
    for item in draft.items:
        cells |= dict.fromkeys(_Search(draft, earlier, item, secret).hidden(), HIDDEN)
    return replace(draft, cells=cells)


class _Search:
    """The search for the cheapest safe set of cells to hide, for one item."""

    def __init__(
        self, draft: SafeTable, earlier: Sequence[SafeTable], item: str, secret: str
    ) -> None:
        self.draft, self.earlier, self.item = draft, earlier, item
        self.places = [place for place in draft.cells if place.item == item]
        cells = [draft.cells[place] for place in self.places]
        self.true = np.array([c.value for c in cells if isinstance(c, Shown)], dtype=np.float64)
        self.cost = np.array([_cost(draft, place, secret) for place in self.places])
        self.forced: Chosen = few(self.true)
        self.cuts: list[tuple[Array, float]] = []
        self.seen: list[Array] = []

    def hidden(self) -> list[Place]:
        """Return the cells to hide."""
        for number in range(ROUNDS + len(self.places)):
            chosen = self._choose()
            view, weak = self._attacked(chosen)
            if not weak and self._mixed(chosen):
                return self._named(self._with_zeros(chosen))
            cuts = [self._cut(target, chosen, view) for target in weak]
            if not any(cuts):
                self._hide_more(weak[:1], chosen)
            if number >= ROUNDS:
                self.forced |= self._near(weak, chosen)
        raise AssertionError("more rounds than cells")

    def _choose(self) -> Chosen:
        """Return the cheapest cells that obey all inequalities found so far."""
        box = np.vstack([self.forced, np.ones(len(self.places))]).astype(np.float64)
        rows = np.array([row for row, _ in self.cuts])
        least = np.array([right for _, right in self.cuts])
        found = cheapest(self.cost, rows, least, np.full(len(least), INFINITE), box)
        if found is None:
            return np.ones(len(self.places), dtype=np.bool_)
        return np.asarray(found > NEAR, dtype=np.bool_)

    def _view(self, chosen: Chosen) -> View:
        """Return what an attacker sees if these cells are hidden."""
        cells = dict(self.draft.cells) | dict.fromkeys(self._named(chosen), HIDDEN)
        return View([*self.earlier, replace(self.draft, cells=cells)], self.item, self.seen)

    def _attacked(self, chosen: Chosen) -> tuple[View, list[Target]]:
        """Return what he sees, and what he can compute."""
        view = self._view(chosen)
        weak = [target for target, _, _ in islice(view.weak(), AT_ONCE)]
        self._learn(view)
        return view, weak

    def _learn(self, view: View) -> None:
        """Keep the possible numbers that were found."""
        others = [x for x in self.seen if not view.known.system.admits(x)]
        self.seen = view.attack.seen + others

    def _mixed(self, chosen: Chosen) -> bool:
        """Say whether exchanging what is hidden in an only row would leave every cell in doubt.

        Exchanged numbers would have been hidden in the same way, so not even running this program
        on all possible tables tells them apart.
        """
        if len(self.draft.groups) > 1 or not self.draft.alone or chosen.all() or not chosen.any():
            return True
        return bool(np.ptp(self.true[chosen]) >= WIDTH)

    def _with_zeros(self, chosen: Chosen) -> Chosen:
        """Hide zeros too, wherever they cannot be computed: then a hidden cell can be empty."""
        if not chosen.any():
            return chosen
        more = np.asarray(chosen | (self.true == 0), dtype=np.bool_)
        while True:
            self._show_lonely(more)
            _, weak = self._attacked(more)
            if not weak:
                return more
            plain = self._positions(weak)
            if not plain or (chosen[plain]).any():
                return chosen
            more[plain] = False

    def _show_lonely(self, more: Chosen) -> None:
        """Show the zeros that no small number is near: the rules hide no clump without one."""
        for clump in clumps(self._named(more)) if self.draft.alone else ():
            spots = [self.places.index(place) for place in clump]
            if not few(self.true[spots]).any():
                more[spots] = False

    def _cut(self, target: Target, chosen: Chosen, view: View) -> bool:
        """Add an inequality that these cells break and no safe set does, and say if there is one.

        There is none if only whole numbers, or the rules, make the target weak.
        """
        row, known = reach(target.mask, view, self.places, self.true)
        row = np.minimum(row, max(target.need - known, 0))
        own = self._positions([target])
        row[own] -= target.need
        right = (0 if own else target.need) - known - SLACK
        if row @ chosen > right:
            return False
        self.cuts.append((row, right))
        return True

    def _hide_more(self, weak: Sequence[Target], chosen: Chosen) -> None:
        """Demand a cell more, from those that matter, as long as the weak one is hidden.

        The more cells can be hidden without help, the fewer are left to choose from.
        """
        more, near = chosen.copy(), self._near(weak, chosen)
        for place in np.argsort(self.cost) if weak and self.draft.alone else ():
            if near[place]:
                more[place] = True
                view = self._view(more)
                more[place] = any(True for _ in view.attack.narrow(weak))
                self._learn(view)
        own = self._positions(weak)
        row = (near & ~more).astype(np.float64)
        row[own] -= 1
        self.cuts.append((row, 0 if own else 1))

    def _near(self, weak: Sequence[Target], chosen: Chosen) -> Chosen:
        """Return the cells that are not hidden and could blur one of the targets."""
        if not weak or not self.draft.alone:
            return ~chosen
        places = [self.places[place] for place in self._positions(weak)]
        clump = [p for c in clumps(self._named(chosen)) for p in c if set(c) & set(places)]
        groups, columns = {p.group for p in clump}, {p.column for p in clump}
        near = [place.group in groups or place.column in columns for place in self.places]
        return np.array(near) & ~chosen

    def _positions(self, found: Iterable[Target]) -> list[int]:
        """Return which cells of the new table the targets are."""
        spots = [target.spot for target in found if target.spot]
        t = len([table for table in self.earlier if self.item in table.items])
        return [self.places.index(place) for number, place in spots if number == t]

    def _named(self, chosen: Chosen) -> list[Place]:
        """Return the places of the chosen cells."""
        return [place for place, yes in zip(self.places, chosen, strict=True) if yes]


def _cost(draft: SafeTable, place: Place, secret: str) -> float:
    """Return what is lost with a cell: first cells (totals count twice), then people, then luck.

    Empty cells cost less than any other.
    """
    cell, people = draft.cells[place], draft.n(ALL)
    value = cell.value if isinstance(cell, Shown) else 0
    weight = 2 if place.group == ALL and len(draft.groups) > 1 else 1
    tie = luck(secret, place) % (TIES // len(draft.cells) + 1)
    return float((weight * (people + 1) + value if value else weight) * TIES + tie)
