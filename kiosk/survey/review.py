"""How far translations have come (L8): the steps people took, and what is stale since (L10)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from kiosk.languages import LANGUAGES, STATES
from kiosk.survey.model import Questionnaire, Step
from kiosk.survey.problems import Problems
from kiosk.survey.table import Table
from kiosk.survey.texts import MARK_LENGTH, marks

LOWEST = "machine-draft"
MARK = re.compile(rf"[0-9a-f]{{{MARK_LENGTH}}}")


def read_step(row: Table) -> Step:
    """Return one [[review]]: who brought which languages how far, against which source texts."""
    step = Step(
        languages=tuple(row.strings("languages")),
        state=row.string("state"),
        by=tuple(row.strings("by")),
        on=row.string("on"),
        comment=row.string("comment", ""),
        source=frozenset(row.string("source").split()),
    )
    row.done()
    for tag in step.languages:
        if tag not in LANGUAGES:
            row.problems.unknown_key(row.place("languages"), tag, LANGUAGES)
    if step.state not in STATES:
        row.problems.unknown_key(row.place("state"), step.state, STATES)
    _check_words(step, row.where, row.problems)
    return step


def _check_words(step: Step, where: str, problems: Problems) -> None:
    try:
        date.fromisoformat(step.on)
    except ValueError:
        problems.error(f"{where} › on", f"“{step.on}” is no day.", "Please write 2026-05-31.")
    if not all(MARK.fullmatch(one) for one in step.source):
        problems.error(f"{where} › source", "these are no marks of texts.",
                       "Please leave this line as “kiosk translate state” wrote it.")  # fmt: skip


def stale(values: Mapping[str, Any], steps: tuple[Step, ...]) -> dict[str, tuple[str, ...]]:
    """Return language -> ids of the texts whose source changed after the language's last step.

    A language without any step is not judged.
    """
    now = marks(values)
    last = {tag: step for step in steps for tag in step.languages}
    changed = {
        tag: tuple(name for name, mark in now.items() if mark not in step.source)
        for tag, step in last.items()
        if tag in values["translation"]
    }
    return {tag: names for tag, names in changed.items() if names}


def far_enough(state: str, offer_from: str) -> bool:
    """Tell whether a state is at least the one from which a kiosk offers languages."""
    return state == "source" or STATES.index(state) >= STATES.index(offer_from)


def may_be_offered(asked: Questionnaire, tag: str, interface: str, offer_from: str) -> bool:
    """Tell whether participants may be offered a language (L9), wholly or not at all.

    `interface` is the state of the interface's texts in it. From the lowest state on everything
    goes; above it survey and interface must both be far enough, and the survey not stale.
    """
    if offer_from == LOWEST:
        return True
    states = (asked.translation[tag], interface)
    return tag not in asked.stale and all(far_enough(state, offer_from) for state in states)
