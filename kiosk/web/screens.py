"""What kiosk screens say of themselves: how many answers wait on each. Kept in memory only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic

MOST = 50
QUIET_SECONDS = 40.0
FORGOTTEN_SECONDS = 86_400.0  # for screens on which nothing waits


@dataclass(frozen=True)
class Screen:
    """One kiosk screen: how many answers wait on it, and whether it was heard of just now."""

    number: int
    waiting: int
    is_near: bool


@dataclass
class _Heard:
    number: int
    waiting: int
    at: float


class Screens:
    """The screens of each workshop, in the order in which they were first heard of."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._heard: dict[str, dict[str, _Heard]] = {}
        self._numbers: dict[str, int] = {}

    def hear(self, workshop_id: str, screen_id: str, waiting: int) -> None:
        """Note what a screen says."""
        with self._lock:
            if workshop_id not in self._heard:
                self._forget_the_old()
            known = self._heard.setdefault(workshop_id, {})
            if screen_id in known or len(known) < MOST:
                number = known[screen_id].number if screen_id in known else self._next(workshop_id)
                known[screen_id] = _Heard(number, waiting, self._clock())

    def _next(self, workshop_id: str) -> int:
        """Return a number that no screen of this workshop has had."""
        self._numbers[workshop_id] = self._numbers.get(workshop_id, 0) + 1
        return self._numbers[workshop_id]

    def _forget_the_old(self) -> None:
        """Let workshops go whose screens have long been silent, with nothing waiting on them."""
        since = self._clock() - FORGOTTEN_SECONDS
        for workshop, screens in list(self._heard.items()):
            if all(one.at < since and not one.waiting for one in screens.values()):
                del self._heard[workshop]
                self._numbers.pop(workshop, None)

    def of(self, workshop_id: str) -> list[Screen]:
        """Return the screens of a workshop."""
        with self._lock:
            now = self._clock()
            return [
                Screen(heard.number, heard.waiting, now - heard.at < QUIET_SECONDS)
                for heard in self._heard.get(workshop_id, {}).values()
            ]

    def forget(self, workshop_id: str, screen_id: str) -> None:
        """Let a screen go that is no kiosk screen any more."""
        with self._lock:
            self._heard.get(workshop_id, {}).pop(screen_id, None)
