"""Long texts that many rows share (surveys, studies, forms): each is kept once, by its digest.

The whole file is rewritten after every answer; a survey is as long as forty answers.
"""

from __future__ import annotations

import hashlib
import sqlite3

TABLE = "CREATE TABLE texts (digest TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID"
SHARED = {"workshops": ("study", "survey_file"), "self_reports": ("form_file",)}


def keep(db: sqlite3.Connection, text: str) -> str:
    """Keep a text if it is new; return the digest that stands for it in other tables."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    db.execute("INSERT OR IGNORE INTO texts VALUES (?, ?)", (digest, text))
    return digest


def whole(column: str) -> str:
    """Return the SQL that reads the text for which a digest in `column` stands."""
    return f"(SELECT content FROM texts WHERE digest = {column})"  # noqa: S608 - names are ours


def drop_unused(db: sqlite3.Connection) -> None:
    """Let go of the texts that no row needs any more."""
    used = " UNION ".join(
        f"SELECT {column} FROM {table}"  # noqa: S608 - names are ours
        for table, columns in SHARED.items()
        for column in columns
    )
    db.execute(f"DELETE FROM texts WHERE digest NOT IN ({used})")  # noqa: S608 - names are ours


def move(db: sqlite3.Connection) -> None:
    """Take the texts out of the tables in which each row had its own (before version 0.6)."""
    db.execute(TABLE)
    for table, columns in SHARED.items():
        for column in columns:
            rows = db.execute(f"SELECT DISTINCT {column} FROM {table}").fetchall()  # noqa: S608 - names are ours
            for (text,) in rows:
                change = f"UPDATE {table} SET {column} = ? WHERE {column} = ?"  # noqa: S608 - names are ours
                db.execute(change, (keep(db, text), text))
