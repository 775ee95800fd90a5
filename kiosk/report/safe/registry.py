"""What was released before, so that two releases cannot be subtracted from each other (P17).

The registry is a JSON file beside the dataset. It holds hashes of workshops' ids with the number of
answers, the published numbers, and a random secret for the chance in new tables. It holds no
answers, and nothing that was hidden.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np

from kiosk.dataset.private import whole_file
from kiosk.files import sync_folder
from kiosk.report.safe.merge import merged
from kiosk.report.safe.parts import Parts
from kiosk.report.safe.publish import Method, draft_of, publishable
from kiosk.report.safe.tables import HIDDEN, CountTable, Members, Place, SafeTable, Shown, said

LEAST_DIFFERENCE = 6
FORMAT = "survey-kiosk released tables 1"
UNREADABLE = (
    "is not a list of released tables that this version can read. Please take the list as it was "
    "written last; without it, what was published before cannot be taken into account."
)


class Refused(Exception):
    """The release would tell what a few people answered. Its text says what to do."""


class UnreadableRegistry(ValueError):
    """The file is no registry of this version. Its text says what to do."""


@dataclass
class Registry:
    """The tables that were released, with the names by which Lena knows them."""

    secret: str = field(default_factory=lambda: secrets.token_hex(16))
    released: list[tuple[str, SafeTable]] = field(default_factory=list)

    def release(self, name: str, table: CountTable, method: Method = "suppress") -> SafeTable:
        """Return a table that is safe beside all that were released, and keep what it says.

        The same counts in the same form give the same table again. Raises Refused, TooFew.
        """
        draft = draft_of(merged(table), method)
        self.check(draft.groups, draft.items)
        for number, (_, known) in enumerate(self.released):
            if (known.groups, set(known.items)) == (draft.groups, set(draft.items)):
                before = self._before(draft, number)
                again = publishable(table, method, earlier=before, secret=self.secret)
                if _same(again, known):
                    return again
        before = self._before(draft, len(self.released))
        safe = publishable(table, method, earlier=before, secret=self.secret)
        self.released.append((name, safe))
        return safe

    def _before(self, draft: SafeTable, number: int) -> list[SafeTable]:
        """Return which of the first releases tell of the same items; none if of other people."""
        mine = {workshop for members in draft.groups.values() for workshop in members}
        earlier = [
            known for _, known in self.released[:number] if set(known.items) & set(draft.items)
        ]
        apart = all(mine.isdisjoint(m) for known in earlier for m in known.groups.values())
        return [] if apart else earlier

    def check(self, groups: Mapping[str, Members], items: Collection[str]) -> None:
        """Raise Refused if a few answers are all that a group and earlier ones differ by.

        A group is compared with every group that was released with one of the items, and with all
        sums and differences of two; the new groups count as released for one another.
        """
        names = [f"“{label}”" for label in groups]
        pools = list(groups.values())
        for name, table in self.released:
            if not set(items) & set(table.items):
                continue
            names += [f"“{label}” of “{name}”" for label in table.groups]
            pools += table.groups.values()
        parts = Parts.of(pools, [])
        for number, label in enumerate(groups):
            for others, people in _few_apart(parts, number):
                those = " and ".join(names[other] for other in sorted(others))
                raise Refused(
                    f"“{label}” differs from {those} by "
                    f"{people} answers, which could be computed. Please wait until "
                    f"{LEAST_DIFFERENCE - people} more have come, or take exactly the workshops "
                    "and answers that were released before."
                )

    @classmethod
    def read(cls, path: Path) -> Registry:
        """Return the registry in a file, or a new one if there is none.

        Raises UnreadableRegistry.
        """
        if not path.exists():
            return cls()
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            if data["format"] == FORMAT:
                found = [(one["name"], _unpacked(one)) for one in data["releases"]]
                return cls(data["secret"], found)
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            raise UnreadableRegistry(f"{path} {UNREADABLE}") from problem
        raise UnreadableRegistry(f"{path} {UNREADABLE}")

    @contextmanager
    def kept(self, path: Path) -> Iterator[None]:
        """Write the registry, for its owner alone, once what is done meanwhile has gone well.

        It survives a power cut.
        """
        path.parent.mkdir(parents=True, exist_ok=True)
        releases = [{"name": name, **_packed(table)} for name, table in self.released]
        data = {"format": FORMAT, "secret": self.secret, "releases": releases}
        text = json.dumps(data, indent=1, ensure_ascii=False) + "\n"
        with whole_file(path) as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
            yield
        sync_folder(path.parent)


def _few_apart(parts: Parts, mine: int) -> Iterator[tuple[set[int], int]]:
    """Yield one or two other pools that leave only a few people when they are taken from mine."""
    inside = np.array([signature for signature, _ in parts.people], dtype=np.int64).T
    sizes = np.array([n for _, n in parts.people])
    others = [pool for pool in range(len(inside)) if pool != mine]
    for one, sign in product(others, (0, 1, -1)):
        rest = inside[mine] - inside[one] - sign * inside[others]
        left = (rest != 0) @ sizes
        for two in np.flatnonzero((left > 0) & (left < LEAST_DIFFERENCE)):
            yield {one, others[two]} if sign else {one}, int(left[two])


def _same(one: SafeTable, two: SafeTable) -> bool:
    """Say whether two tables publish the same numbers of the same people."""
    return (one.method, one.groups, one.cells) == (two.method, two.groups, two.cells)


def _packed(table: SafeTable) -> dict[str, Any]:
    """Return what a table publishes, as JSON has it: null is a hidden number."""
    cells: dict[str, dict[str, list[int | None]]] = {}
    for place, cell in table.cells.items():
        row = cells.setdefault(place.item, {}).setdefault(place.group, [])
        row.append(said(cell))
    return {
        "method": table.method,
        "rounded": table.rounded,
        "alone": table.alone,
        "columns": table.columns,
        "groups": table.groups,
        "cells": cells,
    }


def _unpacked(data: Mapping[str, Any]) -> SafeTable:
    """Return the table that was packed, without its notes."""
    columns = tuple(tuple(column) for column in data["columns"])
    cells = {
        Place(item, group, column): HIDDEN if value is None else Shown(value)
        for item, groups in data["cells"].items()
        for group, row in groups.items()
        for column, value in zip(columns, row, strict=True)
    }
    return SafeTable(data["method"], data["groups"], columns, cells, data["rounded"], data["alone"])
