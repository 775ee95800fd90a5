"""One transaction on a short-lived connection; whoever wrote leaves no order in the file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kiosk.store.database import connect, is_full, refuse, tidy


class Session:
    """A transaction: committed at the end of its block, rolled back if the block raises.

    Raises DiskFull or CannotWrite, having changed nothing, where the disk takes nothing.
    """

    def __init__(self, data: Path, *, writes: bool = True) -> None:
        self._data = data
        self._writes = writes

    def __enter__(self) -> sqlite3.Connection:
        """Begin; whoever writes waits for the other writers first."""
        try:
            self._db = connect(self._data)
            self._db.execute("BEGIN IMMEDIATE" if self._writes else "BEGIN")
        except (sqlite3.Error, OSError) as problem:
            refuse(problem, self._data)
            raise
        return self._db

    def __exit__(self, kind: object, problem: BaseException | None, *_: object) -> None:
        """Commit or roll back, and rewrite the file if it was written."""
        try:
            if problem is None:
                self._db.execute("COMMIT")
                if self._writes:
                    tidy(self._db, self._data)
            elif self._db.in_transaction:  # SQLite rolls back by itself when the disk is full
                self._db.execute("ROLLBACK")
        except sqlite3.Error as failed:
            refuse(failed, self._data)
            raise
        finally:
            self._db.close()
        if isinstance(problem, sqlite3.Error) or is_full(problem):
            refuse(problem, self._data)
