"""`responses.csv`: a row a response, ASCII codes only, nothing that joins people (X2, X4, X18)."""

from __future__ import annotations

from pathlib import Path

from kiosk.dataset.cells import Table, csv_bytes
from kiosk.dataset.pool import Pool
from kiosk.dataset.rows import line_of
from kiosk.survey.model import Survey


def columns(survey: Survey) -> list[str]:
    """Return the header: the response's random id, its workshop, the items."""
    return ["rid", "workshop", *(item.id for item in survey.items)]


def table(pool: Pool) -> Table:
    """Return header and rows, rows sorted by random id."""
    rows = ((r.rid, r.workshop, *r.values) for r in pool.responses())
    return columns(pool.survey), rows


def write(pool: Pool, path: Path) -> None:
    """Write the file, rows sorted by random id."""
    with path.open("wb") as file:
        file.write(csv_bytes(columns(pool.survey), ()))
        file.writelines(map(line_of, pool.responses()))
