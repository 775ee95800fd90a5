"""The kinds of question, by name. A new kind is a file here, a template and a line below."""

from __future__ import annotations

from kiosk.survey.kinds import choice, smiley, yesno
from kiosk.survey.kinds.kind import Kind
from kiosk.survey.model import Item, Option, Survey

KINDS: dict[str, Kind] = {kind.name: kind for kind in (smiley.KIND, choice.KIND, yesno.KIND)}


def options_of(survey: Survey, item: Item) -> tuple[Option, ...]:
    """Return what can be touched for this item, without "does not fit" and "no answer"."""
    return KINDS[item.kind].options(survey, item)


def allowed_values(survey: Survey, item: Item) -> frozenset[int]:
    """Return every value a participant can give for this item, missing codes included."""
    return frozenset(option.value for option in (*options_of(survey, item), *survey.missing))
