"""Reads what can still be read of a damaged database, row by row, from both ends of each table."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from kiosk.store import texts
from kiosk.store.database import complete_workshops, connect, tidy

# table -> its key, and whether a row of the damaged file is newer than the copy's
TABLES = {
    "workshops": "id", "responses": "key", "acknowledged": "digest", "tickets": "digest",
    "self_reports": "workshop, form", "settings": "name", "sendings": "bundle, target",
    "arrivals": "bundle", "texts": "digest",
}  # fmt: skip
Row = tuple[object, ...]


def salvage(damaged: Path, into: Path) -> bool:
    """Bring the rows of a damaged file into the kiosk in `into`; tell whether all could be read.

    A table that can be read to its end takes the place of the copy's, so that nothing deleted
    comes back. Of any other, rows that can be read are added to the copy's.
    """
    whole = True
    with closing(connect(into)) as db, closing(_open(damaged)) as broken:
        db.execute("BEGIN IMMEDIATE")
        for table, key in TABLES.items():
            columns = _columns(broken, db, table)
            rows, to_the_end = _rows(broken, table, columns, key)
            whole = whole and (to_the_end or (table == "texts" and not columns))
            if to_the_end and table != "texts":  # what the copy needs stays
                db.execute(f"DELETE FROM {table}")  # noqa: S608 - names are ours
            marks = ", ".join("?" * len(columns))
            for row in rows:
                with suppress(sqlite3.IntegrityError):  # half of a row: the damaged file keeps it
                    db.execute(f"INSERT OR REPLACE INTO {table} ({', '.join(columns)}) "  # noqa: S608 - names are ours
                               f"VALUES ({marks})", row)  # fmt: skip
        texts.take_out(db)
        whole = not texts.drop_lost(db) and whole
        complete_workshops(db)
        db.execute("COMMIT")
        tidy(db, into)
    return whole


def missing(data: Path) -> int:
    """Return how many responses workshops have counted that are neither here nor in a bundle."""
    with closing(connect(data)) as db:
        rows = db.execute(
            "SELECT complete + partial + under_half - "
            "(SELECT count(*) FROM responses WHERE workshop = workshops.id) "
            "FROM workshops WHERE bundle IS NULL"
        ).fetchall()
    return sum(max(0, int(row[0])) for row in rows)


def _open(file: Path) -> sqlite3.Connection:
    """Open a file as it lies there; nothing in it is mended or changed."""
    if not file.is_file():
        return sqlite3.connect(":memory:")
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)


def _columns(broken: sqlite3.Connection, sound: sqlite3.Connection, table: str) -> list[str]:
    """Return the columns that both know; none if the damaged file does not know the table."""
    query = "SELECT name FROM pragma_table_info(?)"
    known = [row[0] for row in sound.execute(query, (table,))]
    try:
        there = {row[0] for row in broken.execute(query, (table,))}
    except sqlite3.DatabaseError:
        there = set()
    return [name for name in known if name in there]


def _rows(
    broken: sqlite3.Connection, table: str, columns: list[str], key: str
) -> tuple[set[Row], bool]:
    """Return the rows that can be read, and whether these are all."""
    found: set[Row] = set()
    if not columns:
        return found, False
    names, last = ", ".join(columns), key.replace(",", " DESC,")
    for order in (key, f"{last} DESC"):
        try:
            cursor = broken.execute(f"SELECT {names} FROM {table} ORDER BY {order}")  # noqa: S608 - names are ours
            for row in cursor:
                found.add(tuple(row))
        except sqlite3.DatabaseError:
            continue
        else:
            return found, True
    return found, False
