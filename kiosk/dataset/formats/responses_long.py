"""`responses_long.csv`: a row for each answer of each response, for programs that plot (X1)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.dataset.cells import csv_bytes
from kiosk.dataset.pool import Pool
from kiosk.survey.model import MISSING_LABELS

COLUMNS = ("rid", "workshop", "item", "value", "missing")


def _lines(pool: Pool) -> Iterator[bytes]:
    items = [item.id for item in pool.survey.items]
    for response in pool.responses():
        start = f"{response.rid},{response.workshop}"
        for item, value in zip(items, response.values, strict=True):
            yield f"{start},{item},{value},{int(value in MISSING_LABELS)}\n".encode("ascii")


def write(pool: Pool, path: Path) -> None:
    """Write the file, rows sorted by random id, then in the order of the items."""
    with path.open("wb") as file:
        file.write(csv_bytes(COLUMNS, ()))
        file.writelines(_lines(pool))
