"""The smallest parts of people and answers that published tables tell apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kiosk.report.safe.solver import Array
from kiosk.report.safe.tables import Column, Members

Signature = tuple[bool, ...]


@dataclass(frozen=True)
class Parts:
    """People and values in parts, so that every pool and every column is a sum of whole parts.

    A pool that has fewer people of a workshop than another one is taken for a part of it: answers
    may come late, and are never taken away. An attacker is trusted to know how many people each
    part has, as the staff of every workshop do.
    """

    people: tuple[tuple[Signature, int], ...]  # in which pools, how many
    kinds: tuple[Column, ...]  # values that are always counted together

    @classmethod
    def of(cls, pools: Sequence[Members], columns: Collection[Column]) -> Parts:
        """Return the parts that pools and columns tell apart, in an order of their own."""
        pieces: Counter[Signature] = Counter()
        for workshop in sorted({workshop for pool in pools for workshop in pool}):
            before = 0
            for reach in sorted({pool.get(workshop, 0) for pool in pools} - {0}):
                inside = tuple(pool.get(workshop, 0) >= reach for pool in pools)
                pieces[inside] += reach - before
                before = reach
        together: dict[Signature, list[int]] = {}
        for value in sorted({value for column in columns for value in column}):
            together.setdefault(tuple(value in column for column in sorted(columns)), []).append(
                value
            )
        people = tuple(sorted(pieces.items(), reverse=True))
        return cls(people, tuple(tuple(kind) for kind in together.values()))

    def mask(self, pool: int, column: Column) -> Array:
        """Return which of these numbers add up to a cell: 1 or 0 for each."""
        rows = np.array([inside[pool] for inside, _ in self.people], dtype=np.float64)
        cells = np.array([kind[0] in column for kind in self.kinds], dtype=np.float64)
        return np.outer(rows, cells).ravel()

    def everybody(self) -> Iterator[tuple[Array, int]]:
        """Yield, for each part of people, its numbers and what they add up to."""
        for place, (_, n) in enumerate(self.people):
            mask = np.zeros((len(self.people), len(self.kinds)))
            mask[place] = 1
            yield mask.ravel(), n

    def smallest(self) -> Iterator[tuple[Array, int, Column]]:
        """Yield each number by itself, with the size of its part of people, and its values."""
        for part, (_, n) in enumerate(self.people):
            yield from self._each_kind(np.arange(len(self.people)) == part, n)

    def between(self, one: int, two: int) -> Iterator[tuple[Array, int, Column]]:
        """Yield the same for those in both of two pools, and for those in only one of them."""
        for kept in ((True, True), (True, False), (False, True)):
            rows = np.array([(inside[one], inside[two]) == kept for inside, _ in self.people])
            n = sum(n for (_, n), here in zip(self.people, rows, strict=True) if here)
            if n:
                yield from self._each_kind(rows, n)

    def _each_kind(
        self, rows: npt.NDArray[np.bool_], n: int
    ) -> Iterator[tuple[Array, int, Column]]:
        """Yield the numbers of some parts of people, one for each kind of values."""
        for place, kind in enumerate(self.kinds):
            mask = np.zeros((len(self.people), len(self.kinds)))
            mask[rows, place] = 1
            yield mask.ravel(), n, kind
