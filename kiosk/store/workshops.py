"""Workshops: open, look up, list, close. Counts only; no answer can be read here."""

from __future__ import annotations

import json
import secrets
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from kiosk.store.database import connect, scrub
from kiosk.survey.answers import OUTCOMES

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: what is read aloud or copied by hand arrives as it left.
ALPHABET = "34679acdefghjkmnpqrtwxy"
CODE_LENGTH = 5
COLUMNS = (
    "id", "code", "state", "study", "survey", "survey_file", "title", "site", "tool", "languages",
    "opened_on", "headcount", "bundle", *OUTCOMES,
)  # fmt: skip


class NoSuchWorkshop(Exception):
    """There is no workshop with this code."""


@dataclass(frozen=True)
class Workshop:
    """One meeting of a group. `study` and `survey_file` are the TOML texts as they were asked."""

    id: str
    code: str
    state: str
    study: str
    survey: str
    survey_file: str
    title: str
    site: str
    tool: str
    languages: tuple[str, ...]
    opened_on: str
    headcount: int | None
    bundle: str | None
    complete: int
    partial: int
    under_half: int
    declined: int
    timed_out: int

    @property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.state == "open"

    @property
    def sent(self) -> int:
        """How many responses have arrived."""
        return self.complete + self.partial + self.under_half

    @property
    def counters(self) -> dict[str, int]:
        """Everything that may be counted about a workshop, by name."""
        return {name: getattr(self, name) for name in OUTCOMES}


class Workshops:
    """The workshops of one kiosk. Each call uses its own short-lived connection."""

    def __init__(self, data: Path) -> None:
        self.data = data
        # A workshop as it was when first asked for: for what never changes (its id, study, survey
        # and languages), without touching the file that the writer is busy with.
        self.as_opened = lru_cache(maxsize=64)(self.get)

    def open(
        self, *, study: str, survey: str, survey_file: str, title: str, site: str, tool: str,
        languages: Iterable[str],
    ) -> Workshop:  # fmt: skip
        """Open a new workshop under a fresh random code, and return it."""
        values = {
            "id": secrets.token_hex(8), "code": self._free_code(), "state": "open", "study": study,
            "survey": survey, "survey_file": survey_file, "title": title, "site": site,
            "tool": tool, "languages": json.dumps(list(languages)),
            "opened_on": date.today().isoformat(), "salt": secrets.token_bytes(16),
        }  # fmt: skip
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        with _Session(self.data) as db:
            db.execute(f"INSERT INTO workshops ({names}) VALUES ({marks})", tuple(values.values()))  # noqa: S608 - names are ours
        return self.get(str(values["code"]))

    def get(self, code: str) -> Workshop:
        """Return the workshop with this code, open or closed. Raises NoSuchWorkshop."""
        rows = self._select("WHERE code = ?", code.lower())
        if not rows:
            raise NoSuchWorkshop(f"There is no workshop with the code “{code}”.")
        return rows[0]

    def all(self, *, only_open: bool = False) -> list[Workshop]:
        """Return all workshops (or the open ones), by day, then title."""
        return self._select("WHERE state = 'open'" if only_open else "")

    def close(self, code: str) -> Workshop:
        """Take no more answers for this workshop; closing twice is harmless."""
        workshop = self.get(code)
        with _Session(self.data) as db:
            db.execute("UPDATE workshops SET state = 'closed' WHERE id = ? AND state = 'open'",
                       (workshop.id,))  # fmt: skip
        return self.get(code)

    def envelopes(self, workshop: Workshop) -> list[tuple[bytes, bytes]]:
        """Return (random key, envelope) of each response, in the order of the keys."""
        with _Session(self.data) as db:
            return db.execute(
                "SELECT key, envelope FROM responses WHERE workshop = ? ORDER BY key",
                (workshop.id,),
            ).fetchall()

    def bundled(self, workshop: Workshop, bundle: str) -> None:
        """Note the bundle's name and let go the envelopes that it now holds."""
        with _Session(self.data) as db:
            db.execute("UPDATE workshops SET bundle = ? WHERE id = ?", (bundle, workshop.id))
            db.execute("DELETE FROM responses WHERE workshop = ?", (workshop.id,))

    def _free_code(self) -> str:
        taken = {workshop.code for workshop in self.all()}
        while True:
            code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
            if code not in taken:
                return code

    def _select(self, where: str, *values: str) -> list[Workshop]:
        order = "ORDER BY opened_on DESC, title, code"
        with _Session(self.data, scrubs=False) as db:
            rows = db.execute(f"SELECT {', '.join(COLUMNS)} FROM workshops {where} {order}",  # noqa: S608 - names are ours
                              values).fetchall()  # fmt: skip
        return [_workshop(row) for row in rows]


def _workshop(row: tuple[object, ...]) -> Workshop:
    values = dict(zip(COLUMNS, row, strict=True))
    values["languages"] = tuple(json.loads(str(values["languages"])))
    return Workshop(**values)  # type: ignore[arg-type]  # the columns are the fields


class _Session:
    """One transaction; if it wrote, the file is freed of order and time afterwards."""

    def __init__(self, data: Path, *, scrubs: bool = True) -> None:
        self.data = data
        self.scrubs = scrubs

    def __enter__(self) -> sqlite3.Connection:
        self.db = connect(self.data)
        self.db.execute("BEGIN IMMEDIATE" if self.scrubs else "BEGIN")
        return self.db

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            self.db.execute("ROLLBACK" if kind else "COMMIT")
            if self.scrubs and not kind:
                scrub(self.db, self.data)
        finally:
            self.db.close()
