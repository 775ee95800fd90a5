"""What the recorder works on: one survey in one language, its texts and their recordings."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from kiosk.languages import LANGUAGES, Language
from kiosk.sound.manifest import hash_of
from kiosk.sound.recordings import Recordings, State
from kiosk.sound.texts import spoken
from kiosk.survey.library import surveys
from kiosk.survey.loader import load_survey
from kiosk.survey.model import Survey
from kiosk.survey.problems import SurveyProblems
from kiosk.web import messages
from kiosk.web.messages import Stop
from kiosk.web.staff.common import workshops

FIRST = "workshop"  # the survey that ships


@dataclass(frozen=True)
class Desk:
    """What is recorded now; `name` is the survey's file, as staff choose it."""

    name: str
    survey: Survey
    language: Language
    recordings: Recordings

    @property
    def languages(self) -> list[Language]:
        """The languages in which this survey can be recorded."""
        return [LANGUAGES[tag] for tag in self.survey.languages if tag in LANGUAGES]

    @property
    def texts(self) -> Mapping[str, str]:
        """Clip -> text, in the order of the pages."""
        return self.recordings.texts

    def hash(self, clip: str) -> str:
        """Return what stands for a text as it is today."""
        return hash_of(self.texts[clip])

    def address(self, page: str, **more: str) -> str:
        """Return the address of a page about this survey and language."""
        where: dict[str, Any] = {"survey": self.name, "language": self.language.tag}
        return url_for(f"staff_recording.{page}", **where, **more)

    def sound(self, clip: str, state: State) -> str:
        """Return where a clip can be heard; "" if there is none."""
        if state is State.MISSING:
            return ""
        own = self.recordings.entries().get(clip)
        return self.address("sound", clip=clip, edition=own.files.get("mp3", "") if own else "")


def desk_of(asked: Mapping[str, str]) -> Desk:
    """Return the survey and language that a request names, or the first of each."""
    known = all_surveys()
    name = asked.get("survey") or (FIRST if FIRST in known else next(iter(known), ""))
    if name not in known:
        raise Stop(messages.NOT_HERE)
    survey = known[name]
    tag = asked.get("language") or survey.languages[0]
    if tag not in survey.languages or tag not in LANGUAGES:
        raise Stop(messages.NO_SUCH_LANGUAGE)
    texts = spoken(survey, tag, study=_study_of(known_file))
    return Desk(name, survey, LANGUAGES[tag], Recordings(workshops().data, survey.id, tag, texts))


def all_surveys() -> dict[str, Survey]:
    """Return the surveys that can be used, by the names of their files."""
    found = {}
    for name, file in surveys(workshops().data).items():
        with suppress(SurveyProblems):  # the page of studies, and `kiosk survey check`, name them
            found[name] = load_survey(file)
    return found


def count(states: Mapping[str, State]) -> str:
    """Return a sentence about how much of a language is recorded."""
    done = sum(state is State.RECORDED for state in states.values())
    return str(_("%(done)s of %(all)s texts are recorded.", done=done, all=len(states)))
