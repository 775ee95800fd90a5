"""Finds bundles, opens what this key opens, and names everything it could not use."""

from __future__ import annotations

import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from pyrage import x25519

from kiosk.bundle import layout
from kiosk.dataset.map_file import MapFile, plan_of
from kiosk.dataset.mapping import Plan, mapped_lines
from kiosk.dataset.pool import Contradiction, Pool
from kiosk.dataset.rows import SortedRows
from kiosk.dataset.spool import SUFFIX, Opened, Skipped, read_opened, spool_of
from kiosk.dataset.workers import open_all

StudyKey = tuple[str, frozenset[str]]


class MixedStudies(Exception):
    """The bundles belong to different studies, and none of them has most."""


def find_bundles(sources: Iterable[Path]) -> Iterator[Path]:
    """Yield each bundle file, those in folders included, by name; each path once."""
    found: dict[Path, None] = {}
    for source in sources:
        inside = source.rglob(layout.PATTERN) if source.is_dir() else [source]
        found |= dict.fromkeys(path.resolve() for path in inside)
    yield from sorted(found, key=lambda path: (path.name, path))


def collect(
    sources: Iterable[Path], identity: x25519.Identity, work: Path | None = None,
    opened: Callable[[], None] = lambda: None, map_file: MapFile | None = None,
) -> tuple[Pool, list[Skipped]]:  # fmt: skip
    """Return the pool of all that could be opened, and what was skipped.

    What was opened stays in the folder `work` for the next time; without one, in a private folder
    for as long as the pool. `opened` is called after each bundle. A bundle that is damaged, sealed
    to other keys, or of another study than most, adds nothing at all. Raises MixedSurveys if two
    bundles asked different questions that no mapping brings together, BadMapping if it cannot be
    used, MixedStudies if no study has most of the bundles.
    """
    folder = work or Path(tempfile.mkdtemp(prefix="kiosk-collect-"))
    try:
        pool, skipped = _collected(list(find_bundles(sources)), identity, folder, opened, map_file)
    except BaseException:
        if not work:
            shutil.rmtree(folder, ignore_errors=True)
        raise
    if not work:
        weakref.finalize(pool.rows, shutil.rmtree, folder, ignore_errors=True)
    return pool, skipped


def _collected(
    paths: Sequence[Path], identity: x25519.Identity, work: Path, opened: Callable[[], None],
    map_file: MapFile | None,
) -> tuple[Pool, list[Skipped]]:  # fmt: skip
    spool = spool_of(work, identity)
    studies, skipped = dict[StudyKey, list[Opened]](), list[Skipped]()
    for path, found in zip(paths, open_all(paths, spool, str(identity)), strict=True):
        opened()
        if isinstance(found, Skipped):
            skipped.append(found)
            continue
        bundle = read_opened(spool / found, path)
        key = bundle.bundle.study.id, frozenset(bundle.bundle.study.keys)
        studies.setdefault(key, []).append(bundle)
    ours, foreign = _most(studies)
    pool, contradictions = _pooled(ours, work, map_file)
    _forget_others(spool, studies)
    return pool, [*skipped, *contradictions, *foreign]


def _most(studies: dict[StudyKey, list[Opened]]) -> tuple[list[Opened], list[Skipped]]:
    """Return the bundles of the study that has most, and the others' as skipped."""
    ranked = sorted(studies.items(), key=lambda entry: -len(entry[1]))
    if len(ranked) > 1 and len(ranked[0][1]) == len(ranked[1][1]):
        first, second = (found[0].bundle.name for _, found in ranked[:2])
        raise MixedStudies(
            f"{first} and {second} belong to different studies, or are sealed to different keys. "
            "Please collect each study on its own."
        )
    foreign = [
        Skipped(
            opened.bundle.name,
            f"it belongs to another study (“{study}”) or is sealed to further keys.",
        )
        for (study, _), found in ranked[1:]
        for opened in found
    ]
    return (ranked[0][1] if ranked else []), foreign


def _pooled(
    found: Sequence[Opened], work: Path, map_file: MapFile | None
) -> tuple[Pool, list[Skipped]]:
    """Return the pool of bundles of one study, and what contradicts what came before."""
    versions = {opened.bundle.survey.hash: opened.bundle.survey for opened in found}
    plan = plan_of(map_file, versions) if map_file and found else Plan()
    pool, admitted, skipped = Pool(plan), list[Opened](), list[Skipped]()
    found = sorted(found, key=lambda opened: opened.bundle.survey.hash != plan.target)
    for opened in found:
        try:
            pool.admit(opened.bundle)
        except Contradiction as problem:
            skipped.append(Skipped(opened.bundle.name, str(problem)))
            continue
        admitted.append(opened)
        lost = [*opened.skipped, *_add_reports(pool, opened)]
        skipped += lost
        if not lost:
            pool.whole[opened.path] = opened.sha256
    pool.rows = SortedRows((line for opened in admitted for line in _lines(opened, pool)), work)
    return pool, skipped


def _lines(opened: Opened, pool: Pool) -> Iterator[bytes]:
    """Yield the responses of a bundle, in the columns of the pool."""
    asked = opened.bundle.survey
    if asked.hash not in pool.plan.items:
        return opened.lines()
    return mapped_lines(opened.lines(), asked, pool.survey, pool.plan.items[asked.hash])


def _add_reports(pool: Pool, opened: Opened) -> Iterator[Skipped]:
    """Take in the self-reports of a bundle that was admitted; yield those that contradict."""
    for report in opened.reports:
        try:
            pool.add_report(report, opened.bundle.sheet["edition"])
        except Contradiction as problem:
            name = f"{opened.bundle.name}, self-report {report.form.id}"
            yield Skipped(name, str(problem))


def _forget_others(spool: Path, studies: dict[StudyKey, list[Opened]]) -> None:
    """Delete what earlier runs opened and this one did not need: those bundles were taken away."""
    needed = {opened.file for found in studies.values() for opened in found}
    for file in spool.glob(f"*{SUFFIX}"):
        if file not in needed:
            file.unlink()
