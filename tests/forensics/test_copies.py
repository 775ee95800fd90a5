"""Ola copies the disk twice. What he learns by that is written in the threat model, not more."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from typing import Any

from pyrage import decrypt, x25519

from kiosk.store.database import FILE
from tests.forensics.evening import BETWEEN, IN_TIME, LATE, Copy, Evening
from tests.forensics.test_disk import bundle_in

Rows = dict[str, set[tuple[Any, ...]]]
COUNTS = ("complete", "partial", "under_half", "changed")


def tables(copy: Copy) -> Rows:
    """Return every row of every table."""
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(copy[FILE].content)
        names = [
            row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        return {
            name: set(db.execute(f"SELECT * FROM {name}").fetchall())  # noqa: S608 - names are SQLite's
            for name in names
            if not name.startswith("sqlite_")
        }


def sealed_in(bundle: bytes) -> set[bytes]:
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        return {archive.read(n) for n in archive.namelist() if n.startswith("responses/")}


def test_two_copies_tell_which_envelope_is_new_and_nothing_of_who_sent_it(
    evening: Evening, identity: x25519.Identity
) -> None:
    """This is the limit that the threat model names: with the key, he can read that answer."""
    first, second = (tables(evening.copies[f"after {number}"]) for number in BETWEEN)
    new = {name: second[name] - first[name] for name in second}
    person = evening.people[BETWEEN[1] - 1]
    assert {name for name, rows in new.items() if rows} == changes_of(person.ticket)
    ((_key, _workshop, envelope),) = new["responses"]
    assert json.loads(decrypt(envelope, [identity]))["answers"] == person.answers
    ((before,), (after,)) = (first["workshops"], second["workshops"])
    moved = [(a, b) for a, b in zip(before, after, strict=True) if a != b]
    assert [b - a for a, b in moved] == [1, 1], "one count of what was sent, and what is not packed"


def changes_of(ticket: str) -> set[str]:
    """Return the tables in which one answer changes something."""
    return {"responses", "acknowledged", "workshops"} | ({"tickets"} if ticket else set())


def test_only_until_the_next_packing_late_answers_lie_apart(
    evening: Evening, identity: x25519.Identity
) -> None:
    """Also a limit: what waits in the database is late, what is in the bundle is not."""
    packed, late, again = (evening.copies[n] for n in ("packed", "late", "packed again"))
    assert tables(packed)["responses"] == tables(again)["responses"] == set()
    waiting = {row[2] for row in tables(late)["responses"]}
    assert len(waiting) == LATE
    before, after = (sealed_in(bundle_in(one).content) for one in (packed, again))
    assert len(before) == IN_TIME
    assert after == before | waiting
    rest = [found.content for path, found in again.items() if not path.endswith(".zip")]
    left = [one for one in before | waiting if any(one[-32:] in content for content in rest)]
    assert not left, "the former bundle is gone, and what was in the database too"
