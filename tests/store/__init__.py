"""Tests of the store: what is acknowledged stays, and nothing tells who came when."""

from __future__ import annotations

import secrets
import sqlite3
import tempfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk.opening.keys import new_identity, public
from kiosk.store.database import FILE, prepare
from kiosk.store.intake import Submission
from kiosk.store.reports import SelfReport
from kiosk.store.workshop import Plan, Workshop
from kiosk.store.workshops import Workshops
from kiosk.survey.form import parse_form

STUDY = f"""id = "small"
title = "A small study"
organisation = "The University"
contact = "ask@example.org"
[[recipient]]
key = "{public(new_identity())}"
"""
OPTIONS = "".join(f'[[scale.option]]\nvalue = {n}\nlabel.en = "{"x" * n}"\n' for n in range(1, 6))
SURVEY = f"""id = "small"
version = "1"
translation.en = "source"
title.en = "A small survey"
tool.en = "the tool"
practice.text.en = "I like tea."
thanks.title.en = "Thank you!"
thanks.text.en = "It helps."
[[consent]]
id = "free"
icon = "choose"
text.en = "You choose."
[scale]
id = "five"
{OPTIONS}
[[missing]]
value = 97
label.en = "Does not fit"
[[missing]]
value = 98
label.en = "No answer"
[[item]]
id = "q01"
text.en = "I liked it."
"""
FORM = """id = "diary"
version = "1"
audience = "facilitator"
phase = "same_day"
translation.en = "source"
title.en = "The day"
intro.en = "How was it?"
[[item]]
id = "went"
kind = "text"
text.en = "How did it go?"
[[item]]
id = "came"
kind = "number"
max = 500
text.en = "How many came?"
"""


NOON = datetime(2026, 5, 4, 12, 0)


class Clock:
    """A clock that stands still until somebody lets time pass; the workshop ends at two."""

    def __init__(self) -> None:
        self._now = NOON

    def __call__(self) -> datetime:
        return self._now

    def passes(self, **time: float) -> None:
        self._now += timedelta(**time)


def plans(data: Path, clock: Callable[[], datetime] = datetime.now, **changes: Any) -> Workshop:
    """Plan a workshop with a small survey, for two hours, in a data folder that may be new."""
    prepare(data)
    plan = Plan("Draw", "The library", "", ("en",), clock() + timedelta(hours=2))
    return Workshops(data, clock).plan(
        study=STUDY, survey="small", survey_file=SURVEY, plan=replace(plan, **changes)
    )


def opens(data: Path, clock: Callable[[], datetime] = datetime.now, **changes: Any) -> Workshop:
    """Open such a workshop."""
    return Workshops(data, clock).open(plans(data, clock, **changes).code)


def report(text: str, finished: bool = True, form_file: str = FORM) -> SelfReport:
    """Return what a facilitator wrote into a small form of one text and one number."""
    answers: dict[str, int | str] = {"went": text, "came": 12}
    return SelfReport(parse_form(form_file).id, form_file, "en", answers, finished)


def submission(
    workshop: Workshop, envelope: bytes | None = b"sealed", **changes: Any
) -> Submission:
    """Return what one more browser sends."""
    sent = Submission(workshop.id, secrets.token_urlsafe(18), "complete", envelope)
    return replace(sent, **changes)


def envelope_of(size: int) -> bytes:
    """Return random bytes, as an envelope looks to whoever has no key."""
    return secrets.token_bytes(size)


def in_memory() -> tempfile.TemporaryDirectory[str]:
    """Return a new folder where a disk costs no time: power cuts are other tests' matter."""
    memory = "/dev/shm"  # noqa: S108 - Linux has it; elsewhere it is a folder as any other
    return tempfile.TemporaryDirectory(dir=memory if Path(memory).is_dir() else None)


def rows(data: Path, query: str) -> list[Any]:
    """Return what a query finds in the kiosk's file, as somebody with any SQLite program would."""
    db = sqlite3.connect(data / FILE)
    try:
        return db.execute(query).fetchall()
    finally:
        db.close()
