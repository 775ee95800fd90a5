"""Each person in the room gets a slip of paper; with it one person answers once, unnamed (P11)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from kiosk.bundle.freeze import freeze
from kiosk.store.intake import Closed, Intake
from kiosk.store.tickets import LENGTH, MOST, Tickets, UnknownTicket, UsedTicket
from kiosk.store.workshop import Workshop
from kiosk.store.workshops import ALPHABET, Workshops
from tests.conftest import new_submission_id
from tests.store import envelope_of, opens, rows, submission

PEOPLE = 20


@pytest.fixture
def workshop(data: Path) -> Workshop:
    return opens(data, tickets=True)


@pytest.fixture
def tickets(workshop: Workshop, data: Path) -> Tickets:
    return Tickets(data)


@pytest.fixture
def intake(workshop: Workshop, data: Path) -> Iterator[Intake]:
    intake = Intake(data)
    yield intake
    intake.stop()


def stored(data: Path) -> int:
    return len(rows(data, "SELECT 1 FROM responses"))


def burnt(data: Path) -> list[tuple[bytes, int]]:
    return rows(data, "SELECT digest, used FROM tickets")


def test_a_ticket_lets_one_person_answer_once(
    intake: Intake, workshop: Workshop, tickets: Tickets, data: Path
) -> None:
    first, second = tickets.draw(workshop, 2)
    tickets.check(workshop, first)
    assert intake.store(submission(workshop, ticket=first)) is True
    with pytest.raises(UsedTicket):
        tickets.check(workshop, first)
    with pytest.raises(UsedTicket):
        intake.store(submission(workshop, ticket=first))
    tickets.check(workshop, second)
    assert stored(data) == Workshops(data).get(workshop.code).sent == 1
    assert tickets.counts(workshop) == (2, 1)


@pytest.mark.parametrize("ticket", ["", "nosuch", "no such ticket " * 50, "ትግርኛ", "' OR 1"])
def test_without_a_good_ticket_nothing_is_stored_and_nothing_burnt(
    intake: Intake, workshop: Workshop, tickets: Tickets, data: Path, ticket: str
) -> None:
    tickets.draw(workshop, 3)
    before = rows(data, "SELECT * FROM acknowledged"), burnt(data)
    with pytest.raises(UnknownTicket):
        tickets.check(workshop, ticket)
    with pytest.raises(UnknownTicket):
        intake.store(submission(workshop, ticket=ticket))
    assert (stored(data), Workshops(data).get(workshop.code).sent) == (0, 0)
    assert (rows(data, "SELECT * FROM acknowledged"), burnt(data)) == before


def test_a_ticket_of_another_workshop_is_unknown(
    intake: Intake, workshop: Workshop, tickets: Tickets, data: Path
) -> None:
    (other,) = tickets.draw(opens(data, tickets=True), 1)
    with pytest.raises(UnknownTicket):
        intake.store(submission(workshop, ticket=other))


def test_a_phone_that_missed_the_answer_is_told_again_that_all_is_well(
    intake: Intake, workshop: Workshop, tickets: Tickets, data: Path
) -> None:
    (ticket,) = tickets.draw(workshop, 1)
    sent = submission(workshop, ticket=ticket)
    assert intake.store(sent) is True
    assert intake.store(sent) is False, "its own ticket, burnt by itself, does not stop it"
    assert (stored(data), tickets.counts(workshop)) == (1, (1, 1))


def test_twenty_phones_with_one_ticket_at_once_burn_it_once(
    intake: Intake, workshop: Workshop, tickets: Tickets, data: Path
) -> None:
    (ticket,) = tickets.draw(workshop, 1)
    ready = Barrier(PEOPLE)

    def person(_: int) -> str:
        ready.wait()
        try:
            return str(intake.store(submission(workshop, envelope_of(64), ticket=ticket)))
        except UsedTicket:
            return "used"

    with ThreadPoolExecutor(PEOPLE) as room:
        told = sorted(room.map(person, range(PEOPLE)))
    assert told == ["True"] + ["used"] * (PEOPLE - 1)
    assert stored(data) == Workshops(data).get(workshop.code).sent == 1


def test_a_room_with_a_ticket_each_loses_nobody(
    intake: Intake, workshop: Workshop, tickets: Tickets, data: Path
) -> None:
    drawn = tickets.draw(workshop, PEOPLE)
    with ThreadPoolExecutor(PEOPLE) as room:
        told = list(room.map(lambda one: intake.store(submission(workshop, ticket=one)), drawn))
    assert told == [True] * PEOPLE
    assert stored(data) == PEOPLE
    assert tickets.counts(workshop) == (PEOPLE, PEOPLE)


def test_a_shared_screen_and_a_person_who_says_no_need_no_ticket(
    intake: Intake, workshop: Workshop, tickets: Tickets
) -> None:
    tickets.draw(workshop, 3)
    assert intake.store(submission(workshop, from_screen=True)) is True
    assert intake.store(submission(workshop, None, outcome="declined")) is True
    assert tickets.counts(workshop) == (3, 0)


def test_a_ticket_may_be_typed_as_people_type(
    intake: Intake, workshop: Workshop, tickets: Tickets
) -> None:
    (ticket,) = tickets.draw(workshop, 1)
    typed = f" {ticket[:3].upper()}-{ticket[3:]}. "
    tickets.check(workshop, typed)
    assert intake.store(submission(workshop, ticket=typed)) is True
    with pytest.raises(UsedTicket):
        tickets.check(workshop, ticket)


def test_tickets_are_short_easy_to_read_and_drawn_in_no_order(
    workshop: Workshop, tickets: Tickets
) -> None:
    drawn = tickets.draw(workshop, MOST + 100)
    assert len(set(drawn)) == len(drawn) == MOST
    assert all(len(ticket) == LENGTH and set(ticket) <= set(ALPHABET) for ticket in drawn)
    assert drawn != sorted(drawn)
    assert tickets.counts(workshop) == (MOST, 0)


def test_nothing_leads_from_a_ticket_to_an_answer(
    intake: Intake, workshop: Workshop, tickets: Tickets, data: Path
) -> None:
    for ticket in tickets.draw(workshop, 5):
        intake.store(submission(workshop, envelope_of(64), ticket=ticket))
    cells = {
        table: {cell for row in rows(data, f"SELECT * FROM {table}") for cell in row}  # noqa: S608 - names are ours
        for table in ("tickets", "responses", "acknowledged")
    }
    assert cells["tickets"] & (cells["responses"] | cells["acknowledged"]) == {workshop.id}
    assert {used for _, used in burnt(data)} == {1}, "a used ticket has no number and no time"


def test_tickets_are_void_once_the_workshop_is_packed(
    intake: Intake, workshop: Workshop, tickets: Tickets, data: Path
) -> None:
    used, unused = tickets.draw(workshop, 2)
    sent = submission(workshop, ticket=used)
    intake.store(sent)
    workshops = Workshops(data)
    workshops.close(workshop.code)
    freeze(workshops, workshop.code)
    assert burnt(data) == []
    for ticket in (used, unused):
        with pytest.raises(UnknownTicket):
            tickets.check(workshop, ticket)
        with pytest.raises(Closed):
            intake.store(submission(workshop, submission_id=new_submission_id(), ticket=ticket))
    assert intake.store(sent) is False, "what was acknowledged stays acknowledged"
