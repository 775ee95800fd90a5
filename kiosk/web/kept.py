"""A few named texts that an app keeps: on the disk as the kiosk's settings, or in memory alone."""

from __future__ import annotations

from typing import Protocol


class Kept(Protocol):
    """Whatever keeps named texts; each is missing until somebody sets it."""

    def get(self, name: str) -> str | None:
        """Return a text, None if it was never set."""

    def set(self, name: str, value: str | None) -> None:
        """Set a text; None forgets it."""


class InMemory:
    """Named texts that are gone when the program ends."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def get(self, name: str) -> str | None:
        """Return a text, None if it was never set."""
        return self._texts.get(name)

    def set(self, name: str, value: str | None) -> None:
        """Set a text; None forgets it."""
        self._texts.pop(name, None)
        if value is not None:
            self._texts[name] = value
