"""Nadia gets a sheet of paper: all of it is there, in order, and right for her language."""

from __future__ import annotations

import re
from pathlib import Path

import html5lib
import pytest

from kiosk.languages import LANGUAGES
from kiosk.paths import bundled
from kiosk.survey.texts import places
from kiosk.translate.files import Files, files_of
from kiosk.translate.lines import lines_of
from kiosk.translate.notes import notes_for
from kiosk.translate.sheet import sheet
from tests.conftest import SURVEY_FILE
from tests.translate.conftest import rewords

TRANSLATED = [tag for tag in LANGUAGES if tag != "en"]
NOTES = """
## Arabic (`ar`)

- q01: the note on liking.
- 'Skip' is the usual word.
- Address: polite.

Read back without the source:

- q01 could be heard as loving.
- label.97: a doubt about fitting.

## French (`fr`)

- q01: not for Arabic.
"""


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_text_that_people_read_is_on_the_sheet_once(tag: str, tmp_path: Path) -> None:
    files = files_of(tag, str(SURVEY_FILE), tmp_path, bundled("translations"))
    page = sheet(files)
    html5lib.HTMLParser(strict=True).parse(page)
    ids = re.findall(r'<article class="line" id="([^"]+)"', page)
    assert len(ids) == len(set(ids)) == len(places(files.values)) + len(files.messages)
    language = LANGUAGES[tag]
    assert page.count(f'class="draft" lang="{tag}" dir="{language.dir}"') == len(ids)
    assert not re.search(r'(?:src|href)="(?!data:)', page), "it needs nothing else"


def test_texts_come_in_the_order_in_which_people_meet_them(arabic: Files) -> None:
    sources = [line.source for line in lines_of(arabic)]
    story = ("Language", "Your opinion about the workshop", "Start",
             "I like to drink tea or coffee.", "No, not at all", "I liked this workshop.",
             "Next", "Send", "Thank you!")  # fmt: skip
    assert sorted(story, key=sources.index) == list(story)


def test_each_line_says_what_it_is_for(arabic: Files) -> None:
    where = {line.source: line.where for line in lines_of(arabic)}
    assert where["Skip"] == "Around every question – button: short"
    assert "reader" in where["Try it first"]
    assert all(not text.startswith("Elsewhere") for text in where.values())


def test_notes_lie_beside_their_lines_and_doubts_are_told_apart(arabic: Files) -> None:
    lines = lines_of(arabic)
    notes = notes_for("ar", lines, NOTES)
    skip = next(line.id for line in lines if line.source == "Skip")
    assert notes.about == {"item.q01": ["q01: the note on liking."],
                           skip: ["'Skip' is the usual word."]}  # fmt: skip
    assert notes.doubts == {"item.q01": ["q01 could be heard as loving."],
                            "missing.97": ["label.97: a doubt about fitting."]}  # fmt: skip
    assert notes.general == ["Address: polite."]


@pytest.mark.parametrize("tag", TRANSLATED)
def test_every_language_has_notes_and_doubts_about_some_lines(tag: str, tmp_path: Path) -> None:
    files = files_of(tag, str(SURVEY_FILE), tmp_path, bundled("translations"))
    notes = notes_for(tag, lines_of(files))
    assert "item.q09" in notes.about.keys() | notes.doubts.keys(), "friends: it always may slip"
    assert notes.doubts


def test_what_the_computer_fills_in_is_drawn_and_a_stale_line_is_marked(arabic: Files) -> None:
    assert '<span class="slot" dir="ltr">tool</span>' in sheet(arabic)
    assert "English has changed" not in sheet(arabic)
    rewords(arabic, "I liked this workshop.", "I <b>loved</b> it.")
    page = sheet(arabic)
    assert page.count("English has changed since this") == 1
    assert "I &lt;b&gt;loved" in page


def test_pictures_stand_on_their_pages_and_beside_their_lines(arabic: Files) -> None:
    page = sheet(arabic, {"consent": b"one", "item.q01": b"two"})
    assert page.count("data:image/jpeg;base64,") == 2
