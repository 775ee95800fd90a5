"""What every kind of target can do; servers that allow less say so by NotAllowed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kiosk.sync.address import Address
from kiosk.sync.logins import Login

KNOWN_HOSTS = "known_hosts"  # the file of known SSH servers in a data folder
PART = ".sending"  # the end of a temporary name, which begins with a dot; Nextcloud refuses “.part”
Progress = Callable[[int], None]


def silent(_done: int) -> None:
    """Tell nobody how many bytes have been sent."""


@dataclass(frozen=True)
class Place:
    """All that opens a target: its address, who comes, and where known servers are kept."""

    address: Address
    login: Login
    known_hosts: Path


@dataclass(frozen=True)
class Found:
    """A file at a target: its path below the target, size in bytes, and what changes with it."""

    name: str
    size: int
    mark: str


class Target(Protocol):
    """A folder somewhere. Names are paths below it, with “/”; each call is whole by itself.

    Every failure is a SendProblem: NotAllowed where this login may not do it, NotThere where the
    file is missing, and others that `problem.py` lists. Several threads may call at once.
    """

    def put(self, name: str, content: bytes, progress: Progress = silent) -> None:
        """Put a new file there, whole or not at all as far as the server can. Raises Taken.

        `progress` is told the number of bytes that were sent so far.
        """

    def get(self, name: str) -> bytes:
        """Return a file's content."""

    def size(self, name: str) -> int:
        """Return a file's size in bytes."""

    def remove(self, name: str) -> None:
        """Remove a file."""

    def files(self) -> Iterator[Found]:
        """Yield all files in the folder and in the folders below it, in any order."""

    def close(self) -> None:
        """Let go of connections."""


def temporary(name: str) -> str:
    """Return the name that a file has while it is being sent: hidden, beside the final one."""
    folder, _, last = name.rpartition("/")
    return f"{folder}/.{last}{PART}" if folder else f".{last}{PART}"


def is_temporary(name: str) -> bool:
    """Tell whether a file is still being sent, or was left behind by a broken connection."""
    last = name.rpartition("/")[2]
    return last.startswith(".") and last.endswith(PART)
