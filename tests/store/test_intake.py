"""Thirty people touch Send: each answer is stored once, or its sender is told to keep it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Barrier

import pytest

import kiosk.store.intake
from kiosk.bundle.freeze import freeze
from kiosk.store.database import UnsafeDatabase, connect, prepare
from kiosk.store.intake import Closed, Intake, NotStored, Submission
from kiosk.store.workshop import Workshop
from kiosk.store.workshops import Workshops
from kiosk.survey.answers import OUTCOMES
from tests.conftest import new_submission_id
from tests.store import envelope_of, opens, plans, rows, submission

ROOM = 30


@pytest.fixture
def intake(data: Path) -> Iterator[Intake]:
    prepare(data)
    intake = Intake(data)
    yield intake
    intake.stop()


@pytest.fixture
def workshop(intake: Intake, data: Path) -> Workshop:
    return opens(data)


def now(workshop: Workshop, data: Path) -> Workshop:
    return Workshops(data).get(workshop.code)


def stored(data: Path) -> list[bytes]:
    return [row[0] for row in rows(data, "SELECT envelope FROM responses")]


def at_once(act: Callable[[int], bool]) -> list[bool]:
    """Let everybody in the room act at the same moment; return what each was told."""
    ready = Barrier(ROOM)

    def person(number: int) -> bool:
        ready.wait()
        return act(number)

    with ThreadPoolExecutor(ROOM) as room:
        return list(room.map(person, range(ROOM)))


def test_what_is_acknowledged_is_in_the_file(
    intake: Intake, workshop: Workshop, data: Path
) -> None:
    envelope = envelope_of(1300)
    assert intake.store(submission(workshop, envelope)) is True
    assert stored(data) == [envelope]
    assert now(workshop, data).sent == 1


def test_a_second_send_is_stored_once(intake: Intake, workshop: Workshop, data: Path) -> None:
    sent = submission(workshop)
    assert intake.store(sent) is True
    assert intake.store(sent) is False
    again = Submission(workshop.id, sent.submission_id, "partial", b"sealed anew")
    assert intake.store(again) is False
    assert stored(data) == [b"sealed"]
    assert now(workshop, data).counters == dict.fromkeys(OUTCOMES, 0) | {"complete": 1}


def test_thirty_sends_of_one_submission_are_stored_once(
    intake: Intake, workshop: Workshop, data: Path
) -> None:
    sent = submission(workshop)
    assert sorted(at_once(lambda _: intake.store(sent))) == [False] * (ROOM - 1) + [True]
    assert stored(data) == [b"sealed"]
    assert now(workshop, data).counters["complete"] == 1


def test_thirty_people_at_once_lose_nothing(intake: Intake, workshop: Workshop, data: Path) -> None:
    envelopes = [[envelope_of(1300) for _ in range(5)] for _ in range(ROOM)]
    told = at_once(lambda n: all(intake.store(submission(workshop, one)) for one in envelopes[n]))
    assert told == [True] * ROOM
    assert sorted(stored(data)) == sorted(one for person in envelopes for one in person)
    assert now(workshop, data).counters["complete"] == ROOM * 5


def test_the_same_id_in_another_workshop_is_another_submission(
    intake: Intake, workshop: Workshop, data: Path
) -> None:
    other = opens(data)
    submission_id = new_submission_id()
    for place in (workshop, other):
        assert intake.store(Submission(place.id, submission_id, "complete", b"sealed")) is True
    assert (now(workshop, data).sent, now(other, data).sent) == (1, 1)


def test_a_closed_workshop_takes_no_more_answers_but_knows_those_it_has(
    intake: Intake, workshop: Workshop, data: Path
) -> None:
    early = submission(workshop)
    assert intake.store(early) is True
    Workshops(data).close(workshop.code)
    with pytest.raises(Closed):
        intake.store(submission(workshop))
    assert intake.store(early) is False, "a phone that missed the answer is told that all is well"
    assert stored(data) == [b"sealed"]
    assert now(workshop, data).sent == 1


def test_a_screen_that_was_out_of_reach_still_sends_what_it_kept(
    intake: Intake, workshop: Workshop, data: Path
) -> None:
    workshops = Workshops(data)
    workshops.close(workshop.code)
    late = submission(workshop, b"after closing", from_screen=True)
    assert intake.store(late) is True
    freeze(workshops, workshop.code)
    assert stored(data) == []
    assert intake.store(submission(workshop, b"after packing", from_screen=True)) is True
    assert intake.store(late) is False, "it is in the bundle, and still known"
    with pytest.raises(Closed):
        intake.store(submission(workshop))
    assert stored(data) == [b"after packing"]
    assert now(workshop, data).sent == 2
    assert now(workshop, data).changed, "it must be packed again"


def test_a_planned_workshop_takes_nothing_not_even_from_a_screen(
    intake: Intake, workshop: Workshop, data: Path
) -> None:
    planned = plans(data)
    for from_screen in (False, True):
        for envelope, outcome in ((b"sealed", "complete"), (None, "declined")):
            with pytest.raises(Closed):
                intake.store(
                    submission(planned, envelope, outcome=outcome, from_screen=from_screen)
                )
    assert stored(data) == rows(data, "SELECT * FROM acknowledged") == []
    assert now(planned, data).counters == dict.fromkeys(OUTCOMES, 0)


def test_a_workshop_that_never_was_takes_no_answers(intake: Intake, data: Path) -> None:
    with pytest.raises(Closed):
        intake.store(Submission("0" * 16, new_submission_id(), "complete", b"sealed"))
    assert stored(data) == []
    assert rows(data, "SELECT * FROM acknowledged") == []


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_each_outcome_is_counted_once_and_nothing_else(
    intake: Intake, workshop: Workshop, data: Path, outcome: str
) -> None:
    sent = Submission(workshop.id, new_submission_id(), outcome, None)
    assert intake.store(sent) is True
    assert intake.store(sent) is False
    assert now(workshop, data).counters == dict.fromkeys(OUTCOMES, 0) | {outcome: 1}
    assert stored(data) == [], "a count leaves no response"


def test_the_submission_id_stands_nowhere(intake: Intake, workshop: Workshop, data: Path) -> None:
    sent = submission(workshop)
    intake.store(sent)
    for path in data.rglob("*"):
        assert sent.submission_id.encode() not in path.read_bytes()


def test_closing_while_thirty_people_send_loses_nobody_who_was_acknowledged(
    intake: Intake, workshop: Workshop, data: Path
) -> None:
    def sends_or_closes(number: int) -> bool:
        if number == 0:
            return not Workshops(data).close(workshop.code).is_open
        try:
            return intake.store(submission(workshop, envelope_of(64)))
        except Closed:
            return False

    told = at_once(sends_or_closes)
    assert told[0] is True
    assert len(stored(data)) == sum(told[1:]) == now(workshop, data).sent


def test_on_a_full_disk_nothing_is_half_written_and_it_works_again_after(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop, writers = opens(data), list[sqlite3.Connection]()

    def kept(folder: Path) -> sqlite3.Connection:
        writers.append(connect(folder))
        return writers[-1]

    monkeypatch.setattr(kiosk.store.intake, "connect", kept)
    intake, sent = Intake(data), submission(workshop, envelope_of(100_000))
    assert intake.store(submission(workshop)) is True
    before = rows(data, "SELECT * FROM acknowledged"), now(workshop, data)
    (pages,) = writers[0].execute("PRAGMA page_count").fetchone()
    writers[0].execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(NotStored, match="full"):
        intake.store(sent)
    assert (rows(data, "SELECT * FROM acknowledged"), now(workshop, data)) == before
    assert stored(data) == [b"sealed"]
    writers[0].execute("PRAGMA max_page_count = 100000")
    assert intake.store(sent) is True, "the sender kept it and sends it again"
    assert sorted(map(len, stored(data))) == [6, 100_000]
    intake.stop()


def test_a_disk_that_goes_away_gets_no_empty_file_and_is_used_again_when_it_is_back(
    intake: Intake, workshop: Workshop, data: Path
) -> None:
    sent, away = submission(workshop), data.with_name("away")
    data.rename(away)
    data.mkdir()
    for _ in range(2):
        with pytest.raises(NotStored):
            intake.store(sent)
    assert intake.hindrance == "cannot_save"
    assert list(data.iterdir()) == [], "an empty database would look like the kiosk's own"
    data.rmdir()
    away.rename(data)
    with suppress(NotStored):  # the first may only find out that the disk is back
        intake.store(sent)
    intake.store(sent)
    assert stored(data) == [b"sealed"]


def test_a_writer_that_finds_no_safe_settings_after_a_failure_lives_on(
    intake: Intake, workshop: Workshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsafe(_: Path) -> sqlite3.Connection:
        raise UnsafeDatabase("SQLite keeps journal_mode = delete instead of truncate.")

    monkeypatch.setattr(kiosk.store.intake, "connect", unsafe)
    with pytest.raises(NotStored):
        intake.store(Submission(workshop.id, new_submission_id(), "no such outcome", b"bad"))
    assert intake.store(submission(workshop)) is True


def test_one_submission_that_cannot_be_written_does_not_stop_the_writer(
    intake: Intake, workshop: Workshop, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kiosk.store.intake, "PATIENCE_SECONDS", 2.0)
    with pytest.raises((NotStored, ValueError)):
        intake.store(Submission(workshop.id, new_submission_id(), "no such outcome", b"bad"))
    assert intake.store(submission(workshop)) is True
    assert stored(data) == [b"sealed"]


def test_stopping_writes_what_was_acknowledged_and_a_new_start_knows_it(data: Path) -> None:
    workshop = opens(data)
    first, sent = Intake(data), submission(workshop)
    assert first.store(sent) is True
    first.stop()
    second = Intake(data)
    assert second.store(sent) is False
    second.stop()
    assert stored(data) == [b"sealed"]
