"""`self_reports_codebook.csv`: a row for each value of each column of the self-reports (X13)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.dataset.cells import write_csv
from kiosk.dataset.pool import Pool
from kiosk.dataset.report_columns import FormColumns, form_columns, languages

COLUMNS = ("column", "form", "kind", "value")


def _rows(forms: list[FormColumns], tags: list[str]) -> Iterator[list[object]]:
    for form in forms:
        for column in form.columns:
            texts = [column.text.get(tag, "") for tag in tags]
            whole = [column.name, form.id, column.kind]
            for value, label in column.values.items():
                yield [*whole, value, *texts, *(label.get(tag, "") for tag in tags)]
            if not column.values:
                yield [*whole, None, *texts, *("" for _ in tags)]


def write(pool: Pool, path: Path) -> None:
    """Write the file; a number or text has one row, without a value."""
    forms = form_columns(pool)
    tags = languages(forms)
    header = [*COLUMNS, *(f"text_{tag}" for tag in tags), *(f"label_{tag}" for tag in tags)]
    write_csv(path, header, _rows(forms, tags))
