"""Fills {tool}, {n} and the like into survey texts, each isolated from the direction (L4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup, escape

from kiosk.languages import Language
from kiosk.store.workshop import Workshop
from kiosk.study.model import Study, parse_study
from kiosk.survey.loader import parse_survey
from kiosk.survey.model import Survey, Text

ISOLATE, END_ISOLATE = "\u2068", "\u2069"
PLACEHOLDER = re.compile(r"\{(\w+)\}")


def survey_of(survey_file: str) -> Survey:
    """Return the survey as it is asked in a workshop."""
    return parse_survey(survey_file)


@lru_cache(maxsize=64)
def study_of(study_file: str) -> Study:
    """Return the study a workshop belongs to."""
    return parse_study(study_file, Path("study.toml"))


@dataclass(frozen=True)
class Texts:
    """The survey's words in one language, with the workshop's own words filled in."""

    tag: str
    values: Mapping[str, str]

    def plain(self, text: Text) -> str:
        """Return a text for titles and attributes, filled-in words in invisible isolates."""
        return PLACEHOLDER.sub(
            lambda found: f"{ISOLATE}{self._value(found)}{END_ISOLATE}", text[self.tag]
        )

    def filled(self, text: Text) -> Markup:
        """Return a text for the page, filled-in words in <bdi>; everything is escaped."""
        return Markup(  # noqa: S704 - the line is escaped first, and so is each value
            PLACEHOLDER.sub(
                lambda found: Markup("<bdi>{}</bdi>").format(self._value(found)),
                str(escape(text[self.tag])),
            )
        )

    def _value(self, found: re.Match[str]) -> str:
        """Return what stands for a placeholder, with a capital where it begins the sentence."""
        value = self.values[found[1]]
        return value[:1].upper() + value[1:] if found.start() == 0 else value


def texts_for(workshop: Workshop, survey: Survey, study: Study, language: Language) -> Texts:
    """Return the texts of a workshop's survey in one language."""
    return Texts(
        language.tag,
        {
            "university": study.organisation,
            "contact": study.contact,
            "n": language.number(len(survey.items)),
            "m": language.number(survey.minutes),
            "t": language.number(workshop.plan.idle_minutes),
            "tool": workshop.tool or survey.tool[language.tag],
        },
    )
