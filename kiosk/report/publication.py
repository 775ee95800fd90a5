"""What may be published of a dataset: safe tables, and whom they are about (P15 to P17, R13)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kiosk.dataset.formats import FOLDERS, FORMATS
from kiosk.report.dataset import Dataset, Meeting, Question
from kiosk.report.pools import Pools, pools
from kiosk.report.read import read_dataset
from kiosk.report.safe.merge import TooFew
from kiosk.report.safe.publish import Method
from kiosk.report.safe.registry import Registry
from kiosk.report.safe.tables import ALL, OTHER, Hidden, SafeTable
from kiosk.report.write import NAME as REPORT

REGISTRY = "released.json"
ROWS = (*(name for name in FORMATS if name not in ("items.csv", "codebook.csv", "README.txt")),
        *FOLDERS, ".collect", REPORT)  # fmt: skip


class NotForRows(Exception):
    """The folder holds what must not be published, or would. Its text says what to do."""


@dataclass(frozen=True)
class Part:
    """Questions that share their answers, and the safe table of them."""

    questions: tuple[Question, ...]
    safe: SafeTable


@dataclass(frozen=True)
class Whom:
    """A group of people in the tables; `present` is None unless heads were counted everywhere."""

    label: str
    workshops: int
    present: int | None
    n: int


@dataclass(frozen=True)
class Publication:
    """All that is published of a dataset, by `all`, `site`, `month` or `tool`.

    `groups` are those of the questions that most people were asked; `left_out` are questions that
    too few were asked.
    """

    dataset: Dataset
    by: str
    parts: tuple[Part, ...]
    groups: tuple[Whom, ...]
    left_out: tuple[Question, ...] = ()

    @property
    def n(self) -> int:
        """How many people it is about."""
        return next(group.n for group in self.groups if group.label == ALL)

    @property
    def numbers(self) -> int:
        """How many numbers the tables have."""
        return sum(len(part.safe.cells) for part in self.parts)

    @property
    def hidden(self) -> int:
        """How many of them are not said."""
        cells = (cell for part in self.parts for cell in part.safe.cells.values())
        return sum(isinstance(cell, Hidden) for cell in cells)


def publication(
    folder: Path, registry: Registry, *, name: str, by: str = ALL, method: Method = "suppress"
) -> Publication:
    """Return what may be published of a dataset folder, beside all that the registry knows.

    The registry learns of it under `name`; it is the caller's to keep. Raises BadDataset, TooFew,
    Refused, NotSafe.
    """
    dataset = read_dataset(folder)
    found = pools(dataset, by)
    parts = tuple(_parts(found, registry, name, method))
    kept = {question.id for part in parts for question in part.questions}
    left_out = tuple(question for question in dataset.questions if question.id not in kept)
    whole = max((part.safe for part in parts), key=lambda safe: safe.n(ALL))
    return Publication(dataset, by, parts, tuple(_groups(found, whole)), left_out)


def _parts(found: Pools, registry: Registry, name: str, method: Method) -> Iterator[Part]:
    """Yield the safe tables; of questions that not everybody was asked, only if enough were."""
    if not found.sheets:
        raise TooFew(0)
    everybody = max(sheet.counts.n for sheet in found.sheets)
    for sheet in found.sheets:
        try:
            yield Part(sheet.questions, registry.release(name, sheet.counts, method))
        except TooFew:
            if sheet.counts.n == everybody:
                raise


def _groups(found: Pools, safe: SafeTable) -> Iterable[Whom]:
    """Yield the groups of the tables with what is known of their workshops."""
    for label in safe.groups:
        mine = [m for name, some in found.meetings.items() if _in(name, label, safe) for m in some]
        yield Whom(label, len(mine), _present(mine), safe.n(label))


def _in(name: str, label: str, safe: SafeTable) -> bool:
    """Say whether a group that was counted went into a group of the tables."""
    return label in (ALL, name) or (label == OTHER and name not in safe.groups)


def _present(meetings: Iterable[Meeting]) -> int | None:
    heads = [meeting.present for meeting in meetings]
    return None if None in heads else sum(head or 0 for head in heads)


def check_place(out: Path, released: Path) -> None:
    """Raise NotForRows if a row, an exact number or the registry's secret would lie beside them."""
    found = [name for name in ROWS if (out / name).exists()]
    if found:
        raise NotForRows(
            f"{out} holds {found[0]}, which is not for publication. Please name another folder."
        )
    if released.resolve().is_relative_to(out.resolve()):
        raise NotForRows(
            f"{released} would lie beside the tables, and must not be published. Please name a "
            "place outside of that folder."
        )
