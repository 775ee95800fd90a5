"""Files that hold opened answers: for their owner alone, whole or absent, and their checksums."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

UNFINISHED = (".merging-*", ".sorting-*", ".writing-*")
LONGEST_RUN_SECONDS = 86_400.0


def sweep(folders: Iterable[Path]) -> None:
    """Delete what a run that was killed left in these folders; after a day nobody works on it."""
    old = time.time() - LONGEST_RUN_SECONDS
    for left in [path for one in folders for pattern in UNFINISHED for path in one.glob(pattern)]:
        with suppress(OSError):  # another run that tidies up, or that ends
            if left.stat().st_mtime > old:
                continue
            shutil.rmtree(left) if left.is_dir() else left.unlink()


def private_folder(path: Path) -> Path:
    """Make a folder, unless it is there, and let nobody but its owner look into it."""
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def private_file(path: Path) -> BinaryIO:
    """Open a file for writing that nobody but its owner can read."""
    return open(path, "wb", opener=_for_the_owner)  # Path.open has no opener


@contextmanager
def whole_file(path: Path) -> Iterator[BinaryIO]:
    """Let a private file be written; it gets its name only once it is whole."""
    number, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(number, "wb") as file:
            yield file
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def sha256_of(path: Path) -> str:
    """Return the checksum of a file of any size, in hex. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _for_the_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
