"""The scales as the report shows them: questions side by side, their counts together (R10)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.report.distribution import Distribution, together
from kiosk.report.lines import Asked
from kiosk.report.names import construct_name
from kiosk.report.scales import pooled_average, scales
from kiosk.report.thresholds import POOLED_FROM
from kiosk.report.words import Words


@dataclass(frozen=True)
class ScaleShown:
    """One scale: its name, its questions, all their answers together, and what is said of it."""

    declared: str
    name: str
    parts: tuple[Asked, ...]
    whole: Distribution
    finding: str
    average: str


def shown_scales(
    words: Words, lines: Iterable[Asked], *, pooled: bool
) -> tuple[list[ScaleShown], list[ScaleShown]]:
    """Return the scales of several questions, and those of one, which say nothing new.

    A question that too few answered is left out of its scales, as it is left out of the report.
    """
    by_id = {line.question.id: line for line in lines if line.shown}
    found = [
        _shown(words, scale.name, [by_id[question.id] for question in scale.questions], pooled)
        for scale in scales(line.question for line in by_id.values())
    ]
    return [s for s in found if len(s.parts) > 1], [s for s in found if len(s.parts) == 1]


def _shown(words: Words, declared: str, parts: list[Asked], pooled: bool) -> ScaleShown:
    whole = together(part.found for part in parts)
    labels = {line.value: line.label.words for line in parts[0].answers}
    finding = words.gettext(
        "%(share)s answers to these questions were %(answer)s.",
        share=words.share(whole.positive_share),
        answer=words.either(labels[value] for value in sorted(whole.positive)),
    )
    average = _average(words, parts, whole) if pooled and len(parts) > 1 else ""
    return ScaleShown(
        declared, construct_name(words, declared), tuple(parts), whole, finding, average
    )


def _average(words: Words, parts: list[Asked], whole: Distribution) -> str:
    """Return the pooled average with its base, one decimal, or from when on there is one (R3)."""
    people = min(part.found.base for part in parts)
    if people < POOLED_FROM:
        return words.gettext(
            "A pooled mean is shown where %(least)s people or more answered every question.",
            least=words.number(POOLED_FROM),
        )
    return words.gettext(
        "Pooled mean of %(answers)s answers, from 1 to 5: %(mean)s.",
        answers=words.number(whole.base), mean=words.number(float(pooled_average(whole)), 1),
    )  # fmt: skip
