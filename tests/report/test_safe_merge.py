"""Groups of few people do not stand alone, and cannot be computed from the total."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.report.safe.merge import TooFew, merged
from kiosk.report.safe.publish import publishable
from kiosk.report.safe.tables import ALL, OTHER, CountTable
from tests.report.test_safe_cases import group


def people(**sizes: int) -> CountTable:
    return CountTable(tuple(group(name, (0, 0, 0, 0, n, 0, 0, 0)) for name, n in sizes.items()))


def sizes(table: CountTable) -> dict[str, int]:
    return {one.label: one.n for one in table.groups}


def test_small_groups_become_another_one_with_as_many_as_they_need() -> None:
    assert sizes(merged(people(a=30, b=4, c=7))) == {"a": 30, OTHER: 11}
    assert sizes(merged(people(a=30, b=4, c=12, d=14))) == {"a": 30, "d": 14, OTHER: 16}
    assert sizes(merged(people(a=30, b=4, c=3))) == {ALL: 37}
    assert sizes(merged(people(a=30, b=12))) == {"a": 30, "b": 12}
    assert sizes(merged(people(a=8, b=7, c=5), least=6)) == {"a": 8, OTHER: 12}


def test_a_group_without_answers_looks_like_one_with_few() -> None:
    assert sizes(merged(people(a=30, b=11, c=0))) == {"a": 30, "b": 11}
    assert str(publishable(people(a=30, b=11, c=0)).notes[0]) == "Without answers: “c”."
    few, none = publishable(people(a=30, b=9, c=1)), publishable(people(a=30, b=10, c=0))
    assert sizes(merged(people(a=30, b=9, c=0, d=4))) == {"a": 30, OTHER: 13}
    assert str(few.notes[0]).startswith("“other” is “b”, “c”:")
    assert str(none.notes[0]) == "Without answers: “c”."


def test_a_pool_of_fewer_than_ten_is_not_published() -> None:
    with pytest.raises(TooFew, match="only 9 answers, and 10 are needed"):
        publishable(people(a=5, b=4))
    with pytest.raises(TooFew):
        merged(CountTable(()))


def test_a_group_may_not_take_a_name_that_the_table_needs() -> None:
    with pytest.raises(ValueError, match="by itself"):
        merged(people(a=30, other=20))
    assert sizes(merged(people(all=30))) == {"all": 30}


@given(st.lists(st.integers(0, 25), min_size=1, max_size=9).filter(lambda n: sum(n) >= 10))
def test_whatever_the_sizes_nobody_is_lost_and_no_group_is_small(numbers: list[int]) -> None:
    table = people(**{f"g{number}": n for number, n in enumerate(numbers)})
    pooled = merged(table)
    assert pooled.n == table.n
    assert all(one.n >= 10 for one in pooled.groups)
    assert sum(len(one.members) for one in pooled.groups) >= sum(n > 0 for n in numbers)
    large = {one.label for one in table.groups if one.n >= 10}
    alone = {one.label for one in pooled.groups}
    assert alone <= large | {OTHER, ALL}
    if not any(0 < n < 10 for n in numbers) and len(large) > 1:
        assert alone == large
