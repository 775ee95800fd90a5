"""Which workshops a report is about: all of them, or those of a place, a month, a tool."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace

from kiosk.report.dataset import Dataset, Meeting


class NobodyAmong(Exception):
    """No workshop of the dataset is meant. Its text says what there is."""


@dataclass(frozen=True)
class Among:
    """A choice of workshops; what is empty chooses all."""

    site: str = ""
    month: str = ""
    tool: str = ""
    workshop: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """What the choice is narrowed by: name -> value."""
        values = {field.name: str(getattr(self, field.name)) for field in fields(self)}
        return {name: value for name, value in values.items() if value}

    def admits(self, meeting: Meeting) -> bool:
        """Say whether a workshop is among those that were chosen."""
        return all(_of(meeting, name) == value for name, value in self.chosen.items())


def narrowed(dataset: Dataset, among: Among) -> Dataset:
    """Return the dataset with the chosen workshops alone. Raises NobodyAmong."""
    kept = tuple(meeting for meeting in dataset.meetings if among.admits(meeting))
    if not kept:
        raise NobodyAmong(" ".join(_sentences(dataset, among)))
    left_out = {meeting.id for meeting in dataset.meetings} - {meeting.id for meeting in kept}
    return replace(dataset, meetings=kept, left_out=frozenset(left_out))


def choices(dataset: Dataset, name: str) -> list[str]:
    """Return what there is to choose from, sorted: of `site`, `month`, `tool` or `workshop`."""
    return sorted({_of(meeting, name) for meeting in dataset.meetings} - {""})


def _sentences(dataset: Dataset, among: Among) -> Iterator[str]:
    for name, value in among.chosen.items():
        there = choices(dataset, name)
        if value not in there:
            known = f"there are: {', '.join(there)}" if there else f"none has a {name}"
            yield f"There is no workshop with {name} “{value}”; {known}."
            return
    yield "No workshop is all of this together."


def _of(meeting: Meeting, name: str) -> str:
    return str(getattr(meeting, "id" if name == "workshop" else name))
