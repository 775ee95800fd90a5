"""The report: one page that needs nothing but itself, no network and no script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk import __version__
from kiosk.report import thresholds
from kiosk.report.among import Among, narrowed
from kiosk.report.bars import ruler
from kiosk.report.constructs import shown_scales
from kiosk.report.counts import Tally, count
from kiosk.report.dataset import Dataset
from kiosk.report.faces import faces
from kiosk.report.lines import Asked, asked, tool
from kiosk.report.names import choice_name, state_name
from kiosk.report.quality import quality
from kiosk.report.read import read_dataset
from kiosk.report.response_box import response_box
from kiosk.report.strips import strip
from kiosk.report.templating import pages
from kiosk.report.thresholds import FACES_UP_TO, PUBLISHED_FROM, SHOWN_FROM
from kiosk.report.words import Words

EVERYTHING = Among()


@dataclass(frozen=True)
class Report:
    """The page, and what it rests on: how many responses and workshops, and who may see it."""

    html: str
    responses: int
    workshops: int

    @property
    def shown(self) -> bool:
        """Whether there are enough people for any result."""
        return self.responses >= SHOWN_FROM

    @property
    def publishable(self) -> bool:
        """Whether there are enough people to publish results."""
        return self.responses >= PUBLISHED_FROM


def make_report(
    folder: Path, tag: str = "en", *, among: Among = EVERYTHING,
    pooled: bool = False, split: bool = False,
) -> Report:  # fmt: skip
    """Return the report on a dataset folder. Raises BadDataset, Incomplete, NobodyAmong.

    `among` chooses workshops, `pooled` adds pooled averages of scales, `split` puts the middle
    answer across the zero line.
    """
    words = Words(tag)
    dataset = narrowed(read_dataset(folder), among)
    tally = count(dataset)
    box = response_box(dataset, tally)
    found = {question.id: tally.distribution(question) for question in dataset.questions}
    on = ruler((found[q.id] for q in dataset.questions if q.has_faces), split=split)
    lines = [
        asked(words, dataset, question, found[question.id], on, box.everybody_counted)
        for question in dataset.questions
    ]
    context = _about(words, dataset, among) | _results(words, dataset, tally, lines, pooled)
    page = pages(words).get_template("report.html").render(context, on=on, words=words, box=box)
    return Report(page, tally.n, box.workshops)


def _results(
    words: Words, dataset: Dataset, tally: Tally, lines: list[Asked], pooled: bool
) -> dict[str, Any]:
    scales, single = shown_scales(words, lines, pooled=pooled)
    return {
        "n": tally.n,
        "lines": lines if tally.n >= SHOWN_FROM else [],
        "scales": scales,
        "single": single,
        "unit": tally.n <= FACES_UP_TO,
        "quality": quality(dataset, tally),
        "faces": faces(),
        "room": strip(line.found for line in lines if line.shown and line.question.has_faces),
    }


def _about(words: Words, dataset: Dataset, among: Among) -> dict[str, Any]:
    """Return what the page tells of the dataset itself (R12)."""
    offered = [tag for meeting in dataset.meetings for tag in meeting.languages]
    return {
        "dataset": dataset,
        "title": words.pick(dataset.titles),
        "among": [(choice_name(words, name), value) for name, value in among.chosen.items()],
        "months": words.months(meeting.month for meeting in dataset.meetings),
        "mapped": sum(meeting.mapped for meeting in dataset.meetings),
        "sites": len({meeting.site for meeting in dataset.meetings}),
        "tools": sorted({meeting.tool for meeting in dataset.meetings if meeting.tool}),
        "tool": tool(words, dataset),
        "languages": [
            (words.name_of(tag), offered.count(tag), _state(words, dataset, tag))
            for tag in _offered(dataset, offered)
        ],
        "version": __version__,
        "limits": thresholds,
    }


def _offered(dataset: Dataset, offered: Iterable[str]) -> list[str]:
    """Return the languages that any workshop offered, in the survey's order."""
    known = set(offered)
    return [tag for tag in dataset.languages if tag in known]


def _state(words: Words, dataset: Dataset, tag: str) -> str:
    state = dataset.translation.get(tag, "")
    return state_name(words, state) if state else ""
