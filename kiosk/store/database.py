"""The kiosk's one SQLite file: durable, and without time or order in its bytes (P1 to P3, P8).

`responses` has a random key and no rowid. After each group of answers the file is rewritten
(VACUUM), so that the place of a row in it tells nothing; the journal is truncated, deleted bytes
are zeroed, temporary tables stay in memory, and the files' time is always the same.
"""

from __future__ import annotations

import errno
import os
import secrets
import sqlite3
from contextlib import closing, suppress
from datetime import datetime, timedelta
from pathlib import Path

from kiosk import files
from kiosk.files import DiskFull, forget_time, make_folder
from kiosk.store import texts
from kiosk.without import without

with without("numpy", "pandas"):  # it would load them to know their types
    from sqlite_utils import Database, Migrations

FILE = "kiosk.db"
BUSY_SECONDS = 10.0
DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
UNWRITABLE = ("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")
CLOSED = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.ENOENT)
TWELVE_HOURS = timedelta(hours=12)  # for workshops that were open before they had an end

migrations = Migrations("kiosk")


class DamagedDatabase(Exception):
    """The database cannot be read; the message says what to do."""


class CannotWrite(Exception):
    """Nothing can be written into the data folder; the message says where, and what to do."""


class UnsafeDatabase(Exception):
    """SQLite did not accept a setting that durability or anonymity rests on."""


@migrations()
def workshops_and_responses(db: Database) -> None:
    """Make the first tables. Raw SQL: sqlite-utils cannot make WITHOUT ROWID tables."""
    db.execute("""
        CREATE TABLE workshops (
            id TEXT PRIMARY KEY, code TEXT UNIQUE NOT NULL, state TEXT NOT NULL,
            study TEXT NOT NULL, survey TEXT NOT NULL, survey_file TEXT NOT NULL,
            title TEXT NOT NULL, site TEXT NOT NULL, tool TEXT NOT NULL, languages TEXT NOT NULL,
            opened_on TEXT NOT NULL, salt BLOB NOT NULL, headcount INTEGER, bundle TEXT,
            complete INTEGER NOT NULL DEFAULT 0, partial INTEGER NOT NULL DEFAULT 0,
            under_half INTEGER NOT NULL DEFAULT 0, declined INTEGER NOT NULL DEFAULT 0,
            timed_out INTEGER NOT NULL DEFAULT 0
        ) WITHOUT ROWID""")
    db.execute("""
        CREATE TABLE responses (
            key BLOB PRIMARY KEY, workshop TEXT NOT NULL, envelope BLOB NOT NULL
        ) WITHOUT ROWID""")
    db.execute("""
        CREATE TABLE acknowledged (
            digest BLOB PRIMARY KEY, workshop TEXT NOT NULL
        ) WITHOUT ROWID""")


@migrations()
def the_facilitators_day(db: Database) -> None:
    """Let workshops be planned, end by themselves, be handed a screen, and be packed again."""
    for column in (
        "ends_at TEXT NOT NULL DEFAULT ''", "idle_minutes INTEGER NOT NULL DEFAULT 3",
        "tickets INTEGER NOT NULL DEFAULT 0", "screen_key TEXT NOT NULL DEFAULT ''",
        "exit_code TEXT NOT NULL DEFAULT ''", "printed_address TEXT NOT NULL DEFAULT ''",
        "said_no INTEGER", "left_early INTEGER",
        "edition INTEGER NOT NULL DEFAULT 0", "changed INTEGER NOT NULL DEFAULT 0",
    ):  # fmt: skip
        db.execute(f"ALTER TABLE workshops ADD COLUMN {column}")
    complete_workshops(db)
    db.execute("UPDATE workshops SET edition = 1 WHERE bundle IS NOT NULL")
    db.execute("CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID")
    db.execute("""
        CREATE TABLE tickets (
            digest BLOB PRIMARY KEY, workshop TEXT NOT NULL, used INTEGER NOT NULL DEFAULT 0
        ) WITHOUT ROWID""")
    db.execute("""
        CREATE TABLE self_reports (
            workshop TEXT NOT NULL, form TEXT NOT NULL, form_file TEXT NOT NULL,
            language TEXT NOT NULL, answers TEXT NOT NULL, finished INTEGER NOT NULL,
            PRIMARY KEY (workshop, form)
        ) WITHOUT ROWID""")


@migrations()
def sending(db: Database) -> None:
    """Remember where each bundle is and whether it arrived; no times, they would tell of people."""
    db.execute("""
        CREATE TABLE sendings (
            bundle TEXT NOT NULL, target TEXT NOT NULL, workshop TEXT NOT NULL,
            name TEXT NOT NULL, proof TEXT NOT NULL, PRIMARY KEY (bundle, target)
        ) WITHOUT ROWID""")
    db.execute("""
        CREATE TABLE arrivals (
            bundle TEXT PRIMARY KEY, workshop TEXT NOT NULL, day TEXT NOT NULL
        ) WITHOUT ROWID""")


@migrations()
def paper(db: Database) -> None:
    """Remember of a workshop as a whole whether sheets of paper were typed in, never of a row."""
    db.execute("ALTER TABLE workshops ADD COLUMN paper INTEGER NOT NULL DEFAULT 0")


@migrations()
def texts_once(db: Database) -> None:
    """Keep each survey, study and form once, however many workshops have it."""
    texts.move(db.conn)


def complete_workshops(db: Database | sqlite3.Connection) -> None:
    """Give workshops from before there were ends and kiosk screens an end, a key and a code."""
    ends_at = (datetime.now() + TWELVE_HOURS).isoformat(timespec="minutes")
    for (workshop,) in db.execute("SELECT id FROM workshops WHERE ends_at = ''").fetchall():
        db.execute(
            "UPDATE workshops SET screen_key = ?, exit_code = ?, ends_at = ? WHERE id = ?",
            (new_screen_key(), new_exit_code(), ends_at, workshop),
        )


def new_screen_key() -> str:
    """Return the secret that makes a browser a kiosk screen of one workshop."""
    return secrets.token_urlsafe(16)


def new_exit_code() -> str:
    """Return the four digits with which staff leave a kiosk screen."""
    return f"{secrets.randbelow(10_000):04}"


def connect(data: Path) -> sqlite3.Connection:
    """Open the kiosk's database (made if it is missing) with every safe setting, read back.

    Raises UnsafeDatabase if SQLite does not take one of them.
    """
    make_folder(data, 0o700)
    os.close(os.open(data / FILE, os.O_CREAT | os.O_RDONLY, 0o600))
    connection = sqlite3.connect(
        data / FILE, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    # An envelope fits into a page of 8 KiB; in smaller ones each would spill into its own page.
    connection.execute("PRAGMA page_size = 8192")
    wanted = {"journal_mode": "truncate", "synchronous": 2, "secure_delete": 1, "temp_store": 2}
    for pragma, value in wanted.items():
        connection.execute(f"PRAGMA {pragma} = {value}")
        (actual,) = connection.execute(f"PRAGMA {pragma}").fetchone()
        if actual != value:
            raise UnsafeDatabase(f"SQLite keeps {pragma} = {actual} instead of {value}.")
    connection.execute("PRAGMA fullfsync = 1")
    return connection


def prepare(data: Path) -> None:
    """Bring the database to the newest form, and free it of order that a crash left behind.

    Raises DiskFull if there is no room for the newest form, CannotWrite if the folder cannot be
    written to, DamagedDatabase if it is damaged.
    """
    try:
        with closing(connect(data)) as connection:
            migrations.apply(Database(connection))
            tidy(connection, data)
    except (sqlite3.Error, OSError) as problem:
        refuse(problem, data)
        if getattr(problem, "sqlite_errorname", "").startswith(DAMAGED):
            raise DamagedDatabase(
                f"The database in {data} is damaged. Please start the kiosk (kiosk serve): it sets "
                "the damaged file aside, and goes on with all that can be saved."
            ) from problem
        raise


def scrub(connection: sqlite3.Connection, data: Path) -> None:
    """Rewrite the file so that neither places nor times in it tell who came when."""
    connection.execute("VACUUM")
    for path in (data / FILE, data / f"{FILE}-journal", data):
        if path.exists():
            forget_time(path)


def tidy(connection: sqlite3.Connection, data: Path) -> None:
    """Rewrite the file if there is room. What was committed is safe; the next writer tries again.

    A kiosk whose disk is full goes on, and is scrubbed by the next group or the next start.
    """
    with suppress(sqlite3.Error, OSError):
        scrub(connection, data)


def refuse(problem: BaseException | None, data: Path) -> None:
    """Raise DiskFull or CannotWrite if that is what a problem was; return if it was another."""
    if is_full(problem):
        raise DiskFull from problem
    failed = str(getattr(problem, "sqlite_errorname", "")).startswith(UNWRITABLE)
    if failed or (isinstance(problem, OSError) and problem.errno in CLOSED):
        raise CannotWrite(
            f"Nothing can be written into {data}: {problem}. Please check that the folder belongs "
            "to you, and that its disk is there and is not write-protected; or name another "
            "folder: --data FOLDER"
        ) from problem


def is_full(problem: BaseException | None) -> bool:
    """Tell whether SQLite failed because the disk is full."""
    full = getattr(problem, "sqlite_errorname", "") == "SQLITE_FULL"
    return full or files.is_full(problem)
