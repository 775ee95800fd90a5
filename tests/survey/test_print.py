"""The survey on paper: the same questions in the same order, and nothing that a pen cannot do."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner

from kiosk.cli import kiosk
from kiosk.languages import LANGUAGES
from kiosk.opening.new_study import NewStudy
from kiosk.paths import bundled
from kiosk.study.model import install
from kiosk.survey.model import Survey
from kiosk.translations import PARTICIPANTS, read_texts
from kiosk.web.assets import source_of
from tests.page import Page
from tests.survey import edited

TEXTS = read_texts(PARTICIPANTS, bundled("translations"))


def prints(data: Path, out: Path, *more: str, name: str = "workshop", status: int = 0) -> str:
    command = ["survey", "print", name, "--out", str(out), "--data", str(data), *more]
    result = CliRunner().invoke(kiosk, command)
    assert result.exit_code == status, result.output
    return result.output


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory, study: NewStudy) -> dict[str, str]:
    """A sheet in every language, tag -> page."""
    folder = tmp_path_factory.mktemp("sheets")
    install(study.file, folder / "data")
    prints(folder / "data", folder / "s.html", "--language", ",".join(LANGUAGES))
    return {tag: (folder / f"s-{tag}.html").read_text(encoding="utf-8") for tag in LANGUAGES}


def page(text: str) -> Page:
    style = text.split("<style>")[1].split("</style>")[0]
    return Page(text, {"Content-Security-Policy": source_of(style)})


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_question_has_its_words_its_faces_and_two_boxes(
    tag: str, sheets: dict[str, str], survey: Survey
) -> None:
    sheet = page(sheets[tag])
    asked = [sheet.text(row) for row in sheet.all("th") if row.attrib["scope"] == "rowgroup"]
    number = LANGUAGES[tag].number
    for place, (item, words) in enumerate(zip(survey.items, asked[1:], strict=True), start=1):
        assert words.startswith(number(place))
        assert item.text[tag].split("{tool}")[-1].strip() in words
    faces = re.findall(r'href="#i-(face-\d)"', sheets[tag])
    assert faces == [f"face-{value}" for value in range(1, 6)] * (len(survey.items) + 1)
    assert sheets[tag].count('class="box"') == 2 * len(survey.items)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_consent_text_speaks_of_paper(tag: str, sheets: dict[str, str], survey: Survey) -> None:
    (consent,) = (e for e in page(sheets[tag]).all("ul") if e.attrib.get("class") == "consent")
    words = page(sheets[tag]).text(consent)
    interface = TEXTS.by_locale[LANGUAGES[tag].babel_id]
    assert interface.gettext("Send") not in words, "paper has no button"
    assert len(consent) == len([line for line in survey.consent if not line.when])
    assert "The University" in words
    assert "ask@example.org" in words
    handed_in = next(line for line in survey.consent if line.id == "final").text[tag]
    assert handed_in.rsplit(". ")[-1] in words or tag == "ti", "nobody knows which ones are yours"


def test_the_sheet_is_mirrored_and_needs_nothing_but_itself(sheets: dict[str, str]) -> None:
    for tag, text in sheets.items():
        assert f'<html lang="{tag}" dir="{LANGUAGES[tag].dir}"' in text
        assert "/fonts/" not in text
        assert not re.search(r"https?://", text), "nothing from elsewhere"
        assert "<script" not in text
        assert "<input" not in text, "no field for a name, nor for anything else"


def test_without_a_study_the_names_are_left_blank(tmp_path: Path) -> None:
    out = tmp_path / "sheet.html"
    prints(tmp_path / "data", out, "--language", "en", "--tool", "Procreate")
    text = out.read_text(encoding="utf-8")
    assert text.count("_" * 24) == 2
    assert "<bdi>Procreate</bdi> is useful" in text


def test_positive_first_stands_first_on_paper_too(tmp_path: Path) -> None:
    source = (bundled("surveys") / "workshop.toml").read_text(encoding="utf-8")
    file = tmp_path / "own.toml"
    file.write_text(source.replace('order = "asc"', 'order = "desc"'), encoding="utf-8")
    prints(tmp_path, tmp_path / "s.html", "--language", "en", name=str(file))
    text = (tmp_path / "s.html").read_text(encoding="utf-8")
    assert re.findall(r'href="#i-face-(\d)"', text)[:5] == ["5", "4", "3", "2", "1"]
    heads = [page(text).text(cell) for cell in page(text).all("th")][:5]
    assert heads[0] == "Yes, very much"


def test_other_kinds_of_question_have_boxes_under_words_of_their_own(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(edited(), encoding="utf-8")
    prints(tmp_path, tmp_path / "s.html", "--language", "en", name=str(file))
    assert "<table" in (tmp_path / "s.html").read_text(encoding="utf-8")


def test_with_a_browser_it_is_a_pdf_of_two_sides(
    tmp_path: Path, browser_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "chromium").symlink_to(browser_path)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=":")
    said = prints(tmp_path, tmp_path / "s.pdf", "--language", "en,ar")
    assert "s-ar.pdf" in said
    assert len(pypdfium2.PdfDocument(tmp_path / "s-ar.pdf")) == 2


@pytest.mark.parametrize("program", ["exec sleep 600", "exit 1"])
def test_a_browser_that_makes_no_pdf_is_told_with_a_way_out(
    program: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = tmp_path / "bin" / "chromium"
    browser.parent.mkdir()
    browser.write_text(f"#!/bin/sh\n{program}\n")
    browser.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"), prepend=":")
    monkeypatch.setattr("kiosk.cli.survey_print.PATIENCE_SECONDS", 1)
    said = prints(tmp_path, tmp_path / "s.pdf", "--language", "en", status=1)
    assert "could not make" in said
    assert "--out s.html" in said


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    out = tmp_path / "nowhere" / "s.html"
    assert "s.html cannot be written" in prints(tmp_path, out, "--language", "en", status=2)


def test_without_a_browser_it_is_a_page_and_says_how_to_print(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    said = prints(tmp_path, tmp_path / "s.pdf", "--language", "en")
    assert "open each in a browser and print it on A4" in said
    assert (tmp_path / "s.html").is_file()
    assert not (tmp_path / "s.pdf").exists()


def test_what_is_not_there_is_said_with_what_is(tmp_path: Path) -> None:
    out = tmp_path / "s.html"
    assert "not there in: xx. It is there in: en, nb" in prints(
        tmp_path, out, "--language", "en,xx", status=2
    )
    assert "must end in .html or .pdf" in prints(
        tmp_path, tmp_path / "s.txt", "--language", "en", status=2
    )
    assert not out.exists()
