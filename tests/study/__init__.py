"""Tests of studies: Lena makes the keys, the kiosk seals to them, Kari receives one file."""

from __future__ import annotations

import re

from kiosk.opening.new_study import NewStudy


def recovery_words(study: NewStudy) -> list[str]:
    """Return the 24 words as somebody reads them off the printed recovery sheet."""
    sheet = study.sheet.read_text(encoding="utf-8")
    return re.findall(r"<li>([a-z]+)</li>", sheet)
