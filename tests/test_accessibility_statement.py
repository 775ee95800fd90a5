"""The statement on accessibility leaves no criterion out, and names only tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d\.\d\.\d+) [^|]+\| (A|AA) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
# WCAG 2.2 has 31 criteria of level A and 24 of AA, since 4.1.1 was taken out.
LEVELS = {
    "A": (
        "1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.1.4 2.2.1 2.2.2 2.3.1 "
        "2.4.1 2.4.2 2.4.3 2.4.4 2.5.1 2.5.2 2.5.3 2.5.4 3.1.1 3.2.1 3.2.2 3.2.6 3.3.1 3.3.2 3.3.7 "
        "4.1.2"
    ),
    "AA": (
        "1.2.4 1.2.5 1.3.4 1.3.5 1.4.3 1.4.4 1.4.5 1.4.10 1.4.11 1.4.12 1.4.13 2.4.5 2.4.6 2.4.7 "
        "2.4.11 2.5.7 2.5.8 3.1.2 3.2.3 3.2.4 3.3.3 3.3.4 3.3.8 4.1.3"
    ),
}


def test_every_criterion_stands_there_once_with_its_level() -> None:
    said = [(number, level) for number, level, _, _ in ROW.findall(TEXT)]
    wanted = [(number, level) for level, numbers in LEVELS.items() for number in numbers.split()]
    assert len(wanted) == 31 + 24
    assert sorted(said) == sorted(wanted)


def test_every_state_is_one_of_three_and_says_how() -> None:
    for number, _, state, how in ROW.findall(TEXT):
        assert state in {"supported", "partly", "not applicable"}, number
        assert len(how) > 3, number


def test_every_file_that_is_named_exists() -> None:
    named = set(re.findall(r"`(tests/[\w/.]+)`", TEXT))
    assert len(named) > 10
    assert [name for name in sorted(named) if not (ROOT / name).is_file()] == []


def test_everything_that_is_only_partly_met_is_told_as_a_gap() -> None:
    gaps = TEXT.split("## Known gaps")[1]
    for word in ("timer", "ticket", "sound", "iPhones"):
        assert word in gaps, word
