"""Amina's pages: one document, in her language, with everything in it."""

from __future__ import annotations

import gzip
import re
import tomllib

import pytest
import tomli_w

from kiosk.languages import LANGUAGES
from kiosk.survey.model import Survey
from tests.conftest import JSON, SURVEY_FILE, Kari, Lena, Visitor, new_submission_id

ALL = {f"q{n:02}": 4 for n in range(1, 16)}


def test_the_start_page_lists_languages_by_their_own_names(kari: Kari, amina: Visitor) -> None:
    workshop = kari.opens()
    page = amina.gets(f"/w/{workshop.code}")
    links = [a for a in page.all("a") if "hreflang" in a.attrib]
    assert [page.text(a) for a in links] == [language.endonym for language in LANGUAGES.values()]
    for link in links:
        assert link.attrib["lang"] == link.attrib["hreflang"]
    assert "flag" not in page.html
    assert f"192.0.2.7:8080/w/{workshop.code}" in page.html, "the short address to type (A3)"
    assert 'class="qr"' in page.html


def test_the_root_leads_to_the_open_workshop(kari: Kari, amina: Visitor) -> None:
    assert "No workshop is open now." in amina.gets("/").h1
    first = kari.opens()
    assert amina.gets("/").html == amina.gets(f"/w/{first.code}").html
    kari.opens(title="Photos with Canva")
    page = amina.gets("/")
    assert page.h1 == "Choose your workshop"
    assert "Photos with Canva" in page.html
    assert "Draw with Procreate" in page.html


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_whole_survey_is_one_document(
    tag: str, kari: Kari, amina: Visitor, survey: Survey
) -> None:
    page = amina.gets(f"/w/{kari.opens().code}/{tag}")
    assert page.tree.attrib["lang"] == tag
    radios = [i for i in page.all("input") if i.attrib.get("type") == "radio"]
    for item in survey.items:
        mine = [radio.attrib["value"] for radio in radios if radio.attrib["name"] == item.id]
        assert mine == ["1", "2", "3", "4", "5", "97", "98"], "DOM order is reading order (M7)"
    assert len(page.all("fieldset")) == 16
    assert "Procreate" in page.html


@pytest.mark.parametrize("tag", [tag for tag in LANGUAGES if tag != "en"])
def test_no_page_mixes_languages(tag: str, kari: Kari, amina: Visitor) -> None:
    code = kari.opens(title="1", tool="2").code
    page = amina.gets(f"/w/{code}/{tag}")
    shown = " ".join(page.text(part) for part in page.all("body"))
    for english in ("Next", "Back", "Skip", "answer", "Thank", "Choose", "people", "My"):
        assert not re.search(rf"\b{english}\b", shown.split("'use strict'")[0]), english


def test_filled_in_words_are_isolated(kari: Kari, amina: Visitor) -> None:
    code = kari.opens(tool="Procreate 3D.").code
    assert "<bdi>Procreate 3D.</bdi>" in amina.gets(f"/w/{code}/ar").html
    assert "\u2068Procreate 3D.\u2069" in amina.gets(f"/w/{code}/ar").html, "in plain text too"


def test_what_the_facilitator_types_cannot_become_markup(kari: Kari, amina: Visitor) -> None:
    evil = "<script>alert(1)</script>"
    code = kari.opens(title=evil, tool=evil).code
    assert evil not in amina.gets(f"/w/{code}").html
    assert evil not in amina.gets(f"/w/{code}/en").html


def test_without_a_tool_the_survey_has_a_word_for_it(kari: Kari, amina: Visitor) -> None:
    html = amina.gets(f"/w/{kari.opens(tool='').code}/en").html
    assert "I can use <bdi>the digital tool</bdi> on my own now." in html
    assert "<bdi>The digital tool</bdi> is useful in my daily life." in html


def test_digits_are_those_of_the_language(kari: Kari, amina: Visitor) -> None:
    code = kari.opens().code
    assert "۱۵" in amina.gets(f"/w/{code}/fa").html
    assert "۱۵" in amina.gets(f"/w/{code}/ps").html


def test_a_send_is_acknowledged_and_a_repeat_gets_the_same_answer(
    kari: Kari, amina: Visitor, lena: Lena
) -> None:
    workshop = kari.opens()
    mine = new_submission_id()
    first = amina.sends(workshop, ALL, submission_id=mine)
    again = amina.sends(workshop, ALL, submission_id=mine)
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json == {"stored": True, "submission_id": mine}
    assert [r.values for r in lena.collects(kari.closes(workshop)).responses()] == [(4,) * 15]


def test_without_javascript_the_form_leads_to_the_thank_you_page(
    kari: Kari, amina: Visitor
) -> None:
    workshop = kari.opens()
    sent = amina.sends(workshop, ALL | {"practice": 5}, Accept="text/html")
    assert sent.status_code == 303
    assert "شكرا" in amina.gets(sent.headers["Location"]).h1
    assert kari.workshops.get(workshop.code).counters["complete"] == 1


def test_saying_no_is_counted_and_nothing_else(kari: Kari, amina: Visitor, lena: Lena) -> None:
    workshop = kari.opens()
    mine = new_submission_id()
    for _ in range(2):
        sent = amina.sends(
            workshop, {"outcome": "declined"}, submission_id=mine, Accept="text/html"
        )
        assert sent.status_code == 303
        amina.gets(sent.headers["Location"])
    assert kari.workshops.get(workshop.code).counters == {
        "complete": 0, "partial": 0, "under_half": 0, "declined": 1, "timed_out": 0
    }  # fmt: skip
    assert len(lena.collects(kari.closes(workshop))) == 0


def test_what_is_counted_follows_the_share_of_answers(kari: Kari, amina: Visitor) -> None:
    workshop = kari.opens()
    for answered in (15, 12, 11, 8, 7, 0):
        amina.sends(workshop, {f"q{n:02}": 3 for n in range(1, answered + 1)})
    counters = kari.workshops.get(workshop.code).counters
    assert (counters["complete"], counters["partial"], counters["under_half"]) == (2, 2, 2)


def test_only_the_offered_languages_are_there(kari: Kari, amina: Visitor) -> None:
    code = kari.opens(languages=["nb", "ar"]).code
    amina.gets(f"/w/{code}/nb")
    assert amina.gets(f"/w/{code}/en", status=404).title.startswith("Error")


def test_codes_may_be_typed_in_capitals(kari: Kari, amina: Visitor) -> None:
    code = kari.opens().code
    amina.gets(f"/w/{code.upper()}")
    amina.gets(f"/w/{code.upper()}/ar")


def test_the_page_is_small_and_never_kept(kari: Kari, amina: Visitor) -> None:
    code = kari.opens().code
    for tag in LANGUAGES:
        response = amina.client.get(f"/w/{code}/{tag}", headers={"Accept-Encoding": "gzip"})
        assert len(response.data) <= 18_000, "far from the bar of 25 kB, on the slowest line too"
        assert b"<form" in gzip.decompress(response.data)
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in response.headers


def test_scripts_get_a_word_from_healthz_and_nothing_more(kari: Kari, amina: Visitor) -> None:
    kari.opens()
    assert amina.client.get("/healthz", headers=JSON).text == "ok\n"


def with_other_kinds() -> str:
    """The survey with a choice of three and a yes-or-no question in place of two items."""
    values = tomllib.loads(SURVEY_FILE.read_text(encoding="utf-8"))

    def says(words: str) -> dict[str, str]:
        return {tag: f"{words} ({tag})" for tag in values["translation"]}

    values["yesno"] = [{"value": 1, "label": says("Yes")}, {"value": 0, "label": says("No")}]
    values["item"][1] |= {"kind": "yesno"}
    options = [{"value": n, "label": says(f"Option {n}")} for n in (1, 2, 3)]
    values["item"][2] |= {"kind": "choice", "option": options}
    return tomli_w.dumps(values)


def test_all_kinds_of_question_stand_in_one_survey(kari: Kari, amina: Visitor, lena: Lena) -> None:
    workshop = kari.opens(survey_file=with_other_kinds())
    page = amina.gets(f"/w/{workshop.code}/ti")
    radios = [i for i in page.all("input") if i.attrib.get("type") == "radio"]
    values = [[r.attrib["value"] for r in radios if r.attrib["name"] == q] for q in ("q02", "q03")]
    assert values == [["1", "0", "97", "98"], ["1", "2", "3", "97", "98"]]
    assert amina.sends(workshop, {"q02": 0, "q03": 3}).status_code == 201
    assert amina.sends(workshop, {"q02": 2}).status_code == 400
    assert amina.sends(workshop, {"q03": 4}).status_code == 400
    (response,) = lena.collects(kari.closes(workshop)).responses()
    assert response.values[:4] == (99, 0, 3, 99)
