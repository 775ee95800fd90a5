"""Lena opens data.xlsx: numbers are numbers, words are words, and nothing is run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyrage import x25519
from python_calamine import CalamineWorkbook

from kiosk.dataset.collect import collect
from kiosk.dataset.formats import xlsx
from kiosk.dataset.formats.xlsx import SHEETS
from kiosk.dataset.pool import Pool
from kiosk.opening.new_study import NewStudy
from tests.dataset import opens, table, written
from tests.survey import FORM, edited

PAYLOADS = ("=1+1", "+1", "-5", "@SUM(A1)", "=cmd|'/c calc'!A1", "{=1}", "https://example.org")


@pytest.fixture(scope="module")
def pool(
    tmp_path_factory: pytest.TempPathFactory, study: NewStudy, identity: x25519.Identity
) -> Pool:
    data = tmp_path_factory.mktemp("kiosk")
    for payload in PAYLOADS:
        theme = ('theme = "enjoyment"', f"theme = {json.dumps(PAYLOADS[0])}")
        site = opens(data, study, title=payload, site=payload, survey_file=edited(theme))
        site.sends([{"q01": 5}, {"q01": 97}]).counts(12, 0, 1)
        site.writes(FORM, {"came": 12, "words": payload}).packs()
    pool, skipped = collect([data], identity)
    assert not skipped
    return pool


def sheets(pool: Pool, tmp_path: Path) -> dict[str, list[list[Any]]]:
    xlsx.write(pool, tmp_path / "data.xlsx")
    book = CalamineWorkbook.from_path(str(tmp_path / "data.xlsx"))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


@pytest.mark.parametrize("name", SHEETS)
def test_a_sheet_holds_what_the_csv_holds(pool: Pool, tmp_path: Path, name: str) -> None:
    rows = sheets(pool, tmp_path)[name]
    expected = table(written(f"{name}.csv", pool))
    assert rows[0] == list(expected[0])
    found = [[str(int(c)) if isinstance(c, float) else c for c in row] for row in rows[1:]]
    assert found == [list(row.values()) for row in expected]


def test_numbers_are_numbers_and_words_are_words(pool: Pool, tmp_path: Path) -> None:
    found = sheets(pool, tmp_path)
    for row in found["responses"][1:]:
        assert [type(cell) for cell in row] == [str, str] + [float] * 15
    header, first = found["workshops"][:2]
    kinds = dict(zip(header, map(type, first), strict=True))
    assert {kinds[name] for name in ("headcount", "left_early", "complete", "edition")} == {float}
    assert {kinds[name] for name in ("workshop", "title", "month", "survey_version")} == {str}


def test_no_cell_is_a_formula_or_a_link(pool: Pool, tmp_path: Path) -> None:
    found = sheets(pool, tmp_path)
    titles = {row[2] for row in found["workshops"][1:]}
    assert titles == {p if p[0] in "{h" else f"'{p}" for p in PAYLOADS}
    text = str([row for rows in found.values() for row in rows])
    assert "'=cmd|" in text
    content = (tmp_path / "data.xlsx").read_bytes()
    assert b"hyperlink" not in content
    for rows in found.values():
        assert not [c for row in rows for c in row if str(c).startswith(("=", "+", "@"))]


def test_more_than_excel_can_hold_goes_on_in_another_sheet(
    pool: Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sheets(pool, tmp_path)["responses"]
    monkeypatch.setattr(xlsx, "MOST_ROWS", len(pool) // 2)
    parts = sheets(pool, tmp_path)
    assert parts["responses"] + parts["responses_2"][1:] == whole
    assert parts["responses_2"][0] == whole[0]
    assert "responses_3" not in parts
