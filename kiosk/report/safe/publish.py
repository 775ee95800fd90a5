"""From counts to a table that may be published, attacked before it is handed out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Literal

from kiosk.report.safe.attacker import verify, with_known
from kiosk.report.safe.merge import merged, together
from kiosk.report.safe.notes import notes
from kiosk.report.safe.rounding import rounded
from kiosk.report.safe.suppress import suppressed
from kiosk.report.safe.tables import ALL, HIDDEN, CountTable, Place, SafeTable, Shown, hashed

Method = Literal["suppress", "bands", "round"]
ROUNDINGS = 5  # roundings that are tried before cells are hidden instead


class NotSafe(Exception):
    """No safe table was found. Nothing is returned rather than something unsafe."""


def publishable(
    table: CountTable,
    method: Method = "suppress",
    *,
    earlier: Sequence[SafeTable] = (),
    secret: str = "",
) -> SafeTable:
    """Return a table from which nobody can compute what a few people answered.

    `suppress` hides small numbers and as few others as possible, `bands` counts values together
    before that, `round` rounds to multiples of three. `earlier` are tables of the same people that
    are known already, `secret` what chance is made of (without one: the counts themselves).
    Raises TooFew if the whole pool is too small.
    """
    pooled = merged(table)
    draft = draft_of(pooled, method, alone=not earlier)
    for candidate in _candidates(draft, earlier, secret or _digest(draft)):
        safe = with_known(candidate, earlier) if earlier else candidate
        if not verify(safe, earlier):
            return _finished(table, pooled, safe)
    raise NotSafe("No safe form of this table was found. Please pool more people.")


def draft_of(table: CountTable, method: Method, *, alone: bool = True) -> SafeTable:
    """Return the table as it would be if everything could be shown, its groups in fixed order."""
    groups = sorted(table.groups, key=lambda group: group.label)
    if len(groups) > 1:
        groups.append(together(ALL, groups))
    columns = table.columns(method)
    cells = {
        Place(item, group.label, column): Shown(sum(group.counts[item].get(v, 0) for v in column))
        for item in sorted(table.items)
        for group in groups
        for column in columns
    }
    members = {group.label: hashed(group.members) for group in groups}
    return SafeTable(method, members, columns, cells, alone=alone)


def _candidates(draft: SafeTable, earlier: Sequence[SafeTable], secret: str) -> Iterator[SafeTable]:
    """Yield tables from the best to one that shows nothing but how many people there are."""
    if draft.method == "round":
        for number in range(ROUNDINGS):
            yield rounded(draft, f"{secret}{number}")
        draft = replace(draft, method="suppress")
    yield suppressed(draft, earlier, secret)
    yield replace(draft, cells=dict.fromkeys(draft.cells, HIDDEN))


def _finished(table: CountTable, pooled: CountTable, safe: SafeTable) -> SafeTable:
    """Return the safe table in the order of the counts, with its notes."""
    order = [group.label for group in pooled.groups]
    groups = {label: safe.groups[label] for label in dict.fromkeys([*order, ALL])}
    cells = {
        Place(item, group, column): safe.cells[Place(item, group, column)]
        for item in table.items
        for group in groups
        for column in safe.columns
    }
    return replace(safe, groups=groups, cells=cells, notes=notes(table, safe))


def _digest(draft: SafeTable) -> str:
    """Return something that changes with every count, and nobody knows who does not know them."""
    return hashlib.sha256(repr(sorted(draft.cells.items())).encode()).hexdigest()
