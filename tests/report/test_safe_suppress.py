"""Small numbers are hidden so that nobody can compute them, and as little else as possible."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain, combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.report.safe import publish
from kiosk.report.safe.attacker import Attacker, verify
from kiosk.report.safe.knowledge import clumps
from kiosk.report.safe.publish import NotSafe, draft_of, publishable
from kiosk.report.safe.tables import ALL, HIDDEN, CountTable, Group, Hidden, SafeTable, Shown
from tests.report.test_safe_cases import answers, group, narrow, numbers, rows_of, table, truth

PROPERTY = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SIZE = st.tuples(st.integers(10, 60), st.integers(0, 9999))  # how many people, and their answers
SAFE_ROW = st.lists(st.integers(2, 15).map(lambda n: n if n > 2 else 0), min_size=8, max_size=8)


def of(sizes: Sequence[tuple[int, int]]) -> CountTable:
    return table(*(answers(n, seed) for n, seed in sizes))


@PROPERTY
@given(st.lists(SIZE, min_size=2, max_size=8), st.booleans())
def test_no_hidden_number_can_be_computed_closer_than_three(
    sizes: list[tuple[int, int]], bands: bool
) -> None:
    counted = of(sizes)
    safe = publishable(counted, "bands" if bands else "suppress", secret="s")
    attacker = Attacker([safe])
    for place, cell in safe.cells.items():
        if isinstance(cell, Hidden):
            low, high = attacker.interval(place)
            assert high - low >= 3, place
    for shown, true in zip(numbers(safe), truth(counted, safe), strict=True):
        assert all(seen in (None, number) for seen, number in zip(shown, true, strict=True))
        assert not {1, 2} & set(shown)


@settings(PROPERTY, max_examples=4)
@given(st.lists(SIZE, min_size=2, max_size=4), st.integers(0, 99))
def test_the_order_of_groups_and_items_changes_nothing(
    sizes: list[tuple[int, int]], seed: int
) -> None:
    groups = [
        group(f"site {number}", answers(n, seed), answers(n, seed + 1))
        for number, (n, seed) in enumerate(sizes)
    ]
    safe = publishable(CountTable(tuple(groups)))
    random.Random(seed).shuffle(groups)  # noqa: S311 not secret
    turned = [Group(one.label, dict(reversed(list(one.counts.items())))) for one in groups]
    again = publishable(CountTable(tuple(turned)))
    assert again == safe
    assert list(again.groups) == [*(one.label for one in groups), ALL]
    assert again.items == safe.items[::-1]


@settings(max_examples=25, deadline=None)
@given(st.lists(SAFE_ROW.filter(lambda row: sum(row) >= 10), min_size=1, max_size=8))
def test_a_table_without_small_numbers_is_published_as_it_is(rows: list[list[int]]) -> None:
    counted = table(*rows)
    safe = publishable(counted)
    assert numbers(safe) == truth(counted, safe)
    assert not [note for note in safe.notes if "hidden" in str(note)]


def test_the_same_counts_give_the_same_table() -> None:
    counted = of([(30, 1), (44, 2), (18, 3)])
    assert publishable(counted, secret="s") == publishable(counted, secret="s")
    assert publishable(counted) == publishable(counted)


def test_one_row_hides_the_small_numbers_and_the_next_that_is_three_more() -> None:
    assert numbers(publishable(table((1, 4, 9, 40, 44, 0, 0, 0)))) == [
        [None, None, 9, 40, 44, None, None, None]
    ]
    assert numbers(publishable(narrow(5, (2, 4, 5, 40, 44)))) == [[None, 4, None, 40, 44]]
    assert numbers(publishable(narrow(5, (2, 2, 2, 2, 2)))) == [[None] * 5]


def test_empty_and_small_look_alike_where_something_is_hidden() -> None:
    some, none = (0, 1, 0, 9, 30, 0, 0, 0), (1, 0, 0, 9, 30, 0, 0, 0)
    assert numbers(publishable(table(some))) == numbers(publishable(table(none)))
    assert None not in chain(*numbers(publishable(table((0, 0, 0, 9, 30, 0, 0, 0)))))


@pytest.mark.parametrize("row", [(1, 9), (2, 8), (4, 6)])
def test_as_little_as_possible_is_hidden(row: tuple[int, int]) -> None:
    """All 64 ways to hide cells of a small table are tried."""
    counted = narrow(2, row, (3, 12))
    draft = draft_of(counted, "suppress")
    true = {place: cell.value for place, cell in draft.cells.items() if isinstance(cell, Shown)}

    def loss(safe: SafeTable) -> tuple[int, int]:
        gone = [place for place, cell in safe.cells.items() if cell == HIDDEN]
        return sum(1 + (p.group == ALL) for p in gone), sum(true[p] for p in gone)

    safe_ones = []
    small = {place for place, number in true.items() if 0 < number < 3}
    for size in range(len(true) + 1):
        for hidden in map(set, combinations(true, size)):
            if hidden >= small and all(small & set(clump) for clump in clumps(hidden)):
                tried = replace(draft, cells=draft.cells | dict.fromkeys(hidden, HIDDEN))  # type: ignore[operator]
                safe_ones += [] if verify(tried) else [tried]
    assert loss(publishable(counted)) == min(map(loss, safe_ones))


def test_not_even_running_the_program_on_every_table_tells_a_number_of_one_row() -> None:
    """Ola has the program, and tries all 66 ways in which ten people can answer."""
    possible = defaultdict(list)
    for row in rows_of(10, 3):
        [shown] = numbers(publishable(narrow(3, row), secret="not his"))
        possible[tuple(shown)].append(row)
    for seen, rows in possible.items():
        for cell, values in zip(seen, zip(*rows, strict=True), strict=True):
            assert cell is not None or max(values) - min(values) >= 3, (seen, rows)


def test_agreement_is_noted_where_the_table_shows_it() -> None:
    counted = table((0, 0, 0, 0, 14, 0, 0, 0), (0, 0, 3, 5, 9, 0, 0, 0))
    [note] = publishable(counted).notes
    assert "“site 1”" in str(note)
    assert "q01" in str(note)


def test_a_small_number_that_is_shown_is_a_disclosure() -> None:
    [found] = verify(draft_of(table((2, 0, 5, 9, 9, 0, 0, 0)), "suppress"))
    assert (found.column, found.low, found.high) == ((1,), 2, 2)


def test_nothing_unsafe_is_returned_even_if_the_search_is_wrong(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(publish, "suppressed", lambda draft, *_: draft)
    safe = publishable(table((1, 0, 5, 9, 9, 0, 0, 0), (0, 2, 5, 9, 9, 0, 0, 0)))
    assert set(safe.cells.values()) == {HIDDEN}
    monkeypatch.setattr(publish, "verify", lambda *_: ["something"])
    with pytest.raises(NotSafe):
        publishable(table((3, 0, 5, 9, 9, 0, 0, 0)))


def test_a_zero_far_from_everything_hidden_is_shown() -> None:
    counted = table((5, 3, 1, 9, 3, 3, 5, 3), (9, 9, 9, 1, 9, 9, 3, 1), (0, 0, 9, 9, 0, 9, 9, 9))
    safe = publishable(counted, secret="s")
    assert verify(safe) == []
    assert [numbers(safe)[2][column] for column in (0, 1, 4)] == [0, 0, 0]
