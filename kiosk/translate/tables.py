"""Lines as a table, for people who have a spreadsheet and nothing else."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from pathlib import Path
from typing import Any

from kiosk.languages import LANGUAGES
from kiosk.study.archive import BadArchive, Bounds, contents
from kiosk.translate.lines import Line
from kiosk.translate.po import Row

COLUMNS = ("id", "where", "source", "draft", "state", "remark", "check")
WIDTHS = (14, 34, 50, 50, 14, 34, 10)
NEEDED = ("id", "draft", "check")
# A workbook is a ZIP: all of it unpacked once within these bounds, it can be no bomb.
BOUNDS = Bounds(re.compile(r"[^\x00]+"), 20_000_000, 40_000_000)
# Two cells far apart make calamine keep all cells between them, 17 thousand millions in the worst,
# and end the whole program. So each cell has to say where it is (as all spreadsheets let it).
PLACE = re.compile(rb"""\br\s*=\s*["']\s*([A-Za-z]{1,9})([0-9]{1,18})""")
LOST = re.compile(rb"""<(?:[\w.-]+:)?c(?=[\s/>])(?![^<>]*\sr\s*=\s*["'][A-Z]{1,3}[0-9]{1,7}["'])""")
MOST_CELLS = 1_000_000
# A spreadsheet would run what begins so; an apostrophe in front keeps it a text.
RUNS = ("=", "+", "-", "@")


def write_csv(path: Path, tag: str, lines: Sequence[Line]) -> None:
    """Write the lines; the mark in front (BOM) tells Excel that it is UTF-8."""
    rows = [[_harmless(cell) for cell in _cells(line)] for line in lines]
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])


def read_csv(path: Path) -> list[Row]:
    """Return the rows, whichever of comma, semicolon and tab the spreadsheet chose."""
    text = path.read_text(encoding="utf-8-sig")
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        table = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as problem:
        raise ValueError(str(problem)) from problem
    return _rows([[_plain(cell) for cell in row] for row in table])


def write_xlsx(path: Path, tag: str, lines: Sequence[Line]) -> None:
    """Write the lines as a workbook: only draft and remark can be changed, and lines wrap."""
    import xlsxwriter  # type: ignore[import-untyped]

    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet(tag)
        looks: dict[str, Any] = {"text_wrap": True, "valign": "top", "border": 1}
        fixed = book.add_format(looks | {"bg_color": "#f2f2f2"})
        order = 2 if LANGUAGES[tag].dir == "rtl" else 1
        free = book.add_format(looks | {"locked": False})
        draft = book.add_format(looks | {"locked": False, "reading_order": order})
        for column, (name, width) in enumerate(zip(COLUMNS, WIDTHS, strict=True)):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, name, fixed)
        for number, line in enumerate(lines, start=1):
            for column, cell in enumerate(_cells(line)):
                look = {"draft": draft, "remark": free}.get(COLUMNS[column], fixed)
                sheet.write_string(number, column, cell, look)
        sheet.freeze_panes(1, 0)
        sheet.protect(options={"format_columns": True, "format_rows": True})


def read_xlsx(path: Path) -> list[Row]:
    """Return the rows of the first sheet. Raises ValueError if it is no workbook."""
    from python_calamine import CalamineError, CalamineWorkbook

    data = path.read_bytes()
    try:
        _refuse_wide(contents(data, BOUNDS))
        rows = CalamineWorkbook.from_object(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    except (BadArchive, CalamineError) as problem:
        raise ValueError(str(problem)) from problem
    return _rows([[str(cell) for cell in row] for row in rows])


def _refuse_wide(files: Mapping[str, bytes]) -> None:
    """Raise ValueError for any workbook but an .xlsx, and for one with cells too far apart."""
    if "xl/workbook.xml" not in files or "xl/workbook.bin" in files or "content.xml" in files:
        raise ValueError("it is no .xlsx workbook")
    rows = columns = 0
    for content in files.values():
        if LOST.search(content):
            raise ValueError("a cell in it does not say where it is")
        for place in PLACE.finditer(content):
            columns, rows = max(columns, _number(place[1])), max(rows, int(place[2]))
    if rows * columns > MOST_CELLS:
        raise ValueError(
            "it has cells far away from the table; copy the table into a new sheet and save that"
        )


def _number(letters: bytes) -> int:
    """Return a column's number: A is 1, XFD 16,384."""
    return reduce(lambda found, letter: found * 26 + letter - 64, letters.upper(), 0)


def _rows(table: list[list[str]]) -> list[Row]:
    """Return the rows by the names in the first one; empty ones are let go."""
    names = [name.strip().lower() for name in table[0]] if table else []
    if missing := [name for name in NEEDED if name not in names]:
        raise ValueError(f"there is no column {', '.join(missing)}")
    found = [dict(zip(names, row, strict=False)) for row in table[1:] if any(row)]
    return [
        Row(row.get("id", "").strip(), row.get("draft", ""), row.get("check", "").strip(),
            row.get("remark", ""))
        for row in found
    ]  # fmt: skip


def _cells(line: Line) -> Iterable[str]:
    return (line.id, line.where, line.source, line.draft, line.state, "", line.check)


def _harmless(cell: str) -> str:
    return f"'{cell}" if cell.startswith(RUNS) else cell


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(RUNS) else cell
