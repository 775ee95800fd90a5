"""Clips inside a study pack, so that sites can hear what the researchers prepared."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kiosk.paths import bundled
from kiosk.sound import manifest
from kiosk.sound.library import Clip, Sounds
from kiosk.sound.manifest import Entry, hash_of
from kiosk.sound.texts import spoken
from kiosk.study.pack import LARGEST, SOUNDS, Pack
from kiosk.survey.loader import load_survey
from kiosk.survey.model import Survey
from kiosk.survey.problems import Problem, SurveyProblems


def with_sounds(pack: Pack, data: Path) -> tuple[Pack, dict[str, list[str]]]:
    """Return the pack with the clips of its surveys, and which languages each can be heard in.

    A study without surveys of its own gets the clips of those that ship. Raises SurveyProblems if
    they are too many for a pack.
    """
    files, heard = dict(pack.files), dict[str, list[str]]()
    for survey in (pack.surveys or _shipped()).values():
        heard[survey.id] = []
        for tag in survey.languages:
            texts = spoken(survey, tag, study=pack.study)
            if clips := Sounds(data).of(survey, tag, study=pack.study):
                files |= _files(f"{SOUNDS}{survey.id}/{tag}/", clips, texts)
                heard[survey.id].append(tag)
    if sum(map(len, files.values())) > LARGEST:
        raise SurveyProblems([Problem(
            "error", SOUNDS, f"the sounds are more than {LARGEST // 1_000_000} megabytes.",
            "Please pack fewer surveys, or leave --sounds out.",
        )])  # fmt: skip
    return replace(pack, files=files), heard


def _files(prefix: str, clips: dict[str, Clip], texts: dict[str, str]) -> dict[str, bytes]:
    """Return name in the pack -> bytes of one language's clips and their manifest."""
    entries = {
        name: Entry(hash_of(texts[name]), clip.source, clip.seconds,
                    {kind: path.name for kind, path in clip.files.items()})
        for name, clip in clips.items()
    }  # fmt: skip
    sounds = {f"{prefix}{path.name}": path.read_bytes()
              for clip in clips.values() for path in clip.files.values()}  # fmt: skip
    return sounds | {prefix + manifest.FILE: manifest.dumped(entries)}


def _shipped() -> dict[str, Survey]:
    return {path.stem: load_survey(path) for path in sorted(bundled("surveys").glob("*.toml"))}
