"""`responses_long.parquet/`: the long form by month, for DuckDB, Arrow, Spark and polars.

A folder `month=YYYY-MM` for each month in which there were workshops (what programs know as hive
partitions), in it Parquet files of a bounded size. Rows and codes are those of
`responses_long.csv`; `survey` tells datasets apart that are read together.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import polars

from kiosk.dataset.formats.responses_long import COLUMNS, lines_of
from kiosk.dataset.pool import Pool
from kiosk.dataset.private import private_file
from kiosk.opening.envelopes import Response
from kiosk.survey.model import Survey

NAME = "responses_long.parquet"
RESPONSES_IN_A_PART = 50_000
ROWS_IN_A_GROUP = 100_000
TYPES = (polars.String, polars.String, polars.String, polars.Int16, polars.Int8)
SCHEMA = dict(zip(COLUMNS, TYPES, strict=True))


class _Month:
    """One month's rows: a text that grows, and becomes a Parquet file when it is long enough."""

    def __init__(self, survey: Survey, text: Path, folder: Path) -> None:
        self._survey, self._text, self._folder = survey, text, folder
        self._file, self._responses, self._parts = private_file(text), 0, 0
        folder.mkdir(parents=True)

    def add(self, response: Response) -> None:
        if self._responses == RESPONSES_IN_A_PART:
            self.end()
            self._file, self._responses = private_file(self._text), 0
        self._file.writelines(lines_of(self._survey, response))
        self._responses += 1

    def end(self) -> None:
        """Write what there is into the next part; the same rows give the same bytes."""
        self._file.close()
        rows = (
            polars.scan_csv(self._text, has_header=False, schema=SCHEMA)
            if self._responses
            else polars.LazyFrame(schema=SCHEMA)
        )
        rows.with_columns(
            polars.col("missing").cast(polars.Boolean), survey=polars.lit(self._survey.hash)
        ).sink_parquet(
            self._folder / f"part-{self._parts}.parquet", row_group_size=ROWS_IN_A_GROUP,
            maintain_order=True, engine="streaming",
        )  # fmt: skip
        self._parts += 1
        self._text.unlink()


def write(pool: Pool, folder: Path) -> None:
    """Write the folder, each month's rows by random id; memory does not grow with their number."""
    month_of = {str(sheet["workshop"]): str(sheet["month"]) for sheet in pool.workshops()}
    with TemporaryDirectory(dir=folder.parent, prefix=".months-") as temporary:
        months = {
            name: _Month(pool.survey, Path(temporary) / f"{name}.csv", folder / f"month={name}")
            for name in sorted(set(month_of.values()))
        }
        for response in pool.responses():
            months[month_of[response.workshop]].add(response)
        for month in months.values():
            month.end()
