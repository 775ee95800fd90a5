"""`self_reports.csv`: a row a workshop, with what its facilitator wrote in each form (C6, X10).

Only the workshop's id links it to anything, and to no response.
"""

from __future__ import annotations

from kiosk.dataset.cells import csv_bytes
from kiosk.dataset.pool import Pool
from kiosk.dataset.report_columns import FormColumns, form_columns


def header(forms: list[FormColumns]) -> list[str]:
    """Return the header: the workshop, then each form's columns."""
    return ["workshop", *(name for form in forms for name in form.header)]


def write(pool: Pool) -> bytes:
    """Return the file's bytes, rows sorted by workshop id; only the header if nobody wrote any."""
    forms = form_columns(pool)
    rows = (
        [workshop, *(cell for form in forms for cell in form.cells(reports.get(form.id)))]
        for workshop, reports in pool.reports().items()
    )
    return csv_bytes(header(forms), rows)
