"""A language is heard whole or not at all, and never says what is no longer written."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.opening.new_study import NewStudy
from kiosk.sound.library import Sounds
from kiosk.sound.manifest import SYNTHETIC
from kiosk.sound.texts import spoken
from kiosk.study.model import load_study
from kiosk.survey.model import Survey
from tests.sound.clips import put


def test_a_whole_language_is_offered(survey: Survey, data: Path) -> None:
    put(data, "ti", spoken(survey, "ti"))
    assert Sounds(data).of(survey, "ti").keys() == spoken(survey, "ti").keys()
    assert not Sounds(data).of(survey, "so")


def test_a_language_with_a_gap_is_not(survey: Survey, data: Path) -> None:
    texts = spoken(survey, "ti")
    del texts["item.q07"]
    put(data, "ti", texts)
    assert Sounds(data).of(survey, "ti") == {}


def test_a_clip_of_a_former_text_does_not_count(survey: Survey, data: Path) -> None:
    put(data, "ti", spoken(survey, "ti") | {"item.q07": "what it said last year"})
    assert Sounds(data).of(survey, "ti") == {}
    put(data, "ti", {"item.q07": spoken(survey, "ti")["item.q07"]})
    assert Sounds(data).of(survey, "ti")


@pytest.mark.parametrize("ending", ["opus", "mp3"])
def test_a_clip_without_its_file_does_not_count(survey: Survey, data: Path, ending: str) -> None:
    folder = put(data, "ti", spoken(survey, "ti"))
    next(folder.glob(f"*.{ending}")).unlink()
    assert Sounds(data).of(survey, "ti") == {}


def test_a_manifest_cannot_lead_elsewhere(survey: Survey, data: Path) -> None:
    folder = put(data, "ti", spoken(survey, "ti"))
    text = (folder / "manifest.json").read_text(encoding="utf-8")
    first = next(folder.glob("*.opus")).name
    (data / first).write_bytes(b"secret")
    (folder / "manifest.json").write_text(text.replace(first, f"../../../{first}"))
    assert Sounds(data).of(survey, "ti") == {}
    (folder / "manifest.json").write_text("[broken")
    assert Sounds(data).of(survey, "ti") == {}


def test_people_come_before_computers(survey: Survey, data: Path) -> None:
    texts = spoken(survey, "nb")
    put(data, "nb", texts, SYNTHETIC)
    assert all(clip.is_synthetic for clip in Sounds(data).of(survey, "nb").values())
    put(data, "nb", {"item.q01": texts["item.q01"]})
    found = Sounds(data).of(survey, "nb")
    assert not found["item.q01"].is_synthetic
    assert found["item.q02"].is_synthetic


def test_a_computers_clip_fills_in_for_a_recording_of_a_former_text(
    survey: Survey, data: Path
) -> None:
    texts = spoken(survey, "nb")
    put(data, "nb", texts, SYNTHETIC)
    put(data, "nb", texts | {"item.q01": "Former."})
    assert Sounds(data).of(survey, "nb")["item.q01"].is_synthetic


def test_a_workshop_that_names_its_tool_is_heard_with_the_general_word(
    survey: Survey, data: Path
) -> None:
    put(data, "nb", spoken(survey, "nb"))
    general = Sounds(data).of(survey, "nb", "Procreate")
    assert "item.q05" in general
    put(data, "nb", spoken(survey, "nb", "Procreate"), SYNTHETIC)
    named = Sounds(data).of(survey, "nb", "Procreate")
    assert named["item.q05"] != general["item.q05"], "a clip that names it comes first"


def test_only_names_and_minutes_may_stay_unsaid(
    survey: Survey, data: Path, study: NewStudy
) -> None:
    asks = load_study(study.file)
    put(data, "nb", spoken(survey, "nb"))
    silent = Sounds(data).of(survey, "nb", study=asks, minutes=7)
    assert silent
    assert not {"consent.who", "consent.contact", "consent.timer"} & silent.keys()
    put(data, "nb", spoken(survey, "nb", study=asks))
    assert "consent.who" in Sounds(data).of(survey, "nb", study=asks)


def test_a_study_brings_clips_of_its_own(survey: Survey, data: Path) -> None:
    put(data / "studies" / "abc", "ti", spoken(survey, "ti"))
    assert Sounds(data).of(survey, "ti")
