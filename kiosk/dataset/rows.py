"""Responses in the order of their random ids, each once: a few in memory, or any number in a file.

In the file, one line is one response, `rid,workshop,value,value…`, in ASCII.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from itertools import chain, islice
from pathlib import Path
from typing import BinaryIO, Protocol

from kiosk.dataset.private import private_file
from kiosk.opening.envelopes import Response

DIGITS = "0123456789abcdef"
BUCKETS = [(first + second).encode() for first in DIGITS for second in DIGITS]
SORTED = "sorted"
FEW = 2_000  # lines that are sorted at once, without files for their buckets


class Rows(Protocol):
    """Responses that can be gone through again and again, by random id. `len()` counts them."""

    repeated: int

    def __iter__(self) -> Iterator[Response]:
        """Yield them, by random id."""

    def __len__(self) -> int:
        """Return how many different ones there are."""


class LooseRows:
    """Responses that are taken in one by one, and kept in memory."""

    def __init__(self) -> None:
        self._found: dict[str, Response] = {}
        self.repeated = 0

    def add(self, response: Response) -> None:
        """Take in one response; of several with one random id, the smallest is kept."""
        known = self._found.get(response.rid, response)
        self.repeated += response.rid in self._found
        self._found[response.rid] = min(known, response, key=line_of)

    def __iter__(self) -> Iterator[Response]:
        """Yield them, by random id."""
        return (self._found[rid] for rid in sorted(self._found))

    def __len__(self) -> int:
        """Return how many different ones there are."""
        return len(self._found)


class SortedRows:
    """Responses sorted into a file of their own; its folder goes when nobody needs them any more.

    Memory holds one bucket at a time, about a 256th of all.
    """

    def __init__(self, lines: Iterable[bytes], work: Path) -> None:
        folder = Path(tempfile.mkdtemp(dir=work, prefix=".sorting-"))
        self.close = weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        self._file = folder / SORTED
        with private_file(self._file) as whole:
            counts = [_settle(bucket, whole) for bucket in _buckets(iter(lines), folder)]
        self._length = sum(kept for kept, _ in counts)
        self.repeated = sum(dropped for _, dropped in counts)

    def __iter__(self) -> Iterator[Response]:
        """Yield them, by random id."""
        with self._file.open("rb") as file:
            yield from map(response_of, file)

    def __len__(self) -> int:
        """Return how many different ones there are."""
        return self._length


def line_of(response: Response) -> bytes:
    """Return a response as a line."""
    cells = (response.rid, response.workshop, *map(str, response.values))
    return ",".join(cells).encode("ascii") + b"\n"


def response_of(line: bytes) -> Response:
    """Return the response in a line."""
    rid, workshop, *values = line.decode("ascii").rstrip("\n").split(",")
    return Response(rid, workshop, tuple(map(int, values)))


def _buckets(lines: Iterator[bytes], folder: Path) -> Iterator[list[bytes]]:
    """Yield all lines in parts that follow one another; a few lines need no files for that."""
    few = list(islice(lines, FEW))
    if len(few) < FEW:
        yield few
        return
    _distribute(chain(few, lines), folder)
    for name in BUCKETS:
        bucket = folder / name.decode()
        yield bucket.read_bytes().splitlines(keepends=True)
        bucket.unlink()


def _distribute(lines: Iterable[bytes], folder: Path) -> None:
    """Write each line into the file that is called by its first two signs."""
    with ExitStack() as stack:
        files = {
            name: stack.enter_context(private_file(folder / name.decode())) for name in BUCKETS
        }
        for line in lines:
            files[line[:2]].write(line)


def _settle(bucket: list[bytes], whole: BinaryIO) -> tuple[int, int]:
    """Append a bucket, sorted, each random id once; return how many were kept and dropped."""
    lines = sorted(bucket)
    once = {line[:32]: line for line in reversed(lines)}
    whole.writelines(reversed(once.values()))
    return len(once), len(lines) - len(once)
