"""A room full of phones that never stop sending, and write down what they were told."""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Condition, Event, Thread
from urllib.parse import urlencode

from tests.conftest import JSON, new_submission_id
from tests.store import rows

ITEMS = [f"q{number:02}" for number in range(1, 16)]
PATIENCE_SECONDS = 25.0


def answers_of(number: int) -> dict[str, str]:
    """Return answers that nobody else gave: the number's digits to the base of five."""
    digits = [number // 5**place % 5 + 1 for place in range(10)]
    return dict(zip(ITEMS, [*map(str, digits), *"44444"], strict=True))


def digest_of(salt: bytes, submission_id: str) -> bytes:
    """Return by what the kiosk knows a submission."""
    return hmac.digest(salt, submission_id.encode(), hashlib.sha256)[:16]


class Crowd:
    """Sends to the workshop `code` on a port of this machine."""

    def __init__(self, port: int, code: str) -> None:
        self._port, self._code = port, code
        self._numbers = itertools.count()
        self.sent: dict[str, dict[str, str]] = {}
        self.acknowledged: set[str] = set()
        self._more, self._over, self._phones = Condition(), Event(), list[Thread]()

    def comes(self, phones: int) -> None:
        """Let so many phones send, one response after another, until the kiosk is gone."""
        self._over.clear()
        self._phones = [Thread(target=self._phone) for _ in range(phones)]
        for phone in self._phones:
            phone.start()

    def waits_for(self, more: int) -> None:
        """Wait until so many more are acknowledged."""
        with self._more:
            wanted = len(self.acknowledged) + more
            there = self._more.wait_for(lambda: len(self.acknowledged) >= wanted, PATIENCE_SECONDS)
        assert there, "the kiosk acknowledges nothing"

    def goes(self) -> None:
        """Wait until nobody sends any more."""
        self._over.set()
        for phone in self._phones:
            phone.join(timeout=2 * PATIENCE_SECONDS)
            assert not phone.is_alive()

    def send(self, submission_id: str) -> int:
        """Send what belongs to an id; return the status, and believe only an id that comes back."""
        body = urlencode({"submission_id": submission_id} | self.sent[submission_id])
        line = HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE_SECONDS)
        try:
            headers = JSON | {"Content-Type": "application/x-www-form-urlencoded"}
            line.request("POST", f"/w/{self._code}/en", body, headers)
            answer = line.getresponse()
            told = json.loads(answer.read())
        finally:
            line.close()
        if answer.status in (200, 201):
            assert told == {"stored": True, "submission_id": submission_id}
            with self._more:
                self.acknowledged.add(submission_id)
                self._more.notify_all()
        return answer.status

    def _phone(self) -> None:
        while not self._over.is_set():
            submission_id = new_submission_id()
            self.sent[submission_id] = answers_of(next(self._numbers))
            try:
                self.send(submission_id)
            except (OSError, HTTPException, json.JSONDecodeError):
                return  # the kiosk is gone in the middle of it

    def check(self, data: Path) -> None:
        """Check that what was acknowledged is there, once, and that nothing is there by halves."""
        assert rows(data, "PRAGMA integrity_check") == [("ok",)]
        ((salt, *counted),) = rows(
            data, "SELECT salt, complete, partial, under_half, declined, timed_out FROM workshops"
        )
        known = {row[0] for row in rows(data, "SELECT digest FROM acknowledged")}
        envelopes = [row[0] for row in rows(data, "SELECT envelope FROM responses")]
        kept = {one for one in self.sent if digest_of(salt, one) in known}
        assert self.acknowledged <= kept, "none is lost"
        assert len(known) == len(kept), "none was made up"
        assert len(envelopes) == len(set(envelopes)) == len(known) == sum(counted), "no half of one"
