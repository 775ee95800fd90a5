"""The attacker finds exactly what somebody finds who writes down every table that is possible."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.report.safe.attacker import Attacker, verify
from kiosk.report.safe.knowledge import clumps
from kiosk.report.safe.publish import draft_of
from kiosk.report.safe.tables import ALL, HIDDEN, CountTable, Place, SafeTable, Shown
from tests.report.test_safe_cases import group, narrow, rows_of, table

Numbers = dict[Place, int]


def hiding(counted: CountTable, *hidden: tuple[str, int]) -> SafeTable:
    """Return the table with some cells hidden by hand, each named by its group and value."""
    draft = draft_of(counted, "suppress")
    cells = dict(draft.cells)
    for name, value in hidden:
        assert isinstance(cells[Place("q01", name, (value,))], Shown)
        cells[Place("q01", name, (value,))] = HIDDEN
    return SafeTable(draft.method, draft.groups, draft.columns, cells)


def everything_possible(safe: SafeTable) -> Iterator[Numbers]:
    """Yield every table that agrees with what is shown, and with the rule for hiding."""
    groups = [name for name in safe.groups if name != ALL]
    hidden = [place for place, cell in safe.cells.items() if cell == HIDDEN]
    for rows in product(*(rows_of(safe.n(name), len(safe.columns)) for name in groups)):
        numbers = {
            Place("q01", name, column): value
            for name, row in [
                *zip(groups, rows, strict=True),
                (ALL, map(sum, zip(*rows, strict=True))),
            ]
            for column, value in zip(safe.columns, row, strict=True)
        }
        shown = {p: c.value for p, c in safe.cells.items() if isinstance(c, Shown)}
        small = all(any(0 < numbers[p] < 3 for p in clump) for clump in clumps(hidden))
        if small and all(numbers[place] == value for place, value in shown.items()):
            yield numbers


@settings(max_examples=12, deadline=None)
@given(st.data())
def test_the_intervals_are_those_of_all_possible_tables(data: st.DataObject) -> None:
    counted = narrow(3, *(data.draw(st.sampled_from(list(rows_of(10, 3)))) for _ in range(2)))
    safe = hiding(counted)
    true = {place: cell.value for place, cell in safe.cells.items() if isinstance(cell, Shown)}
    hidden = data.draw(st.lists(st.sampled_from(list(true)), min_size=2, max_size=7, unique=True))
    kept = [p for clump in clumps(hidden) for p in clump if any(0 < true[q] < 3 for q in clump)]
    safe = hiding(counted, *((place.group, place.column[0]) for place in kept))
    possible = list(everything_possible(safe))
    assert true in possible
    attacker = Attacker([safe])
    for place in kept:
        values = [numbers[place] for numbers in possible]
        assert attacker.interval(place) == (min(values), max(values))


def test_a_single_hidden_cell_is_what_is_left_of_the_row() -> None:
    [found] = verify(hiding(table((1, 4, 5, 20, 20, 0, 0, 0)), ("site 1", 1)))
    assert (found.what, found.column, found.low, found.high) == ("site 1", (1,), 1, 1)


def test_hiding_a_second_cell_in_the_row_only_does_not_help_in_a_table_with_totals() -> None:
    counted = table((1, 4, 5, 20, 20, 0, 0, 0), (3, 3, 5, 20, 20, 0, 0, 0))
    found = verify(hiding(counted, ("site 1", 1), ("site 1", 2)))
    assert {(d.column, d.low, d.high) for d in found} == {((1,), 1, 1), ((2,), 4, 4)}


def test_who_knows_the_rule_computes_more_than_who_only_subtracts() -> None:
    safe = hiding(table((1, 3, 6, 20, 20, 0, 0, 0)), ("site 1", 1), ("site 1", 2))
    known_rule = Attacker([safe]).interval(Place("q01", "site 1", (1,)))
    only_sums = Attacker([SafeTable(safe.method, safe.groups, safe.columns, safe.cells, 0, False)])
    assert known_rule == (1, 3), "0 and 4 would not have been hidden"
    assert only_sums.interval(Place("q01", "site 1", (1,))) == (0, 4)
    assert len(verify(safe)) == 2


def test_two_tables_of_the_same_people_are_attacked_together() -> None:
    """Kari's two workshops are one site in one table, and two months in the other."""
    site_a = group("a", (0, 6, 6, 9, 9), workshops={"v": 14, "w": 16})
    first = CountTable((site_a,), (1, 2, 3, 4, 5), ((1,), (2,), (3,), (4,), (5,)))
    months = CountTable(
        (
            group("may", (0, 5, 3, 3, 3), workshops={"v": 14}),
            group("june", (0, 1, 3, 6, 6), workshops={"w": 16}),
        ),
        first.values,
        first.bands,
    )
    site, may = draft_of(first, "suppress"), hiding(months)
    only_may = SafeTable(
        "suppress",
        {"may": may.groups["may"]},
        may.columns,
        {place: cell for place, cell in may.cells.items() if place.group == "may"},
        alone=False,
    )
    assert not verify(site)
    [found] = verify(only_may, [site])
    assert (found.what, found.column, found.low, found.high) == ("difference", (2,), 1, 1)


@pytest.mark.parametrize("late", [1, 2])
def test_late_answers_of_a_workshop_are_a_part_of_their_own(late: int) -> None:
    before = CountTable((group("a", (0, 0, 5, 9, 9, 0, 0, 0), workshops={"w": 23}),))
    after = CountTable((group("a", (0, 0, 5, 9, 9 + late, 0, 0, 0), workshops={"w": 23 + late}),))
    found = verify(draft_of(after, "suppress", alone=False), [draft_of(before, "suppress")])
    assert [(d.what, d.column, d.low) for d in found] == [("difference", (5,), late)]
