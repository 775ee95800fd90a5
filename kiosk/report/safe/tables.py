"""Tables before and after: what was counted, and what of it may be shown."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from kiosk.report.safe.note import Note

Column = tuple[int, ...]  # the values that one column of a table counts together
Members = Mapping[str, int]  # workshop (in safe tables: its hash) -> answers counted from it

VALUES = (1, 2, 3, 4, 5, 97, 98, 99)
BANDS: tuple[Column, ...] = ((1, 2), (3,), (4, 5), (97, 98, 99))
FIRST_MISSING = 96  # values from here on say why there is no answer
ALL, OTHER = "all", "other"


@dataclass(frozen=True)
class Group:
    """The people of a site, a month, a kind of workshop or the whole pool, and what they said."""

    label: str
    counts: Mapping[str, Mapping[int, int]]  # item -> value -> number of people
    workshops: Members = field(default_factory=dict)  # without: a workshop of its own

    @property
    def n(self) -> int:
        """How many people the group has."""
        return sum(self.members.values())

    @property
    def members(self) -> Members:
        """The group's workshops with the number of answers that were counted from each."""
        first = next(iter(self.counts.values()), {})
        return self.workshops or {self.label: sum(first.values())}


@dataclass(frozen=True)
class CountTable:
    """Counts of items that share their values, for groups without common people.

    Raises ValueError where the counts contradict each other.
    """

    groups: tuple[Group, ...]
    values: tuple[int, ...] = VALUES
    bands: tuple[Column, ...] = BANDS

    def __post_init__(self) -> None:
        """Look for contradictions."""
        labels = [group.label for group in self.groups]
        workshops = [workshop for group in self.groups for workshop in group.members]
        if len(set(labels)) < len(labels) or len(set(workshops)) < len(workshops):
            raise ValueError("Each group and each workshop may stand in a table only once.")
        if sorted(value for band in self.bands for value in band) != sorted(self.values):
            raise ValueError("Each value must stand in exactly one band.")
        for group in self.groups:
            self._check(group)

    def _check(self, group: Group) -> None:
        """Raise ValueError unless every item counts everybody in the group once."""
        if list(group.counts) != list(self.items):
            raise ValueError(f"“{group.label}” counts other items than the other groups.")
        for item, counts in group.counts.items():
            if not set(counts) <= set(self.values) or min(counts.values(), default=0) < 0:
                raise ValueError(f"“{group.label}” has counts of {item} that cannot be.")
            if sum(counts.values()) != group.n:
                raise ValueError(f"“{group.label}” does not count everybody once in {item}.")

    @property
    def items(self) -> tuple[str, ...]:
        """The items, in the order of the first group."""
        return tuple(self.groups[0].counts) if self.groups else ()

    @property
    def n(self) -> int:
        """How many people are counted."""
        return sum(group.n for group in self.groups)

    def columns(self, method: str) -> tuple[Column, ...]:
        """Return the columns that a method publishes."""
        return self.bands if method == "bands" else tuple((value,) for value in self.values)


@dataclass(frozen=True)
class Shown:
    """A number that may be published."""

    value: int


@dataclass(frozen=True)
class Hidden:
    """A number that is not said: none, few, or more, to protect another one."""


Cell = Shown | Hidden
HIDDEN = Hidden()


def said(cell: Cell) -> int | None:
    """Return the number that a cell tells; None if it is hidden."""
    return cell.value if isinstance(cell, Shown) else None


class Place(NamedTuple):
    """Where a number stands in a safe table."""

    item: str
    group: str
    column: Column


@dataclass(frozen=True)
class SafeTable:
    """What may be published. `groups` holds a total `all` too, and hashes instead of workshops.

    `rounded` is 0, or how far a number shown can be from the true one. `alone` says that nothing
    of the same people was released before. `n` of each group is exact and always published.
    """

    method: str
    groups: Mapping[str, Members]
    columns: tuple[Column, ...]
    cells: Mapping[Place, Cell]
    rounded: int = 0
    alone: bool = True
    notes: tuple[Note, ...] = ()

    @property
    def items(self) -> tuple[str, ...]:
        """The items, in the table's order."""
        return tuple(dict.fromkeys(place.item for place in self.cells))

    def n(self, group: str) -> int:
        """Return how many people a group has."""
        return sum(self.groups[group].values())

    def base(self, item: str, group: str) -> Cell:
        """Return how many chose an answer. Nothing else may be printed as the base of a cell."""
        missing = [
            self.cells[Place(item, group, column)]
            for column in self.columns
            if min(column) >= FIRST_MISSING
        ]
        shown = [cell.value for cell in missing if isinstance(cell, Shown)]
        if self.rounded or len(shown) < len(missing):
            return HIDDEN
        return Shown(self.n(group) - sum(shown))


def luck(secret: str, place: Place) -> int:
    """Return a whole number below 2 ** 32 by chance; the same secret gives a place the same."""
    digest = hashlib.sha256(repr((secret, tuple(place))).encode()).digest()
    return int.from_bytes(digest[:4])


def hashed(workshops: Members) -> Members:
    """Return the members of a group under the hashes of their workshops' ids, sorted."""
    pairs = ((hashlib.sha256(key.encode()).hexdigest()[:32], n) for key, n in workshops.items())
    return dict(sorted((key, n) for key, n in pairs if n))
