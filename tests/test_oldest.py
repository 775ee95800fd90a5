"""What a seven-year-old phone does not know does not get into the scripts unnoticed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.oldest import GUARDED, OLDEST, grammar, problems, shipped, too_new

DOCS = Path(__file__).parent.parent / "docs"


def test_what_is_shipped_keeps_to_the_oldest_browsers() -> None:
    assert problems(shipped()) == []


@pytest.mark.parametrize("line", [
    "const name = person?.name;", "const a = b ?? c;", "a ||= b;",
    "try { go(); } catch { stay(); }",
    "const big = 10n;", "class Face { #value = 1; }", "const many = 1_000;", "x.match(/(?<=a)b/);",
])  # fmt: skip
def test_newer_grammar_is_found(line: str) -> None:
    assert grammar(line)


@pytest.mark.parametrize(("name", "text", "word"), [
    ("a.js", "list.flat();", "flat"), ("a.js", "box.replaceChildren(a);", "replaceChildren"),
    ("a.js", "const watch = new ResizeObserver(act);", "ResizeObserver"),
    ("a.js", "Promise.allSettled(all);", "allSettled"),
    ("a.js", "text.replaceAll(a, b);", "replaceAll"),
    ("a.css", ".a { aspect-ratio: 1; }", "aspect-ratio"), ("a.css", ".a:is(.b) { top: 0; }", "is"),
    ("a.css", ".a { width: clamp(1px, 2px, 3px); }", "clamp"),
    ("a.css", "@container (width > 1px) { a { top: 0; } }", "container"),
])  # fmt: skip
def test_what_only_newer_browsers_know_is_found(name: str, text: str, word: str) -> None:
    assert word in too_new(name, text)


def test_words_in_comments_and_texts_are_no_words_of_the_script() -> None:
    assert not too_new("a.js", "// list.flat()\nsay('a?.b .flat()'); /* .replaceAll( */")


def test_a_reason_that_is_needed_no_more_is_told() -> None:
    reason = next(iter(GUARDED))
    assert f"tests/oldest.py: nothing uses {reason} any more" in problems({})


def test_the_documentation_names_the_same_browsers() -> None:
    text = (DOCS / "accessibility.md").read_text(encoding="utf-8")
    told = dict(re.findall(r"\| (Chrome|Firefox|Safari)[^|]*\| ([\d.]+)", text))
    assert {name.lower(): version for name, version in told.items()} == OLDEST
