"""Kari plans a workshop, opens it, counts heads, closes it; nothing of a deleted one is left."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from kiosk.bundle.freeze import freeze
from kiosk.store.database import FILE
from kiosk.store.intake import Closed, Intake
from kiosk.store.reports import SelfReports
from kiosk.store.sendings import Sendings, Sent
from kiosk.store.tickets import Tickets
from kiosk.store.workshop import Headcount, Workshop
from kiosk.store.workshops import AlreadyPacked, NoSuchWorkshop, Workshops
from tests.store import NOON, Clock, envelope_of, opens, plans, report, rows, submission


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def workshops(data: Path, clock: Clock) -> Workshops:
    return Workshops(data, clock)


def takes_answers(data: Path, clock: Clock, workshop: Workshop) -> bool:
    """Tell whether the kiosk stores what one more phone sends."""
    intake = Intake(data, clock)
    try:
        return intake.store(submission(workshop, envelope_of(64)))
    except Closed:
        return False
    finally:
        intake.stop()


def answered(data: Path, workshop: Workshop, *outcomes: str) -> Workshop:
    """Let one person send after another; return what is counted then."""
    intake = Intake(data)
    for outcome in outcomes:
        intake.store(submission(workshop, outcome=outcome))
    intake.stop()
    return Workshops(data).get(workshop.code)


def test_a_workshop_is_planned_then_open_then_closed(
    data: Path, clock: Clock, workshops: Workshops
) -> None:
    workshop = plans(data, clock)
    assert (workshop.state, takes_answers(data, clock, workshop)) == ("planned", False)
    assert workshops.open(workshop.code).state == "open"
    assert takes_answers(data, clock, workshop)
    assert workshops.close(workshop.code).state == "closed"
    assert not takes_answers(data, clock, workshop)
    assert workshops.get(workshop.code).sent == 1


def test_what_was_planned_is_kept_word_for_word(data: Path, workshops: Workshops) -> None:
    words: dict[str, Any] = {
        "title": "“Draw” & more",
        "site": "Bjørvika",
        "tool": "Procreate",
        "idle_minutes": 0,
    }
    workshop = plans(data, tickets=True, languages=("en", "ar"), **words)
    assert workshops.get(workshop.code.upper()) == workshop, "a code may be typed in capitals"
    plan = workshop.plan
    assert (plan.title, plan.site, plan.tool, plan.idle_minutes) == tuple(words.values())
    assert (plan.languages, plan.tickets) == (("en", "ar"), True)


def test_each_workshop_has_its_own_code_screen_key_and_exit_code(data: Path) -> None:
    found = [plans(data) for _ in range(10)]
    assert len({workshop.code for workshop in found}) == 10
    assert len({workshop.screen_key for workshop in found}) == 10
    assert all(len(workshop.screen_key) >= 22 for workshop in found), "128 bits"
    assert all(len(workshop.exit_code) == 4 for workshop in found)


def test_a_code_that_is_not_there_is_named(data: Path, workshops: Workshops) -> None:
    plans(data)
    for act in (workshops.get, workshops.open, workshops.close):
        with pytest.raises(NoSuchWorkshop, match="nope"):
            act("nope")


def test_a_workshop_planned_last_week_bears_the_day_on_which_it_was_opened(
    data: Path, clock: Clock, workshops: Workshops
) -> None:
    workshop = plans(data, clock, ends_at=NOON + timedelta(days=7))
    clock.passes(days=6)
    assert workshops.open(workshop.code).opened_on == "2026-05-10"
    workshops.close(workshop.code)
    clock.passes(days=1)
    again = workshops.open(workshop.code)
    assert again.opened_on == "2026-05-10", "opened again, it is still the same day's workshop"


def test_a_workshop_that_was_left_open_closes_an_hour_after_its_end(
    data: Path, clock: Clock, workshops: Workshops
) -> None:
    workshop = opens(data, clock)
    clock.passes(hours=2, minutes=59)
    assert workshops.get(workshop.code).is_open
    assert takes_answers(data, clock, workshop)
    clock.passes(minutes=1)
    assert workshops.get(workshop.code).state == "closed"
    assert workshops.all(only_open=True) == []
    assert not takes_answers(data, clock, workshop)
    assert freeze(workshops, workshop.code).is_file(), "and it can be packed"


def test_a_workshop_that_runs_late_is_given_more_time(
    data: Path, clock: Clock, workshops: Workshops
) -> None:
    workshop = opens(data, clock)
    longer = replace(workshop.plan, ends_at=workshop.plan.ends_at + timedelta(hours=3))
    workshops.change(workshop.code, longer)
    clock.passes(hours=5)
    assert workshops.get(workshop.code).is_open


def test_a_closed_workshop_can_be_opened_again_and_runs_for_an_hour_at_least(
    data: Path, clock: Clock, workshops: Workshops
) -> None:
    workshop = opens(data, clock)
    clock.passes(hours=9)
    opened = workshops.open(workshop.code)
    assert opened.is_open
    assert opened.plan.ends_at == clock() + timedelta(hours=1)
    assert takes_answers(data, clock, workshop)
    clock.passes(hours=2)
    assert not workshops.get(workshop.code).is_open


def test_a_workshop_that_is_closed_early_and_opened_again_keeps_its_end(
    data: Path, clock: Clock, workshops: Workshops
) -> None:
    workshop = opens(data, clock)
    workshops.close(workshop.code)
    assert workshops.open(workshop.code).plan.ends_at == workshop.plan.ends_at


def test_once_it_is_packed_it_cannot_be_opened_again(data: Path, workshops: Workshops) -> None:
    workshop = opens(data)
    workshops.close(workshop.code)
    freeze(workshops, workshop.code)
    with pytest.raises(AlreadyPacked, match="Draw"):
        workshops.open(workshop.code)
    assert workshops.get(workshop.code).state == "closed"


def test_neither_more_time_nor_a_clock_that_was_put_back_opens_a_packed_workshop_again(
    data: Path, clock: Clock, workshops: Workshops
) -> None:
    workshop = opens(data, clock)
    clock.passes(hours=4)
    freeze(workshops, workshop.code)
    workshops.change(workshop.code, replace(workshop.plan, ends_at=clock() + timedelta(hours=9)))
    assert not takes_answers(data, clock, workshop)
    clock.passes(hours=-4)
    assert not takes_answers(data, clock, workshop)


def test_closing_a_packed_workshop_again_changes_nothing(data: Path, workshops: Workshops) -> None:
    workshop = opens(data)
    workshops.close(workshop.code)
    bundle = freeze(workshops, workshop.code)
    assert not workshops.close(workshop.code).changed
    assert freeze(workshops, workshop.code) == bundle


def test_what_staff_change_is_seen_at_once_although_it_is_remembered(
    data: Path, workshops: Workshops
) -> None:
    workshop = opens(data)
    assert workshops.as_planned(workshop.code).title == "Draw"
    changed = workshops.change(workshop.code, replace(workshop.plan, title="Paint"))
    assert changed.title == "Paint"
    assert workshops.as_planned(workshop.code).title == "Paint"
    assert changed.counters == workshop.counters
    workshops.delete(workshop)
    with pytest.raises(NoSuchWorkshop):
        workshops.as_planned(workshop.code)


def test_the_list_has_the_newest_day_first_and_can_be_of_the_open_ones(
    data: Path, clock: Clock, workshops: Workshops
) -> None:
    monday = opens(data, clock, title="Monday")
    clock.passes(days=1)
    tea, crafts = opens(data, clock, title="Tea"), opens(data, clock, title="Crafts")
    plans(data, clock, title="Zoo")
    workshops.close(tea.code)
    titles = [workshop.title for workshop in workshops.all()]
    assert titles == ["Crafts", "Tea", "Zoo", monday.title]
    assert workshops.all(only_open=True) == [workshops.get(crafts.code)]


def test_the_rates_are_of_all_who_were_there(data: Path, workshops: Workshops) -> None:
    workshop = opens(data)
    heads = Headcount(present=8, said_no=1, left_early=0)
    assert workshops.count(workshop.code, heads).headcount == heads
    outcomes = ["complete"] * 4 + ["partial", "under_half", "declined", "timed_out"]
    counted = answered(data, workshop, *outcomes)
    assert (counted.rr1, counted.rr2, counted.rate) == (4 / 8, 5 / 8, 6 / 8)
    assert counted.sent == 6
    assert not counted.more_than_present


@pytest.mark.parametrize("present", [None, 0])
def test_without_people_there_is_no_rate(
    data: Path, workshops: Workshops, present: int | None
) -> None:
    workshop = workshops.count(opens(data).code, Headcount(present))
    assert (workshop.rr1, workshop.rr2, workshop.rate) == (None, None, None)


@pytest.mark.parametrize(("present", "more"), [(None, False), (0, True), (1, True), (2, False)])
def test_more_answers_than_people_is_noticed(
    data: Path, workshops: Workshops, present: int | None, more: bool
) -> None:
    workshop = opens(data)
    workshops.count(workshop.code, Headcount(present))
    assert answered(data, workshop, "complete", "under_half").more_than_present is more


def test_nothing_of_a_deleted_workshop_is_left_and_all_of_the_others(
    data: Path, workshops: Workshops
) -> None:
    kept, gone = (opens(data, title=title, tickets=True) for title in ("Kept-title", "Gone-title"))
    sent, words = {}, {}
    intake = Intake(data)
    for workshop in (kept, gone):
        ticket, *_ = Tickets(data).draw(workshop, 3)
        sent[workshop.id] = envelope_of(1300)
        intake.store(submission(workshop, sent[workshop.id], ticket=ticket))
        words[workshop.id] = f"words of {workshop.id}"
        SelfReports(data).save(workshop, report(words[workshop.id]))
        Sendings(data).note(workshop, Sent(f"{workshop.id}.zip", "stick", "a name", "read-back"))
        Sendings(data).note_arrival(workshop, f"{workshop.id}.zip", "2026-05-31")
    intake.stop()
    before = everything(data, kept)
    assert min(len(cells) for cells in everything(data, gone).values()) >= 1
    workshops.delete(gone)
    assert set(itertools.chain(*everything(data, gone).values())) == set(), "no row of any table"
    assert everything(data, kept) == before
    content = b"".join(path.read_bytes() for path in data.rglob("*") if path.is_file())
    for piece in (sent[gone.id][:16], sent[gone.id][-16:], words[gone.id].encode(),
                  gone.id.encode(), gone.screen_key.encode(), b"Gone-title"):  # fmt: skip
        assert piece not in content
    assert sent[kept.id][:16] in (data / FILE).read_bytes()


def everything(data: Path, workshop: Workshop) -> dict[str, list[object]]:
    """Return table -> rows of whatever any table holds of a workshop."""
    tables = [row[0] for row in rows(data, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {}
    for table in tables:
        names = [row[1] for row in rows(data, f"PRAGMA table_info({table})")]
        column = "id" if table == "workshops" else "workshop"
        if column in names and not table.startswith("_"):
            query = f"SELECT * FROM {table} WHERE {column} = '{workshop.id}'"  # noqa: S608 - names are ours
            found[table] = rows(data, query)
    assert {"workshops", "responses", "acknowledged", "tickets", "self_reports"} <= set(found)
    return found


def test_a_phone_that_sends_to_a_deleted_workshop_is_told_that_it_is_closed(
    data: Path, clock: Clock, workshops: Workshops
) -> None:
    workshop = opens(data, clock)
    workshops.delete(workshop)
    assert not takes_answers(data, clock, workshop)
    assert rows(data, "SELECT * FROM responses") == rows(data, "SELECT * FROM acknowledged") == []


def test_the_address_on_the_printed_sheet_is_remembered(data: Path, workshops: Workshops) -> None:
    workshop = opens(data)
    assert workshop.printed_address == ""
    workshops.printed(workshop.code, "192.0.2.7")
    assert workshops.get(workshop.code).printed_address == "192.0.2.7"
