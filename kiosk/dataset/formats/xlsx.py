"""`data.xlsx`: all tables as sheets, with text as text and numbers as numbers (X3, X10)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import chain, count, islice
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

from kiosk.dataset.cells import Table, harmless
from kiosk.dataset.formats import codebook_csv, items, responses, self_reports, workshops
from kiosk.dataset.pool import Pool

SHEETS = {
    "responses": responses.table,
    "workshops": workshops.table,
    "items": items.table,
    "codebook": codebook_csv.table,
    "self_reports": self_reports.table,
}
MOST_ROWS = 1_048_575  # that Excel has below a header
NO_TIME = datetime(1980, 1, 1)  # the file tells no time, so that bytes are equal


def write(pool: Pool, path: Path) -> None:
    """Write the file row by row. What is too long for one sheet goes on in `responses_2`."""
    options = {
        "constant_memory": True, "tmpdir": str(path.parent), "strings_to_formulas": False,
        "strings_to_numbers": False, "strings_to_urls": False,
    }  # fmt: skip
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": NO_TIME})
        for name, table in SHEETS.items():
            _add(book, name, table(pool))


def _add(book: xlsxwriter.Workbook, name: str, table: Table) -> None:
    header, rows = table[0], iter(table[1])
    for number in count(1):
        first = next(rows, None)
        if first is None and number > 1:
            return
        sheet = book.add_worksheet(name if number == 1 else f"{name}_{number}")
        sheet.freeze_panes(1, 0)
        whole = chain([header], [first] if first is not None else [], islice(rows, MOST_ROWS - 1))
        for place, row in enumerate(whole):
            _write_row(sheet, place, row)


def _write_row(sheet: Worksheet, place: int, row: Sequence[object]) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, int):
            sheet.write_number(place, column, cell)
        elif cell is not None:
            text = harmless(str(cell)).encode(errors="replace").decode()
            sheet.write_string(place, column, text)
