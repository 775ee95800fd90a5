"""Ola has stolen the laptop. Nothing in its files tells him who answered first (P2).

Two hundred workshops are simulated with the real writer. For each place that could tell, the
envelopes' order there is compared with the order of arrival (Spearman's rank correlation). If
the place tells nothing, the mean over the runs is 0 within three standard errors. Chance alone
goes beyond that once in 370 times; such a place is tried on 200 fresh workshops, and is at fault
only if it fails these as well.
"""

from __future__ import annotations

import hmac
import math
import sqlite3
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

import pytest

from kiosk.bundle.freeze import freeze
from kiosk.store.database import FILE
from kiosk.store.intake import Intake
from kiosk.store.tickets import Tickets, digest
from kiosk.store.workshops import Workshops
from tests.store import envelope_of, in_memory, opens, rows, submission

RUNS = 200
PEOPLE = 13
SIZE = 1300  # as a real envelope: longer than a row may be without pages of its own
MARK = 16
PLACES = (
    "where envelopes begin in kiosk.db",
    "where envelopes end in kiosk.db",
    "SELECT of the responses",
    "where digests are in kiosk.db",
    "SELECT of the digests",
    "where burnt tickets are in kiosk.db",
    "SELECT of the burnt tickets",
    "names in the bundle",
    "bytes of the bundle",
)


def correlation(positions: Iterable[int]) -> float:
    """Return Spearman's rho between the order of arrival and positions, given in that order."""
    places = list(positions)
    assert len(set(places)) == len(places) == PEOPLE, "each one is there, once"
    ranks = {place: rank for rank, place in enumerate(sorted(places))}
    apart = sum((ranks[place] - arrival) ** 2 for arrival, place in enumerate(places))
    return 1 - 6 * apart / (PEOPLE * (PEOPLE**2 - 1))


def leans(correlations: list[float]) -> bool:
    """Tell whether the mean is more than three standard errors away from 0."""
    assert len(correlations) == RUNS
    error = 1 / math.sqrt((PEOPLE - 1) * RUNS)
    return abs(sum(correlations) / RUNS) > 3 * error


def tells_order(sample: Callable[[int], list[float]]) -> bool:
    return leans(sample(1)) and leans(sample(2))


def offsets(content: bytes, pieces: list[bytes]) -> list[int]:
    for piece in pieces:
        assert content.count(piece) == 1, "there is one copy of each, and no older one"
    return [content.index(piece) for piece in pieces]


def workshop_of(folder: Path) -> dict[str, float]:
    """Let people answer one after another; return each place's correlation with arrival."""
    workshop = opens(folder, tickets=True)
    tickets = Tickets(folder).draw(workshop, PEOPLE)
    intake = Intake(folder)
    sent = [envelope_of(SIZE) for _ in range(PEOPLE)]
    submissions = [
        submission(workshop, envelope, ticket=ticket)
        for envelope, ticket in zip(sent, tickets, strict=True)
    ]
    assert all(intake.store(one) for one in submissions)
    intake.stop()  # the writer tidies up after it has acknowledged; the workshop stays open
    ((salt,),) = rows(folder, "SELECT salt FROM workshops")
    digests = [hmac.digest(salt, one.submission_id.encode(), "sha256")[:16] for one in submissions]
    burnt = [digest(salt, ticket) for ticket in tickets]
    found = while_open(folder, sent, digests, burnt)
    workshops = Workshops(folder)
    workshops.close(workshop.code)
    return found | in_bundle(freeze(workshops, workshop.code), sent)


def while_open(
    folder: Path, sent: list[bytes], digests: list[bytes], burnt: list[bytes]
) -> dict[str, float]:
    files = {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    database = files.pop(FILE)
    for name, content in files.items():
        left = [piece for piece in (*sent, *digests, *burnt) if piece[:MARK] in content]
        assert not left, f"{name} holds answers too"
    responses = [row[0] for row in rows(folder, "SELECT envelope FROM responses")]
    acknowledged = [row[0] for row in rows(folder, "SELECT digest FROM acknowledged")]
    used = [row[0] for row in rows(folder, "SELECT digest FROM tickets WHERE used = 1")]
    found = (
        offsets(database, [envelope[:MARK] for envelope in sent]),
        offsets(database, [envelope[-MARK:] for envelope in sent]),
        [responses.index(envelope) for envelope in sent],
        offsets(database, digests),
        [acknowledged.index(one) for one in digests],
        offsets(database, burnt),
        [used.index(one) for one in burnt],
    )
    return dict(zip(PLACES, map(correlation, found), strict=False))


def in_bundle(path: Path, sent: list[bytes]) -> dict[str, float]:
    with zipfile.ZipFile(path) as archive:
        names = [name for name in archive.namelist() if name.startswith("responses/")]
        name_of = {archive.read(name): name for name in names}
        starts = [archive.getinfo(name_of[envelope]).header_offset for envelope in sent]
    return {
        "names in the bundle": correlation(names.index(name_of[envelope]) for envelope in sent),
        "bytes of the bundle": correlation(starts),
    }


@cache
def simulated(batch: int) -> dict[str, list[float]]:
    """Simulate 200 workshops; `batch` only tells one sample from another."""
    found = defaultdict[str, list[float]](list)
    for _ in range(RUNS):
        with in_memory() as folder:
            for place, value in workshop_of(Path(folder)).items():
                found[place].append(value)
    return dict(found)


def test_no_place_tells_in_which_order_people_answered() -> None:
    def telling(place: str) -> bool:
        return tells_order(lambda batch: simulated(batch)[place])

    assert [place for place in PLACES if telling(place)] == []


@pytest.mark.parametrize("table", ["", " WITHOUT ROWID"])
def test_the_same_statistic_convicts_a_table_whose_file_is_not_rewritten(table: str) -> None:
    def bytes_of_a_naive_file(_batch: int) -> list[float]:
        return [naive_workshop(table)[0] for _ in range(RUNS)]

    assert tells_order(bytes_of_a_naive_file)


def test_the_same_statistic_convicts_a_table_that_counts_its_rows() -> None:
    def select_of_a_naive_table(_batch: int) -> list[float]:
        return [naive_workshop("")[1] for _ in range(RUNS)]

    assert tells_order(select_of_a_naive_table)


def test_the_same_statistic_acquits_chance() -> None:
    def shuffled(_batch: int) -> list[float]:
        numbers = ([int.from_bytes(envelope_of(8)) for _ in range(PEOPLE)] for _ in range(RUNS))
        return [correlation(positions) for positions in numbers]

    assert not tells_order(shuffled)


def naive_workshop(table: str) -> tuple[float, float]:
    """Return the correlations of byte offset and SELECT in a table made without care."""
    db = sqlite3.connect(":memory:")
    db.execute(f"CREATE TABLE responses (key BLOB PRIMARY KEY, envelope BLOB){table}")
    sent = [envelope_of(64) for _ in range(PEOPLE)]
    for envelope in sent:
        db.execute("INSERT INTO responses VALUES (?, ?)", (envelope_of(16), envelope))
        db.commit()
    selected = [row[0] for row in db.execute("SELECT envelope FROM responses")]
    content = db.serialize()
    db.close()
    in_bytes = correlation(offsets(content, [envelope[:MARK] for envelope in sent]))
    return in_bytes, correlation(selected.index(envelope) for envelope in sent)
