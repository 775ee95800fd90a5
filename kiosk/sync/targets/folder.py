"""A folder: on this disk, on a stick, or one that another program keeps in step with a server."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.request import url2pathname

from kiosk.sync.problem import NotAllowed, NotThere, Reason, SendProblem, Taken
from kiosk.sync.target import Found, Place, Progress, silent, temporary

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
PIECE = 256 * 1024


class Folder:
    """A target in the file system; what it has taken is on the disk, not only in memory."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, name: str, content: bytes, progress: Progress = silent) -> None:
        """Write under a temporary name, bring it to the disk, then give it its own name."""
        with telling(self.root):
            if not self.root.is_dir():
                raise SendProblem(Reason.MISSING, str(self.root))
            final, part = self.root / name, self.root / temporary(name)
            final.parent.mkdir(parents=True, exist_ok=True)
            if final.exists():
                raise Taken(name)
            try:
                _write(part, content, progress)
                _give_name(part, final)
            finally:
                with suppress(OSError):
                    part.unlink(missing_ok=True)
            _to_disk(final.parent)

    def get(self, name: str) -> bytes:
        """Return a file's content, read from the disk again where the system can do so."""
        with telling(self.root), (self.root / name).open("rb") as file:
            if hasattr(os, "posix_fadvise"):
                os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
            return file.read()

    def size(self, name: str) -> int:
        """Return a file's size in bytes."""
        with telling(self.root):
            return (self.root / name).stat().st_size

    def remove(self, name: str) -> None:
        """Remove a file."""
        with telling(self.root):
            (self.root / name).unlink()

    def files(self) -> Iterator[Found]:
        """Yield all files, also those in folders below."""
        with telling(self.root):
            if not self.root.is_dir():
                raise SendProblem(Reason.MISSING, str(self.root))
            for path in self.root.rglob("*"):
                with suppress(FileNotFoundError):  # another program is at work here
                    if path.is_file():
                        told = path.stat()
                        name = path.relative_to(self.root).as_posix()
                        yield Found(name, told.st_size, str(told.st_mtime_ns))

    def close(self) -> None:
        """Hold nothing."""


def open_target(place: Place) -> Folder:
    """Return the folder of a `file:///…` address."""
    if place.address.host not in ("", "localhost"):
        raise SendProblem(Reason.ADDRESS, "a folder's address has three slashes: file:///home/…")
    return Folder(Path(url2pathname(place.address.path)))


def _write(path: Path, content: bytes, progress: Progress) -> None:
    with path.open("wb") as file:
        for start in range(0, len(content), PIECE):
            file.write(content[start : start + PIECE])
            progress(min(start + PIECE, len(content)))
        file.flush()
        os.fsync(file.fileno())


def _give_name(part: Path, final: Path) -> None:
    """Rename without replacing a file; sticks know no links, there a look must do."""
    try:
        os.link(part, final)
    except FileExistsError as problem:
        raise Taken(final.name) from problem
    except OSError:
        if final.exists():
            raise Taken(final.name) from None
        part.rename(final)


def _to_disk(folder: Path) -> None:
    """Bring the folder's own list of names to the disk, where systems let one do so."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as problem:
        if problem.errno != errno.EINVAL:  # some network folders have nothing to bring
            raise
    finally:
        os.close(handle)


@contextmanager
def telling(root: Path) -> Iterator[None]:
    """Turn the system's errors into reasons."""
    try:
        yield
    except FileNotFoundError as problem:
        raise NotThere(str(problem.filename)) from problem
    except OSError as problem:
        if problem.errno in DENIED:
            raise NotAllowed(str(problem.strerror)) from problem
        reason = Reason.FULL if problem.errno in FULL else Reason.UNREACHABLE
        raise SendProblem(reason, f"{root}: {problem.strerror}") from problem
