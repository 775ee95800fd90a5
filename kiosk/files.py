"""Writes files so that they are whole after a power cut, and says when the disk is full."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from kiosk.paths import FIXED_TIME

FULL = (errno.ENOSPC, errno.EDQUOT)


class DiskFull(OSError):
    """Nothing was changed, because the disk has no room; the message says what to do."""

    def __init__(self) -> None:
        super().__init__(
            errno.ENOSPC,
            "The disk of this computer is full. Nothing was changed, and what was saved before is "
            "safe. Please delete files that nobody needs, empty the recycle bin, and try again.",
        )

    def __str__(self) -> str:
        """Return the sentences alone."""
        return str(self.strerror)


def is_full(problem: object) -> bool:
    """Tell whether something failed because the disk is full."""
    return isinstance(problem, OSError) and problem.errno in FULL


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that a power cut leaves the former one or the new one, never a half.

    Its folder must be there. Raises OSError, and then leaves nothing behind.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def make_folder(folder: Path, mode: int = 0o777) -> None:
    """Make a folder and those above it; their names survive a power cut. It may be there."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(mode=mode, parents=True, exist_ok=True)
    for one in missing:
        sync_folder(one.parent)


def sync_folder(folder: Path) -> None:
    """Make sure that the names in a folder survive a power cut, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def forget_time(path: Path) -> None:
    """Give a file or folder the one time that all that holds answers shows."""
    os.utime(path, (FIXED_TIME, FIXED_TIME))
