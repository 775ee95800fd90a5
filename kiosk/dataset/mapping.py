"""Several versions of a survey in one table: which item of each version stands in which column."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from kiosk.survey.model import NOT_SHOWN, Survey

Items = Mapping[str, str]  # item of the version to which all are mapped -> item that was asked
SHORT = 12


@dataclass(frozen=True)
class Plan:
    """Which version (hash) all workshops are mapped to, and the items of each other one.

    The empty plan takes the version of the first workshop, and no other.
    """

    target: str = ""
    items: Mapping[str, Items] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True)
class Mapped:
    """Another version that some workshops of a dataset were asked, and what became of it."""

    survey: Survey
    survey_file: str
    target: Survey
    items: Items
    workshops: int = 0

    @property
    def same(self) -> list[str]:
        """The items that have kept their id."""
        return [ours for ours in self._taken if self.items[ours] == ours]

    @property
    def renamed(self) -> dict[str, str]:
        """The items that have another id now: then -> now."""
        return {self.items[ours]: ours for ours in self._taken if self.items[ours] != ours}

    @property
    def not_shown(self) -> list[str]:
        """The items that these workshops were not asked: code 96 stands there."""
        return [item.id for item in self.target.items if item.id not in self.items]

    @property
    def left_out(self) -> list[str]:
        """The items that were asked and have no column."""
        taken = set(self.items.values())
        return [item.id for item in self.survey.items if item.id not in taken]

    @property
    def _taken(self) -> list[str]:
        return [item.id for item in self.target.items if item.id in self.items]

    def as_dict(self) -> dict[str, Any]:
        """Return what was done, for `--json`."""
        return {
            "version": self.survey.version, "hash": self.survey.hash,
            "workshops": self.workshops, "same": self.same, "renamed": self.renamed,
            "not_shown": self.not_shown, "left_out": self.left_out,
        }  # fmt: skip

    def __str__(self) -> str:
        """Return what was done, in one line for people."""
        parts = {
            "taken as the same": self.same,
            "renamed": [f"{then} to {now}" for then, now in self.renamed.items()],
            "not shown (96)": self.not_shown,
            "left out": self.left_out,
        }
        told = "; ".join(f"{what}: {', '.join(ids)}" for what, ids in parts.items() if ids)
        asked = f"version {self.survey.version} ({self.survey.hash[:SHORT]})"
        return f"Mapped from {asked}, workshops: {self.workshops}; {told}"


def mapped_lines(
    lines: Iterable[bytes], asked: Survey, target: Survey, items: Items
) -> Iterator[bytes]:
    """Turn lines of responses to one version into lines of another; 96 where nothing was asked."""
    places = {item.id: place for place, item in enumerate(asked.items, start=2)}
    columns = [places.get(items.get(item.id, ""), -1) for item in target.items]
    not_shown = str(NOT_SHOWN).encode()
    for line in lines:
        cells = [*line.rstrip(b"\n").split(b","), not_shown]  # the last one is at -1
        yield b",".join([*cells[:2], *(cells[place] for place in columns)]) + b"\n"
