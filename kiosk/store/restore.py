"""Puts a backup in the place of what a kiosk holds; what was there is set aside, never deleted."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import suppress
from datetime import date
from pathlib import Path

from kiosk.files import DiskFull, forget_time, is_full, make_folder, sync_folder, write_whole
from kiosk.store.backup import FOLDERS, SETTINGS_FILE
from kiosk.store.database import FILE, prepare
from kiosk.store.inspect import damage

JOURNAL = f"{FILE}-journal"
FRESH = ".restoring"


class CannotRestore(Exception):
    """Nothing was restored; the kiosk is as it was. The message says what to do."""


def restore(backup: Path, data: Path) -> Path | None:
    """Let a kiosk hold what a backup holds; return the folder in which its former things are.

    Sealed files and surveys that only the kiosk has stay where they are. None if nothing had to
    be set aside. Raises CannotRestore or DiskFull.
    """
    _check(backup, data)
    aside = fresh_folder(data, "before-restore")
    try:
        for file in _files(backup):
            _bring(file, data / file.relative_to(backup), aside / file.relative_to(backup))
        make_folder(data / FRESH, 0o700)
        write_whole(data / FRESH / FILE, (backup / FILE).read_bytes())
        put_in_place(data, data / FRESH / FILE, aside)
        prepare(data)
    except OSError as problem:
        if is_full(problem):
            raise DiskFull from problem
        raise CannotRestore(
            f"The backup could not be restored: {problem.strerror}. Nothing is lost; what was "
            f"changed already is in {aside}. Please mend that, and try again."
        ) from problem
    finally:
        shutil.rmtree(data / FRESH, ignore_errors=True)
    return aside if aside.exists() else None


def fresh_folder(data: Path, name: str) -> Path:
    """Return a folder of today that is not there yet."""
    first = data / f"{name}-{date.today().isoformat()}"
    more = (first.with_name(f"{first.name}-{number}") for number in range(2, 10_000))
    return next(path for path in (first, *more) if not path.exists())


def put_in_place(data: Path, fresh: Path, aside: Path) -> None:
    """Let `fresh` be the kiosk's database; the former one and its journal go into `aside`.

    After a power cut there is the former database or the fresh one, and never none.
    """
    if (data / FILE).exists():
        make_folder(aside, 0o700)
        try:
            os.link(data / FILE, aside / FILE)
        except OSError:  # a file system without a second name for a file
            write_whole(aside / FILE, (data / FILE).read_bytes())
        if (data / JOURNAL).exists() and (data / JOURNAL).stat().st_size:
            (data / JOURNAL).rename(aside / JOURNAL)
        sync_folder(aside)
    fresh.replace(data / FILE)
    sync_folder(data)
    with suppress(OSError):
        forget_time(data / FILE)


def _check(backup: Path, data: Path) -> None:
    if not (backup / FILE).is_file():
        raise CannotRestore(
            f"“{backup}” is no backup of a kiosk. Please name a folder that “kiosk backup” made; "
            "its name begins with kiosk-backup-."
        )
    if backup.resolve().is_relative_to(data.resolve()):
        raise CannotRestore(f"“{backup}” is the kiosk's own folder. Please name a backup.")
    try:
        found = damage(backup)
    except sqlite3.Error as problem:
        found = str(problem)
    if found:
        raise CannotRestore(
            f"The database in “{backup}” is damaged ({found}). Nothing was changed. Please take "
            "an earlier backup."
        )


def _files(backup: Path) -> list[Path]:
    inside = (path for name in FOLDERS for path in sorted((backup / name).rglob("*")))
    return [path for path in (backup / SETTINGS_FILE, *inside) if path.is_file()]


def _bring(source: Path, target: Path, aside: Path) -> None:
    """Copy one file; another one of its name is set aside first."""
    content = source.read_bytes()
    if target.is_file():
        former = target.read_bytes()
        if former == content:
            return
        make_folder(aside.parent, 0o700)
        write_whole(aside, former)
    make_folder(target.parent, 0o700)
    write_whole(target, content)
    forget_time(target)
