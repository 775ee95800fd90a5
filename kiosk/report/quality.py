"""How far the answers can be trusted, of a pool as a whole and never of one person (M16)."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.report.counts import Tally
from kiosk.report.dataset import Dataset
from kiosk.report.shares import Share
from kiosk.survey.model import DOES_NOT_FIT, NO_ANSWER_WANTED, NOT_SHOWN, SKIPPED

HIGHEST = 5


@dataclass(frozen=True)
class Quality:
    """Shares of responses (`straight`, `broken_off`), of all answers asked for, or of all faces."""

    straight: Share
    broken_off: Share
    skipped: Share
    does_not_fit: Share
    no_answer: Share
    ceiling: Share


def quality(dataset: Dataset, tally: Tally) -> Quality:
    """Return the indicators: counts and their bases, no verdict."""
    asked = sum(found.total() - found[NOT_SHOWN] for found in tally.answers.values())
    faces = [tally.distribution(question) for question in dataset.questions if question.has_faces]

    def coded(code: int) -> Share:
        return Share(sum(found[code] for found in tally.answers.values()), asked)

    return Quality(
        straight=Share(tally.straight, tally.rated),
        broken_off=Share(sum(c["under_half"] for c in tally.completeness.values()), tally.n),
        skipped=coded(SKIPPED),
        does_not_fit=coded(DOES_NOT_FIT),
        no_answer=coded(NO_ANSWER_WANTED),
        ceiling=Share(
            sum(found.counts[HIGHEST] for found in faces), sum(found.base for found in faces)
        ),
    )
