"""`data.sav`: the responses for SPSS, labelled, with 96 to 99 as user-missing (X6)."""

from __future__ import annotations

from pathlib import Path

import polars
import pyreadstat

from kiosk.dataset.described import (
    RANGE,
    column_labels,
    columns,
    described,
    one_line,
    shortened,
)
from kiosk.dataset.pool import Pool

LONGEST_LABEL, LONGEST_VALUE_LABEL, LONGEST_TITLE = 250, 120, 64  # bytes, SPSS's own limits
WRITTEN_AT = slice(92, 109)  # day and time in the header, as “22 Nov 26” “09:50:46”
NO_TIME = b"01 Jan 8000:00:00"


def write(pool: Pool, path: Path) -> None:
    """Write the file. The header tells no time of writing, so equal data give equal bytes."""
    items = described(pool)
    rids, shops, codes = columns(pool)
    frame = polars.DataFrame(
        [polars.Series("rid", rids), polars.Series("workshop", shops)]
        + [
            polars.Series(item.name, column, dtype=polars.Int8)
            for item, column in zip(items, codes, strict=True)
        ]
    )
    low, high = RANGE
    pyreadstat.write_sav(
        frame, path,
        file_label=shortened(one_line(pool.survey.title[pool.language]), LONGEST_TITLE),
        column_labels=column_labels(items, LONGEST_LABEL),
        variable_value_labels={
            item.name: {
                value: shortened(label, LONGEST_VALUE_LABEL) for value, label in item.labels.items()
            }
            for item in items
        },
        missing_ranges={item.name: [{"lo": low, "hi": high}] for item in items},
        variable_measure={
            item.name: "ordinal" if item.ordinal else "nominal" for item in items
        } | {"rid": "nominal", "workshop": "nominal"},
        variable_format={item.name: "F2.0" for item in items},
        row_compress=True,
    )  # fmt: skip
    forget_time(path, WRITTEN_AT, NO_TIME)


def forget_time(path: Path, place: slice, instead: bytes) -> None:
    """Put other bytes where the library wrote the time."""
    with path.open("r+b") as file:
        file.seek(place.start)
        file.write(instead)
