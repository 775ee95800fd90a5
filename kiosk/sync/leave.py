"""Leaves small files at targets, beside what was fetched from there."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field

from kiosk.sync.problem import SendProblem, Taken
from kiosk.sync.target import Target
from kiosk.sync.together import ENOUGH, Pause, at_once, patiently


@dataclass(frozen=True)
class Parcel:
    """A file to leave: its name at the target, and what makes its content when it is needed."""

    name: str
    content: Callable[[], bytes]


@dataclass
class Left:
    """What became of parcels: which are there, how many are not, and each reason once."""

    there: list[Parcel] = field(default_factory=list)
    failed: int = 0
    why: list[str] = field(default_factory=list)


def leave(
    target: Target, parcels: Iterable[Parcel], width: int, pause: Pause = time.sleep
) -> Left:  # fmt: skip
    """Put files there, unless they are there already; after some that fail in a row, no more."""
    attempt = _Attempt(target, pause)
    for _ in at_once(width, attempt.put, parcels):
        pass
    return attempt.left


class _Attempt:
    """What the threads that put files share."""

    def __init__(self, target: Target, pause: Pause) -> None:
        self.left, self._target, self._pause = Left(), target, pause
        self._lock, self._in_a_row = threading.Lock(), 0

    def put(self, parcel: Parcel) -> None:
        if self._in_a_row >= ENOUGH:
            with self._lock:
                self.left.failed += 1
            return
        problem = patiently(lambda: self._put(parcel), self._pause)
        with self._lock:
            self._note(parcel, problem)

    def _put(self, parcel: Parcel) -> None:
        with suppress(Taken):
            self._target.put(parcel.name, parcel.content())

    def _note(self, parcel: Parcel, problem: SendProblem | None) -> None:
        self._in_a_row = self._in_a_row + 1 if problem else 0
        if problem is None:
            self.left.there.append(parcel)
            return
        self.left.failed += 1
        if str(problem) not in self.left.why:
            self.left.why.append(str(problem))
