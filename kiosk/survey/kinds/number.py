"""A whole number from 0 to the item's `max`."""

from __future__ import annotations

from kiosk.survey.kinds.kind import BadCell, Cell, Kind, no_own_options, own_options
from kiosk.survey.model import Item, Questionnaire


def read_cell(questionnaire: Questionnaire, item: Item, raw: str) -> Cell:
    """Return the number. Raises BadCell if it is none, or too large."""
    digits = raw.strip()
    if not (digits.isdecimal() and len(digits) <= 6 and int(digits) <= item.most):
        raise BadCell(raw)
    return int(digits)


KIND = Kind(
    name="number",
    read_options=no_own_options,
    options=own_options,
    ordinal=True,
    needs="most",
    read_cell=read_cell,
)
