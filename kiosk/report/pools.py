"""The counts that a publication is made of: groups of workshops, questions that share answers."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kiosk.report.counts import responses
from kiosk.report.dataset import Dataset, Meeting, Question
from kiosk.report.safe.tables import ALL, BANDS, FIRST_MISSING, OTHER, Column, CountTable, Group
from kiosk.survey.model import NOT_SHOWN

BY = (ALL, "site", "month", "tool")
NONE = "none"  # the workshops of which this is not known


@dataclass(frozen=True)
class Sheet:
    """Questions that share their answers, and how many people of each group gave them."""

    questions: tuple[Question, ...]
    counts: CountTable


@dataclass(frozen=True)
class Pools:
    """A dataset's workshops in groups, with all that was counted of them."""

    meetings: Mapping[str, tuple[Meeting, ...]]  # label of the group -> its workshops
    people: Mapping[str, int]  # id of the workshop -> responses
    sheets: tuple[Sheet, ...]


def pools(dataset: Dataset, by: str = ALL) -> Pools:
    """Return the counts by `all`, `site`, `month` or `tool`. Raises BadDataset.

    Responses are read one at a time, and nothing grows with their number.
    """
    meetings: dict[str, tuple[Meeting, ...]] = {}
    for meeting in sorted(dataset.meetings, key=lambda meeting: (_label(meeting, by), meeting.id)):
        label = _label(meeting, by)
        meetings[label] = (*meetings.get(label, ()), meeting)
    people = dict.fromkeys((meeting.id for meeting in dataset.meetings), 0)
    unseen = {question.id: Counter[str]() for question in dataset.questions}
    given = {label: {q.id: Counter[int]() for q in dataset.questions} for label in meetings}
    label_of = {meeting.id: label for label, some in meetings.items() for meeting in some}
    for workshop, values in responses(dataset):
        people[workshop] += 1
        counters = given[label_of[workshop]]
        for (item, counter), value in zip(counters.items(), values, strict=True):
            counter[value] += 1
            unseen[item][workshop] += value == NOT_SHOWN
    unasked = {item: _nowhere(shown, people) for item, shown in unseen.items()}
    sheets = tuple(
        Sheet(questions, _counts(questions, given, meetings, people, unasked[questions[0].id]))
        for questions in _alike(dataset.questions, unasked)
        if len(unasked[questions[0].id]) < sum(n > 0 for n in people.values())
    )
    return Pools(meetings, people, sheets)


def _nowhere(unseen: Counter[str], people: Mapping[str, int]) -> frozenset[str]:
    """Return the workshops in which nobody saw the question: they had another version."""
    return frozenset(workshop for workshop, n in unseen.items() if n and n == people[workshop])


def _label(meeting: Meeting, by: str) -> str:
    """Return the group of a workshop; names that tables give by themselves are told apart."""
    if by == ALL:
        return ALL
    name = str(getattr(meeting, by)).strip()
    return f"{name} ({by})" if name in (ALL, OTHER, NONE) else name or NONE


def _alike(
    questions: Sequence[Question], unasked: Mapping[str, frozenset[str]]
) -> Iterator[tuple[Question, ...]]:
    """Yield the questions that have kind, values, words of their answers and people in common."""
    found: dict[str, list[Question]] = defaultdict(list)
    for question in questions:
        labels = sorted((value, sorted(texts.items())) for value, texts in question.labels.items())
        key = question.kind, labels, sorted(unasked[question.id])
        found[repr(key)].append(question)
    yield from map(tuple, found.values())


def _counts(
    questions: Sequence[Question],
    given: Mapping[str, Mapping[str, Counter[int]]],
    meetings: Mapping[str, Sequence[Meeting]],
    people: Mapping[str, int],
    unasked: frozenset[str],
) -> CountTable:
    """Return the counts of some questions in all groups, of the workshops that were asked them."""
    groups = tuple(
        _group(label, questions, given[label], {m.id: people[m.id] for m in some}, unasked)
        for label, some in meetings.items()
        if not unasked.issuperset(meeting.id for meeting in some)
    )
    unseen = not any(c.get(NOT_SHOWN) for group in groups for c in group.counts.values())
    answers = sorted(questions[0].labels)
    missing = [v for v in sorted(questions[0].missing) if not (v == NOT_SHOWN and unseen)]
    bands = _bands(questions[0], answers, tuple(missing))
    return CountTable(groups, (*answers, *missing), bands)


def _group(
    label: str,
    questions: Sequence[Question],
    given: Mapping[str, Counter[int]],
    people: Mapping[str, int],
    unasked: frozenset[str],
) -> Group:
    """Return a group without the workshops that were not asked."""
    gone = Counter({NOT_SHOWN: sum(n for workshop, n in people.items() if workshop in unasked)})
    asked = {workshop: n for workshop, n in people.items() if workshop not in unasked}
    return Group(label, {q.id: dict(given[q.id] - gone) for q in questions}, asked)


def _bands(question: Question, answers: Sequence[int], missing: Column) -> tuple[Column, ...]:
    """Return what is counted together if there are bands: faces by their side of the scale."""
    if question.has_faces:
        faces = tuple(band for band in BANDS if max(band) < FIRST_MISSING)
        if sorted(value for band in faces for value in band) == list(answers):
            return (*faces, missing)
    return (*((value,) for value in answers), missing)
