"""Takes submissions: one thread writes, in groups, and each is acknowledged after its commit."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic

from kiosk.store.database import connect, scrub
from kiosk.survey.answers import OUTCOMES

GROUP = 128
PATIENCE_SECONDS = 20.0
LONGEST_UNSCRUBBED_SECONDS = 0.25
COUNT_ONE = {
    name: f"UPDATE workshops SET {name} = {name} + 1 WHERE id = ?"  # noqa: S608 - names are ours
    for name in OUTCOMES
}


class NotStored(Exception):
    """The submission is not stored; the sender must keep it and send it again."""


class Closed(Exception):
    """The workshop takes no more answers."""


@dataclass(frozen=True)
class Submission:
    """What one browser sent: `envelope` is None if only the outcome is counted."""

    workshop_id: str
    submission_id: str
    outcome: str
    envelope: bytes | None = None


@dataclass
class _Waiting:
    submission: Submission
    stored: Future[bool] = field(default_factory=Future)


class Intake:
    """The one writer of responses. `store` may be called from any thread."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._connection = connect(data)
        self._queue: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._thread = Thread(target=self._run, name="intake", daemon=True)
        self._thread.start()

    def store(self, submission: Submission) -> bool:
        """Store a submission durably; return True if it is new, False if it was known already.

        Raises Closed if its workshop takes no answers, NotStored if it could not be written.
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
            # While others wait, the next group follows at once and is scrubbed with this one.
            if self._queue.empty() or monotonic() - scrubbed > LONGEST_UNSCRUBBED_SECONDS:
                self._scrub(connection)
                scrubbed = monotonic()
            if last:
                break
        self._scrub(connection)
        connection.close()

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
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            for waiting in group:
                waiting.stored.set_exception(NotStored(str(problem)))
            return
        for waiting, result in zip(group, results, strict=True):
            if result is None:
                waiting.stored.set_exception(Closed())
            else:
                waiting.stored.set_result(result)

    def _write_one(self, connection: sqlite3.Connection, submission: Submission) -> bool | None:
        """Write one submission: True if new, False if known, None if the workshop is closed."""
        workshop = submission.workshop_id
        row = connection.execute("SELECT state, salt FROM workshops WHERE id = ?", (workshop,))
        state, salt = row.fetchone() or ("closed", b"")
        digest = hmac.digest(salt, submission.submission_id.encode(), hashlib.sha256)[:16]
        known = connection.execute("SELECT 1 FROM acknowledged WHERE digest = ?", (digest,))
        if known.fetchone():
            return False
        if state != "open":
            return None
        connection.execute("INSERT INTO acknowledged VALUES (?, ?)", (digest, workshop))
        if submission.envelope is not None:
            values = (secrets.token_bytes(16), workshop, submission.envelope)
            connection.execute("INSERT INTO responses VALUES (?, ?, ?)", values)
        connection.execute(COUNT_ONE[submission.outcome], (workshop,))
        return True

    def _scrub(self, connection: sqlite3.Connection) -> None:
        try:
            scrub(connection, self._data)
        except (sqlite3.Error, OSError):
            # The answers are safe. The next batch, or the next start, rewrites the file.
            return
