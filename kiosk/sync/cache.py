"""Sealed bundles that were fetched: each file whole or absent, known by its content or its place.

Bundles whose name holds their content's hash lie side by side; any other lies in a folder named by
where it came from, its size and its mark. For each target a file tells what was seen there last.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from kiosk.bundle.read import HASH_IN_NAME
from kiosk.files import write_whole
from kiosk.sync.target import PART, Found

TORN = ""
LONGEST_NAME = 100
STRANGE = re.compile(r"[^\w. ()-]", re.ASCII)


class Torn(Exception):
    """The content does not fit the hash in the name: it is still being sent, or damaged."""


@dataclass(frozen=True)
class Seen:
    """A file at a target as it was last time; `file` is its place in the cache, TORN if none."""

    size: int
    mark: str
    file: str


class Cache:
    """A folder of fetched bundles that its owner alone may read. Threads may share it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        self.folder = folder.resolve()
        self._lock = threading.Lock()
        self._by_hash = {promised(path.name): path for path in self.folder.glob("*-*.zip")}

    def held(self, address: str, found: Found) -> Path | None:
        """Return the cached file of what was found; None if it must be fetched.

        One that a power cut left incomplete is no longer there afterwards.
        """
        wanted = promised(found.name)
        path = self._by_hash.get(wanted) if wanted else self._apart(address, found)
        if path is None or not path.is_file():
            return None
        if path.stat().st_size == found.size or (wanted and _fits(path, wanted)):
            return path
        path.unlink(missing_ok=True)
        return None

    def knows(self, name: str) -> bool:
        """Tell whether the content that a name promises is here, wherever it came from."""
        return promised(name) in self._by_hash

    def take(self, address: str, found: Found, content: bytes) -> Path:
        """Keep what came, and return its file. Raises Torn."""
        wanted = promised(found.name)
        if wanted and not hashlib.sha256(content).hexdigest().startswith(wanted):
            raise Torn(found.name)
        path = self.folder / _safe(found.name) if wanted else self._apart(address, found)
        path.parent.mkdir(mode=0o700, exist_ok=True)
        _write(path, content)
        if wanted:
            with self._lock:
                self._by_hash[wanted] = path
        return path

    def seen(self, address: str) -> dict[str, Seen]:
        """Return path below the target -> what was there last time."""
        try:
            known = json.loads(self._record(address).read_text(encoding="utf-8"))
            return {name: Seen(**told) for name, told in known.items()}
        except (OSError, ValueError, TypeError, AttributeError):
            return {}

    def remember(self, address: str, seen: Mapping[str, Seen]) -> None:
        """Keep what was seen at a target for the next time."""
        told = {name: asdict(one) for name, one in seen.items()}
        write_whole(self._record(address), json.dumps(told, sort_keys=True).encode())

    def _record(self, address: str) -> Path:
        return self.folder / f"{_short(address)}.json"

    def _apart(self, address: str, found: Found) -> Path:
        place = _short(f"{address}\n{found.name}\n{found.size}\n{found.mark}")
        return self.folder / place / _safe(found.name)


def promised(name: str) -> str:
    """Return the hash of the content that a bundle's name holds; empty if it holds none."""
    match = HASH_IN_NAME.search(name.rpartition("/")[2])
    return match[1] if match else ""


def _safe(name: str) -> str:
    """Return the last part of a name, which a stranger may have given, fit for any system."""
    last = STRANGE.sub("_", name.rpartition("/")[2])
    stem = last.removesuffix(".zip")[:LONGEST_NAME].lstrip(".")
    known = promised(name)
    return f"{stem}.zip" if known in stem else f"bundle-{known}.zip"


def _short(text: str) -> str:
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:16]


def _fits(path: Path, wanted: str) -> bool:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest().startswith(wanted)


def _write(path: Path, content: bytes) -> None:
    """Write a private file under another name first: it is there whole, or not at all."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=PART)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
