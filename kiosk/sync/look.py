"""Looks what lies at the targets from which a researcher collects."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from kiosk.bundle import layout
from kiosk.sync.problem import SendProblem
from kiosk.sync.target import Found, Place, Target
from kiosk.sync.targets import open_target
from kiosk.sync.together import AT_ONCE, FEWER, Pause, at_once, patiently


@dataclass
class Listing:
    """What lies at one target: all bundles, or as many as were seen before `trouble`."""

    place: Place
    target: Target | None = None
    found: list[Found] = field(default_factory=list)
    trouble: SendProblem | None = None

    @property
    def address(self) -> str:
        """The address as it was typed."""
        return self.place.address.text

    @property
    def width(self) -> int:
        """How many files may be fetched or put at once."""
        return FEWER.get(self.place.address.scheme, AT_ONCE)

    def close(self) -> None:
        """Let go of connections."""
        if self.target is not None:
            with suppress(SendProblem):
                self.target.close()


def look(places: Sequence[Place], pause: Pause = time.sleep) -> list[Listing]:
    """Return what lies at each target, whether it can be reached or not."""
    listings = [Listing(place) for place in places]
    for _ in at_once(AT_ONCE, lambda listing: _list(listing, pause), listings):
        pass
    return listings


def _list(listing: Listing, pause: Pause) -> None:
    """Fill a listing in. `{site}` in an address means all folders of all sites."""
    address = listing.place.address
    whole = address.above_sites if address.has_site else address

    def attempt() -> None:
        if listing.target is None:
            listing.target = open_target(replace(listing.place, address=whole))
        seen: dict[str, Found] = {}
        try:
            for found in _bundles(listing.target.files()):
                seen[found.name] = found
        finally:
            if len(seen) >= len(listing.found):
                listing.found = list(seen.values())

    listing.trouble = patiently(attempt, pause)


def _bundles(files: Iterator[Found]) -> Iterator[Found]:
    """Yield the bundles; what is still being sent, receipts and other files are passed over."""
    for found in files:
        last = found.name.rpartition("/")[2]
        if fnmatchcase(last, layout.PATTERN) and not last.startswith("."):
            yield found
