"""Every language of the registry is the one it says it is; the kiosk starts with no other (L2)."""

from __future__ import annotations

import unicodedata

import pytest
from babel import Locale

from kiosk.languages import LANGUAGES, Language, WrongRegistry, check_registry
from kiosk.paths import bundled
from kiosk.survey.model import Survey

ALL = list(LANGUAGES.values())
SCRIPTS = {"latin": "LATIN", "cyrillic": "CYRILLIC", "arabic": "ARABIC", "ethiopic": "ETHIOPIC"}
PERSIAN = "۰۱۲۳۴۵۶۷۸۹"
DIGITS = {"fa": PERSIAN, "fa-AF": PERSIAN, "ps": PERSIAN, "ckb": "٠١٢٣٤٥٦٧٨٩"}


def script_of(text: str) -> set[str]:
    return {unicodedata.name(sign).split()[0] for sign in text if sign.isalpha()}


def test_our_registry_is_right() -> None:
    check_registry(LANGUAGES)
    assert len(LANGUAGES) == 24


@pytest.mark.parametrize("language", ALL, ids=lambda language: language.tag)
def test_a_language_stands_under_its_own_tag_and_is_known_to_babel(language: Language) -> None:
    assert LANGUAGES[language.tag] is language
    assert language.babel_id == language.tag.replace("-", "_")
    assert str(Locale.parse(language.babel_id)) == language.babel_id


@pytest.mark.parametrize("language", ALL, ids=lambda language: language.tag)
def test_a_language_is_named_by_its_own_speakers_in_its_own_script(language: Language) -> None:
    assert script_of(language.endonym) == {SCRIPTS[language.script]}
    assert [other.tag for other in ALL if other.endonym == language.endonym] == [language.tag]


@pytest.mark.parametrize("language", ALL, ids=lambda language: language.tag)
def test_the_direction_is_that_of_the_script(language: Language, survey: Survey) -> None:
    letters = [sign for sign in survey.title[language.tag] if sign.isalpha()]
    right_to_left = all(unicodedata.bidirectional(sign) in ("R", "AL") for sign in letters)
    assert language.dir == ("rtl" if right_to_left else "ltr")


@pytest.mark.parametrize("language", ALL, ids=lambda language: language.tag)
def test_the_survey_is_written_in_the_languages_script(language: Language, survey: Survey) -> None:
    assert script_of(survey.title[language.tag].replace("workshop", "")) <= {
        SCRIPTS[language.script]
    }


@pytest.mark.parametrize("language", ALL, ids=lambda language: language.tag)
def test_digits_are_those_that_readers_expect(language: Language) -> None:
    assert language.digits == DIGITS.get(language.tag, "0123456789")
    fifteen = language.number(15)
    assert [language.digits.index(digit) for digit in fifteen] == [1, 5]


@pytest.mark.parametrize("language", ALL, ids=lambda language: language.tag)
def test_every_language_but_the_source_has_its_catalogue(language: Language) -> None:
    catalogue = bundled("translations") / language.babel_id / "LC_MESSAGES" / "messages.po"
    assert catalogue.is_file() == (language.tag != "en")


def registry(tag: str, babel_id: str) -> dict[str, Language]:
    return LANGUAGES | {tag: Language(tag, babel_id, "new", "latin")}


def test_kurmanji_must_not_silently_become_kurdish_of_turkey() -> None:
    with pytest.raises(WrongRegistry, match="takes kmr for ku_TR"):
        check_registry(registry("kmr", "kmr"))


@pytest.mark.parametrize("babel_id", ["prs", "xx", "", "not a locale"])
def test_a_language_unknown_to_babel_is_refused(babel_id: str) -> None:
    with pytest.raises(WrongRegistry, match="does not know"):
        check_registry(registry("new", babel_id))


def test_dari_and_persian_are_two_languages_and_so_are_the_norwegians_danes_and_dutch() -> None:
    assert LANGUAGES["fa-AF"].endonym != LANGUAGES["fa"].endonym
    assert {"nb", "da", "nl", "fr"} <= set(LANGUAGES)
