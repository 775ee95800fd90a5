"""Checks of the machine: Python, the data folder, room on the disk, and the clock."""

from __future__ import annotations

import os
import platform
import shutil
import tempfile
from datetime import datetime
from pathlib import Path

from kiosk.checkup.finding import N_, Finding
from kiosk.config import Config

OLDEST_PYTHON = (3, 11)
MEGABYTE = 1_000_000
NEEDED_MEGABYTES = 50
COMFORTABLE_MEGABYTES = 500
FIRST_YEAR = 2026
LAST_YEAR = FIRST_YEAR + 10


def python(config: Config) -> Finding:
    """Check that Python is new enough."""
    major, minor, _ = platform.python_version_tuple()
    values = {"version": platform.python_version(), "oldest": ".".join(map(str, OLDEST_PYTHON))}
    if (int(major), int(minor)) < OLDEST_PYTHON:
        return Finding(
            "python", "bad",
            N_("Python %(version)s is too old for the kiosk."),
            N_("Please install Python %(oldest)s or newer."),
            values,
        )  # fmt: skip
    return Finding("python", "good", N_("Python %(version)s is new enough."), values=values)


def folder(config: Config) -> Finding:
    """Check that files can be written into the data folder, by writing a small one."""
    values: dict[str, object] = {"folder": config.data}
    if not config.data.exists():
        return Finding(
            "folder", "warn",
            N_("The data folder %(folder)s is not there yet."),
            N_("The kiosk makes it when it first starts. If this kiosk was used before, please "
               "check the name of the folder."),
            values,
        )  # fmt: skip
    try:
        with tempfile.NamedTemporaryFile(dir=config.data, prefix=".check-") as file:
            file.write(b"can be written")
            file.flush()
            os.fsync(file.fileno())
    except OSError as problem:
        return Finding(
            "folder", "bad",
            N_("Nothing can be written into the data folder %(folder)s: %(problem)s."),
            N_("No answer can be kept before this is mended. Please check that the folder belongs "
               "to you and that the disk is not full, or choose another folder with --data."),
            values | {"problem": problem.strerror},
        )  # fmt: skip
    return Finding("folder", "good", N_("The data folder is %(folder)s."), values=values)


def space(config: Config) -> Finding:
    """Check that the disk has room for a workshop."""
    free = shutil.disk_usage(_nearest(config.data)).free // MEGABYTE
    values = {"free": f"{free / 1000:.0f} GB" if free >= 1000 else f"{free} MB"}
    remedy = N_("Please delete what is no longer needed on this computer, and empty the bin.")
    if free < NEEDED_MEGABYTES:
        full = N_("The disk is full: only %(free)s are free.")
        return Finding("space", "bad", full, remedy, values)
    if free < COMFORTABLE_MEGABYTES:
        nearly = N_("The disk is nearly full: only %(free)s are free.")
        return Finding("space", "warn", nearly, remedy, values)
    return Finding("space", "good", N_("The disk has %(free)s of free space."), values=values)


def clock(config: Config) -> Finding:
    """Check that the clock can be right."""
    now = datetime.now()
    values = {"date": now.date().isoformat(), "time": f"{now:%H:%M}"}
    if not FIRST_YEAR <= now.year <= LAST_YEAR:
        return Finding(
            "clock", "warn",
            N_("The clock of this computer says %(date)s, which can hardly be right. "
               "Workshops close by the clock."),
            N_("Please set date and time in the settings of this computer."),
            values,
        )  # fmt: skip
    text = N_("The clock of this computer says %(date)s, %(time)s.")
    return Finding("clock", "good", text, values=values)


def _nearest(folder: Path) -> Path:
    """Return the folder, or the one in which it would be made."""
    return next(path for path in (folder, *folder.parents) if path.exists())
