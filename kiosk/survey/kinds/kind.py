"""What every kind of question offers. Its template is `web/templates/kinds/<name>.html`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.survey.model import Item, Option, Questionnaire
from kiosk.survey.table import Table

Cell = int | str


class BadCell(Exception):
    """What was given does not fit the question."""


def one_column(item: Item) -> tuple[str, ...]:
    """Return the item's id: most kinds fill one column."""
    return (item.id,)


def read_option(questionnaire: Questionnaire, item: Item, raw: str) -> Cell:
    """Return the value of the option that was chosen. Raises BadCell."""
    values = {option.value for option in item.options or questionnaire.scale.options}
    if not (raw.isascii() and raw.isdigit() and len(raw) <= 2 and int(raw) in values):
        raise BadCell(raw)
    return int(raw)


@dataclass(frozen=True)
class Kind:
    """A kind of question.

    `read_options` reads the item's own options from its table, noting problems; `options` tells
    what can be touched; `needs` names a part of the survey file without which it cannot be used;
    `ordinal` says that a higher value means more. `columns` names the columns (and form fields)
    that it fills, `read_cell` reads one of them. Participants meet only closed questions (C5).
    """

    name: str
    read_options: Callable[[Table], tuple[Option, ...]]
    options: Callable[[Questionnaire, Item], tuple[Option, ...]]
    ordinal: bool
    needs: str = ""
    for_participants: bool = False
    columns: Callable[[Item], tuple[str, ...]] = one_column
    read_cell: Callable[[Questionnaire, Item, str], Cell] = read_option


def no_own_options(table: Table) -> tuple[Option, ...]:
    """Read nothing: this kind's options are shared by the whole survey, or it has none."""
    return ()


def own_options(questionnaire: Questionnaire, item: Item) -> tuple[Option, ...]:
    """Return the options that the item itself brings."""
    return item.options
