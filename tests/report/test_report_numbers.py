"""The arithmetic of the report, against the tables that it was promised by."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.report.bars import NARROWEST, Ruler, ruler, segments
from kiosk.report.counts import count
from kiosk.report.distribution import Distribution, together
from kiosk.report.quality import quality
from kiosk.report.read import read_dataset
from kiosk.report.response_box import ResponseBox, response_box
from kiosk.report.scales import constructs, pooled_average, scales
from kiosk.report.shares import Share, bounds
from kiosk.report.strips import STEP, strip
from kiosk.report.wilson import wilson
from tests.report.people import Values, all_say, collected, people

POSITIVE = frozenset({4, 5})
FIVE = st.lists(st.integers(0, 300), min_size=5, max_size=5)


def five(*counts: int, **missing: int) -> Distribution:
    codes = {int(name.removeprefix("code")): n for name, n in missing.items()}
    return Distribution(dict(enumerate(counts, 1)), codes, POSITIVE)


@pytest.mark.parametrize(
    ("part", "whole", "percent", "low", "high"),
    [
        (7, 7, 100, 65, 100), (6, 7, 86, 49, 97), (5, 7, 71, 36, 92), (12, 12, 100, 76, 100),
        (10, 12, 83, 55, 95), (9, 12, 75, 47, 91), (20, 20, 100, 84, 100), (15, 20, 75, 53, 89),
        (10, 20, 50, 30, 70),
    ],
)  # fmt: skip
def test_wilson_is_what_the_requirements_say(
    part: int, whole: int, percent: int, low: int, high: int
) -> None:
    assert Share(part, whole).interval == (low, high)
    assert round(100 * part / whole) == percent


@given(st.integers(1, 500), st.data())
def test_wilson_holds_the_share_and_mirrors(whole: int, data: st.DataObject) -> None:
    part = data.draw(st.integers(0, whole))
    low, high = wilson(part, whole)
    assert 0 <= low <= part / whole + 1e-9
    assert part / whole - 1e-9 <= high <= 1
    mirrored = wilson(whole - part, whole)
    assert mirrored == pytest.approx((1 - high, 1 - low))


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (2, 1), (-1, 3)])
def test_what_is_no_share_has_no_interval(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        wilson(part, whole)


def test_percent_is_whole_and_only_from_twenty_on() -> None:
    assert Share(15, 19).percent is None
    assert Share(15, 20).percent == 75
    assert Share(1, 200).percent == 1, "half rounds up"
    assert Share(0, 1470).percent == 0
    assert Share(25, 20).percent is None, "more than all is no percentage"


def test_bounds_are_the_worst_and_the_best_that_can_be() -> None:
    assert bounds(Share(7, 9), 12) == (7, 10, 12)
    assert bounds(Share(9, 9), 9) == (9, 9, 9)
    assert bounds(Share(9, 12), 11) is None, "more answered than were there"


@pytest.mark.parametrize(
    ("counts", "middle"),
    [
        ((0, 0, 0, 7, 0), (4, 4)), ((3, 0, 0, 0, 3), (1, 5)), ((0, 0, 3, 3, 0), (3, 4)),
        ((1, 1, 1, 1, 1), (3, 3)), ((0, 1, 0, 5, 6), (4, 5)), ((1, 0, 0, 0, 0), (1, 1)),
    ],
)  # fmt: skip
def test_the_median_of_an_even_number_stays_two(
    counts: tuple[int, ...], middle: tuple[int, int]
) -> None:
    assert five(*counts).median == middle


def test_the_base_is_the_answers_alone() -> None:
    found = five(1, 0, 2, 4, 5, code97=2, code98=1, code99=3)
    assert (found.base, found.asked) == (12, 18)
    assert found.positive_share == (9, 12)
    assert not found.unanimous
    assert five(0, 0, 0, 6, 0, code99=1).unanimous
    assert five(2, 3, 0, 3, 0).most_frequent == (2, 4)
    both = together([found, found])
    assert (both.base, both.asked, both.positive_share) == (24, 36, (18, 24))
    assert pooled_average(both) == Fraction(1 + 6 + 16 + 25, 12)


@given(st.lists(FIVE, min_size=1, max_size=6), st.booleans())
def test_every_bar_fits_and_no_piece_lies_on_another(rows: list[list[int]], split: bool) -> None:
    found = [five(*row) for row in rows]
    on = ruler(found, split=split)
    for bar in found:
        pieces = segments(bar, on)
        assert [piece.count for piece in pieces] == [
            bar.counts[piece.value] for piece in pieces if piece.count
        ]
        assert sum(piece.count for piece in pieces) == bar.base
        assert sum(piece.width for piece in pieces) == pytest.approx(on.unit if bar.base else 0)
        ends = [(piece.x, piece.x + piece.width) for piece in pieces]
        assert all(-1e-9 <= start <= end <= 100 + 1e-9 for start, end in ends)
        assert all(
            one[1] <= other[0] + 1e-9 for one, other in pairwise(ends)
        )  # fmt: skip
        assert [p.value for p in pieces if p.x < on.zero - 1e-9 and p.value in (4, 5)] == []


def test_the_middle_stands_apart_or_across_the_line() -> None:
    bar = five(1, 2, 30, 40, 27)
    apart, split = ruler([bar]), ruler([bar], split=True)
    assert [piece.value for piece in segments(bar, apart)] == [1, 2, 4, 5, 3]
    assert [piece.value for piece in segments(bar, split)] == [1, 2, 3, 4, 5]
    middle = segments(bar, split)[2]
    assert middle.x + middle.width / 2 == pytest.approx(split.zero)
    assert segments(bar, apart)[-1].x == pytest.approx(apart.apart)


def test_numbers_without_room_stand_outside_and_inside_ones_have_room() -> None:
    bar = five(1, 2, 0, 40, 57)
    on = ruler([bar])
    places = {piece.value: piece.place for piece in segments(bar, on)}
    assert places == {1: "beside", 2: "above", 4: "inside", 5: "inside"}
    outermost = segments(bar, on)[0]
    assert outermost.label < outermost.x
    assert outermost.label / 100 * NARROWEST >= 11, "a digit has room at the left"


def test_a_scale_of_descending_order_is_mirrored() -> None:
    bar = Distribution({5: 57, 4: 40, 3: 0, 2: 2, 1: 1}, {}, POSITIVE)
    assert [piece.value for piece in segments(bar, ruler([bar]))] == [5, 4, 2, 1]


def test_nobody_at_all_is_no_division_by_nothing() -> None:
    assert segments(five(0, 0, 0, 0, 0), ruler([])) == []
    assert Ruler(0, 0, 0, 1, False).unit > 0


def test_everybody_in_a_line_has_a_place_of_their_own() -> None:
    rows = [five(1, 2, 2, 4, 5), five(0, 0, 5, 7, 0)]
    room = strip(rows)
    for row in rows:
        places = room.places(row)
        assert len(places) == row.base
        starts = [x for _, x in places]
        assert all(b - a >= STEP for a, b in pairwise(starts))
        assert max(starts) + STEP <= room.width
        assert [value for value, x in places if x < room.zero] == [1] * row.counts[1] + [2] * (
            row.counts[2]
        )


def box_of(folder: Path, answers: Sequence[Values], **sheet: Any) -> ResponseBox:
    dataset = read_dataset(collected(folder, answers, **sheet))
    return response_box(dataset, count(dataset))


def test_the_response_box_counts_what_came(tmp_path: Path) -> None:
    answers = [[5] * 15] * 6 + [[4] * 10 + [99] * 5] * 2 + [[3] * 7 + [98] * 8]
    counters = {"complete": 6, "partial": 2, "under_half": 1, "declined": 2, "timed_out": 4}
    box = box_of(tmp_path, answers, headcount=12, said_no=1, left_early=None, counters=counters)
    assert (box.present, box.complete, box.partial, box.under_half) == (12, 6, 2, 1)
    assert (box.declined, box.said_no, box.left_early, box.timed_out) == (2, 1, None, 4)
    assert (box.sent_share, box.rr1, box.rr2) == ((9, 12), (6, 12), (8, 12))
    assert (box.noted, box.sent, box.overfull, box.everybody_counted) == (9, 9, 0, 12)


def test_more_than_were_there_is_flagged(tmp_path: Path) -> None:
    box = box_of(tmp_path, people(12), headcount=11)
    assert box.overfull == 1
    assert box.sent_share == (12, 11)
    assert box.sent_share.percent is None


def test_without_a_headcount_there_is_no_rate(tmp_path: Path) -> None:
    box = box_of(tmp_path, people(12), headcount=None)
    assert (box.counted, box.present, box.rr1, box.everybody_counted) == (0, None, None, None)


def test_rates_are_of_the_workshops_that_counted_heads(tmp_path: Path) -> None:
    folder = collected(tmp_path, [[5] * 15] * 20, workshops=2, headcount=12)
    sheet = (folder / "workshops.csv").read_text(encoding="utf-8")
    (folder / "workshops.csv").write_text(sheet.replace("Procreate,12,", "Procreate,,", 1))
    dataset = read_dataset(folder)
    box = response_box(dataset, count(dataset))
    assert (box.workshops, box.counted, box.present) == (2, 1, 12)
    assert box.rr1 == (10, 12)
    assert box.everybody_counted is None


def test_quality_is_counted_over_the_pool(tmp_path: Path) -> None:
    dull, lively = [5] * 15, [5, 4] * 7 + [3]
    short = [5, 5] + [99] * 13
    odd = [97] + [98] * 2 + [4, 5] * 6
    dataset = read_dataset(collected(tmp_path, [dull] * 4 + [lively] * 5 + [short, odd]))
    found = quality(dataset, count(dataset))
    assert found.straight == (4, 10), "who chose two faces only cannot be judged"
    assert found.broken_off == (1, 11)
    assert found.skipped == (13, 165)
    assert found.does_not_fit == (1, 165)
    assert found.no_answer == (2, 165)
    assert found.ceiling == (4 * 15 + 5 * 7 + 2 + 6, 165 - 13 - 3)


def test_constructs_are_taken_as_they_are_declared(tmp_path: Path) -> None:
    assert constructs("K2 self-efficacy") == ["K2", "self-efficacy"]
    assert constructs("K1, trust") == ["K1", "trust"]
    assert constructs("") == []
    questions = read_dataset(collected(tmp_path, all_say(6))).questions
    found = {scale.name: [q.id for q in scale.questions] for scale in scales(questions)}
    assert found["bonding"] == ["q09", "q10"]
    assert found["bridging"] == ["q11", "q12"]
    assert found["trust"] == ["q02", "q13"]
    assert found["K1"] == ["q01", "q02", "q03", "q07", "q14"]
    assert found["K2"] == ["q04", "q05", "q06", "q08"]
    assert found["linking"] == ["q13"]
