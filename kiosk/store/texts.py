"""Long texts that many rows share (surveys, studies, forms): each is kept once, by its digest.

The whole file is rewritten after every answer; a survey is as long as forty answers.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3

TABLE = "CREATE TABLE texts (digest TEXT PRIMARY KEY, content TEXT NOT NULL) WITHOUT ROWID"
DIGEST = re.compile("[0-9a-f]{64}")
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
    take_out(db)


def take_out(db: sqlite3.Connection) -> None:
    """Keep once what stands whole in a row; the row gets the digest instead."""
    for table, columns in SHARED.items():
        for column in columns:
            query = f"SELECT DISTINCT {column} FROM {table}"  # noqa: S608 - names are ours
            rows = db.execute(query).fetchall()
            for (text,) in rows:
                if not DIGEST.fullmatch(text):
                    change = f"UPDATE {table} SET {column} = ? WHERE {column} = ?"  # noqa: S608 - names are ours
                    db.execute(change, (keep(db, text), text))


def drop_lost(db: sqlite3.Connection) -> bool:
    """Let go of the rows whose text is nowhere; tell whether there were any."""
    lost = 0
    for table, columns in SHARED.items():
        for column in columns:
            lost += db.execute(
                f"DELETE FROM {table} WHERE {column} NOT IN (SELECT digest FROM texts)"  # noqa: S608 - names are ours
            ).rowcount
    return lost > 0
