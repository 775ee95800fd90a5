"""A disk of a few megabytes that really is full: a tmpfs of its own.

Mounting one needs an administrator, or a user namespace of one's own (`unshare -rm`).
"""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SIZE = 3_000_000
PAGE = 4096
INSIDE = "KIOSK_TEST_NAMESPACE"
CANNOT = (
    "A small disk can be mounted neither here nor in a namespace of its own. Please run the tests "
    "as an administrator, or allow namespaces: sysctl kernel.unprivileged_userns_clone=1"
)


class SmallDisk:
    """A mounted folder, with a way to take its room and to give it back."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "somebody's film"

    def fills(self, leaving: int = 0) -> None:
        """Let somebody fill the disk, but for so many bytes."""
        self.empties()
        room = os.statvfs(self.folder)
        size = room.f_bavail * room.f_frsize - leaving
        with self._filler.open("wb") as film:
            film.write(bytes(max(0, size)))

    def locks(self) -> None:
        """Let nothing be written any more, as a worn card does; nobody may be writing just now."""
        self._mounts("ro")

    def unlocks(self) -> None:
        """Let it be written again."""
        self._mounts("rw")

    def _mounts(self, how: str) -> None:
        subprocess.run(["mount", "-o", f"remount,{how}", str(self.folder)], check=True)

    def empties(self) -> None:
        """Let somebody delete the film."""
        self._filler.unlink(missing_ok=True)


def mount(folder: Path) -> bool:
    """Mount a small disk at a folder; tell whether that is allowed."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "none", str(folder)]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """Lend a small disk; where this process may mount none, a folder that stands in for it."""
    folder.mkdir()
    mounted = mount(folder)
    try:
        yield SmallDisk(folder)
    finally:
        if mounted:
            subprocess.run(["umount", "-l", str(folder)], check=True)


def on_a_small_disk(test: Callable[..., None]) -> Callable[..., None]:
    """Run a test where a disk can be mounted: here, else in a namespace of its own."""

    @functools.wraps(test)
    def run(disk: SmallDisk, **fixtures: Any) -> None:
        if disk.folder.is_mount():
            test(disk=disk, **fixtures)
            return
        assert INSIDE not in os.environ, CANNOT
        name = os.environ["PYTEST_CURRENT_TEST"].rpartition(" ")[0]
        command = ["unshare", "-rm", sys.executable, "-m", "pytest", "-p", "no:cacheprovider", name]
        done = subprocess.run(command, env=os.environ | {INSIDE: "1"}, capture_output=True,
                              text=True, check=False)  # fmt: skip
        assert done.returncode == 0, f"{CANNOT}\n{done.stdout}{done.stderr}"

    return run
