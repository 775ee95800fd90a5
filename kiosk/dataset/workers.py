"""Opens many bundles, on all processors at once where it is worth starting them."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from kiosk.dataset.spool import Skipped, open_bundle

WORTH_IT = 24  # bundles; a process needs as long to start as it needs to open some of them


def open_all(paths: Sequence[Path], spool: Path, key: str) -> Iterator[str | Skipped]:
    """Yield for each bundle, in order, the name of its file in `spool`, or why it has none.

    Whatever stops it, each bundle is there whole or not at all, and is not opened a second time.
    """
    opening, done = partial(open_bundle, spool=spool, key=key), 0
    processes = min(os.cpu_count() or 1, 8)
    if len(paths) >= WORTH_IT and processes > 1:
        try:
            for opened in _at_once(opening, paths, processes):
                done += 1
                yield opened
        except BrokenProcessPool:  # a process was killed: go on with this one alone
            pass
    yield from map(opening, paths[done:])


def _at_once(
    opening: partial[str | Skipped], paths: Sequence[Path], processes: int
) -> Iterator[str | Skipped]:
    executor = ProcessPoolExecutor(processes, get_context("spawn"), _leave_interrupts_to_parent)
    try:
        yield from executor.map(opening, paths, chunksize=4)
    finally:
        executor.shutdown(cancel_futures=True)


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
