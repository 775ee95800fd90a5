"""`responses_long.csv`: a row for each answer of each response, for programs that plot (X1)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.dataset.cells import csv_bytes
from kiosk.dataset.pool import Pool
from kiosk.opening.envelopes import Response
from kiosk.survey.model import MISSING_LABELS, Survey

COLUMNS = ("rid", "workshop", "item", "value", "missing")


def lines_of(survey: Survey, response: Response) -> Iterator[bytes]:
    """Yield the rows of one response, in the order of the items."""
    start = f"{response.rid},{response.workshop}"
    for item, value in zip(survey.items, response.values, strict=True):
        yield f"{start},{item.id},{value},{int(value in MISSING_LABELS)}\n".encode("ascii")


def write(pool: Pool, path: Path) -> None:
    """Write the file, rows sorted by random id, then in the order of the items."""
    with path.open("wb") as file:
        file.write(csv_bytes(COLUMNS, ()))
        for response in pool.responses():
            file.writelines(lines_of(pool.survey, response))
