"""Lena has a translation read: sheet, spreadsheet and back, step by step, all by command."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from kiosk.paths import bundled
from kiosk.survey.loader import load_survey
from tests.cli import Told, kiosk
from tests.conftest import SURVEY_FILE

DRAFT = "أعجبتني ورشة العمل هذه."


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    shutil.copy(SURVEY_FILE, tmp_path / "my.toml")
    shutil.copytree(bundled("translations") / "ar", tmp_path / "translations" / "ar")
    return tmp_path


def translates(desk: Path, command: str, *words: object, lang: str = "ar") -> Told:
    place = ("--survey", desk / "my.toml", "--translations", desk / "translations")
    return kiosk("translate", command, lang, *place, "--data", desk / "data", *words)


def draws(desk: Path, *words: object) -> Told:
    """Make the sheet with pictures, in a thread of its own: the tests' browser holds this one."""
    with ThreadPoolExecutor(1) as pool:
        command = ("--out", desk / "ar.html", "--pictures", *words)
        return pool.submit(translates, desk, "sheet", *command).result()


def test_a_sheet_is_written_for_printing(desk: Path) -> None:
    told = translates(desk, "sheet", "--out", desk / "ar.html")
    assert "texts, ready to print" in told.out
    assert 'dir="rtl"' in (desk / "ar.html").read_text(encoding="utf-8")


def test_the_sheet_has_pictures_of_what_people_see(
    desk: Path, browser_path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_BROWSER", browser_path)
    told = draws(desk, "--json")
    assert told.json["pictures"] > 15, told.err
    page = (desk / "ar.html").read_text(encoding="utf-8")
    assert page.count("data:image/jpeg;base64,/9j/") == told.json["pictures"]


def test_without_a_browser_the_sheet_comes_without_pictures_and_says_why(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_BROWSER", str(desk / "none"))
    told = draws(desk)
    assert told.code == 0
    assert "No pictures" in told.out


def test_a_workbook_goes_out_and_comes_back(desk: Path) -> None:
    assert translates(desk, "export", "--out", desk / "ar.xlsx").code == 0
    rows = CalamineWorkbook.from_path(str(desk / "ar.xlsx")).get_sheet_by_index(0).to_python()
    assert rows[0] == ["id", "where", "source", "draft", "state", "remark", "check"]
    assert translates(desk, "export", "--out", desk / "ar.po").code == 0
    text = (desk / "ar.po").read_text(encoding="utf-8")
    (desk / "ar.po").write_text(text.replace(DRAFT, "جميل."), encoding="utf-8")
    told = translates(desk, "import", desk / "ar.po")
    assert "1 texts changed" in told.out
    assert "count the version of my.toml up" in told.out
    survey = load_survey(desk / "my.toml")
    assert survey.items[0].text["ar"] == "جميل."


def test_what_is_wrong_with_a_file_is_said_without_a_trace(desk: Path) -> None:
    assert translates(desk, "export", "--out", desk / "ar.csv").code == 0
    text = (desk / "ar.csv").read_text(encoding="utf-8-sig")
    (desk / "ar.csv").write_text(text.replace(DRAFT, "{tool}"), encoding="utf-8")
    told = translates(desk, "import", desk / "ar.csv")
    assert (told.code, told.out) == (2, "")
    assert "item.q01" in told.err


def test_a_step_is_taken_and_shown(desk: Path) -> None:
    jump = translates(desk, "state", "--set", "reviewed", "--by", "EF", "--comment", "fine")
    assert jump.code == 2
    assert "No step can be left out" in jump.err
    words = ("--set", "translated", "--by", "AB", "--by", "CD", "--comment", "two of us",
             "--on", "2026-05-31")  # fmt: skip
    told = translates(desk, "state", *words, "--json").json
    assert (told["survey"], told["interface"], told["stale"]) == ("translated", "translated", [])
    assert told["steps"][-1] == {
        "state": "translated", "by": ["AB", "CD"], "on": "2026-05-31", "comment": "two of us"
    }  # fmt: skip


@pytest.mark.parametrize(("lang", "words"), [
    ("xx", "no translation “xx”"), ("en", "no translation “en”"), ("fr", "--translations"),
])  # fmt: skip
def test_a_language_that_is_not_there_is_told(desk: Path, lang: str, words: str) -> None:
    told = translates(desk, "state", lang=lang)
    assert told.code == 2
    assert words in told.err


@pytest.mark.parametrize("command", ["sheet", "export"])
def test_a_file_that_cannot_be_written_is_told(desk: Path, command: str) -> None:
    told = translates(desk, command, "--out", desk / "no folder" / "ar.csv")
    assert told.code == 2
    assert "cannot be written" in told.err
