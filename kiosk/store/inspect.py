"""Looks at the database without changing anything: no new file, no byte, no time of a file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from kiosk.store.database import BUSY_SECONDS, FILE


def damage(data: Path) -> str | None:
    """Return what is wrong with the database; None if it is sound or not there yet."""
    if not (data / FILE).is_file():
        return None
    try:
        with closing(_open(data)) as db:
            first = str(db.execute("PRAGMA integrity_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as problem:
        # A power cut in the middle of writing; SQLite mends it when the kiosk next starts.
        half_written = problem.sqlite_errorname == "SQLITE_READONLY_ROLLBACK"
        return None if half_written else str(problem)
    return None if first == "ok" else first


def look_up(data: Path, name: str) -> str | None:
    """Return a setting as `Settings` would; None also if there is no sound database."""
    if not (data / FILE).is_file():
        return None
    try:
        with closing(_open(data)) as db:
            row = db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
    except sqlite3.DatabaseError:
        return None
    return str(row[0]) if row else None


def _open(data: Path) -> sqlite3.Connection:
    address = f"{(data / FILE).absolute().as_uri()}?mode=ro"
    return sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
