"""Tests of the store: what is acknowledged stays, and nothing tells who came when."""

from __future__ import annotations

import secrets
import sqlite3
from pathlib import Path
from typing import Any

from kiosk.opening.keys import new_identity, public
from kiosk.store.database import FILE, prepare
from kiosk.store.intake import Submission
from kiosk.store.workshops import Workshop, Workshops

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


def opens(data: Path) -> Workshop:
    """Open a workshop with a small survey in a data folder that may be new."""
    prepare(data)
    return Workshops(data).open(
        study=STUDY, survey="small", survey_file=SURVEY, title="Draw", site="The library",
        tool="", languages=["en"],
    )  # fmt: skip


def submission(workshop: Workshop, envelope: bytes | None = b"sealed") -> Submission:
    """Return what one more browser sends."""
    return Submission(workshop.id, secrets.token_urlsafe(18), "complete", envelope)


def envelope_of(size: int) -> bytes:
    """Return random bytes, as an envelope looks to whoever has no key."""
    return secrets.token_bytes(size)


def rows(data: Path, query: str) -> list[Any]:
    """Return what a query finds in the kiosk's file, as somebody with any SQLite program would."""
    db = sqlite3.connect(data / FILE)
    try:
        return db.execute(query).fetchall()
    finally:
        db.close()
