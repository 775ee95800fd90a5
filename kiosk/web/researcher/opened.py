"""Everything that the key opened: one dataset in the making, and who can be shown of it (P15)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

from pyrage import x25519

from kiosk.dataset.collect import MixedStudies, collect
from kiosk.dataset.formats import FORMATS
from kiosk.dataset.pool import MixedSurveys, Pool
from kiosk.dataset.spool import Skipped
from kiosk.dataset.write import write_folder
from kiosk.report.among import Among, choices
from kiosk.report.dataset import Dataset
from kiosk.report.read import FILES, read_dataset
from kiosk.report.thresholds import PUBLISHED_FROM, SHOWN_FROM
from kiosk.web.researcher.job import Job

KINDS = ("site", "month", "tool")


class NothingOpens(Exception):
    """There is no bundle that this key opens; `skipped` says why for each that is there."""

    def __init__(self, skipped: Sequence[Skipped]) -> None:
        super().__init__("There is no bundle that this key opens.")
        self.skipped = tuple(skipped)


EXPECTED = (MixedStudies, MixedSurveys, NothingOpens, OSError)


@dataclass(frozen=True)
class Group:
    """Some of the workshops, and how many people answered in them."""

    kind: str
    value: str
    n: int

    @property
    def shown(self) -> bool:
        """Whether there are enough people for a report."""
        return self.n >= SHOWN_FROM

    @property
    def publishable(self) -> bool:
        """Whether there are enough people to publish results."""
        return self.n >= PUBLISHED_FROM


@dataclass(frozen=True)
class Row:
    """One workshop as the list shows it: its newest sheet, its bundles, its responses."""

    sheet: Mapping[str, Any]
    bundles: tuple[str, ...]
    n: int


@dataclass(frozen=True)
class Opened:
    """What could be opened. `sizes` has workshop -> how many different responses it has."""

    pool: Pool
    skipped: tuple[Skipped, ...]
    dataset: Dataset
    sizes: Mapping[str, int]

    def size(self, among: Among) -> int:
        """Return how many people answered in the workshops that are meant."""
        return sum(self.sizes[one.id] for one in self.dataset.meetings if among.admits(one))

    @cached_property
    def groups(self) -> dict[str, list[Group]]:
        """Place, month and tool, each with the groups that it divides the workshops into."""
        return {
            kind: [
                Group(kind, value, self.size(Among(**{kind: value})))
                for value in choices(self.dataset, kind)
            ]
            for kind in KINDS
        }

    @cached_property
    def rows(self) -> list[Row]:
        """All workshops, newest month first."""
        bundles: dict[str, list[str]] = {}
        for bundle in self.pool.bundles:
            bundles.setdefault(str(bundle.sheet["workshop"]), []).append(bundle.name)
        found = [
            Row(sheet, tuple(bundles[sheet["workshop"]]), self.sizes[sheet["workshop"]])
            for sheet in self.pool.workshops()
        ]
        by_name = sorted(found, key=lambda row: (row.sheet["site"], row.sheet["title"]))
        return sorted(by_name, key=lambda row: str(row.sheet["month"]), reverse=True)


def open_bundles(
    job: Job[Opened], paths: Sequence[Path], identity: x25519.Identity, folder: Path
) -> Opened:
    """Open what this key opens, and write what reports read of it into `folder`.

    Raises one of `EXPECTED`, or Stopped. What was opened stays for the next time.
    """
    pool, skipped = collect(paths, identity, folder / "opened", opened=job.step)
    if pool.empty:
        raise NothingOpens(skipped)
    files = {name: partial(FORMATS[name], pool) for name in FILES}
    write_folder(files, folder / "report")
    sizes = Counter(response.workshop for response in pool.responses())
    return Opened(pool, tuple(skipped), read_dataset(folder / "report"), sizes)
