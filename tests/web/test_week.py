"""A kiosk runs for a week with nobody looking after it, and does not grow."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.opening.new_study import NewStudy
from tests.conftest import Lena
from tests.week import Load, Week

LOAD = Load(workshops=2, people=3, polls=3)
WARM = 3  # days until every page and text that is kept was asked for
DAYS = 7
# Python's own memory moves by some kilobytes from one moment to the next.
ROOM_FOR_MEMORY = 40_000
# A workshop's plan and counts, and a digest for each answer, so that a repeat is known.
KEPT_OF_A_WORKSHOP, KEPT_OF_AN_ANSWER, PAGE = 1_500, 100, 8_192


@pytest.fixture
def week(data: Path, study: NewStudy, tmp_path: Path) -> Iterator[Week]:
    (tmp_path / "inbox").mkdir()
    tracemalloc.start()
    week = Week(data, study.file, tmp_path / "inbox", LOAD)
    yield week
    week.stop()
    tracemalloc.stop()


def test_after_a_week_a_kiosk_holds_what_it_held_before(
    week: Week, lena: Lena, tmp_path: Path
) -> None:
    for _ in range(WARM):
        week.day()
    before = week.footprint()
    for _ in range(DAYS - WARM):
        week.day()
    after = week.footprint()
    assert after.traced - before.traced < ROOM_FOR_MEMORY
    assert after.descriptors == before.descriptors
    assert after.threads == before.threads
    assert after.others == before.others, "there is no new kind of file"
    workshops = (DAYS - WARM) * LOAD.workshops
    kept = workshops * (KEPT_OF_A_WORKSHOP + LOAD.people * KEPT_OF_AN_ANSWER)
    assert after.database - before.database <= kept + 2 * PAGE
    assert after.bundles == DAYS * LOAD.workshops
    assert len(lena.collects(tmp_path / "inbox")) == after.bundles * LOAD.people
