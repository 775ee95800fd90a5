"""Tables to test with, and what counts can be no table at all."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

import pytest

from kiosk.report.safe.publish import publishable
from kiosk.report.safe.tables import (
    ALL,
    HIDDEN,
    VALUES,
    CountTable,
    Group,
    SafeTable,
    Shown,
)

POSITIVE = (2, 5, 12, 36, 40, 2, 1, 2)  # how people in a workshop answer a smiley item, in percent


def group(label: str, *rows: Sequence[int], workshops: dict[str, int] | None = None) -> Group:
    """Return a group with one item for each row of counts."""
    counts = {
        f"q{number:02}": dict(zip(VALUES, row, strict=False)) for number, row in enumerate(rows, 1)
    }
    return Group(label, counts, workshops or {})


def table(*rows: Sequence[int]) -> CountTable:
    """Return a table of one item, with one group for each row of counts."""
    return CountTable(tuple(group(f"site {n}", row) for n, row in enumerate(rows, 1)))


def narrow(values: int, *rows: Sequence[int]) -> CountTable:
    """Return the same with fewer values, each a column of its own."""
    some = tuple(range(1, values + 1))
    groups = tuple(group(f"site {n}", row) for n, row in enumerate(rows, 1))
    return CountTable(groups, some, tuple((value,) for value in some))


def answers(n: int, seed: int) -> list[int]:
    """Return how n people answered, for each value."""
    found = Counter(random.Random(seed).choices(VALUES, POSITIVE, k=n))  # noqa: S311 not secret
    return [found[value] for value in VALUES]


def numbers(safe: SafeTable, item: str = "q01") -> list[list[int | None]]:
    """Return the rows of a safe table; None is hidden."""
    return [
        [
            cell.value if isinstance(cell, Shown) else None
            for place, cell in safe.cells.items()
            if (place.item, place.group) == (item, group)
        ]
        for group in safe.groups
    ]


def truth(counted: CountTable, safe: SafeTable, item: str = "q01") -> list[list[int]]:
    """Return the true numbers of a safe table that put no groups together."""
    rows = [
        [sum(one.counts[item].get(value, 0) for value in column) for column in safe.columns]
        for one in counted.groups
    ]
    return [*rows, [sum(column) for column in zip(*rows, strict=True)]] if len(rows) > 1 else rows


def rows_of(n: int, columns: int) -> Iterator[tuple[int, ...]]:
    """Yield every way in which n people can answer."""
    for row in product(range(n + 1), repeat=columns - 1):
        if sum(row) <= n:
            yield (*row, n - sum(row))


def test_counts_that_contradict_each_other_are_no_table() -> None:
    full = (0, 0, 5, 5, 5, 0, 0, 0)
    with pytest.raises(ValueError, match="only once"):
        CountTable((group("Oslo", full), group("Oslo", full)))
    with pytest.raises(ValueError, match="only once"):
        CountTable(tuple(group(name, full, workshops={"w": 15}) for name in ("Oslo", "Bergen")))
    with pytest.raises(ValueError, match="everybody once"):
        CountTable((group("Oslo", full, workshops={"w": 14}),))
    with pytest.raises(ValueError, match="everybody once"):
        CountTable((group("Oslo", full, (1, 0, 0, 0, 0, 0, 0, 0)),))
    with pytest.raises(ValueError, match="other items"):
        CountTable((group("Oslo", full), group("Bergen", full, full)))
    with pytest.raises(ValueError, match="cannot be"):
        CountTable((Group("Oslo", {"q01": {6: 15}}),))
    with pytest.raises(ValueError, match="one band"):
        CountTable((group("Oslo", full),), bands=((1, 2), (3,)))


def test_a_base_is_told_only_where_nothing_hidden_could_be_computed_with_it() -> None:
    some, none = (3, 0, 5, 20, 20, 0, 0, 4), (4, 0, 8, 12, 9, 0, 0, 0)
    assert publishable(table(some, none)).base("q01", "site 1") == Shown(48)
    assert publishable(table(some, none)).base("q01", ALL) == Shown(81)
    assert publishable(table((3, 0, 5, 20, 20, 1, 0, 4))).base("q01", ALL) == HIDDEN
