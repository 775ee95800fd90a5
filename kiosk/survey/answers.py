"""Turns what a browser sent into answers: every item once, each with an allowed value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from kiosk.survey.kinds import allowed_values
from kiosk.survey.model import NO_ANSWER_WANTED, NOT_SHOWN, SKIPPED, Survey

Completeness = Literal["complete", "partial", "under_half"]
# All that may be counted about a workshop, one word a participant.
OUTCOMES = ("complete", "partial", "under_half", "declined", "timed_out")


class Refused(Exception):
    """What was sent is not an answer to this survey; nothing of it is kept."""


def read_answers(survey: Survey, fields: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return item id -> value for all items, in the survey's order; 99 where nothing came.

    The practice question's field is let go unread. Raises Refused at the first unknown item,
    repeated item or value outside the item's options.
    """
    given: dict[str, int] = {}
    for name, raw in fields:
        if name == survey.practice.id:
            continue
        item = survey.item(name)
        if item is None or name in given:
            raise Refused("unknown or repeated item")
        if not (raw.isascii() and raw.isdigit() and len(raw) <= 2):
            raise Refused("not a value")
        given[name] = int(raw)
        if given[name] not in allowed_values(survey, item):
            raise Refused("value out of range")
    return {item.id: given.get(item.id, SKIPPED) for item in survey.items}


def answered(answers: Mapping[str, int]) -> int:
    """Return how many items were answered; a refusal, a skip and what was not shown are none."""
    return sum(value not in (NO_ANSWER_WANTED, SKIPPED, NOT_SHOWN) for value in answers.values())


def completeness(answers: Mapping[str, int]) -> Completeness:
    """Return the class of a response: complete from 80 % of the items, partial from 50 % (R6).

    Items that were not shown do not count.
    """
    shown = sum(value != NOT_SHOWN for value in answers.values())
    share = answered(answers) / max(shown, 1)
    if share >= 0.8:
        return "complete"
    return "partial" if share >= 0.5 else "under_half"
