"""Makes the dataset of what was fetched and found, and leaves receipts for it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import click
from pyrage import x25519

from kiosk.cli.collect_fetch import Haul, fetched
from kiosk.cli.collect_receipts import leave_receipts, write_receipts
from kiosk.cli.collect_wish import CollectWish
from kiosk.cli.common import tell
from kiosk.cli.dataset_out import tidy, told, write_out
from kiosk.dataset.collect import collect
from kiosk.dataset.map_file import MapFile
from kiosk.dataset.pool import Pool


class NothingOpens(Exception):
    """There is no bundle that this key opens; nothing was written."""

    def __init__(self) -> None:
        super().__init__("There is no bundle that this key opens; nothing was written.")


@dataclass(frozen=True)
class Done:
    """A dataset that was written: the report on it, and the same in words."""

    report: dict[str, Any]
    lines: str

    @property
    def code(self) -> int:
        """The exit code: 1 if something was skipped, could not be reached, or got no receipt."""
        return 1 if self.report["skipped"] or self.report["problems"] else 0


class Teller:
    """Tells on the error channel what has not been told yet."""

    def __init__(self) -> None:
        self._ever: set[str] = set()
        self._before: set[str] = set()
        self._now: set[str] = set()

    def tell_once(self, lines: Iterable[str]) -> None:
        """Tell each line if it was never told before."""
        self._echo(lines, self._ever)

    def tell(self, lines: Iterable[str]) -> None:
        """Tell each line unless it was so at the last look, too."""
        told = list(lines)
        self._echo([line for line in told if line not in self._before], self._now)
        self._now.update(told)

    def look(self) -> None:
        """Begin a new look: what is no longer so is told again when it comes back."""
        self._before, self._now = self._now, set()

    def _echo(self, lines: Iterable[str], told: set[str]) -> None:
        for line in lines:
            if line not in told:
                tell(line, err=True)
            told.add(line)


def collect_once(wish: CollectWish, identity: x25519.Identity) -> Done:
    """Fetch, open and write once, and tell what is in the way. Raises NothingOpens."""
    map_file = wish.map_file
    with fetched(wish) as haul:
        return make(wish, identity, haul, Teller(), map_file)


def make(
    wish: CollectWish, identity: x25519.Identity, haul: Haul, teller: Teller,
    map_file: MapFile | None,
) -> Done:  # fmt: skip
    """Write the dataset of a haul, then receipts; tell what is in the way. Raises NothingOpens."""
    teller.tell([*haul.problems, *haul.notes])
    try:
        with click.progressbar(length=len(haul.paths), label="Opening", file=sys.stderr,
                               hidden=not sys.stderr.isatty()) as bar:  # fmt: skip
            pool, skipped = collect(
                haul.paths, identity, wish.work, lambda: bar.update(1), map_file
            )  # fmt: skip
        teller.tell_once(f"skipped {line}" for line in [*haul.skipped, *skipped])
        if pool.empty:
            del pool  # and its sorted copy, so that `tidy` finds nothing
            raise NothingOpens
        report = write_out(pool, wish, skipped)
        report["skipped"] = [*haul.skipped, *report["skipped"]]
        report |= {"fetched": haul.new, "problems": haul.problems, "receipts": 0}
        lines = told(pool, report, wish.out)
        _give_receipts(wish, pool, haul, identity, report)
        teller.tell(report["problems"])
        return Done(report, lines)
    finally:
        if wish.fresh and sys.exc_info()[0] is None:
            shutil.rmtree(wish.work, ignore_errors=True)
        tidy(wish)


def _give_receipts(
    wish: CollectWish, pool: Pool, haul: Haul, identity: x25519.Identity, report: dict[str, Any]
) -> None:
    """Leave the receipts that are wished for; what is in the way goes into the report."""
    problems = list[str]()
    if wish.receipts:
        receipts = leave_receipts(pool, haul, identity, wish.work)
        report["receipts"], problems = receipts.left, receipts.problems
    if wish.receipts_file:
        try:
            report["files"] += map(str, write_receipts(pool, identity, wish.receipts_file))
        except OSError as problem:
            problems.append(f"The receipt cannot be written to {wish.receipts_file}: {problem}.")
    report["problems"] = [*haul.problems, *problems]
