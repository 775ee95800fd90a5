"""What the recorder works on: one survey in one language, its texts and their recordings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from kiosk.languages import LANGUAGES, Language
from kiosk.sound.library import Clip, Sounds
from kiosk.sound.manifest import RECORDED, Entry, hash_of
from kiosk.sound.recordings import Recordings, State
from kiosk.sound.texts import spoken
from kiosk.study.model import Study
from kiosk.survey.library import FIRST, study_surveys, usable
from kiosk.survey.model import Survey
from kiosk.web import messages
from kiosk.web.messages import Stop
from kiosk.web.staff.common import workshops
from kiosk.web.staff.studies import all_studies


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
        return url_for(f"staff_recording.{page}", **(where | more))

    @property
    def states(self) -> dict[str, State]:
        """Clip -> state: of what is recorded here, then of what a study or the set-up brought."""
        own, people = self.recordings.states(), self._fitting(RECORDED)
        others = dict.fromkeys(self._fitting(), State.SYNTHETIC)
        others |= dict.fromkeys(people, State.RECORDED)
        mine = (State.RECORDED, State.CHANGED)
        return {clip: one if one in mine else others.get(clip, one) for clip, one in own.items()}

    @property
    def own(self) -> Mapping[str, Entry]:
        """Clip -> entry of what was recorded here, and can be deleted here."""
        return self.recordings.entries()

    def sounds(self) -> dict[str, str]:
        """Return clip -> address at which it can be heard; another one after each recording."""
        others = {clip: one.files["mp3"].name for clip, one in self._fitting().items()}
        mine = {clip: entry.files.get("mp3", "") for clip, entry in self.own.items()}
        return {clip: self.address("sound", clip=clip, edition=name)
                for clip, name in (others | mine).items()}  # fmt: skip

    def sound(self, clip: str) -> bytes | None:
        """Return a clip as MP3: what was recorded here first, even of a former text."""
        other = self._fitting().get(clip)
        made = other.files["mp3"].read_bytes() if other else None
        return self.recordings.sound(clip, "mp3") or made

    def _fitting(self, source: str = "") -> dict[str, Clip]:
        data = self.recordings.data
        found = Sounds(data).fitting(self.survey.id, self.language.tag, self.texts, source=source)
        return {clip: one for clip, one in found.items() if "mp3" in one.files}


def desk_of(asked: Mapping[str, str]) -> Desk:
    """Return the survey and language that a request names, or the first of each."""
    known = usable(workshops().data)
    name = asked.get("survey") or (FIRST if FIRST in known else next(iter(known), ""))
    if name not in known:
        raise Stop(messages.NOT_HERE)
    survey = known[name]
    tag = asked.get("language") or survey.languages[0]
    if tag not in survey.languages or tag not in LANGUAGES:
        raise Stop(messages.NO_SUCH_LANGUAGE)
    texts = spoken(survey, tag, study=_study_that_asks(name))
    return Desk(name, survey, LANGUAGES[tag], Recordings(workshops().data, survey.id, tag, texts))


def _study_that_asks(name: str) -> Study | None:
    """Return the study that brought a survey, or the only one that can ask it."""
    data = workshops().data
    found = list(all_studies().values())
    brought = [one for one in found if (study_surveys(data, one.id) / f"{name}.toml").is_file()]
    likely = brought or found
    return likely[0] if len(likely) == 1 else None


def count(states: Mapping[str, State]) -> str:
    """Return a sentence about how much of a language is recorded."""
    done = sum(state is State.RECORDED for state in states.values())
    return str(_("%(done)s of %(all)s texts are recorded.", done=done, all=len(states)))
