"""Copies everything a kiosk keeps into a folder that can itself be used as a data folder."""

from __future__ import annotations

import os
import secrets
import shutil
import sqlite3
import tempfile
from contextlib import suppress
from datetime import date
from pathlib import Path

from kiosk.files import forget_time, sync_folder
from kiosk.store.copies import copy_database
from kiosk.store.database import FILE, prepare
from kiosk.store.inspect import look_up
from kiosk.store.settings import Settings
from kiosk.store.workshops import ALPHABET

PREFIX = "kiosk-backup-"
FOLDERS = ("bundles", "made-sounds", "sounds", "studies", "surveys")
SETTINGS_FILE = "kiosk.toml"
KIOSK_ID = "kiosk_id"
LETTERS = "".join(sign for sign in ALPHABET if sign.isalpha())


class CannotBackUp(Exception):
    """No backup was made; an earlier one is as it was. The message says what to do."""


def back_up(data: Path, folder: Path) -> Path:
    """Make today's backup inside `folder`, in the place of this kiosk's earlier one of today.

    The copy of the database is rewritten and checked, and the whole is on the disk before it gets
    its name. Raises CannotBackUp.
    """
    _refuse(data, folder)
    name = f"{PREFIX}{_kiosk_id(data)}"
    target = folder / f"{name}-{date.today().isoformat()}"
    _refuse_itself(data, target)
    try:
        unfinished = Path(tempfile.mkdtemp(dir=folder, prefix=f".{name}-"))
        try:
            _fill(data, unfinished)
            _swap(unfinished, target, f".{name}-")
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    except (OSError, sqlite3.Error) as problem:
        reason = problem.strerror if isinstance(problem, OSError) else problem
        raise CannotBackUp(
            f"The backup into {folder} failed: {reason}. Please check that the folder can be "
            "written to and is not full, and try again. “kiosk doctor” checks the kiosk itself."
        ) from problem
    _keep(data, "last_backup", date.today().isoformat())
    return target


def backups_of(data: Path, folder: Path) -> list[tuple[str, Path]]:
    """Return (day, path) of this kiosk's backups in a folder, the oldest first."""
    name = f"{PREFIX}{look_up(data, KIOSK_ID)}-"
    found = (path for path in folder.glob(f"{name}*") if (path / FILE).is_file())
    return sorted((path.name.removeprefix(name), path) for path in found)


def _refuse(data: Path, folder: Path) -> None:
    """Raise CannotBackUp if there is nothing to copy, or the copy would lie in a wrong place."""
    if not (data / FILE).is_file():
        raise CannotBackUp(
            f"There is nothing to back up in {data} yet. If this kiosk was used before, please "
            "name its folder: --data FOLDER"
        )
    if not folder.is_dir():
        raise CannotBackUp(
            f"There is no folder “{folder}”. Please put in the USB stick, or make the folder first."
        )
    if folder.resolve().is_relative_to(data.resolve()):
        raise _beside(data)


def _refuse_itself(data: Path, target: Path) -> None:
    """Raise CannotBackUp if the kiosk runs on the very backup that would be replaced."""
    if data.resolve().is_relative_to(target.resolve()):
        raise _beside(data)


def _beside(data: Path) -> CannotBackUp:
    return CannotBackUp(
        f"A backup beside the kiosk's own data in {data} would be lost together with it. "
        "Please choose a folder on another disk or on a USB stick."
    )


def _kiosk_id(data: Path) -> str:
    """Return four letters that tell this kiosk's backups from others on the same stick.

    Made once and kept; a kiosk too full or too broken to keep them has its backup all the same.
    """
    known = look_up(data, KIOSK_ID)
    if known:
        return known
    made = "".join(secrets.choice(LETTERS) for _ in range(4))
    _keep(data, KIOSK_ID, made)
    return made


def _fill(data: Path, copy: Path) -> None:
    # The database first: a workshop that is packed meanwhile is then in it, or in its bundle, or
    # in both; never in neither.
    copy_database(data, copy)
    for name in (SETTINGS_FILE, *FOLDERS):
        for source in (data / name, *sorted((data / name).rglob("*"))):
            path = copy / source.relative_to(data)
            if source.is_dir():
                path.mkdir(mode=0o700)
            elif source.is_file() and not source.name.startswith("."):  # a dot: not finished
                _write(path, source.read_bytes())
    for folder in (copy, *(path for path in copy.rglob("*") if path.is_dir())):
        sync_folder(folder)


def _write(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    forget_time(path)


def _swap(unfinished: Path, target: Path, ours: str) -> None:
    """Give the finished copy its name; an earlier one goes only after that."""
    earlier = unfinished.with_name(f"{unfinished.name}-earlier")
    if target.exists():
        target.rename(earlier)
    try:
        unfinished.rename(target)
    except OSError:
        if earlier.exists():
            earlier.rename(target)
        raise
    sync_folder(target.parent)
    for leftover in target.parent.glob(f"{ours}*"):  # of a backup that was cut short, too
        shutil.rmtree(leftover, ignore_errors=True)


def _keep(data: Path, name: str, value: str) -> None:
    """Remember something of the backup, where the kiosk can."""
    with suppress(OSError, sqlite3.Error):
        prepare(data)
        Settings(data).set(name, value)
