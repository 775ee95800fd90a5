"""What a kiosk remembers of rehearsals: hashes of the codes it waits for, and the day of success.

A rehearsal is a sealed test file. Whoever opens it with the real key finds a secret, from which
both sides compute the same short code. The kiosk never keeps the secret, and only a hash of the
code: what lies on its disk cannot tell anybody what to type.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from kiosk.store.inspect import look_up
from kiosk.store.settings import Settings
from kiosk.store.workshops import ALPHABET
from kiosk.study.model import Study

CODE_LENGTH = 6
MOST = 8  # files made and not opened yet; a code of an older one is no longer known
LONGEST = 40
COST = 2**13  # scrypt's n; a code is short, and a hash of it must not be tried out in a second


def code_of(secret: str) -> str:
    """Return the code that belongs to a rehearsal's secret: six signs that are easy to read."""
    number = int.from_bytes(hashlib.sha256(f"rehearsal:{secret}".encode()).digest(), "big")
    signs = []
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs)


class Rehearsals:
    """The rehearsals of one kiosk, for each study and set of keys."""

    def __init__(self, data: Path, today: Callable[[], date] = date.today) -> None:
        self._data = data
        self._today = today

    def expect(self, study: Study, secret: str) -> None:
        """Wait for the code of a rehearsal file that is being handed out."""
        known = self._known(study)
        codes = [*known["codes"], _hashed(code_of(secret), secrets.token_hex(16))]
        self._keep(study, known | {"codes": codes[-MOST:]})

    def confirm(self, study: Study, typed: str) -> bool:
        """Tell whether this is a code that is waited for; then the study is rehearsed."""
        known = self._known(study)
        code = "".join(typed[:LONGEST].lower().replace("-", " ").split())
        each = [
            hmac.compare_digest(_hashed(code, kept.split(":")[0]), kept) for kept in known["codes"]
        ]
        right = any(each)
        if right:
            self._keep(study, {"day": self._today().isoformat(), "codes": []})
        return right

    def waits(self, study: Study) -> bool:
        """Tell whether a file was handed out whose code has not come back yet."""
        return bool(self._known(study)["codes"])

    def day(self, study: Study) -> str | None:
        """Return the day on which these keys were seen to open a test; None if they were not."""
        day: str | None = self._known(study)["day"]
        return day

    def _known(self, study: Study) -> dict[str, Any]:
        kept = look_up(self._data, _setting(study))
        return {"day": None, "codes": []} | (json.loads(kept) if kept else {})

    def _keep(self, study: Study, known: dict[str, Any]) -> None:
        Settings(self._data).set(_setting(study), json.dumps(known))


def _setting(study: Study) -> str:
    """Return the name under which a study with just these keys is remembered."""
    keys = hashlib.sha256("\n".join(sorted(study.keys)).encode()).hexdigest()
    return f"rehearsal {study.id} {keys[:32]}"


def _hashed(code: str, salt: str) -> str:
    digest = hashlib.scrypt(code.encode(), salt=bytes.fromhex(salt), n=COST, r=8, p=1)
    return f"{salt}:{digest.hex()}"
