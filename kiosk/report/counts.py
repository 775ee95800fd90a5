"""Counts a dataset's responses while they are read, one row at a time."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from kiosk.report.dataset import BadDataset, Dataset, Question
from kiosk.report.distribution import Distribution
from kiosk.survey.answers import Completeness, completeness

SAME_FROM = 3  # who answered fewer with faces cannot be said to have given the same to all


@dataclass
class Tally:
    """What remains of the responses: sums. Nothing in it grows with the number of people.

    `rated` are responses with faces for half of such questions or more, `straight` those of them
    with one and the same face throughout (M16).
    """

    answers: dict[str, Counter[int]]
    completeness: dict[str, Counter[Completeness]] = field(default_factory=dict)
    rated: int = 0
    straight: int = 0

    @property
    def n(self) -> int:
        """How many responses there are."""
        return sum(sum(found.values()) for found in self.completeness.values())

    def distribution(self, question: Question) -> Distribution:
        """Return how often each answer of a question was given."""
        found = self.answers[question.id]
        return Distribution(
            {value: found[value] for value in question.labels},
            {value: found[value] for value in question.missing},
            question.positive,
        )


def count(dataset: Dataset) -> Tally:
    """Return the counts of all responses. Raises BadDataset at the first impossible one."""
    tally = Tally({question.id: Counter() for question in dataset.questions})
    tally.completeness = {meeting.id: Counter() for meeting in dataset.meetings}
    faces = [place for place, question in enumerate(dataset.questions) if question.has_faces]
    for workshop, values in responses(dataset):
        given = dict(zip(tally.answers, values, strict=True))
        tally.completeness[workshop][completeness(given)] += 1
        for name, value in given.items():
            tally.answers[name][value] += 1
        rated = [values[place] for place in faces if values[place] <= 5]
        if len(rated) >= max(SAME_FROM, len(faces) / 2):
            tally.rated += 1
            tally.straight += len(set(rated)) == 1
    return tally


def responses(dataset: Dataset) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yield each response: its workshop, and its values in the order of the questions."""
    path = dataset.folder / "responses.csv"
    header = ["rid", "workshop", *(question.id for question in dataset.questions)]
    allowed = [{str(value): value for value in (*q.labels, *q.missing)} for q in dataset.questions]
    workshops = {meeting.id for meeting in dataset.meetings}
    known = workshops | dataset.left_out
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.reader(file, strict=True)
            if next(rows, None) != header:
                raise BadDataset(f"{path} has other columns than items.csv has items.")
            before = ""
            for rid, workshop, *cells in rows:
                if rid <= before or workshop not in known:
                    raise BadDataset(f"{path}, line {rows.line_num}: twice, out of order, or of an "
                                     "unknown workshop.")  # fmt: skip
                before = rid
                if workshop in workshops:
                    yield workshop, _values(cells, allowed)
    except (OSError, UnicodeDecodeError, csv.Error, ValueError, KeyError) as problem:
        raise BadDataset(f"{path} cannot be read as responses: {problem!r}.") from problem


def _values(cells: list[str], allowed: list[dict[str, int]]) -> tuple[int, ...]:
    """Return one row's values. Raises KeyError or ValueError where one is not possible."""
    return tuple(values[cell] for cell, values in zip(cells, allowed, strict=True))
