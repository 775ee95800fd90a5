"""An archive takes Lena's ddi.xml: DDI-Codebook 2.5, every question in every language."""

from __future__ import annotations

import json
from xml.etree.ElementTree import Element, fromstring

import pytest
from pyrage import x25519

from kiosk.dataset.collect import collect
from kiosk.dataset.pool import Pool
from kiosk.opening.new_study import NewStudy
from kiosk.survey.model import Survey
from tests.dataset import bundle_of, written
from tests.survey import edited

D = "{ddi:codebook:2_5}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SPACES = {"d": "ddi:codebook:2_5"}
# The order of children in the schema of DDI-Codebook 2.5, as far as the file has them.
CHILDREN = {
    "codeBook": ["stdyDscr", "fileDscr", "dataDscr"],
    "stdyDscr": ["citation", "stdyInfo", "method"],
    "citation": ["titlStmt", "rspStmt", "prodStmt", "distStmt", "verStmt"],
    "titlStmt": ["titl", "parTitl", "IDNo"],
    "rspStmt": ["AuthEnty"], "prodStmt": ["producer"], "distStmt": ["contact"],
    "verStmt": ["version"], "stdyInfo": ["sumDscr"],
    "sumDscr": ["collDate", "anlyUnit", "universe", "dataKind"],
    "method": ["dataColl", "notes"], "dataColl": ["timeMeth", "collMode", "resInstru"],
    "fileDscr": ["fileTxt"], "fileTxt": ["fileName", "dimensns", "fileType"],
    "dimensns": ["caseQnty", "varQnty"], "dataDscr": ["var"],
    "var": ["labl", "qstn", "valrng", "invalrng", "catgry", "concept", "varFormat"],
    "qstn": ["qstnLit"], "valrng": ["item"], "invalrng": ["range"], "catgry": ["catValu", "labl"],
}  # fmt: skip


@pytest.fixture(scope="module")
def pool(
    tmp_path_factory: pytest.TempPathFactory, study: NewStudy, identity: x25519.Identity
) -> Pool:
    data = tmp_path_factory.mktemp("kiosk")
    text = 'theme = "<&\\u0001>"'
    odd = edited(('theme = "enjoyment"', text), ("I liked this", json.dumps('<b>"&')[1:-1]))
    sent = [{"q01": 5}, {}]
    return collect([bundle_of(data, study, sent, survey_file=odd)], identity)[0]


@pytest.fixture(scope="module")
def root(pool: Pool) -> Element:
    return fromstring(written("ddi.xml", pool))  # noqa: S314  # our own file


def test_elements_stand_in_the_order_of_the_schema(root: Element) -> None:
    assert root.tag == f"{D}codeBook"
    assert root.get("version") == "2.5"
    for element in root.iter():
        name = element.tag.removeprefix(D)
        found = [child.tag.removeprefix(D) for child in element]
        known = CHILDREN.get(name, [])
        assert set(found) <= set(known), name
        assert found == sorted(found, key=known.index), name
    ids = [element.get("ID") for element in root.iter() if element.get("ID")]
    assert len(set(ids)) == len(ids) == 15 + 2 + 1


def test_every_question_and_label_is_there_in_every_language(root: Element, pool: Pool) -> None:
    survey: Survey = pool.survey
    for item in survey.items:
        (variable,) = root.findall(f"d:dataDscr/d:var[@name='{item.id}']", SPACES)
        asked = {e.get(LANG): e.text for e in variable.iter(f"{D}qstnLit")}
        assert asked == {tag: item.text[tag] for tag in survey.languages}
        assert variable.get("nature") == "ordinal"
        for option in survey.scale.options:
            value = f"d:catgry[d:catValu='{option.value}']"
            (category,) = variable.findall(value, SPACES)
            labels = {e.get(LANG): e.text for e in category.iter(f"{D}labl")}
            assert labels == {tag: option.label[tag] for tag in survey.languages}


def test_the_missing_codes_are_said_to_be_missing(root: Element) -> None:
    for variable in root.findall("d:dataDscr/d:var[@intrvl]", SPACES):
        missing, answers = (
            [
                e.text
                for e in variable.findall(f"d:catgry[@missing='{is_missing}']/d:catValu", SPACES)
            ]
            for is_missing in "YN"
        )
        assert missing == ["96", "97", "98", "99"]
        assert answers == ["1", "2", "3", "4", "5"]
        assert [e.get("VALUE") for e in variable.findall("d:valrng/d:item", SPACES)] == answers
        (invalid,) = variable.findall("d:invalrng/d:range", SPACES)
        assert (invalid.get("min"), invalid.get("max")) == ("96", "99")


def test_it_tells_of_the_study_and_of_no_person(root: Element, pool: Pool) -> None:
    study = pool.bundle.study
    text = "".join(root.itertext())
    assert study.title in text
    assert study.organisation in text
    assert root.findtext("d:fileDscr/d:fileTxt/d:dimensns/d:caseQnty", "", SPACES) == "2"
    assert not [response.rid for response in pool.responses() if response.rid in text]
    assert pool.workshops()[0]["workshop"] not in text


def test_what_people_wrote_cannot_become_markup(root: Element) -> None:
    texts = [e.text for e in root.iter(f"{D}qstnLit") if e.get(LANG) == "en"]
    assert '<b>"& workshop.' in texts
    assert "<& >" in [e.text for e in root.iter(f"{D}concept")]
