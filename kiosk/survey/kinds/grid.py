"""The same options for several things: each row is a column of its own, with one value."""

from __future__ import annotations

from kiosk.survey.kinds.choice import read_options
from kiosk.survey.kinds.kind import Kind, own_options
from kiosk.survey.model import Item


def columns(item: Item) -> tuple[str, ...]:
    """Return one column a row: the item's id and the row's."""
    return tuple(f"{item.id}_{row.id}" for row in item.rows)


KIND = Kind(
    name="grid",
    read_options=read_options,
    options=own_options,
    ordinal=False,
    needs="rows",
    columns=columns,
)
