"""Which languages espeak-ng speaks so that people understand it, and why not the others.

The choice rests on what users and makers of espeak-ng report, not on a listening test of our own:
a native speaker should listen before a voice is used, and a recording is better in any case.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from kiosk.paths import bundled
from kiosk.survey.filling import PLACEHOLDER, fill

# Language tag -> voice of espeak-ng.
VOICES = {
    "en": "en-gb", "nb": "nb", "da": "da", "nl": "nl", "fr": "fr-fr", "de": "de", "ar": "ar",
    "uk": "uk", "ru": "ru", "fa": "fa", "tr": "tr", "pl": "pl", "ro": "ro", "lt": "lt", "es": "es",
    "sw": "sw", "sq": "sq",
}  # fmt: skip
LEFT_OUT = {
    "nn": "there is no voice; the Bokmål voice would speak another language",
    "ti": "there is no voice",
    "so": "there is no voice",
    "fa-AF": "there is no voice; the Persian one has the sounds of Iran",
    "ps": "there is no voice",
    "ku": "the voice is a first draft that nobody has tried with speakers",
    "ckb": "there is no voice",
}
# Their writing leaves out vowels that the voice cannot guess: it reads only texts written in full.
NEEDS_VOWELS = frozenset({"ar"})
SAY = "say"
VOWELS = re.compile("[\u064b-\u0652\u0670]")


def to_say(tag: str, text: str, data: Path) -> str | None:
    """Return what the voice is to read for a text; None if it would be read wrongly."""
    for folder in (data, bundled("surveys")):
        for bare, full in _in_full(folder / SAY / f"{tag}.txt"):
            if found := bare.fullmatch(text):
                return fill(full, found.groupdict(), str)
    return None if tag in NEEDS_VOWELS else text


@cache
def _in_full(file: Path) -> list[tuple[re.Pattern[str], str]]:
    """Return the lines of a file with all vowels, each behind the pattern of the bare text."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return [(_pattern(VOWELS.sub("", line)), line) for line in lines if line.strip()]


def _pattern(bare: str) -> re.Pattern[str]:
    """Return the pattern of a line in which each {name} stands for any words, always the same."""
    parts = PLACEHOLDER.split(bare)
    words = (
        re.escape(part) if place % 2 == 0
        else f"(?P={part})" if part in parts[1:place:2]
        else f"(?P<{part}>.+)"
        for place, part in enumerate(parts)
    )  # fmt: skip
    return re.compile("".join(words))
