"""A year later somebody else reads Lena's codebook and understands every number."""

from __future__ import annotations

import html
import re
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from pyrage import x25519

from kiosk.dataset.collect import collect
from kiosk.dataset.pool import Pool
from kiosk.languages import LANGUAGES
from kiosk.opening.new_study import NewStudy
from kiosk.survey.model import Survey
from tests.dataset import bundle_of, table, written


@pytest.fixture(scope="module")
def pool(
    tmp_path_factory: pytest.TempPathFactory, study: NewStudy, identity: x25519.Identity
) -> Pool:
    pool, _ = collect([bundle_of(tmp_path_factory.mktemp("kiosk"), study, [{"q01": 5}])], identity)
    return pool


@pytest.fixture(scope="module")
def page(pool: Pool) -> str:
    return written("codebook.html", pool).decode()


@pytest.fixture(scope="module")
def tree(page: str) -> Element:
    parsed: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    return parsed


def test_it_is_one_page_that_needs_nothing_else(page: str, tree: Element) -> None:
    assert not re.search(r"https?:|//[a-z]|@import|url\(", page.replace("<!doctype html>", ""))
    for element in tree.iter():
        assert element.tag not in ("script", "link", "img", "iframe", "object")
        assert not {"src", "href"} & set(element.attrib)


def test_it_can_be_read_by_everyone(tree: Element) -> None:
    root = tree if tree.tag == "html" else next(tree.iter("html"))
    assert (root.attrib["lang"], root.attrib["dir"]) == ("en", "ltr")
    assert len(list(tree.iter("h1"))) == 1
    ids = [element.attrib["id"] for element in tree.iter() if "id" in element.attrib]
    assert len(set(ids)) == len(ids)
    for element in tree.iter("td"):
        if "lang" in element.attrib:
            assert element.attrib["dir"] == LANGUAGES[element.attrib["lang"]].dir


def test_every_item_and_label_is_there_in_every_language(tree: Element, survey: Survey) -> None:
    cells = {(e.attrib.get("lang"), "".join(e.itertext())) for e in tree.iter("td")}
    for tag in survey.languages:
        texts = [item.text[tag] for item in survey.items]
        texts += [option.label[tag] for option in survey.scale.options]
        assert {(tag, text) for text in texts} <= cells


def test_it_warns_of_comparing_and_says_that_nothing_is_validated(page: str) -> None:
    text = html.unescape(page)
    assert "Positive-only items on a smiley scale" in text
    assert "compare only with the same format" in text
    assert "not validated" in text
    assert "machine-draft" in text
    assert "time, order, language, device, address" in text


def test_it_names_the_very_survey_that_was_asked(page: str, pool: Pool) -> None:
    survey = pool.survey
    assert f"{survey.id}, version {survey.version}, content {survey.hash}" in page
    assert "1 responses from 1 workshops" in page


def test_what_people_wrote_cannot_become_markup(
    study: NewStudy, identity: x25519.Identity, data: Path
) -> None:
    evil = study.file.read_text(encoding="utf-8").replace("The study", "<script>alert(1)</script>")
    pool, _ = collect([bundle_of(data, study, [{}], study_file=evil)], identity)
    page = written("codebook.html", pool).decode()
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_codebook_table_labels_every_value_in_every_language(
    pool: Pool, survey: Survey
) -> None:
    rows = table(written("codebook.csv", pool))
    assert len(rows) == 15 * (5 + 4)
    for row in rows:
        assert row["label_en"]
        if row["missing"] == "0":
            option = survey.scale.options[int(row["value"]) - 1]
            assert all(row[f"label_{tag}"] == option.label[tag] for tag in survey.languages)
    values = [row["value"] for row in rows if row["variable"] == "q01"]
    assert values == ["1", "2", "3", "4", "5", "96", "97", "98", "99"]


def test_the_items_table_has_every_wording(pool: Pool, survey: Survey) -> None:
    rows = table(written("items.csv", pool))
    assert [row["item"] for row in rows] == [item.id for item in survey.items]
    for row, item in zip(rows, survey.items, strict=True):
        assert all(row[f"text_{tag}"] == item.text[tag] for tag in survey.languages)
        assert (row["kind"], row["theme"], row["background"]) == ("smiley", item.theme, "0")
