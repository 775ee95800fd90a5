"""Seals responses and self-reports to the study's public keys (age X25519); opens none."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from pyrage import RecipientError, encrypt, x25519

from kiosk.survey.kinds import allowed_values
from kiosk.survey.model import Form, Survey

FORMAT = 1
SMALLEST = 1024


def canonical(value: Any) -> bytes:
    """Return the one JSON text (UTF-8 bytes) of a value: sorted keys, no spaces."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def is_recipient(key: str) -> bool:
    """Tell whether `key` is an age public key."""
    try:
        x25519.Recipient.from_str(key)
    except RecipientError:
        return False
    return True


def padded_size(survey: Survey) -> int:
    """Return the size in bytes to which every response of a survey is padded.

    It depends on the survey alone, never on the answers: the smallest power of two, 1 KiB or
    more, that holds the longest possible response.
    """
    longest = {item.id: max(allowed_values(survey, item)) for item in survey.items}
    need = len(canonical(_content(survey, "w" * 32, longest, new_rid())))
    return max(SMALLEST, 1 << (need - 1).bit_length())


def seal(
    survey: Survey, workshop_id: str, answers: Mapping[str, int], keys: Sequence[str],
    rid: str | None = None,
) -> bytes:  # fmt: skip
    """Return the envelope: an age file that each of `keys` alone can open.

    Inside is canonical JSON, padded with spaces to `padded_size(survey)`, with a random `rid`
    made here, unrelated to anything the browser sent. Only a rehearsal names its own.
    """
    content = canonical(_content(survey, workshop_id, answers, rid or new_rid()))
    return _encrypt(content.ljust(padded_size(survey)), keys)


def new_rid() -> str:
    """Return a random id, 128 bits in hexadecimal digits."""
    return secrets.token_hex(16)


def seal_report(
    form: Form, workshop_id: str, language: str, answers: Mapping[str, int | str],
    finished: bool, keys: Sequence[str],
) -> bytes:  # fmt: skip
    """Return the envelope of a facilitator's self-report, padded to a power of two."""
    content = canonical({
        "format": FORMAT, "form": form.hash, "workshop": workshop_id, "language": language,
        "finished": finished, "answers": dict(answers),
    })  # fmt: skip
    return _encrypt(content.ljust(max(SMALLEST, 1 << (len(content) - 1).bit_length())), keys)


def _encrypt(content: bytes, keys: Sequence[str]) -> bytes:
    return bytes(encrypt(content, [x25519.Recipient.from_str(key) for key in keys]))


def _content(
    survey: Survey, workshop_id: str, answers: Mapping[str, int], rid: str
) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "rid": rid,
        "survey": survey.hash,
        "workshop": workshop_id,
        "answers": dict(answers),
    }
