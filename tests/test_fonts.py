"""No letter of any text falls back to a font that the machine may not have (L7)."""

from __future__ import annotations

import re
from functools import cache

import pytest
from fontTools.ttLib import TTFont

from kiosk.languages import LANGUAGES
from kiosk.paths import bundled
from kiosk.survey.model import Survey
from kiosk.web.assets import style
from tests.test_translations import messages
from tests.translations import po_files

FONTS = bundled("static") / "fonts"
LARGEST = {
    "latin": 25_000,
    "cyrillic": 25_000,
    "arabic": 55_000,
    "ethiopic": 50_000,
    "names": 15_000,
}


@cache
def letters(font: str) -> frozenset[int]:
    return frozenset(TTFont(FONTS / f"{font}.woff2").getBestCmap())


def font_of(tag: str) -> str:
    """Which font the style sheet gives a language first."""
    rules = re.findall(r"((?::lang\(\w+\),? ?)+)\{--fonts:\"Kiosk (\w+)\"", str(style()))
    for languages, font in rules:
        if f":lang({tag.split('-')[0]})" in languages:
            return str(font).lower()
    return "latin"


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_letter_of_survey_and_interface_is_in_the_languages_font(
    tag: str, survey: Survey
) -> None:
    assert font_of(tag) == LANGUAGES[tag].script
    lines = [item.text[tag] for item in (*survey.items, survey.practice)]
    lines += [line.text[tag] for line in survey.consent]
    lines += [option.label[tag] for option in (*survey.scale.options, *survey.missing)]
    lines += [
        text[tag] for text in (survey.title, survey.thanks_title, survey.thanks_text, survey.tool)
    ]
    lines += messages(po_files()[tag]).values() if tag != "en" else []
    lines += [LANGUAGES[tag].digits, LANGUAGES[tag].endonym]
    for line in lines:
        for letter in re.sub(r"\{\w+\}|%\(\w+\)s", "", line):
            assert ord(letter) in letters(LANGUAGES[tag].script), (tag, letter, line)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_can_write_its_name_on_the_start_page(tag: str) -> None:
    assert {ord(letter) for letter in LANGUAGES[tag].endonym} <= letters("names")


@pytest.mark.parametrize("font", LARGEST)
def test_fonts_stay_small(font: str) -> None:
    assert (FONTS / f"{font}.woff2").stat().st_size <= LARGEST[font]
