"""The search for what is possible, given what is known of one item."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kiosk.report.safe.knowledge import NEAR, SMALL, Spot, System
from kiosk.report.safe.solver import INFINITE, Array, NotSolved, cheapest
from kiosk.report.safe.tables import Column

WHOLE = 1e-6  # a solver's whole number is not farther from a whole number than this


@dataclass(frozen=True)
class Target:
    """A number that an attacker would like to know: the sum of x where the mask is 1.

    `need` is the width that its interval must have. `spot` is the hidden cell that it is; a number
    that is none matters only if it can be 1 or 2.
    """

    what: str
    column: Column
    mask: Array
    need: int
    spot: Spot | None = None


class Attack:
    """Finds possible numbers. `seen` are those found; guesses that are not possible are dropped."""

    def __init__(self, system: System, guesses: Iterable[Array] = ()) -> None:
        self.system = system
        self.seen = [x for x in guesses if system.admits(x)]

    def interval(self, mask: Array) -> tuple[int, int]:
        """Return the lowest and the highest that the sum under the mask can be."""
        low, high = (float(self._extreme(sign * mask) @ mask) for sign in (1.0, -1.0))
        return round(low), round(high)

    def narrow(self, targets: Sequence[Target]) -> Iterator[tuple[Target, int, int]]:
        """Yield the targets whose interval is narrower than needed, with the interval."""
        left = [t for t, done in zip(targets, self._cleared(targets), strict=True) if not done]
        for target in self._not_cleared_at_once(left):
            if self._cleared([target])[0] or not (target.spot or self._can_be_few(target.mask)):
                continue
            low, high = self.interval(target.mask)
            if high - low < target.need and (target.spot or (low <= SMALL and high >= 1)):
                yield target, low, high

    def _can_be_few(self, mask: Array) -> bool:
        """Say whether the sum can be 1 or 2 as far as one sees without a thorough search."""
        sums = [float(x @ mask) for x in self.seen]
        if not any(s < SMALL + NEAR for s in sums) and self._least(mask) > SMALL + NEAR:
            return False
        return any(s > NEAR for s in sums) or -self._least(-mask) > NEAR

    def _least(self, cost: Array) -> float:
        """Return the least cost of numbers that need not be whole, or obey the clauses."""
        return float(self._relaxed(cost) @ cost)

    def _cleared(self, targets: Sequence[Target]) -> npt.NDArray[np.bool_]:
        """Return for which targets the numbers seen so far are far enough apart."""
        if not self.seen:
            return np.zeros(len(targets), dtype=np.bool_)
        sums = np.array(self.seen) @ np.array([target.mask for target in targets]).T
        need = np.array([target.need for target in targets])
        return np.asarray(np.ptp(sums, axis=0) > need - NEAR, dtype=np.bool_)

    def _not_cleared_at_once(self, targets: list[Target]) -> list[Target]:
        """Return the targets that are left after a search in a few mixed directions."""
        chance = np.random.default_rng(len(targets))
        left, before = list(targets), len(targets) + 1
        while 1 < len(left) < before:
            before = len(left)
            signs = chance.choice((-1.0, 1.0), before)
            for cost in (signs, -signs):
                x = np.round(self._relaxed(cost @ np.array([target.mask for target in left])))
                if self.system.admits(x):
                    self.seen.append(x)
            left = [t for t, done in zip(left, self._cleared(left), strict=True) if not done]
        return left

    def _relaxed(self, cost: Array) -> Array:
        """Return numbers with the least cost, which need not be whole, or obey the clauses."""
        system, box = self.system, np.outer((0, INFINITE), np.ones(len(cost)))
        found = cheapest(cost, system.rows, system.lower, system.upper, box, whole=False)
        if found is None:
            raise NotSolved("What is known contradicts itself.")
        return found

    def _extreme(self, cost: Array) -> Array:
        """Return possible numbers with the least cost."""
        relaxed = self._relaxed(cost)
        x = np.round(relaxed)
        if np.abs(x - relaxed).max() > WHOLE or not self.system.admits(x):
            x = self._with_clauses(cost)
        self.seen.append(x)
        return x

    def _with_clauses(self, cost: Array) -> Array:
        """Return the same by a larger program, in which z = 1 makes a row 1 or 2."""
        system = self.system
        rows = sorted({row for clause in system.clauses for row in clause})
        x, z, most = len(cost), len(rows), system.upper[rows]
        once = np.zeros((len(system.clauses), x + z))
        for line, clause in zip(once, system.clauses, strict=True):
            line[[x + rows.index(row) for row in clause]] = 1
        every = np.vstack([
            np.hstack([system.rows, np.zeros((len(system.rows), z))]),
            np.hstack([system.rows[rows], -np.eye(z)]),
            np.hstack([system.rows[rows], np.diag(most - SMALL)]),
            once,
        ])  # fmt: skip
        lower = np.concatenate([system.lower, np.zeros(2 * z), np.ones(len(once))])
        endless = np.full(x + z + len(once), INFINITE)
        upper = np.concatenate([system.upper, endless[:z], most, endless[: len(once)]])
        box = np.vstack([np.zeros(x + z), np.concatenate([endless[:x], np.ones(z)])])
        found = cheapest(np.concatenate([cost, np.zeros(z)]), every, lower, upper, box)
        if found is None:
            raise NotSolved("What is known contradicts itself.")
        return found[:x]
