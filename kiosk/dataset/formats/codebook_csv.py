"""`codebook.csv`: one row for each value of each variable, labelled in every language (X13)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kiosk.dataset.cells import Table, write_csv
from kiosk.dataset.pool import Pool
from kiosk.dataset.variables import missing_labels, variables
from kiosk.survey.model import Survey

COLUMNS = ("variable", "theme", "construct", "value", "missing")


def columns(survey: Survey) -> list[str]:
    """Return the header: the fixed columns, then a label in each language."""
    return [*COLUMNS, *(f"label_{tag}" for tag in survey.languages)]


def _rows(survey: Survey) -> Iterator[list[object]]:
    for variable in variables(survey):
        item = variable.item
        for missing, labels in ((0, variable.values), (1, missing_labels(survey))):
            for value, label in sorted(labels.items()):
                texts = [label.get(tag, "") for tag in survey.languages]
                yield [item.id, item.theme, item.construct, value, missing, *texts]


def table(pool: Pool) -> Table:
    """Return header and rows."""
    return columns(pool.survey), _rows(pool.survey)


def write(pool: Pool, path: Path) -> None:
    """Write the file."""
    write_csv(path, *table(pool))
