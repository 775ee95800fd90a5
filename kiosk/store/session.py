"""One transaction on a short-lived connection; whoever wrote leaves no order in the file."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from kiosk.store.database import connect, scrub


class Session:
    """A transaction: committed at the end of its block, rolled back if the block raises."""

    def __init__(self, data: Path, *, writes: bool = True) -> None:
        self._data = data
        self._writes = writes

    def __enter__(self) -> sqlite3.Connection:
        """Begin; whoever writes waits for the other writers first."""
        self._db = connect(self._data)
        self._db.execute("BEGIN IMMEDIATE" if self._writes else "BEGIN")
        return self._db

    def __exit__(self, kind: object, *_: object) -> None:
        """Commit or roll back, and rewrite the file if it was written."""
        try:
            self._db.execute("ROLLBACK" if kind else "COMMIT")
            if self._writes and not kind:
                scrub(self._db, self._data)
        finally:
            self._db.close()
