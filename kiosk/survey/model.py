"""A survey as frozen data: texts in many languages, a scale, items, consent and thanks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

DOES_NOT_FIT = 97
NO_ANSWER_WANTED = 98
SKIPPED = 99
NOT_SHOWN = 96
MISSING_LABELS = {
    NOT_SHOWN: "not shown",
    DOES_NOT_FIT: "does not fit me, or I do not know",
    NO_ANSWER_WANTED: "does not want to answer",
    SKIPPED: "not answered",
}


@dataclass(frozen=True)
class Text:
    """One text in many languages, by language tag."""

    by_language: Mapping[str, str]

    def __getitem__(self, tag: str) -> str:
        """Return the text in one language; a survey is never shown where it is missing."""
        return self.by_language[tag]


@dataclass(frozen=True)
class Option:
    """One answer that can be touched: the value that is stored and the words under it."""

    value: int
    label: Text


@dataclass(frozen=True)
class Scale:
    """The one set of options that all smiley items share (M1), lowest value first."""

    id: str
    order: str
    options: tuple[Option, ...]


@dataclass(frozen=True)
class Row:
    """One line of a grid question: what the same options are asked about."""

    id: str
    label: Text


@dataclass(frozen=True)
class Item:
    """One question. `options` are its own ones; kinds with a shared scale have none.

    `rows` are a grid's lines, `most` the largest number that fits.
    """

    id: str
    kind: str
    text: Text
    theme: str = ""
    construct: str = ""
    background: bool = False
    options: tuple[Option, ...] = ()
    rows: tuple[Row, ...] = ()
    most: int = 0
    hint: Text | None = None


@dataclass(frozen=True)
class ConsentLine:
    """One line of the consent text; `when` is "timer" if only a kiosk screen shows it."""

    id: str
    icon: str
    text: Text
    when: str = ""


@dataclass(frozen=True)
class Step:
    """One step of translations: `by` whose initials, `on` which day (ISO), to which state.

    `source` holds the marks of the source's texts at that time.
    """

    languages: tuple[str, ...]
    state: str
    by: tuple[str, ...]
    on: str
    comment: str
    source: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Questionnaire:
    """What every file of questions has: items in some languages. `hash` names its content.

    `stale` has language -> ids of texts whose source changed after the last of the `steps`.
    """

    id: str
    version: str
    hash: str
    title: Text
    translation: Mapping[str, str]
    scale: Scale
    items: tuple[Item, ...]
    missing: tuple[Option, ...] = ()
    yesno: tuple[Option, ...] = ()
    steps: tuple[Step, ...] = ()
    stale: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags of all languages it is complete in, in the file's order."""
        return tuple(self.translation)

    @property
    def drafts(self) -> tuple[str, ...]:
        """The tags of all languages that no native speaker has read yet."""
        return tuple(tag for tag, state in self.translation.items() if state == "machine-draft")

    def item(self, item_id: str) -> Item | None:
        """Return the item with this id, if there is one."""
        return next((item for item in self.items if item.id == item_id), None)


@dataclass(frozen=True, kw_only=True)
class Survey(Questionnaire):
    """One version of what participants are asked."""

    minutes: int
    consent: tuple[ConsentLine, ...]
    practice: Item
    thanks_title: Text
    thanks_text: Text
    tool: Text


@dataclass(frozen=True, kw_only=True)
class Form(Questionnaire):
    """One of the facilitator's self-report forms; `phase` is when it opens (C7)."""

    phase: str
    intro: Text
