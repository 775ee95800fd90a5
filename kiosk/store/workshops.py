"""Workshops: plan, open, close, look up, delete. Counts only; no answer can be read here."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import astuple
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from kiosk.store import texts
from kiosk.store.copies import forget_copy
from kiosk.store.database import new_exit_code, new_screen_key
from kiosk.store.session import Session
from kiosk.store.workshop import COLUMNS, Headcount, Plan, Workshop, from_row, plan_values

# No 0/O, 1/I/L, 2/Z, 5/S, 8/B, U/V: what is read aloud or copied by hand arrives as it left.
ALPHABET = "34679acdefghjkmnpqrtwxy"
CODE_LENGTH = 5
OPEN_AGAIN_FOR = timedelta(hours=1)
SELECTED = [texts.whole(one) if one in texts.SHARED["workshops"] else one for one in COLUMNS]
TABLES = ("responses", "acknowledged", "tickets", "self_reports", "sendings", "arrivals")


class NoSuchWorkshop(Exception):
    """There is no workshop with this code."""


class AlreadyPacked(Exception):
    """The workshop's bundle is made; it takes no more participants."""


def random_code(length: int) -> str:
    """Return letters and digits that nobody mistakes for others."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


class Workshops:
    """The workshops of one kiosk. Each call uses its own short-lived connection."""

    def __init__(self, data: Path, now: Callable[[], datetime] = datetime.now) -> None:
        self.data = data
        self._now = now
        # A workshop as it was last changed by staff: for what only they change (its id, study,
        # survey, languages), without touching the file that the writer is busy with.
        self.as_planned = lru_cache(maxsize=64)(self.get)

    def plan(self, *, study: str, survey: str, survey_file: str, plan: Plan) -> Workshop:
        """Keep a new workshop, not open yet, under a fresh random code, and return it."""
        long = {"study": study, "survey_file": survey_file}
        values: dict[str, object] = {
            "id": secrets.token_hex(8), "code": self._free_code(), "state": "planned",
            "survey": survey, **long,
            "opened_on": self._now().date().isoformat(), "salt": secrets.token_bytes(16),
            "screen_key": new_screen_key(), "exit_code": new_exit_code(), **plan_values(plan),
        }  # fmt: skip
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        with Session(self.data) as db:
            values |= {name: texts.keep(db, text) for name, text in long.items()}
            db.execute(f"INSERT INTO workshops ({names}) VALUES ({marks})", tuple(values.values()))  # noqa: S608 - names are ours
        return self.get(str(values["code"]))

    def today(self) -> date:
        """Return the day it is by this kiosk's clock."""
        return self._now().date()

    def get(self, code: str) -> Workshop:
        """Return the workshop with this code, open or closed. Raises NoSuchWorkshop."""
        rows = self._select("WHERE code = ?", code.lower())
        if not rows:
            raise NoSuchWorkshop(f"There is no workshop with the code “{code}”.")
        return rows[0]

    def all(self, *, only_open: bool = False) -> list[Workshop]:
        """Return all workshops (or the open ones), by day, then title."""
        return [found for found in self._select("") if found.is_open or not only_open]

    def change(self, code: str, plan: Plan) -> Workshop:
        """Mend what the facilitator decided."""
        return self._set(code, **plan_values(plan))

    def open(self, code: str) -> Workshop:
        """Let people answer from now on; a closed workshop is opened again.

        Raises AlreadyPacked once its bundle is made.
        """
        workshop, now = self.get(code), self._now()
        if workshop.bundle:
            raise AlreadyPacked(
                f"“{workshop.title}” is packed for the researchers and cannot be opened again. "
                "Please plan a new workshop."
            )
        ends = max(workshop.plan.ends_at, now + OPEN_AGAIN_FOR).isoformat(timespec="minutes")
        day = workshop.opened_on if workshop.state == "closed" else now.date().isoformat()
        return self._set(code, state="open", ends_at=ends, opened_on=day)

    def close(self, code: str) -> Workshop:
        """Take no more answers for this workshop; closing twice is harmless."""
        workshop = self.get(code)
        return workshop if workshop.bundle else self._set(code, state="closed")

    def count(self, code: str, headcount: Headcount) -> Workshop:
        """Note how many people the facilitator saw."""
        present, said_no, left_early = astuple(headcount)
        return self._set(code, headcount=present, said_no=said_no, left_early=left_early)

    def printed(self, code: str, address: str) -> None:
        """Note the address that a sheet was printed with, to warn when it is no longer right."""
        with Session(self.data) as db:
            db.execute("UPDATE workshops SET printed_address = ? WHERE code = ?", (address, code))

    def delete(self, workshop: Workshop) -> None:
        """Forget a whole workshop: its answers, tickets, reports and counts (P20)."""
        with Session(self.data) as db:
            for table in TABLES:
                db.execute(f"DELETE FROM {table} WHERE workshop = ?", (workshop.id,))  # noqa: S608 - names are ours
            db.execute("DELETE FROM workshops WHERE id = ?", (workshop.id,))
            texts.drop_unused(db)
        forget_copy(self.data)
        self.as_planned.cache_clear()

    def envelopes(self, workshop: Workshop) -> dict[bytes, bytes]:
        """Return random key -> envelope of each response that no bundle holds yet."""
        with Session(self.data, writes=False) as db:
            rows = db.execute(
                "SELECT key, envelope FROM responses WHERE workshop = ? ORDER BY key",
                (workshop.id,),
            )
            return dict(rows.fetchall())

    def next_edition(self, workshop: Workshop) -> int:
        """Return the number of one more edition; no two bundles ever bear the same one."""
        with Session(self.data) as db:
            db.execute("UPDATE workshops SET edition = edition + 1 WHERE id = ?", (workshop.id,))
            (edition,) = db.execute(
                "SELECT edition FROM workshops WHERE id = ?", (workshop.id,)
            ).fetchone()
        return int(edition)

    def bundled(self, workshop: Workshop, bundle: str, keys: Iterable[bytes]) -> bool:
        """Note the bundle of `workshop` as it was when packing began, and void the tickets.

        The envelopes that it holds go; what changed meanwhile stays to be packed. Return False,
        changing nothing, if somebody else has noted another bundle meanwhile.
        """
        with Session(self.data) as db:
            noted = db.execute(
                "UPDATE workshops SET bundle = ?, state = 'closed', changed = changed - ? "
                "WHERE id = ? AND bundle IS ?",
                (bundle, workshop.changed, workshop.id, workshop.bundle),
            )
            if noted.rowcount:
                db.executemany("DELETE FROM responses WHERE key = ?", [(key,) for key in keys])
                db.execute("DELETE FROM tickets WHERE workshop = ?", (workshop.id,))
        return bool(noted.rowcount)

    def _set(self, code: str, **values: object) -> Workshop:
        """Change columns of a workshop; if it is packed, it must be packed again."""
        names = ", ".join(f"{name} = ?" for name in values)
        workshop = self.get(code)
        with Session(self.data) as db:
            db.execute(f"UPDATE workshops SET {names}, changed = changed + 1 WHERE id = ?",  # noqa: S608 - names are ours
                       (*values.values(), workshop.id))  # fmt: skip
        self.as_planned.cache_clear()
        return self.get(code)

    def _free_code(self) -> str:
        taken = {workshop.code for workshop in self.all()}
        while (code := random_code(CODE_LENGTH)) in taken:
            pass
        return code

    def _select(self, where: str, *values: str) -> list[Workshop]:
        order = "ORDER BY opened_on DESC, title, code"
        with Session(self.data, writes=False) as db:
            rows = db.execute(f"SELECT {', '.join(SELECTED)} FROM workshops {where} {order}",  # noqa: S608 - names are ours
                              values).fetchall()  # fmt: skip
        now = self._now()
        return [from_row(row, now) for row in rows]
