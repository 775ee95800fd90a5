"""Finds bundles, opens what this key opens, and names everything it could not use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from pyrage import x25519

from kiosk.bundle import layout
from kiosk.bundle.read import BadBundle, Bundle, read_bundle
from kiosk.dataset.pool import Contradiction, Pool
from kiosk.opening.envelopes import BadEnvelope, NotForThisKey, open_envelope
from kiosk.opening.keys import public
from kiosk.opening.reports import open_report

StudyKey = tuple[str, frozenset[str]]


class MixedStudies(Exception):
    """The bundles belong to different studies, and none of them has most."""


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
        inside = source.rglob(layout.PATTERN) if source.is_dir() else [source]
        found |= dict.fromkeys(path.resolve() for path in inside)
    yield from sorted(found, key=lambda path: (path.name, path))


def collect(sources: Iterable[Path], identity: x25519.Identity) -> tuple[Pool, list[Skipped]]:
    """Return the pool of all that could be opened, and what was skipped.

    A bundle that is damaged, sealed to other keys, or of another study than most, adds nothing at
    all. Raises MixedSurveys if two bundles asked different questions, MixedStudies if no study has
    most of the bundles.
    """
    pools, skipped = dict[StudyKey, Pool](), list[Skipped]()
    for path in find_bundles(sources):
        try:
            bundle = read_bundle(path)
            if public(identity) not in bundle.study.keys:
                raise NotForThisKey("it is sealed to other keys than this one.")
            pool = pools.setdefault((bundle.study.id, frozenset(bundle.study.keys)), Pool())
            pool.admit(bundle)
        except (BadBundle, NotForThisKey, Contradiction) as problem:
            skipped.append(Skipped(path.name, str(problem)))
            continue
        skipped += [*_add_responses(pool, bundle, identity), *_add_reports(pool, bundle, identity)]
    pool, foreign = _most(pools)
    return pool, skipped + foreign


def _most(pools: dict[StudyKey, Pool]) -> tuple[Pool, list[Skipped]]:
    """Return the pool of the study that has most bundles, and the others' bundles as skipped."""
    ranked = sorted(pools.items(), key=lambda entry: -len(entry[1].names))
    if len(ranked) > 1 and len(ranked[0][1].names) == len(ranked[1][1].names):
        raise MixedStudies(
            f"{ranked[0][1].names[0]} and {ranked[1][1].names[0]} belong to different studies, or "
            "are sealed to different keys. Please collect each study on its own."
        )
    foreign = [
        Skipped(name, f"it belongs to another study (“{study}”) or is sealed to further keys.")
        for (study, _), pool in ranked[1:]
        for name in pool.names
    ]
    return (ranked[0][1] if ranked else Pool()), foreign


def _add_responses(pool: Pool, bundle: Bundle, identity: x25519.Identity) -> Iterator[Skipped]:
    """Take in the responses of a bundle that was admitted; yield those that are none."""
    for name, envelope in bundle.envelopes.items():
        try:
            pool.add(open_envelope(envelope, bundle, identity))
        except (BadEnvelope, NotForThisKey) as problem:
            yield Skipped(f"{bundle.name}, response {name[:8]}…", f"{problem}.")


def _add_reports(pool: Pool, bundle: Bundle, identity: x25519.Identity) -> Iterator[Skipped]:
    """Take in the self-reports of a bundle that was admitted; yield those that are none."""
    for name in bundle.reports:
        try:
            pool.add_report(open_report(name, bundle, identity), bundle.sheet["edition"])
        except (BadEnvelope, NotForThisKey, Contradiction) as problem:
            yield Skipped(f"{bundle.name}, self-report {name}", f"{str(problem).rstrip('.')}.")
