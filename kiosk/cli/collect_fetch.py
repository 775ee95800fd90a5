"""Brings together the bundles that `kiosk collect` opens: fetched ones and those in folders."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click

from kiosk.cli.collect_wish import CollectWish
from kiosk.cli.dataset_out import WORK
from kiosk.dataset.collect import find_bundles
from kiosk.dataset.private import private_folder
from kiosk.sync.cache import Cache
from kiosk.sync.fetch import Came, fetch, wanted
from kiosk.sync.look import Listing, look
from kiosk.sync.problem import NotAllowed, SendProblem

FETCHED = "fetched"
TORN = "still being sent, or damaged. It is looked at again when it has changed."
TOO_LARGE = "it is larger than any bundle can be."
NO_RIGHT = (
    "This login may not list or read everything there. Please ask for the right to, or take "
    "another address; a link for uploads is not enough."
)
AWAY = "is not there. Please put it back, or name the sources anew."


@dataclass
class Haul:
    """Bundles to open. `lies` tells where at targets a fetched one lies, `new` how many are."""

    paths: list[Path] = field(default_factory=list)
    lies: dict[Path, list[tuple[Listing, str]]] = field(default_factory=dict)
    skipped: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    away: list[Path] = field(default_factory=list)
    new: int = 0

    @property
    def snapshot(self) -> frozenset[tuple[str, int, int]]:
        """Return what changes when a bundle comes, goes or is another one."""
        told = ((path, path.stat()) for path in self.paths if path.exists())
        return frozenset((str(path), one.st_size, one.st_mtime_ns) for path, one in told)


@contextmanager
def fetched(wish: CollectWish) -> Iterator[Haul]:
    """Fetch what is new; targets stay open as long as this, for receipts.

    With `fresh`, what earlier runs kept is deleted first, unless a target cannot be reached: then
    it raises UsageError, and nothing is lost.
    """
    listings = look(wish.places())
    try:
        troubles = [f"{one.address}: {_sentence(one.trouble)}" for one in listings if one.trouble]
        if wish.fresh:
            if troubles:
                raise click.UsageError(
                    f"{' '.join(troubles)} Nothing was changed: without this target, collecting "
                    "afresh would lose its bundles. Please try again later, or without --fresh."
                )
            shutil.rmtree(wish.work, ignore_errors=True)
        yield _haul(wish, listings)
    finally:
        for listing in listings:
            listing.close()


def _haul(wish: CollectWish, listings: list[Listing]) -> Haul:
    haul = Haul(away=[source for source in wish.folders if not source.exists()])
    haul.problems = [f"{source} {AWAY}" for source in haul.away]
    for came in _fetch_all(wish, listings):
        _add(haul, came)
    fetched_ones = set(haul.lies)
    here = (path for path in find_bundles(wish.folders) if WORK not in path.parts)
    haul.paths = sorted(fetched_ones | set(here), key=lambda path: (path.name, path))
    return haul


def _fetch_all(wish: CollectWish, listings: list[Listing]) -> list[Came]:
    if not listings:
        return []
    cache = Cache(private_folder(wish.work) / FETCHED)
    jobs = [(listing, wanted(listing, cache)) for listing in listings]
    with click.progressbar(
        length=sum(len(groups) for _, groups in jobs), label="Fetching", file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as bar:  # fmt: skip
        all_came = [fetch(*job, cache, lambda: bar.update(1)) for job in jobs]
    for came in all_came:
        came.torn = [name for name in came.torn if not cache.knows(name)]
    return all_came


def _add(haul: Haul, came: Came) -> None:
    """Add what there is of one target."""
    address = came.listing.address
    for name, path in came.at.items():
        haul.lies.setdefault(path, []).append((came.listing, name))
    haul.skipped += [f"{name}: {TORN} ({address})" for name in sorted(came.torn)]
    haul.skipped += [f"{name}: {TOO_LARGE} ({address})" for name in sorted(came.too_large)]
    haul.problems += [f"{address}: {_sentence(problem)}" for problem in came.problems]
    haul.new += came.new
    if came.no_longer_there:
        haul.notes.append(
            f"{address}: {came.no_longer_there} bundles that were fetched before are no longer "
            "there; they stay in the dataset. --fresh leaves them out."
        )


def _sentence(problem: SendProblem) -> str:
    """Return what to tell a researcher, who reads where kiosks only write."""
    return f"{NO_RIGHT} ({problem.detail})" if isinstance(problem, NotAllowed) else str(problem)
