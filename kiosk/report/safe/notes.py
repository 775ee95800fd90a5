"""What a reader of a safe table must be told."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.report.safe.note import Note
from kiosk.report.safe.tables import (
    FIRST_MISSING,
    OTHER,
    CountTable,
    Hidden,
    Place,
    SafeTable,
    Shown,
)

N_ = str  # marks a text for the catalogue

HIDDEN_NOTE = N_(
    "A hidden number can be none, few or more. Some are hidden only because others could be "
    "computed from them."
)
ROUNDED_NOTE = N_(
    "All numbers but n are rounded to a multiple of three, up or down by chance. A row need not "
    "add up to its n."
)
EARLIER_NOTE = N_("Numbers are also hidden because of tables that were released before.")
OTHER_NOTE = N_(
    "%(other)s is %(groups)s: groups with too few answers, and the smallest beside them."
)
TOGETHER_NOTE = N_("Not shown apart, because there are too few answers: %(groups)s.")
EMPTY_NOTE = N_("Without answers: %(groups)s.")
AGREEMENT_NOTE = N_(
    "In %(group)s all who answered %(item)s, or nearly all, gave the same answer: the table tells "
    "what each of them said. Publish it only if that harms nobody."
)


def notes(table: CountTable, safe: SafeTable) -> tuple[Note, ...]:
    """Return the notes that belong under a table, which say nothing that the table hides."""
    return (*_on_groups(table, safe), *_on_cells(safe), *_on_agreement(safe))


def _on_groups(table: CountTable, safe: SafeTable) -> Iterator[Note]:
    """Say which groups were put together, or have nobody."""
    gone = tuple(sorted(g.label for g in table.groups if g.label not in safe.groups))
    if not gone or len(table.groups) == 1:
        return
    if OTHER in safe.groups:
        yield Note(OTHER_NOTE, {"other": (OTHER,), "groups": gone})
    elif len(safe.groups) == 1:
        yield Note(TOGETHER_NOTE, {"groups": gone})
    else:
        yield Note(EMPTY_NOTE, {"groups": gone})


def _on_cells(safe: SafeTable) -> Iterator[Note]:
    """Say how hidden and rounded numbers are read."""
    if any(isinstance(cell, Hidden) for cell in safe.cells.values()):
        yield Note(HIDDEN_NOTE)
        if not safe.alone:
            yield Note(EARLIER_NOTE)
    if safe.rounded:
        yield Note(ROUNDED_NOTE)


def _on_agreement(safe: SafeTable) -> Iterator[Note]:
    """Say where everybody gave the same answer, as far as the table shows it."""
    for item in safe.items:
        for group in sorted(safe.groups):
            cells = [
                safe.cells[Place(item, group, c)] for c in safe.columns if min(c) < FIRST_MISSING
            ]
            shown = [cell.value for cell in cells if isinstance(cell, Shown)]
            if len(shown) == len(cells) and sum(value > 0 for value in shown) == 1:
                yield Note(AGREEMENT_NOTE, {"group": (group,)}, item)
