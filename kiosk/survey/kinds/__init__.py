"""The kinds of question, by name. A new kind is a file here, a template and a line below."""

from __future__ import annotations

from kiosk.survey.kinds import choice, grid, number, several, smiley, text, yesno
from kiosk.survey.kinds.kind import Kind
from kiosk.survey.model import Item, Option, Questionnaire

KINDS: dict[str, Kind] = {
    module.KIND.name: module.KIND for module in (smiley, choice, yesno, several, grid, number, text)
}


def options_of(survey: Questionnaire, item: Item) -> tuple[Option, ...]:
    """Return what can be touched for this item, without "does not fit" and "no answer"."""
    return KINDS[item.kind].options(survey, item)


def allowed_values(survey: Questionnaire, item: Item) -> frozenset[int]:
    """Return every value a participant can give for this item, missing codes included."""
    return frozenset(option.value for option in (*options_of(survey, item), *survey.missing))
