"""Leaves receipts for bundles that are in the dataset whole, where each of them lies."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

from pyrage import x25519

from kiosk.cli.collect_fetch import Haul
from kiosk.dataset.pool import Pool
from kiosk.dataset.private import whole_file
from kiosk.files import write_whole
from kiosk.opening.receipts import sign_receipt
from kiosk.study.receipts import SUFFIX, name_for
from kiosk.sync.leave import Parcel, leave
from kiosk.sync.target import Target
from kiosk.sync.targets.folder import Folder

REMEMBERED = "receipts.json"
IN_ONE_FILE = 3_000  # bundles; larger receipts are not read by kiosks


@dataclass
class Receipts:
    """How many receipts were left by this run, and what was in the way of others."""

    left: int = 0
    problems: list[str] = field(default_factory=list)


@dataclass
class _Place:
    """A target or folder, with the bundles that lie there: name of the receipt -> SHA-256."""

    name: str
    target: Target | None
    width: int = 1
    bundles: dict[str, str] = field(default_factory=dict)


def leave_receipts(pool: Pool, haul: Haul, identity: x25519.Identity, work: Path) -> Receipts:
    """Leave a receipt beside each bundle that has none from an earlier run."""
    sign = partial(_sign, identity, pool.bundle.study.id)
    known, receipts = _remembered(work), Receipts()
    for place in _places(pool, haul):
        parcels = {
            Parcel(name, partial(sign, [sha256])): _mark(place.name, name, sha256)
            for name, sha256 in sorted(place.bundles.items())
        }
        waiting = [parcel for parcel, mark in parcels.items() if mark not in known]
        if place.target is None or not waiting:
            continue
        left = leave(place.target, waiting, place.width)
        receipts.left += len(left.there)
        known |= {parcels[parcel] for parcel in left.there}
        if left.failed:
            receipts.problems.append(
                f"{place.name}: {left.failed} receipts could not be left there. "
                f"{' '.join(left.why)}"
            )
    with whole_file(work / REMEMBERED) as file:
        file.write(json.dumps(sorted(known)).encode())
    return receipts


def write_receipts(pool: Pool, identity: x25519.Identity, path: Path) -> list[Path]:
    """Write one receipt for all bundles into a file; for very many, further ones beside it."""
    written = []
    bundles = sorted(set(pool.whole.values()))
    for start in range(0, len(bundles), IN_ONE_FILE):
        stem, number = path.name.removesuffix(SUFFIX), start // IN_ONE_FILE + 1
        file = path if number == 1 else path.with_name(f"{stem}-{number}{SUFFIX}")
        part = bundles[start : start + IN_ONE_FILE]
        write_whole(file, _sign(identity, pool.bundle.study.id, part))
        written.append(file)
    return written


def _sign(identity: x25519.Identity, study: str, bundles: Iterable[str]) -> bytes:
    return sign_receipt(identity, study, bundles, date.today())


def _places(pool: Pool, haul: Haul) -> Iterator[_Place]:
    """Yield each target and folder in which bundles of the dataset lie."""
    places: dict[str, _Place] = {}
    for path, sha256 in pool.whole.items():
        for listing, name in haul.lies.get(path, ()):
            place = _Place(listing.address, listing.target, listing.width)
            places.setdefault(place.name, place).bundles[name_for(name)] = sha256
        if path not in haul.lies:
            place = _Place(str(path.parent), Folder(path.parent))
            places.setdefault(place.name, place).bundles[name_for(path.name)] = sha256
    yield from places.values()


def _mark(place: str, name: str, sha256: str) -> str:
    return hashlib.sha256(f"{place}\n{name}\n{sha256}".encode(errors="replace")).hexdigest()[:32]


def _remembered(work: Path) -> set[str]:
    try:
        return set(json.loads((work / REMEMBERED).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return set()
