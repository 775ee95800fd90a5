"""`data.dta`: the responses for Stata, labelled, with 96 to 99 as .a to .d (X6)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars
import pyreadstat

from kiosk.dataset.described import (
    Described,
    column_labels,
    columns,
    described,
    one_line,
    shortened,
)
from kiosk.dataset.formats.sav import forget_time
from kiosk.dataset.pool import Pool

LETTERS: Mapping[int, str] = {96: "a", 97: "b", 98: "c", 99: "d"}
LONGEST_LABEL, LONGEST_TITLE = 80, 80  # signs in Stata; counted as bytes here, to be safe
TIME_BEGINS = b"<timestamp>\x11"
NO_TIME = b"01 Jan 1980 00:00"
HEADER = 1000
VERSION = 14


def write(pool: Pool, path: Path) -> None:
    """Write the file. The header tells no time of writing, so equal data give equal bytes."""
    items = described(pool)
    rids, shops, codes = columns(pool)
    frame = polars.DataFrame(
        [polars.Series("rid", rids), polars.Series("workshop", shops)]
        + [
            polars.Series(item.name, [LETTERS.get(code, code) for code in column],
                          dtype=polars.Object)
            for item, column in zip(items, codes, strict=True)
        ]
    )  # fmt: skip
    pyreadstat.write_dta(
        frame, path, version=VERSION,
        file_label=shortened(one_line(pool.survey.title[pool.language]), LONGEST_TITLE),
        column_labels=column_labels(items, LONGEST_LABEL),
        variable_value_labels={item.name: _labels(item) for item in items},
        missing_user_values={item.name: list(LETTERS.values()) for item in items},
    )  # fmt: skip
    with path.open("rb") as file:
        start = file.read(HEADER).index(TIME_BEGINS) + len(TIME_BEGINS)
    forget_time(path, slice(start, start + len(NO_TIME)), NO_TIME)


def _labels(item: Described) -> dict[Any, str]:
    """Return value or letter -> label; the library's own hints know no letters."""
    return {LETTERS.get(value, value): label for value, label in item.labels.items()}
