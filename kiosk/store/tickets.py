"""Tickets: one-time slips that let one person answer once, without saying who (P11).

Only keyed digests are kept, in a table that nothing joins to a response; burnt at Send, deleted
when the bundle is made.
"""

from __future__ import annotations

import hashlib
import hmac
import random
import sqlite3
from pathlib import Path

from kiosk.store.session import Session
from kiosk.store.workshop import Workshop
from kiosk.store.workshops import ALPHABET, random_code

LENGTH = 6
MOST = 200


class UnknownTicket(Exception):
    """There is no such ticket for this workshop."""


class UsedTicket(Exception):
    """Somebody has answered with this ticket already."""


def tidy(ticket: str) -> str:
    """Return a ticket as it was drawn, however it was typed: without spaces, in small letters."""
    return "".join(letter for letter in ticket.lower() if letter in ALPHABET)


def digest(salt: bytes, ticket: str) -> bytes:
    """Return what is kept of a ticket."""
    return hmac.digest(salt, b"ticket:" + tidy(ticket).encode(), hashlib.sha256)[:16]


def state(db: sqlite3.Connection, workshop_id: str, salt: bytes, ticket: str) -> bytes:
    """Return the digest of a ticket that is good. Raises UnknownTicket or UsedTicket."""
    key = digest(salt, ticket)
    found = db.execute("SELECT used FROM tickets WHERE digest = ? AND workshop = ?",
                       (key, workshop_id)).fetchone()  # fmt: skip
    if found is None:
        raise UnknownTicket(ticket)
    if found[0]:
        raise UsedTicket(ticket)
    return key


class Tickets:
    """Makes tickets and looks them up; the codes themselves are only on the printed slips."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def draw(self, workshop: Workshop, number: int) -> list[str]:
        """Return new tickets, in an order that says nothing (at most MOST at a time)."""
        tickets = {random_code(LENGTH) for _ in range(min(number, MOST))}
        with Session(self._data) as db:
            salt = self._salt(db, workshop)
            rows = [(digest(salt, ticket), workshop.id) for ticket in sorted(tickets)]
            db.executemany("INSERT OR IGNORE INTO tickets (digest, workshop) VALUES (?, ?)", rows)
        drawn = sorted(tickets)
        random.SystemRandom().shuffle(drawn)
        return drawn

    def check(self, workshop: Workshop, ticket: str) -> None:
        """Raise UnknownTicket or UsedTicket unless the ticket can still be used."""
        with Session(self._data, writes=False) as db:
            state(db, workshop.id, self._salt(db, workshop), ticket)

    def counts(self, workshop: Workshop) -> tuple[int, int]:
        """Return how many tickets there are, and how many of them are used."""
        with Session(self._data, writes=False) as db:
            row = db.execute("SELECT COUNT(*), COALESCE(SUM(used), 0) FROM tickets WHERE "
                             "workshop = ?", (workshop.id,)).fetchone()  # fmt: skip
        return int(row[0]), int(row[1])

    def _salt(self, db: sqlite3.Connection, workshop: Workshop) -> bytes:
        (salt,) = db.execute("SELECT salt FROM workshops WHERE id = ?", (workshop.id,)).fetchone()
        return bytes(salt)
