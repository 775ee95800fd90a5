"""A few lines of the facilitator's own words; never for participants (C5)."""

from __future__ import annotations

from kiosk.survey.kinds.kind import BadCell, Cell, Kind, no_own_options, own_options
from kiosk.survey.model import Item, Questionnaire

LONGEST = 2000


def read_cell(questionnaire: Questionnaire, item: Item, raw: str) -> Cell:
    """Return the text, with one kind of line end. Raises BadCell if it is too long."""
    text = "\n".join(raw.split("\r\n")).strip()
    if len(text) > LONGEST or "\0" in text:
        raise BadCell(raw)
    return text


KIND = Kind(
    name="text",
    read_options=no_own_options,
    options=own_options,
    ordinal=False,
    read_cell=read_cell,
)
