"""Tests of studies: Lena makes the keys, the kiosk seals to them, Kari receives one file."""

from __future__ import annotations

import re

from kiosk.opening.new_study import NewStudy


def recovery_words(study: NewStudy) -> list[str]:
    """Return the 24 words as somebody reads them off the printed recovery sheet."""
    sheet = study.sheet.read_text(encoding="utf-8")
    return re.findall(r"<li>([a-z]+)</li>", sheet)


def too_much_work(locked: bytes) -> bytes:
    """Return a locked key that asks for an hour of work, as any does of a computer that is busy."""
    lines = locked.split(b"\n")
    lines[1] = lines[1].rsplit(b" ", 1)[0] + b" 30"
    return b"\n".join(lines)
