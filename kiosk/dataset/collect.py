"""Finds bundles, opens what this key opens, and names everything it could not use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyrage import x25519

from kiosk.bundle import layout
from kiosk.bundle.read import BadBundle, Bundle, read_bundle
from kiosk.dataset.pool import ContradictingSheets, MixedStudies, Pool
from kiosk.opening.envelopes import BadEnvelope, NotForThisKey, Response, open_envelope
from kiosk.opening.keys import public


@dataclass(frozen=True)
class Skipped:
    """A file, or one envelope in it, that is not in the dataset, and why."""

    name: str
    why: str

    def __str__(self) -> str:
        """Return one line for the researcher."""
        return f"{self.name}: {self.why}"


def find_bundles(sources: Iterable[Path]) -> Iterator[Path]:
    """Yield each bundle file, those in folders included, by name; each path once."""
    found: dict[Path, None] = {}
    for source in sources:
        inside = source.rglob(f"*{layout.SUFFIX}") if source.is_dir() else [source]
        found |= dict.fromkeys(path.resolve() for path in inside)
    yield from sorted(found, key=lambda path: (path.name, path))


def collect(sources: Iterable[Path], identity: x25519.Identity) -> tuple[Pool, list[Skipped]]:
    """Return the pool of all responses that could be opened, and what was skipped.

    A bundle that is damaged, foreign or sealed to other keys adds nothing at all. Raises
    MixedSurveys if two bundles asked different questions.
    """
    pool, skipped = Pool(), list[Skipped]()
    for path in find_bundles(sources):
        try:
            bundle = read_bundle(path)
            responses, bad = _open_all(bundle, identity)
            pool.admit(bundle)
        except (BadBundle, NotForThisKey, MixedStudies, ContradictingSheets) as problem:
            skipped.append(Skipped(path.name, str(problem)))
            continue
        skipped += bad
        for response in responses:
            pool.add(response)
    return pool, skipped


def _open_all(bundle: Bundle, identity: x25519.Identity) -> tuple[list[Response], list[Skipped]]:
    if public(identity) not in bundle.study.keys:
        raise NotForThisKey("it is sealed to other keys than this one.")
    responses, bad = [], []
    for name, envelope in bundle.envelopes.items():
        try:
            responses.append(open_envelope(envelope, bundle, identity))
        except (BadEnvelope, NotForThisKey) as problem:
            bad.append(Skipped(f"{bundle.name}, response {name[:8]}…", f"{problem}."))
    return responses, bad
