"""`self_reports.csv`: a row a workshop, with what its facilitator wrote in each form (C6, X10).

Only the workshop's id links it to anything, and to no response.
"""

from __future__ import annotations

from pathlib import Path

from kiosk.dataset.cells import Table, write_csv
from kiosk.dataset.pool import Pool
from kiosk.dataset.report_columns import FormColumns, form_columns


def header(forms: list[FormColumns]) -> list[str]:
    """Return the header: the workshop, then each form's columns."""
    return ["workshop", *(name for form in forms for name in form.header)]


def table(pool: Pool) -> Table:
    """Return header and rows, rows sorted by workshop id; only the header if nobody wrote any."""
    forms = form_columns(pool)
    rows = (
        [workshop, *(cell for form in forms for cell in form.cells(reports.get(form.id)))]
        for workshop, reports in pool.reports().items()
    )
    return header(forms), rows


def write(pool: Pool, path: Path) -> None:
    """Write the file."""
    write_csv(path, *table(pool))
