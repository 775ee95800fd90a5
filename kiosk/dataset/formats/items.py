"""`items.csv`: one row an item, with its wording in every language."""

from __future__ import annotations

from pathlib import Path

from kiosk.dataset.cells import Table, write_csv
from kiosk.dataset.pool import Pool


def columns(languages: tuple[str, ...]) -> list[str]:
    """Return the header: what the item is, then its text in each language."""
    return [
        "item",
        "kind",
        "theme",
        "construct",
        "background",
        *(f"text_{tag}" for tag in languages),
    ]


def table(pool: Pool) -> Table:
    """Return header and rows, in the order in which the items are asked."""
    survey = pool.survey
    rows = (
        [item.id, item.kind, item.theme, item.construct, int(item.background)]
        + [item.text[tag] for tag in survey.languages]
        for item in survey.items
    )
    return columns(survey.languages), rows


def write(pool: Pool, path: Path) -> None:
    """Write the file."""
    write_csv(path, *table(pool))
