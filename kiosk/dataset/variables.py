"""The columns of the response table, described once for every format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kiosk.survey.kinds import KINDS, options_of
from kiosk.survey.model import MISSING_LABELS, Item, Option, Questionnaire, Survey

Labels = Mapping[int, Mapping[str, str]]  # value -> language tag -> words

LIMITS = (
    "Positive-only items on a smiley scale, answered right after the workshop, with staff in the "
    "building: compare only with the same format. The wording is not validated."
)


@dataclass(frozen=True)
class Variable:
    """One item as a column: its values with their labels, by language."""

    item: Item
    values: Labels
    ordinal: bool


def variables(survey: Survey) -> list[Variable]:
    """Return the item columns in the survey's order."""
    return [
        Variable(
            item,
            labels_of(options_of(survey, item)),
            KINDS[item.kind].ordinal,
        )
        for item in survey.items
    ]


def labels_of(options: Iterable[Option]) -> dict[int, Mapping[str, str]]:
    """Return the values of options with their labels, by language."""
    return {option.value: option.label.by_language for option in options}


def missing_labels(survey: Survey) -> dict[int, Mapping[str, str]]:
    """Return the missing codes with their labels, by language (English where nobody saw it)."""
    asked = labels_of(survey.missing)
    return {code: asked.get(code, {"en": label}) for code, label in MISSING_LABELS.items()}


def main_language(asked: Questionnaire) -> str:
    """Return the language in which researchers read labels: English if there is one."""
    return "en" if "en" in asked.languages else asked.languages[0]


def in_words(texts: Mapping[str, str], tag: str) -> str:
    """Return a text in one language, else in English, else in any that it has."""
    return texts.get(tag) or texts.get("en") or next(iter(texts.values()), "")
