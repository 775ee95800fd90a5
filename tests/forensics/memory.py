"""The memory of a running process, as somebody with its account can read it (Linux)."""

from __future__ import annotations

import mmap
import re
from array import array
from collections.abc import Iterator
from pathlib import Path

WRITABLE = re.compile(r"([0-9a-f]+)-([0-9a-f]+) rw")
PRESENT = 1 << 63  # in a page's entry of /proc/PID/pagemap


def pieces(pid: int) -> Iterator[bytes]:
    """Yield each page of memory that the process can write to and has touched."""
    proc = Path("/proc") / str(pid)
    with (
        (proc / "mem").open("rb", buffering=0) as memory,
        (proc / "pagemap").open("rb", buffering=0) as pages,
    ):
        for line in (proc / "maps").read_text().splitlines():
            if found := WRITABLE.match(line):
                first, end = (int(edge, 16) // mmap.PAGESIZE for edge in found.groups())
                pages.seek(first * 8)
                for page, entry in enumerate(array("Q", pages.read((end - first) * 8)), first):
                    if entry & PRESENT:
                        memory.seek(page * mmap.PAGESIZE)
                        yield memory.read(mmap.PAGESIZE)
                    else:
                        yield b""


def memory_of(pid: int) -> bytes:
    """Return all of it, neighbours beside each other."""
    return b"".join(pieces(pid))
