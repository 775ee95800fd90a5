"""One of a few: each item brings its own options, with values from 1 to 95."""

from __future__ import annotations

from kiosk.survey.kinds.kind import Kind, own_options
from kiosk.survey.model import NOT_SHOWN, Option
from kiosk.survey.table import Table

MOST = 12


def read_options(table: Table) -> tuple[Option, ...]:
    """Read two to twelve [[item.option]] tables; values are unique and below the missing codes."""
    rows = table.tables("option")
    options = []
    for row in rows:
        options.append(Option(row.number("value"), row.text("label")))
        row.done()
    values = [option.value for option in options]
    if not 2 <= len(values) <= MOST:
        table.problems.error(
            table.place("option"), f"there are {len(values)}.", "Please give two to twelve options."
        )
    if len(set(values)) < len(values) or not all(0 < value < NOT_SHOWN for value in values):
        table.problems.error(
            table.place("option"),
            "the values are not all different numbers from 1 to 95.",
            "Please number the options 1, 2, 3, …",
        )
    return tuple(options)


KIND = Kind(
    name="choice",
    read_options=read_options,
    options=own_options,
    ordinal=False,
    for_participants=True,
)
