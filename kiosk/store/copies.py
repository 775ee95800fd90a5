"""The good copy of the database that the kiosk keeps beside it, for the day that one is damaged.

It is as sealed as the database, rewritten like it, and made between workshops only: a copy from
the middle of one would tell which answers came before it.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from kiosk.files import forget_time, make_folder, sync_folder
from kiosk.store.database import FILE, connect
from kiosk.store.inspect import damage

FOLDER = "safe-copy"


def keep_copy(data: Path) -> None:
    """Make the copy anew; the former one goes only when the new one is whole and on the disk.

    Raises OSError or sqlite3.Error.
    """
    fresh = data / f".{FOLDER}"
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    try:
        copy_database(data, fresh)
        make_folder(data / FOLDER, 0o700)
        (fresh / FILE).replace(data / FOLDER / FILE)
        sync_folder(data / FOLDER)
        forget_time(data / FOLDER)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    forget_time(data)


def forget_copy(data: Path) -> None:
    """Remove the copy, because something in it was deleted for good."""
    if (data / FOLDER / FILE).is_file():
        (data / FOLDER / FILE).unlink()
        forget_time(data / FOLDER)


def good_copy(data: Path) -> Path | None:
    """Return the copy's file, if it is there and sound."""
    file = data / FOLDER / FILE
    return file if file.is_file() and damage(file.parent) is None else None


def copy_database(data: Path, to: Path) -> None:
    """Write a rewritten copy, so that no order and no deleted byte ever reaches the other place.

    Raises OSError or sqlite3.Error, also if the copy does not read back.
    """
    file = to / FILE
    os.close(os.open(file, os.O_CREAT | os.O_EXCL, 0o600))
    with closing(connect(data)) as db:
        db.execute("VACUUM INTO ?", (str(file),))
    with file.open("rb+") as written:
        os.fsync(written.fileno())
    found = damage(to)
    if found:
        raise sqlite3.DatabaseError(f"the copy of the database is damaged ({found})")
    forget_time(file)
