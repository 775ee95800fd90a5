"""Fills {tool}, {n} and the like into survey texts, each isolated from the direction (L4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup, escape

from kiosk.languages import Language
from kiosk.store.workshop import Workshop
from kiosk.study.model import Study, parse_study
from kiosk.survey.filling import fill, values_of
from kiosk.survey.loader import parse_survey
from kiosk.survey.model import Survey, Text

ISOLATE, END_ISOLATE = "\u2068", "\u2069"


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
        return fill(text[self.tag], self.values, lambda word: f"{ISOLATE}{word}{END_ISOLATE}")

    def filled(self, text: Text) -> Markup:
        """Return a text for the page, filled-in words in <bdi>; everything is escaped."""
        return Markup(  # noqa: S704 - the line is escaped first, and so is each value
            fill(str(escape(text[self.tag])), self.values, Markup("<bdi>{}</bdi>").format)
        )


def texts_for(workshop: Workshop, survey: Survey, study: Study, language: Language) -> Texts:
    """Return the texts of a workshop's survey in one language."""
    values = values_of(survey, language, workshop.tool, workshop.plan.idle_minutes)
    names = {"university": study.organisation, "contact": study.contact}
    return Texts(language.tag, values | names)
