"""One question, ready to be drawn: its words, its counts, and what is said of them."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from kiosk.dataset.cells import csv_bytes
from kiosk.report import findings
from kiosk.report.bars import Ruler, Segment, segments
from kiosk.report.dataset import Dataset, Question
from kiosk.report.distribution import Distribution
from kiosk.report.names import CODES
from kiosk.report.shares import bounds
from kiosk.report.thresholds import PUBLISHED_FROM, SHOWN_FROM
from kiosk.report.words import Text, Words


@dataclass(frozen=True)
class Line:
    """One answer: its value, its words, how many gave it, and percent where the base allows."""

    value: int
    label: Text
    count: int
    percent: int | None = None


@dataclass(frozen=True)
class Asked:
    """One question as the report shows it; `facts` are term and text, `segments` its bar."""

    question: Question
    text: Text
    found: Distribution
    finding: str
    answers: tuple[Line, ...]
    missing: tuple[Line, ...]
    segments: tuple[Segment, ...]
    facts: tuple[tuple[str, str], ...]

    @property
    def shown(self) -> bool:
        """Whether enough people answered this question for its answers to be shown."""
        return self.found.base >= SHOWN_FROM

    @property
    def publishable(self) -> bool:
        """Whether enough people answered it for its answers to be published."""
        return self.found.base >= PUBLISHED_FROM

    @property
    def csv(self) -> str:
        """The question's counts as a link that holds them."""
        rows = [
            [self.question.id, line.value, line.label.words, line.count]
            for line in (*self.answers, *self.missing)
        ]
        content = csv_bytes(("item", "value", "label", "people"), rows)
        return f"data:text/csv;charset=utf-8;base64,{base64.b64encode(content).decode()}"


def asked(
    words: Words, dataset: Dataset, question: Question, found: Distribution, on: Ruler,
    present: int | None,
) -> Asked:  # fmt: skip
    """Return a question ready to be drawn."""
    answers = tuple(
        Line(value, words.pick(label), found.counts[value], found.share(value).percent)
        for value, label in question.labels.items()
    )
    labels = {answer.value: answer.label.words for answer in answers}
    shown = found.base >= SHOWN_FROM
    return Asked(
        question,
        question_text(words, dataset, question),
        found,
        findings.finding(words, found, labels),
        answers,
        tuple(_missing(words, question, found)),
        tuple(segments(found, on)) if shown and question.has_faces else (),
        tuple(_facts(words, question, found, labels, present)) if shown else (),
    )


def tool(words: Words, dataset: Dataset) -> str:
    """Return the tool that the workshops used, if it was one and the same; else a stand-in."""
    tools = {meeting.tool for meeting in dataset.meetings}
    return tools.pop() if len(tools) == 1 and all(tools) else words.gettext("[tool]")


def question_text(words: Words, dataset: Dataset, question: Question) -> Text:
    """Return what was asked, with the tool put in."""
    text = words.pick(question.text)
    return replace(text, words=text.words.replace("{tool}", tool(words, dataset)))


def answer_text(words: Words, code: int, label: Mapping[str, str]) -> Text:
    """Return an answer as people saw it; a code that nobody saw, in the reader's language."""
    if code in CODES:
        return Text(words.translated(CODES[code]), words.language.tag)
    return words.pick(label)


def _missing(words: Words, question: Question, found: Distribution) -> Iterable[Line]:
    """Yield the codes that are no answer, in the reader's language; 96 only if it occurs (R2)."""
    for code, label in question.missing.items():
        if found.missing[code] or code != min(question.missing):
            yield Line(code, answer_text(words, code, label), found.missing[code])


def _facts(
    words: Words, question: Question, found: Distribution, labels: Mapping[int, str],
    present: int | None,
) -> Iterable[tuple[str, str]]:  # fmt: skip
    """Yield what is said below the chart, as terms and texts."""
    if question.has_faces:
        yield words.gettext("Middle answer (median)"), findings.median(words, found, labels)
    if not question.positive:
        return
    yield (
        words.gettext("Uncertainty if these people were a sample of similar people"),
        findings.interval(words, found.positive_share),
    )
    possible = bounds(found.positive_share, present) if present is not None else None
    if possible is not None:
        term = words.gettext("If everybody present had answered")
        yield term, findings.possible(words, possible)
