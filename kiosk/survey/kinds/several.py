"""Several of a few: each option is a column of its own, 1 where it was ticked."""

from __future__ import annotations

from kiosk.survey.kinds.choice import read_options
from kiosk.survey.kinds.kind import BadCell, Cell, Kind, own_options
from kiosk.survey.model import Item, Questionnaire


def columns(item: Item) -> tuple[str, ...]:
    """Return one column an option: the item's id and the option's value."""
    return tuple(f"{item.id}_{option.value}" for option in item.options)


def read_cell(questionnaire: Questionnaire, item: Item, raw: str) -> Cell:
    """Return 1: a box that is not ticked is not sent. Raises BadCell."""
    if raw != "1":
        raise BadCell(raw)
    return 1


KIND = Kind(
    name="several",
    read_options=read_options,
    options=own_options,
    ordinal=False,
    columns=columns,
    read_cell=read_cell,
)
