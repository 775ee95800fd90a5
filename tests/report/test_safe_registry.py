"""Lena publishes twice: what came between cannot be computed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kiosk.report.safe.attacker import ROUNDED_WIDTH, WIDTH, Attacker
from kiosk.report.safe.publish import Method
from kiosk.report.safe.registry import Refused, Registry
from kiosk.report.safe.tables import (
    ALL,
    HIDDEN,
    VALUES,
    CountTable,
    Hidden,
    Place,
    SafeTable,
    hashed,
)
from tests.report.test_safe_cases import answers, group

METHODS: list[Method] = ["suppress", "bands", "round"]
Workshops = dict[str, list[int]]


def pool(workshops: Workshops, label: str = "everybody") -> CountTable:
    """Return one group of workshops, each with its counts."""
    counts = [sum(column) for column in zip(*workshops.values(), strict=True)]
    members = {name: sum(row) for name, row in workshops.items()}
    return CountTable((group(label, counts, workshops=members),))


def sites(**groups: Workshops) -> CountTable:
    """Return a group for each site."""
    return CountTable(tuple(pool(w, name).groups[0] for name, w in groups.items()))


def workshops(*sizes: int, first: int = 0) -> Workshops:
    """Return workshops of so many people, with some answers."""
    return {f"w{n}": answers(size, 7 * n + size) for n, size in enumerate(sizes, first)}


@pytest.mark.parametrize("late", [1, 5])
def test_a_release_that_differs_by_a_few_is_refused(late: int) -> None:
    registry = Registry()
    before = workshops(12, 14)
    registry.release("spring", pool(before))
    with pytest.raises(Refused) as refused:
        registry.release("summer", pool(before | workshops(late, first=9)))
    assert str(refused.value).startswith(f"“all” differs from “all” of “spring” by {late} answers")
    assert f"until {6 - late} more have come" in str(refused.value)
    with pytest.raises(Refused):
        registry.release("summer", pool(before | {"w0": answers(12 + late, 3)}))
    assert len(registry.released) == 1
    registry.release("summer", pool(before | workshops(6, first=9)))
    assert len(registry.released) == 2


def test_a_release_that_leaves_a_few_out_is_refused() -> None:
    registry = Registry()
    registry.release("spring", pool(workshops(12, 14, 4)))
    with pytest.raises(Refused, match="by 4 answers"):
        registry.release("summer", pool(workshops(12, 14)))


def test_sums_of_two_releases_are_compared_too() -> None:
    oslo, bergen = workshops(12, 14), workshops(13, first=5)
    late = workshops(3, first=9)
    registry = Registry()
    registry.release("Oslo", pool(oslo))
    registry.release("Bergen", pool(bergen))
    with pytest.raises(Refused, match="“all” of “Oslo” and “all” of “Bergen” by 3 answers"):
        registry.release("both", pool(oslo | bergen | late))
    registry.release("both", pool(oslo | bergen))


def test_differences_of_two_releases_are_compared_too() -> None:
    oslo, bergen, late = workshops(12, 14), workshops(13, first=5), workshops(3, first=9)
    registry = Registry()
    registry.release("both", pool(oslo | bergen | late))
    registry.release("Bergen", pool(bergen))
    with pytest.raises(Refused, match="by 3 answers"):
        registry.release("Oslo", pool(oslo))


def test_two_new_groups_are_compared_with_an_old_one() -> None:
    oslo, bergen, late = workshops(12, 14), workshops(13, first=5), workshops(3, first=9)
    registry = Registry()
    registry.release("all", pool(oslo | bergen | late))
    with pytest.raises(Refused):
        registry.release("sites", sites(oslo=oslo, bergen=bergen))


def test_the_same_counts_again_are_the_same_table() -> None:
    registry = Registry()
    counted = pool(workshops(12, 14, 20))
    first = registry.release("spring", counted)
    assert registry.release("again", counted) == first
    assert [name for name, _ in registry.released] == ["spring"]


def of(safe: SafeTable, name: str, members: dict[str, int]) -> SafeTable:
    """Return an attacker's own table, in which everything about some people is asked."""
    places = dict.fromkeys((Place("q01", name, (value,)) for value in VALUES), HIDDEN)
    columns = tuple((value,) for value in VALUES)
    return SafeTable("asked", {name: hashed(members)}, columns, places, alone=False)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("larger_first", [True, False])
@settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
@given(sizes=st.lists(st.integers(6, 15), min_size=3, max_size=6))
@example(sizes=[10, 6, 7])  # the larger pool tells that nobody of the smaller one was unhappy
def test_what_one_workshop_adds_or_takes_away_stays_in_doubt(
    method: Method, larger_first: bool, sizes: list[int]
) -> None:
    everybody = workshops(*sizes)
    name, row = list(everybody.items())[-1]
    without = {key: value for key, value in everybody.items() if key != name}
    registry = Registry(secret="s")
    pools = [everybody, without] if larger_first else [without, everybody]
    tables = [registry.release(str(number), pool(p), method) for number, p in enumerate(pools)]
    asked = of(tables[0], name, {name: sum(row)})
    attacker = Attacker([*tables, asked])
    for place, true in zip(asked.cells, row, strict=True):
        low, high = attacker.interval(place)
        assert low <= true <= high
        assert true not in (1, 2) or high - low >= (ROUNDED_WIDTH if method == "round" else WIDTH)
    for number, table in enumerate(tables):
        for place, cell in table.cells.items():
            if isinstance(cell, Hidden):
                low, high = attacker.interval(place, number)
                assert high - low >= 3, (number, place)


def test_the_file_has_hashes_and_published_numbers_and_nothing_else(tmp_path: Path) -> None:
    registry = Registry.read(tmp_path / "released.json")
    safe = registry.release("spring", pool({"workshop-1234": [1, 0, 7, 11, 14, 0, 0, 0]}))
    with registry.kept(tmp_path / "released.json"):
        assert not (tmp_path / "released.json").exists()
    text = (tmp_path / "released.json").read_text(encoding="utf-8")
    assert "workshop-1234" not in text
    [release] = json.loads(text)["releases"]
    assert release["cells"]["q01"][ALL][:5] == [None, None, None, 11, 14]
    again = Registry.read(tmp_path / "released.json")
    assert again.secret == registry.secret
    [(name, table)] = again.released
    assert (name, table.groups, table.cells) == ("spring", safe.groups, safe.cells)
    (tmp_path / "released.json").write_text("{}", encoding="utf-8")
    with pytest.raises(ValueError, match="can read"):
        Registry.read(tmp_path / "released.json")
