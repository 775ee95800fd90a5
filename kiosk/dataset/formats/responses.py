"""`responses.csv`: a row a response, ASCII codes only, nothing that joins people (X2, X4, X18)."""

from __future__ import annotations

from kiosk.dataset.cells import csv_bytes
from kiosk.dataset.pool import Pool
from kiosk.survey.model import Survey


def columns(survey: Survey) -> list[str]:
    """Return the header: the response's random id, its workshop, the items."""
    return ["rid", "workshop", *(item.id for item in survey.items)]


def write(pool: Pool) -> bytes:
    """Return the file's bytes, rows sorted by random id."""
    rows = ((r.rid, r.workshop, *r.values) for r in pool.responses())
    return csv_bytes(columns(pool.survey), rows)
