"""What every kind of question offers. Its template is `web/templates/kinds/<name>.html`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.survey.model import Item, Option, Survey
from kiosk.survey.table import Table


@dataclass(frozen=True)
class Kind:
    """A kind of question.

    `read_options` reads the item's own options from its table, noting problems; `options` tells
    what can be touched; `needs` names a part of the survey file without which it cannot be used;
    `ordinal` says that a higher value means more.
    """

    name: str
    read_options: Callable[[Table], tuple[Option, ...]]
    options: Callable[[Survey, Item], tuple[Option, ...]]
    ordinal: bool
    needs: str = ""


def no_own_options(table: Table) -> tuple[Option, ...]:
    """Read nothing: this kind's options are shared by the whole survey."""
    return ()
