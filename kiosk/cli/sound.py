"""`kiosk sound`: make, check, take and hand out the clips of those texts that can be heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from kiosk.cli.common import common, config_for, say, tell
from kiosk.languages import LANGUAGES
from kiosk.sound import folder as folders
from kiosk.sound.library import Sounds, shipped
from kiosk.sound.make import NoVoice, check_voice, make, make_missing
from kiosk.sound.recordings import Recordings, State
from kiosk.sound.texts import named, spoken
from kiosk.sound.voices import LEFT_OUT, VOICES
from kiosk.study.model import Study, pick_study
from kiosk.survey.library import find_survey
from kiosk.survey.loader import load_survey
from kiosk.survey.model import Survey

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True)
class Desk:
    """What a command works on: a survey, and the study whose names its texts hold."""

    data: Path
    survey: Survey
    study: Study | None
    tool: str

    @classmethod
    def at(cls, data: Path | None, survey: str, study: str | None, tool: str) -> Desk:
        """Return the desk. Raises NoSuchSurvey, SurveyProblems, NoStudy."""
        place = config_for(data).data
        found = load_survey(find_survey(survey, place, study))
        return cls(place, found, pick_study(place, study) if study else None, tool)

    def texts(self, tag: str) -> dict[str, str]:
        """Return clip -> text of one language."""
        return spoken(self.survey, tag, self.tool, study=self.study)

    def recordings(self, tag: str) -> Recordings:
        """Return what people have recorded of these texts. Raises UsageError."""
        if tag not in self.survey.languages:
            raise click.UsageError(
                f"The survey “{self.survey.id}” is not in “{tag}”. "
                f"There are: {', '.join(self.survey.languages)}."
            )
        return Recordings(self.data, self.survey.id, tag, self.texts(tag))


def texts_of(command: Command) -> Command:
    """Add the options that say whose names stand in the texts."""
    study = click.option("--study", help="The study whose organisation and contact are named.")
    tool = click.option("--tool", default="", help="The digital tool that the workshops name.")
    return study(tool(command))


def one_language(command: Command) -> Command:
    """Add the options that say what is recorded: the language, and whose texts."""
    tag = click.option("--language", required=True, help="The tag of one language, such as ti.")
    survey = click.option("--survey", default="workshop", help="A survey's name, or a .toml file.")
    return tag(survey(texts_of(command)))


@click.group()
def sound() -> None:
    """Let the survey be heard: computer voices, and recordings by people."""


@sound.command("make")
@click.argument("survey")
@click.option("--languages", default="", help="Tags such as en,nb,ar; default: every voice.")
@click.option("--shipped", "at_set_up", is_flag=True,
              help="Put them beside the program itself; without a voice do nothing.")  # fmt: skip
@texts_of
@common
def make_command(
    survey: str, languages: str, at_set_up: bool, study: str | None, tool: str,
    data: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Make the clips of SURVEY (a name or a .toml file) that are missing, by a computer's voice.

    Needs the program espeak-ng. What was recorded, or made before of the same text, stays.
    """
    desk = Desk.at(data, survey, study, tool)
    try:
        check_voice()
    except NoVoice as problem:
        if not at_set_up:
            raise
        say(as_json, {"made": {}, "problem": str(problem)}, f"No sound was made: {problem}")
        return
    made = {}
    for tag in _wanted(desk, languages):
        if at_set_up:
            folder = shipped() / desk.survey.id / tag
            made[tag] = make(tag, desk.texts(tag), folder, desk.data)
        else:
            made[tag] = make_missing(desk.survey, tag, desk.data, desk.tool, desk.study)
        if not as_json:
            tell(f"{tag}: {len(made[tag])} new clips", err=True)
    total = sum(map(len, made.values()))
    say(as_json, {"made": {tag: len(clips) for tag, clips in made.items()}},
        f"{total} clips were made. “kiosk sound check {survey}” says which languages "
        "can be heard.")  # fmt: skip


@sound.command()
@click.argument("survey", default="workshop")
@texts_of
@common
def check(survey: str, study: str | None, tool: str, data: Path | None, as_json: bool) -> None:
    """Say which languages of SURVEY can be heard, by whom, and which texts have changed since."""
    desk = Desk.at(data, survey, study, tool)
    found = {tag: _state(desk, tag) for tag in desk.survey.languages}
    say(as_json, found, "\n".join(_line(tag, state) for tag, state in found.items()))


@sound.command("export")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@one_language
@common
def export(
    folder: Path, language: str, survey: str, study: str | None, tool: str,
    data: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Write the texts to speak, texts.csv, and what was recorded already, into FOLDER."""
    recordings = Desk.at(data, survey, study, tool).recordings(language)
    try:
        recorded = folders.export(recordings, folder)
    except OSError as problem:
        raise click.UsageError(f"{folder} cannot be written to: {problem}.") from problem
    texts = len(recordings.texts)
    say(as_json, {"folder": str(folder), "texts": texts, "recorded": recorded},
        f"{folder / folders.TEXTS} has {texts} texts; {recorded} are recorded already.\n"
        "Next: record each into a file of its own, named after its clip, such as item.q01.wav.\n"
        f"Then: kiosk sound import {folder} --language {language}")  # fmt: skip


@sound.command("import")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@one_language
@common
def import_command(
    folder: Path, language: str, survey: str, study: str | None, tool: str,
    data: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Take the recordings in FOLDER: one WAV, FLAC, OGG or MP3 file a text, named by clip.

    Silence is cut off, and all are made equally loud. The exit code is 1 if a file was of no use.
    """
    recordings = Desk.at(data, survey, study, tool).recordings(language)
    arrived = folders.take(recordings, folder)
    lines = [*arrived.problems, f"{len(arrived.clips)} recordings were taken."]
    say(as_json, {"taken": list(arrived.clips), "problems": list(arrived.problems)},
        "\n".join(lines))  # fmt: skip
    click.get_current_context().exit(1 if arrived.problems else 0)


def _wanted(desk: Desk, languages: str) -> list[str]:
    """Return the languages to be made. Raises UsageError where there is no voice."""
    tags = [tag.strip() for tag in languages.split(",") if tag.strip()]
    for tag in tags:
        if tag not in VOICES:
            why = LEFT_OUT.get(tag, f"it is none of {', '.join(LANGUAGES)}")
            raise click.UsageError(
                f"There is no computer voice for “{tag}”: {why}. "
                "Please let somebody record it: docs/sound.md says how."
            )
    return [tag for tag in tags or VOICES if tag in desk.survey.languages]


def _state(desk: Desk, tag: str) -> dict[str, Any]:
    """Return what there is to hear in one language."""
    sounds, texts = Sounds(desk.data), desk.texts(tag)
    offered = sounds.of(desk.survey, tag, desk.tool, study=desk.study)
    here = sounds.fitting(desk.survey.id, tag, texts)
    sources = sorted({clip.source for clip in offered.values()})
    changed = [clip for clip, state in desk.recordings(tag).states().items()
               if state is State.CHANGED]  # fmt: skip
    return {
        "heard": " and ".join(sources) or "no",
        "texts": len(texts),
        "clips": len(here),
        "missing": [clip for clip in texts if clip not in here],
        "unnamed": sorted(named(desk.survey, tag) - here.keys()),
        "changed": changed,
    }


def _line(tag: str, state: dict[str, Any]) -> str:
    """Return what is said of one language."""
    line = f"{tag}: {state['heard']} ({state['clips']} of {state['texts']} texts)"
    if state["heard"] != "no" and state["unnamed"]:
        line += f"; silent: {', '.join(state['unnamed'])}"
    if state["changed"]:
        line += f"; changed since it was recorded: {', '.join(state['changed'])}"
    return line
