"""At the start: notices a damaged database, sets it aside, and saves what can be saved.

What the kiosk goes on with is its last good copy, and over that every row of the damaged file
that can still be read. The damaged file is kept as it is.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from kiosk.files import make_folder, write_whole
from kiosk.store.copies import FOLDER, good_copy
from kiosk.store.database import DAMAGED, FILE, connect, prepare
from kiosk.store.restore import FRESH, fresh_folder, put_in_place
from kiosk.store.salvage import missing, salvage
from kiosk.store.settings import Settings

SETTING = "rescued"


@dataclass(frozen=True)
class Rescue:
    """What happened: the day, the folder of the damaged file, and what the kiosk goes on with.

    `copy` tells whether there was a good copy, `whole` whether every row could be read. `missing`
    counts responses that were acknowledged and are not there.
    """

    day: str
    folder: str
    copy: bool
    whole: bool
    missing: int


def rescue(data: Path) -> Rescue | None:
    """Mend the kiosk in `data` if its database is damaged; None if there was nothing to mend.

    Nobody else may use it meanwhile. The staff pages tell of it until somebody has read it.
    """
    if not _is_damaged(data):
        return None
    aside, fresh = fresh_folder(data, "damaged"), data / FRESH
    shutil.rmtree(fresh, ignore_errors=True)
    copy = good_copy(data)
    make_folder(fresh, 0o700)
    if copy:
        write_whole(fresh / FILE, copy.read_bytes())
    prepare(fresh)
    try:
        whole = salvage(data / FILE, fresh)
        put_in_place(data, fresh / FILE, aside)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)
    prepare(data)
    told = Rescue(date.today().isoformat(), str(aside), bool(copy), whole, missing(data))
    Settings(data).set(SETTING, json.dumps(asdict(told)))
    return told


def last_rescue(settings: Settings) -> Rescue | None:
    """Return what staff have not read yet."""
    kept = settings.get(SETTING)
    return Rescue(**json.loads(kept)) if kept else None


def forget_rescue(settings: Settings) -> None:
    """Tell of it no more: somebody has read it."""
    settings.set(SETTING, None)


def _is_damaged(data: Path) -> bool:
    """Tell whether the database cannot be used, after SQLite has mended what a cut left."""
    file = data / FILE
    if not file.is_file() or not file.stat().st_size:
        return (data / FOLDER / FILE).is_file()  # it was there once, and is gone or empty
    try:
        with closing(connect(data)) as db:
            (found,) = db.execute("PRAGMA quick_check(1)").fetchone()
            db.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as problem:
        if not str(problem.sqlite_errorname).startswith(DAMAGED):
            raise
        return True
    return bool(found != "ok")
