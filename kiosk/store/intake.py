"""Takes submissions: one thread writes, in groups, and each is acknowledged after its commit."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import Literal

from kiosk.store import tickets
from kiosk.store.database import FILE, UnsafeDatabase, connect, is_full, tidy
from kiosk.store.workshop import takes_answers
from kiosk.survey.answers import OUTCOMES

GROUP = 128
PATIENCE_SECONDS = 20.0
LONGEST_UNSCRUBBED_SECONDS = 0.25
COUNT_ONE = {
    name: f"UPDATE workshops SET {name} = {name} + 1, changed = changed + 1 WHERE id = ?"  # noqa: S608 - names are ours
    for name in OUTCOMES
}


Hindrance = Literal["", "disk_full", "cannot_save"]


class NotStored(Exception):
    """The submission is not stored; the sender must keep it and send it again."""

    hindrance: Hindrance = "cannot_save"


class Closed(Exception):
    """The workshop takes no more answers."""


@dataclass(frozen=True)
class Submission:
    """What one browser sent: `envelope` is None if only the outcome is counted.

    `from_screen` is proven by the screen's key: such a screen may have answered while the kiosk
    was out of reach, so it may still send after the workshop closed, and needs no ticket. Neither
    does a sheet that staff type in (`from_paper`), which is taken until the workshop is packed.
    """

    workshop_id: str
    submission_id: str
    outcome: str
    envelope: bytes | None = None
    ticket: str = ""
    from_screen: bool = False
    from_paper: bool = False

    def may_come_late(self, state: str, bundle: str | None) -> bool:
        """Tell whether it is taken of a workshop that takes no answers from phones any more."""
        return state != "planned" and (self.from_screen or (self.from_paper and not bundle))


@dataclass
class _Waiting:
    submission: Submission
    stored: Future[bool] = field(default_factory=Future)


class Intake:
    """The one writer of responses. `store` may be called from any thread.

    `hindrance` tells what kept the last ones from being stored; it is empty while all is well.
    """

    def __init__(self, data: Path, now: Callable[[], datetime] = datetime.now) -> None:
        self._data = data
        self._now = now
        self.hindrance: Hindrance = ""
        self._connection = connect(data)
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="intake", daemon=True)
        self._thread.start()

    def store(self, submission: Submission) -> bool:
        """Store a submission durably; return True if it is new, False if it was known already.

        Raises Closed if its workshop takes no answers, UnknownTicket or UsedTicket if it needed a
        ticket, NotStored if it could not be written.
        """
        waiting = _Waiting(submission)
        self._queue.put(waiting)
        try:
            return waiting.stored.result(timeout=PATIENCE_SECONDS)
        except TimeoutError as problem:
            raise NotStored("the writer is busy") from problem

    def stop(self) -> None:
        """Write what is waiting and end the thread."""
        self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        connection = self._connection
        scrubbed = monotonic()
        while (first := self._queue.get()) is not None:
            group, last = self._gather(first)
            self._write(connection, group)
            del first, group  # or they would be in memory until somebody else sends
            if self.hindrance == "cannot_save":
                connection = self._again(connection)
            # While others wait, the next group follows at once and is scrubbed with this one.
            if self._queue.empty() or monotonic() - scrubbed > LONGEST_UNSCRUBBED_SECONDS:
                tidy(connection, self._data)
                scrubbed = monotonic()
            if last:
                break
        tidy(connection, self._data)
        connection.close()

    def _again(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        """Return a new connection: one to a disk that went away knows nothing of its return.

        While the file is away, none is made in its place.
        """
        if not (self._data / FILE).exists():
            return connection
        with suppress(sqlite3.Error, OSError, UnsafeDatabase):
            fresh = connect(self._data)
            connection.close()
            return fresh
        return connection

    def _gather(self, first: _Waiting) -> tuple[list[_Waiting], bool]:
        group = [first]
        while len(group) < GROUP:
            try:
                waiting = self._queue.get_nowait()
            except Empty:
                break
            if waiting is None:
                return group, True
            group.append(waiting)
        return group, False

    def _write(self, connection: sqlite3.Connection, group: list[_Waiting]) -> None:
        try:
            connection.execute("BEGIN IMMEDIATE")
            results = [self._write_one(connection, waiting.submission) for waiting in group]
            connection.execute("COMMIT")
        except Exception as problem:  # whatever it is, those who sent must hear of it
            with suppress(sqlite3.Error):  # a failing disk; the next group tries again
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
            failed = NotStored(str(problem))
            failed.hindrance = self.hindrance = "disk_full" if is_full(problem) else "cannot_save"
            for waiting in group:
                waiting.stored.set_exception(failed)
            return
        self.hindrance = ""
        for waiting, result in zip(group, results, strict=True):
            if isinstance(result, bool):
                waiting.stored.set_result(result)
            else:
                waiting.stored.set_exception(result)

    def _write_one(self, db: sqlite3.Connection, submission: Submission) -> bool | Exception:
        """Write one submission: True if new, False if known, else why it is refused."""
        workshop = submission.workshop_id
        row = db.execute(
            "SELECT state, ends_at, tickets, salt, bundle FROM workshops WHERE id = ?", (workshop,)
        ).fetchone()
        if row is None:
            return Closed()
        state, ends_at, needs_ticket, salt, bundle = row
        digest = hmac.digest(salt, submission.submission_id.encode(), hashlib.sha256)[:16]
        if db.execute("SELECT 1 FROM acknowledged WHERE digest = ?", (digest,)).fetchone():
            return False
        late = submission.may_come_late(state, bundle)
        if not late and not takes_answers(state, ends_at, self._now()):
            return Closed()
        by_staff = submission.from_screen or submission.from_paper
        if needs_ticket and submission.envelope is not None and not by_staff:
            try:
                ticket = tickets.state(db, workshop, salt, submission.ticket)
            except (tickets.UnknownTicket, tickets.UsedTicket) as problem:
                return problem
            db.execute("UPDATE tickets SET used = 1 WHERE digest = ?", (ticket,))
        self._insert(db, digest, submission)
        return True

    def _insert(self, db: sqlite3.Connection, digest: bytes, submission: Submission) -> None:
        workshop = submission.workshop_id
        db.execute("INSERT INTO acknowledged VALUES (?, ?)", (digest, workshop))
        if submission.envelope is not None:
            values = (secrets.token_bytes(16), workshop, submission.envelope)
            db.execute("INSERT INTO responses VALUES (?, ?, ?)", values)
        db.execute(COUNT_ONE[submission.outcome], (workshop,))
        if submission.from_paper:
            db.execute("UPDATE workshops SET paper = 1 WHERE id = ?", (workshop,))
