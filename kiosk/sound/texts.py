"""Every text of the participants' pages that can be spoken, by the name of its clip."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kiosk.languages import LANGUAGES
from kiosk.study.model import Study
from kiosk.survey.filling import PLACEHOLDER, fill, values_of
from kiosk.survey.kinds import KINDS, options_of
from kiosk.survey.model import Item, Option, Survey
from kiosk.translations import PARTICIPANTS, InterfaceTexts, read_texts

IDLE_MINUTES = 3  # what a workshop has if nobody chose another time
# What only a study or a workshop knows; a set of clips is whole without the texts that name it.
NAMED = frozenset({"university", "contact", "t"})
# Interface texts in the order in which somebody meets them. Texts with numbers that differ from
# page to page are not spoken.
INTERFACE = (
    "Language", "Help", "Back", "Listen", "Stop", "Quieter", "Louder", "Larger text",
    "Normal text", "Stronger colours", "Normal colours", "Read everything to me",
    "Do not read to me", "Touch once to hear. Touch again to choose.", "Touch again to choose.",
    "A computer made this voice.", "No, thank you", "Start", "Try it first",
    "Touch the face that fits you.", "This is only practice. It is not saved.", "You chose:",
    "Skip", "Next", "You did not choose. Choose an answer, or skip.",
    "You skipped this question.", "Are you ready to send?",
    "Touch “Send” to give us your answers.", "Send", "Show my answers", "Hide my answers",
    "Not answered", "Change", "Sending your answers …", "Ask the person who leads the workshop.",
    "Your answers are hidden now.", "Go on", "Your answers are not sent yet.",
    "They are kept on this screen, and we keep trying. Please leave this page open.",
    "Try again", "The kiosk has a problem.", "Are you still there?",
    "If you do not touch the screen, your answers will be deleted.", "I am still here",
    "Your answers are saved.", "You can close this page now.", "Next person",
    "Thank you. Nothing was sent.",
)  # fmt: skip


def spoken(
    survey: Survey, tag: str, tool: str = "", *,
    study: Study | None = None, minutes: int = IDLE_MINUTES,
) -> dict[str, str]:  # fmt: skip
    """Return clip -> text in one language, in the order of the pages, as the pages show it.

    `tool` and `minutes` (until a shared screen is cleared) are the workshop's; without a study the
    texts that name who asks are left out.
    """
    values = values_of(survey, LANGUAGES[tag], tool, minutes)
    if study:
        values |= {"university": study.organisation, "contact": study.contact}
    return (
        {"name": LANGUAGES[tag].endonym}
        | {
            clip: fill(line, values, str)
            for clip, line in _lines(survey, tag)
            if set(PLACEHOLDER.findall(line)) <= set(values)
        }
        | _interface(tag)
    )


def named(survey: Survey, tag: str) -> frozenset[str]:
    """Return the clips of texts that hold what only a study or a workshop knows."""
    return frozenset(
        clip for clip, line in _lines(survey, tag) if NAMED & set(PLACEHOLDER.findall(line))
    )


def ui_clip(text: str) -> str:
    """Return the clip of an interface text, by its English words."""
    return "ui." + re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def option_clip(item: Item, option: Option) -> str:
    """Return the clip of one answer: faces share theirs, other questions have their own."""
    shared = KINDS[item.kind].needs == "scale"
    return f"option.{option.value}" if shared else f"option.{item.id}.{option.value}"


def _lines(survey: Survey, tag: str) -> Iterator[tuple[str, str]]:
    """Yield clip and unfilled line of the survey's own texts."""
    yield "title", survey.title[tag]
    for line in survey.consent:
        yield f"consent.{line.id}", line.text[tag]
    yield "practice", survey.practice.text[tag]
    for item in survey.items:
        yield f"item.{item.id}", item.text[tag]
    for item in (survey.practice, *survey.items):
        for option in options_of(survey, item):
            yield option_clip(item, option), option.label[tag]
    for option in survey.missing:
        yield f"missing.{option.value}", option.label[tag]
    yield "thanks.title", survey.thanks_title[tag]
    yield "thanks.text", survey.thanks_text[tag]


def _interface(tag: str) -> dict[str, str]:
    """Return the interface texts in one language; what has no catalogue entry has no clip."""
    texts = _catalogue()
    speak = texts.by_locale[LANGUAGES[tag].babel_id].gettext
    return {ui_clip(text): str(speak(text)) for text in INTERFACE if text in texts.wanted}


@lru_cache(maxsize=1)
def _catalogue() -> InterfaceTexts:
    return read_texts(PARTICIPANTS)
