"""Slows guessing down: some wrong tries are free, then each next one must wait a little longer."""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import TypeVar

FREE_TRIES = 5
LONGEST_WAIT_SECONDS = 30.0
Found = TypeVar("Found")


class Throttle:
    """Counts wrong tries at one lock. They slow all tries down, but lock nobody out for good."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._next_try = 0.0

    def wait_seconds(self) -> int:
        """Return how long the next try must wait: 0, and at most half a minute."""
        return max(0, -int(-(self._next_try - self._clock()) // 1))

    def tries(self, attempt: Callable[[], Found | None]) -> Found | None:
        """Return what an attempt finds; None is a wrong try, and too early it is not even made."""
        with self._lock:  # one at a time: each try takes much memory on purpose
            if self._clock() < self._next_try:
                return None
            found = attempt()
            self._failures = 0 if found is not None else self._failures + 1
            over = self._failures - FREE_TRIES
            wait = min(2.0 ** min(over, 10), LONGEST_WAIT_SECONDS) if over >= 0 else 0.0
            self._next_try = self._clock() + wait
            return found
