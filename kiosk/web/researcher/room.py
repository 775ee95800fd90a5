"""A private folder for what was opened. What a killed process left is removed by the next one."""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO

PREFIX = "kiosk-researcher-"
HELD = "in-use"

if sys.platform == "win32":

    def _hold(file: BinaryIO) -> None:
        """Do nothing: there, a file that somebody has open cannot be removed."""

    def _is_held(room: Path) -> bool:
        try:
            (room / HELD).unlink(missing_ok=True)
        except OSError:
            return True
        return False

else:
    import fcntl

    def _hold(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _is_held(room: Path) -> bool:
        try:
            with (room / HELD).open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        return False


class Room:
    """A folder that nobody but its owner can look into, for as long as it is open."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX))
        self._held = (self.folder / HELD).open("wb")
        _hold(self._held)
        self.is_open = True

    def settle(self) -> None:
        """Clear it once more if it was cleared while somebody still wrote into it."""
        if not self.is_open:
            self.clear()

    def clear(self) -> None:
        """Remove the folder with all that is in it; once more does no harm."""
        self.is_open = False
        self._held.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def sweep() -> None:
    """Remove the folders of processes that ended without doing so themselves."""
    for room in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if room.is_dir() and not room.is_symlink() and not _is_held(room):
            shutil.rmtree(room, ignore_errors=True)
