"""Whatever Amina can read, she can hear: every text has a clip of its own name."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest

from kiosk.languages import LANGUAGES
from kiosk.opening.new_study import NewStudy
from kiosk.sound.texts import INTERFACE, named, option_clip, spoken, ui_clip
from kiosk.study.model import load_study
from kiosk.survey.loader import parse_survey
from kiosk.survey.model import Survey
from tests.conftest import Kari, Visitor
from tests.survey import edited

# What differs from page to page, or is a name.
UNSPOKEN = ("Question %(number)s of %(total)s", "You answered %(answered)s of %(total)s.")
NAMED = "data-clip"


def own_text(element: ET.Element) -> str:
    return re.sub("[\u2068\u2069]", "", " ".join("".join(element.itertext()).split()))


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_every_text_of_the_page_can_be_heard(
    kari: Kari, amina: Visitor, survey: Survey, study: NewStudy, tag: str
) -> None:
    workshop = kari.opens()
    page = amina.gets(f"/w/{workshop.code}/{tag}")
    said = spoken(survey, tag, "Procreate", study=load_study(study.file))
    named = {element.attrib[NAMED] for element in page.all("*") if NAMED in element.attrib}
    assert named - {"status", "count"} <= said.keys(), "what holds a number is left to the device"
    whole = " ".join(said.values())
    for element in page.all("span") + page.all("p") + page.all("h1"):
        text = own_text(element)
        is_name = "language" in element.attrib.get("class", "")
        digits = any(digit.isdigit() for digit in text)
        if element.findall(f".//*[@{NAMED}]"):
            continue  # its parts are looked at
        if text and element.attrib.get("class") != "hidden" and not digits and not is_name:
            own = LANGUAGES[tag].endonym in text
            assert own or text in whole or all(part in whole for part in text.split(". ")), text


def test_clips_are_named_after_what_they_say(survey: Survey) -> None:
    said = spoken(survey, "en")
    assert said["title"] == "Your opinion about the workshop"
    assert said["option.5"] == survey.scale.options[-1].label["en"]
    assert said["missing.98"] == survey.missing[1].label["en"]
    assert said["ui.no-thank-you"] == "No, thank you"
    assert ui_clip("Touch “Send” to give us your answers.") in said
    assert list(said)[:3] == ["name", "title", "consent.length"]
    assert spoken(survey, "nb")["ui.next"] == "Neste"


def test_names_are_spoken_where_they_are_known_and_left_out_where_not(
    survey: Survey, study: NewStudy
) -> None:
    alone = spoken(survey, "en")
    assert "the digital tool" in alone["item.q05"]
    assert not {"consent.who", "consent.contact"} & alone.keys()
    here = spoken(survey, "en", "Procreate", study=load_study(study.file))
    assert "Procreate" in here["item.q05"]
    assert "The University" in here["consent.who"]
    assert named(survey, "en") == {"consent.who", "consent.contact", "consent.timer"}


def test_numbers_are_those_that_readers_of_the_language_see(survey: Survey) -> None:
    assert "۱۵" in spoken(survey, "fa")["consent.length"]


def test_questions_with_answers_of_their_own_name_them_apart() -> None:
    choice = """
[[item]]
id = "age"
kind = "choice"
[item.text]
en = "How old are you?"
[[item.option]]
value = 1
label = { en = "Young" }
[[item.option]]
value = 2
label = { en = "Old" }

[thanks.title]"""
    only_english = edited(("[thanks.title]", choice))
    only_english = re.sub(r'(?m)^(?!en |id |kind |on |by )[a-z]{2,3}(-[A-Z]{2})? = ".*"\n', "",
                          only_english)  # fmt: skip
    found = parse_survey(only_english)
    item = found.item("age")
    assert item
    assert option_clip(item, item.options[0]) == "option.age.1"
    assert spoken(found, "en")["option.age.2"] == "Old"


def test_every_interface_text_has_a_name_of_its_own() -> None:
    assert len({ui_clip(text) for text in INTERFACE}) == len(INTERFACE)
    assert not set(UNSPOKEN) & set(INTERFACE)
