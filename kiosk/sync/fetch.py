"""Fetches new bundles from targets into a cache: each once, many at a time, whatever is broken."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from kiosk.bundle.read import LARGEST_WHOLE
from kiosk.sync.cache import TORN, Cache, Seen, Torn, promised
from kiosk.sync.look import Listing
from kiosk.sync.problem import NotThere, SendProblem
from kiosk.sync.target import Found
from kiosk.sync.together import ENOUGH, Pause, at_once, patiently

IN_MEMORY = 64_000_000  # bytes of bundles at once; a larger one is fetched alone


@dataclass
class Came:
    """What there is of one target now. `at` maps paths below it to files in the cache."""

    listing: Listing
    at: dict[str, Path] = field(default_factory=dict)
    torn: list[str] = field(default_factory=list)
    too_large: list[str] = field(default_factory=list)
    problems: list[SendProblem] = field(default_factory=list)
    new: int = 0
    no_longer_there: int = 0


def wanted(listing: Listing, cache: Cache) -> list[list[Found]]:
    """Return what must be fetched; files that promise the same content stand together.

    What was torn last time is left alone until its size or mark has changed.
    """
    before, groups = cache.seen(listing.address), dict[str, list[Found]]()
    for found in listing.found:
        if found.size > LARGEST_WHOLE or cache.held(listing.address, found):
            continue
        if before.get(found.name) != Seen(found.size, found.mark, TORN):
            groups.setdefault(promised(found.name) or found.name, []).append(found)
    return list(groups.values())


def fetch(
    listing: Listing, groups: Sequence[list[Found]], cache: Cache,
    step: Callable[[], None] = lambda: None, pause: Pause = time.sleep,
) -> Came:  # fmt: skip
    """Fetch the groups that `wanted` returned, and return what there is of the target now.

    What came before and cannot be fetched or seen any more is still used. `step` is called after
    each group. Whatever stops it, no file is there half, and none is fetched a second time.
    """
    came, work = Came(listing), _Work(listing, cache, pause)
    if listing.trouble is not None:
        came.problems.append(listing.trouble)
    try:
        for _ in at_once(listing.width, work.fetch, groups):
            step()
    finally:
        _sum_up(came, work)
    return came


class _Room:
    """Lets only so many bytes be in memory at a time."""

    def __init__(self, most: int) -> None:
        self._most = self._free = most
        self._changed = threading.Condition()

    @contextmanager
    def taken(self, size: int) -> Iterator[None]:
        size = min(size, self._most)
        with self._changed:
            self._changed.wait_for(lambda: self._free >= size)
            self._free -= size
        try:
            yield
        finally:
            with self._changed:
                self._free += size
                self._changed.notify_all()


class _Work:
    """What the threads that fetch from one target share."""

    def __init__(self, listing: Listing, cache: Cache, pause: Pause) -> None:
        self.listing, self.cache, self._pause = listing, cache, pause
        self._room, self._lock = _Room(IN_MEMORY), threading.Lock()
        self.torn: set[str] = set()
        self.problems: list[SendProblem] = []
        self.new = 0
        self._in_a_row = 0

    def fetch(self, group: Iterable[Found]) -> None:
        """Fetch the first file of a group that is whole, unless the target is away."""
        for found in group:
            if self._in_a_row >= ENOUGH or self.cache.held(self.listing.address, found):
                return
            with self._room.taken(found.size):
                try:
                    problem = patiently(partial(self._get, found), self._pause)
                except Torn:
                    self.torn.add(found.name)
                    continue
            self._note(problem)

    def _get(self, found: Found) -> None:
        if self.listing.target is not None:
            content = self.listing.target.get(found.name)
            self.cache.take(self.listing.address, found, content)

    def _note(self, problem: SendProblem | None) -> None:
        if isinstance(problem, NotThere):  # it was taken away since we looked
            return
        with self._lock:
            self.new += problem is None
            self._in_a_row = self._in_a_row + 1 if problem and problem.reason.passes else 0
            if problem is not None:
                self.problems.append(problem)


def _sum_up(came: Came, work: _Work) -> None:
    """Tell and remember what there is of a target: seen now, or before."""
    address, cache = came.listing.address, work.cache
    before, now = cache.seen(address), dict[str, Seen]()
    for found in came.listing.found:
        held, known = cache.held(address, found), before.get(found.name)
        torn = Seen(found.size, found.mark, TORN)
        if held is not None:
            file = held.relative_to(cache.folder).as_posix()
            now[found.name] = Seen(found.size, found.mark, file)
        elif found.size > LARGEST_WHOLE:
            came.too_large.append(found.name)
        elif found.name in work.torn or known == torn:
            came.torn.append(found.name)
            now[found.name] = torn
    kept = {name: one for name, one in before.items() if one.file and name not in now}
    came.at = {
        name: cache.folder / one.file
        for name, one in (kept | now).items()
        if one.file and (cache.folder / one.file).is_file()
    }
    if came.listing.trouble is None:
        listed = {found.name for found in came.listing.found}
        came.no_longer_there = len(set(came.at) - listed)
    came.problems += list({str(problem): problem for problem in work.problems}.values())
    came.new = work.new
    if kept | now != before:
        cache.remember(address, kept | now)
