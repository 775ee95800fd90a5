"""USB sticks and memory cards: finds them, and writes so that they may be pulled out afterwards."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import psutil

from kiosk.sync.deliver import Delivered, deliver
from kiosk.sync.targets.folder import Folder, telling

FOLDER = "survey-kiosk"
SYSTEM = ("/", "/boot", "/boot/efi", "/boot/firmware", "/home", "/usr", "/var")
CLASS = Path("/sys/class/block")
READ_ONLY = "ro"
LET_GO_SECONDS = 60


class Partition(Protocol):
    """What psutil tells of a mounted partition."""

    @property
    def device(self) -> str:
        """What the system calls it, such as /dev/sdb1 or E:."""

    @property
    def mountpoint(self) -> str:
        """The folder in which its files appear."""

    @property
    def opts(self) -> str:
        """How it is mounted, with commas."""


@dataclass(frozen=True)
class Stick:
    """A stick that is in. `free` is the room on it in bytes; `device` what the system calls it."""

    folder: Path
    device: str
    free: int

    @property
    def name(self) -> str:
        """What people know it by: its label, or its letter on Windows."""
        return self.folder.name or str(self.folder)


def sticks(partitions: Iterable[Partition] | None = None, blocks: Path = CLASS) -> list[Stick]:
    """Return the removable drives that are in and can be written to, by name.

    `blocks` is where Linux tells of its drives.
    """
    mounted: list[Partition] = list(psutil.disk_partitions() if partitions is None else partitions)
    own = {_disk(one.device, blocks) for one in mounted if one.mountpoint in SYSTEM}
    found = []
    for one in mounted:
        writable = READ_ONLY not in one.opts.split(",")
        if writable and _disk(one.device, blocks) not in own and _is_removable(one, blocks):
            folder = Path(one.mountpoint)
            with suppress(OSError):  # it was just pulled out, or is another person's
                found.append(Stick(folder, one.device, shutil.disk_usage(folder).free))
    return sorted(found, key=lambda stick: stick.name)


def save_to(stick: Stick, bundles: Iterable[Path]) -> list[Delivered]:
    """Copy bundles to a stick, bring them to its memory, and read every byte back.

    Afterwards it is safe to pull it out, and the desktop may have let go of it: what else is
    wanted from it is read before. What is on it already is not written again. Raises SendProblem.
    """
    folder = stick.folder / FOLDER
    with telling(folder):
        folder.mkdir(exist_ok=True)
    target = Folder(folder)
    done = [deliver(target, file.name, file.read_bytes()) for file in bundles]
    _let_go(stick)
    return done


def receipts_on(stick: Stick, suffix: str, largest: int) -> list[bytes]:
    """Return what receipts lie on a stick, no larger than `largest` bytes, in its two folders."""
    folders = (stick.folder, stick.folder / FOLDER)
    found = []
    for path in [path for folder in folders for path in sorted(folder.glob(f"*{suffix}"))]:
        with suppress(OSError):  # what cannot be read is no receipt
            if path.stat().st_size <= largest:
                found.append(path.read_bytes())
    return found


def _is_removable(one: Partition, blocks: Path) -> bool:
    """Tell whether somebody can pull this out: as Windows, macOS or Linux says."""
    if os.name == "nt":
        return "removable" in one.opts.split(",")
    if one.mountpoint.startswith("/Volumes/"):
        return True
    disk = _disk(one.device, blocks)
    if disk is None:
        return False
    marked = (disk / "removable").is_file() and (disk / "removable").read_text().strip() == "1"
    return marked or "/usb" in disk.as_posix() or "/mmc" in disk.as_posix()


def _disk(device: str, blocks: Path) -> Path | None:
    """Return where Linux tells of the whole drive that a partition is on."""
    place = blocks / Path(device).name
    if not place.exists():
        return None
    found = place.resolve()
    return found.parent if (found / "partition").exists() else found


def _let_go(stick: Stick) -> None:
    """Bring all to the stick; where the desktop mounted it, also let the desktop let go of it."""
    if hasattr(os, "sync"):
        os.sync()
    tool = shutil.which("udisksctl")
    if tool and stick.device.startswith("/dev/"):
        # If it refuses, a file manager looks at the stick; everything is on it all the same.
        with suppress(subprocess.TimeoutExpired):
            subprocess.run([tool, "unmount", "--no-user-interaction", "-b", stick.device],  # noqa: S603 - the device comes from the system
                           capture_output=True, timeout=LET_GO_SECONDS, check=False)  # fmt: skip
