"""The staff's PIN: kept as a scrypt hash, and guessed at only slowly."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from time import monotonic

from kiosk.store.settings import Settings
from kiosk.web.throttle import Throttle

SETTING = "pin"
SHORTEST, LONGEST = 6, 128
COST = 2**15  # scrypt's n: 0.1 s and 32 MiB for one try


class WeakPin(Exception):
    """Anybody would guess this PIN first."""


def hashed(pin: str, salt: bytes | None = None) -> str:
    """Return what is kept of a PIN."""
    salt = salt or secrets.token_bytes(16)
    digest = hashlib.scrypt(pin.encode(), salt=salt, n=COST, r=8, p=1, maxmem=2**26)
    return f"scrypt:{salt.hex()}:{digest.hex()}"


def check_strength(pin: str) -> None:
    """Raise WeakPin for a PIN that is short, one sign repeated, or a row of keys."""
    row = "0123456789012345678909876543210987654321"
    if not SHORTEST <= len(pin) <= LONGEST or len(set(pin)) < 3 or pin in row:
        raise WeakPin


class Pin:
    """The one PIN of this kiosk. Wrong tries slow all tries down, but lock nobody out for good."""

    def __init__(self, settings: Settings, clock: Callable[[], float] = monotonic) -> None:
        self._settings = settings
        self._throttle = Throttle(clock)

    @property
    def is_chosen(self) -> bool:
        """Whether somebody has chosen a PIN; before that, nobody can sign in."""
        return self._settings.get(SETTING) is not None

    def choose(self, pin: str) -> None:
        """Keep a new PIN. Raises WeakPin."""
        check_strength(pin)
        self._settings.set(SETTING, hashed(pin))

    def wait_seconds(self) -> int:
        """Return how long the next try must wait: 0, and at most half a minute."""
        return self._throttle.wait_seconds()

    def accepts(self, pin: str) -> bool:
        """Tell whether this is the PIN; a try that comes too early is not even looked at."""
        return self._throttle.tries(lambda: self._is(pin)) is not None

    def _is(self, pin: str) -> bool | None:
        kept = self._settings.get(SETTING) or ""
        salt = bytes.fromhex(kept.split(":")[1]) if kept else b"none"
        return hmac.compare_digest(hashed(pin[:LONGEST], salt), kept) or None
