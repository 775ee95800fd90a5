"""Rounded tables still add up, and do not tell 0, 1 and 2 apart."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.report.safe.attacker import Attacker
from kiosk.report.safe.publish import publishable
from kiosk.report.safe.tables import Hidden
from tests.report.test_safe_cases import answers, numbers, table, truth

SIZE = st.tuples(st.integers(10, 60), st.integers(0, 9999))


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(SIZE, min_size=1, max_size=5))
def test_rounded_numbers_are_near_add_up_and_leave_small_ones_in_doubt(
    sizes: list[tuple[int, int]],
) -> None:
    counted = table(*(answers(n, seed) for n, seed in sizes))
    safe = publishable(counted, "round", secret="s")
    rows = [[cell or 0 for cell in row] for row in numbers(safe)]
    assert safe.rounded
    for row, true in zip(rows, truth(counted, safe), strict=True):
        assert abs(sum(row) - sum(true)) <= 2
        for seen, number in zip(row, true, strict=True):
            assert seen % 3 == 0
            assert abs(seen - number) <= 2
    if len(rows) > 1:
        assert rows[-1] == [sum(column) for column in zip(*rows[:-1], strict=True)]
    for place, cell in safe.cells.items():
        low, high = Attacker([safe]).interval(place)
        assert high - low >= 2 or low == high == 0 or low > 2, (place, cell)


def test_chance_is_made_of_the_secret() -> None:
    counted = table(answers(50, 1), answers(40, 2))
    tables = [numbers(publishable(counted, "round", secret=secret)) for secret in "aabcde"]
    assert tables[0] == tables[1]
    assert any(other != tables[0] for other in tables[2:])


def test_on_average_nothing_is_moved() -> None:
    counted = table((1, 2, 4, 20, 31, 0, 0, 0))
    tables = [numbers(publishable(counted, "round", secret=str(n)))[0] for n in range(60)]
    means = [sum(cell or 0 for cell in column) / 60 for column in zip(*tables, strict=True)]
    assert all(abs(m - t) < 0.8 for m, t in zip(means, (1, 2, 4, 20, 31, 0, 0, 0), strict=True))


def test_the_base_of_rounded_numbers_is_not_told_and_the_reader_is() -> None:
    safe = publishable(table((1, 2, 4, 20, 31, 0, 0, 0)), "round")
    assert isinstance(safe.base("q01", "all"), Hidden)
    assert any("rounded to a multiple of three" in str(note) for note in safe.notes)
