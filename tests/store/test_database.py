"""What stands in the kiosk's one file, and what must never stand there (P1, P3, P8)."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from kiosk.bundle.freeze import freeze
from kiosk.store.database import FILE, connect, migrations, prepare
from kiosk.store.intake import Intake
from kiosk.store.workshop import Workshop
from kiosk.store.workshops import Workshops
from tests.store import STUDY, SURVEY, envelope_of, opens, rows, submission

NO_ROWID = (
    "workshops", "responses", "acknowledged", "tickets", "self_reports", "settings", "sendings",
    "arrivals", "texts",
)  # fmt: skip


@pytest.fixture
def workshop(data: Path) -> Workshop:
    return opens(data)


@pytest.fixture
def intake(workshop: Workshop, data: Path) -> Iterator[Intake]:
    intake = Intake(data)
    yield intake
    intake.stop()


def pragma(data: Path, name: str) -> object:
    connection = connect(data)
    (value,) = connection.execute(f"PRAGMA {name}").fetchone()
    connection.close()
    return value


def files(data: Path) -> list[Path]:
    return [path for path in data.rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("journal_mode", "truncate"), ("synchronous", 2), ("secure_delete", 1),
        ("temp_store", 2), ("fullfsync", 1),
    ],
)  # fmt: skip
def test_every_safe_setting_is_on(data: Path, name: str, value: object) -> None:
    assert pragma(data, name) == value


def test_a_database_that_somebody_put_into_wal_mode_is_brought_back(
    workshop: Workshop, data: Path
) -> None:
    other = sqlite3.connect(data / FILE)
    other.execute("PRAGMA journal_mode = wal")
    other.close()
    assert pragma(data, "journal_mode") == "truncate"
    assert not (data / f"{FILE}-wal").exists()


def test_a_response_has_a_random_key_a_workshop_and_an_envelope_and_nothing_else(
    workshop: Workshop, data: Path
) -> None:
    columns = rows(data, "SELECT name, type FROM pragma_table_info('responses')")
    assert columns == [("key", "BLOB"), ("workshop", "TEXT"), ("envelope", "BLOB")]


def test_what_is_acknowledged_is_known_by_a_digest_and_nothing_else(
    workshop: Workshop, data: Path
) -> None:
    columns = rows(data, "SELECT name, type FROM pragma_table_info('acknowledged')")
    assert columns == [("digest", "BLOB"), ("workshop", "TEXT")]


def test_a_ticket_is_a_digest_and_whether_it_is_used_and_nothing_else(
    workshop: Workshop, data: Path
) -> None:
    columns = rows(data, "SELECT name, type FROM pragma_table_info('tickets')")
    assert columns == [("digest", "BLOB"), ("workshop", "TEXT"), ("used", "INTEGER")]


def test_keys_and_digests_are_128_bits(intake: Intake, workshop: Workshop, data: Path) -> None:
    for _ in range(5):
        intake.store(submission(workshop))
    keys = rows(data, "SELECT key FROM responses")
    digests = rows(data, "SELECT digest FROM acknowledged")
    assert [len(row[0]) for row in (*keys, *digests)] == [16] * 10
    assert not set(keys) & set(digests), "no digest leads to its response"


def test_no_table_with_a_rowid_holds_anything_of_a_workshop(workshop: Workshop, data: Path) -> None:
    for table in NO_ROWID:
        with pytest.raises(sqlite3.OperationalError, match="no such column: rowid"):
            rows(data, f"SELECT rowid FROM {table}")  # noqa: S608 - names are ours
    tables = {row[0] for row in rows(data, "SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables - set(NO_ROWID) == {"_sqlite_migrations"}


def test_nothing_counts_or_logs_rows_behind_our_back(workshop: Workshop, data: Path) -> None:
    kinds = rows(data, "SELECT name FROM sqlite_master WHERE type IN ('trigger', 'view')")
    assert kinds == []
    assert rows(data, "SELECT name FROM sqlite_master WHERE name = 'sqlite_sequence'") == []


def test_no_journal_keeps_what_was_written(intake: Intake, workshop: Workshop, data: Path) -> None:
    for _ in range(3):
        intake.store(submission(workshop, envelope_of(1300)))
    intake.stop()
    others = [path for path in files(data) if path.name != FILE]
    assert [path.stat().st_size for path in others] == [0] * len(others)
    assert not (data / f"{FILE}-wal").exists()


def test_envelopes_that_left_in_a_bundle_leave_no_bytes_behind(
    intake: Intake, workshop: Workshop, data: Path
) -> None:
    sent = [envelope_of(1300) for _ in range(5)]
    for envelope in sent:
        intake.store(submission(workshop, envelope))
    intake.stop()
    assert all(envelope[:16] in (data / FILE).read_bytes() for envelope in sent)
    workshops = Workshops(data)
    workshops.close(workshop.code)
    bundle = freeze(workshops, workshop.code)
    for path in files(data):
        if path != bundle:
            content = path.read_bytes()
            assert not [one for one in sent if one[:16] in content or one[-16:] in content]


def test_a_workshop_keeps_its_day_and_no_time_of_day(workshop: Workshop, data: Path) -> None:
    (row,) = rows(data, "SELECT * FROM workshops")
    assert workshop.opened_on in row
    planned = workshop.plan.ends_at.isoformat(timespec="minutes")
    times = [cell for cell in row if re.search(r"\d\d:\d\d", str(cell))]
    assert times == [planned], "only its end is known, as it was planned"


def test_a_start_frees_the_file_of_the_order_that_a_crash_left(
    workshop: Workshop, data: Path
) -> None:
    keys, envelopes = ([envelope_of(16) for _ in range(12)] for _ in "ab")
    crashed = connect(data)
    for key, envelope in zip(keys, envelopes, strict=True):
        crashed.execute("INSERT INTO responses VALUES (?, ?, ?)", (key, workshop.id, envelope))
    crashed.close()
    assert by_place(data, envelopes) in (envelopes, envelopes[::-1]), "the order of arrival"
    prepare(data)
    by_key = [envelope for _, envelope in sorted(zip(keys, envelopes, strict=True))]
    assert by_place(data, envelopes) in (by_key, by_key[::-1]), "the order of the random keys"


def by_place(data: Path, envelopes: list[bytes]) -> list[bytes]:
    return sorted(envelopes, key=(data / FILE).read_bytes().index)


def test_starting_again_keeps_everything(intake: Intake, workshop: Workshop, data: Path) -> None:
    intake.store(submission(workshop))
    prepare(data)
    assert rows(data, "SELECT envelope FROM responses") == [(b"sealed",)]
    assert Workshops(data).get(workshop.code).sent == 1


def test_a_kiosk_that_is_updated_keeps_its_workshops_and_leaves_open_ones_open(
    data: Path,
) -> None:
    old = connect(data)
    migrations.apply(Database(old), stop_before="the_facilitators_day")
    for code, state, bundle in (("aaaaa", "open", None), ("ccccc", "closed", "old.bundle.zip")):
        old.execute(
            "INSERT INTO workshops (id, code, state, study, survey, survey_file, title, site, tool,"
            " languages, opened_on, salt, bundle, complete) "
            "VALUES (?1, ?1, ?2, ?4, 'small', ?5, 'Draw', '', '', '[]', '2026-02-03', '', ?3, 7)",
            (code, state, bundle, STUDY, SURVEY),
        )
    old.close()
    prepare(data)
    left_open, packed = (Workshops(data).get(code) for code in ("aaaaa", "ccccc"))
    assert (left_open.state, left_open.edition, left_open.bundle) == ("open", 0, None)
    assert (packed.state, packed.edition, packed.bundle) == ("closed", 1, "old.bundle.zip")
    assert [workshop.counters["complete"] for workshop in (left_open, packed)] == [7, 7]
    assert left_open.screen_key != packed.screen_key, "each has a secret of its own"
    prepare(data)
    assert Workshops(data).get("aaaaa") == left_open, "the next start changes nothing"
