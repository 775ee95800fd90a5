"""A speaker without the kiosk gets a list of texts, records them, and sends a folder back."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk.cli import kiosk
from kiosk.sound import audio
from kiosk.sound.folder import TEXTS, WORDS
from kiosk.sound.library import Sounds
from kiosk.sound.texts import spoken
from kiosk.survey.model import Survey
from tests.sound.clips import RATE, put, voice


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "for the speaker"


def run(data: Path, *words: object) -> Result:
    return CliRunner().invoke(kiosk, ["sound", *map(str, words), "--data", str(data)])


def test_the_speaker_gets_every_text_with_the_name_of_its_file(
    survey: Survey, data: Path, folder: Path
) -> None:
    assert run(data, "export", folder, "--language", "ti").exit_code == 0
    with (folder / TEXTS).open(encoding="utf-8-sig", newline="") as file:
        assert dict(list(csv.reader(file))[1:]) == spoken(survey, "ti")


def test_recordings_come_in_clean_and_equally_loud(
    survey: Survey, data: Path, folder: Path
) -> None:
    folder.mkdir()
    (folder / "item.q01.wav").write_bytes(voice(seconds=2, height=0.1, silence=3))
    (folder / "notes.txt").write_text("I was tired on Monday.")
    taken = run(data, "import", folder, "--language", "ti")
    assert taken.exit_code == 0, taken.output
    (clip,) = Sounds(data).fitting("workshop", "ti", spoken(survey, "ti")).values()
    assert clip.source == "recorded"
    assert 2 <= clip.seconds <= 2.5, "the silence is gone"
    sound = audio.read(clip.files["opus"].read_bytes())
    assert abs(audio.loudness_of(sound) - audio.LOUDNESS) <= 1


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("item.q01.wav", b"RIFF and then nothing", "no sound file"),
        ("item.q01.mp3", b"", "no sound file"),
        ("item.q01.wav", voice(height=0.001), "nothing can be heard"),
        ("item.q01.wav", voice(height=1.7), "too loud"),
        ("item.q01.wav", voice(seconds=70), "longer than a minute"),
        ("question one.wav", voice(), "no text of this name"),
    ],
)
def test_a_bad_file_is_told_in_a_sentence_and_the_others_are_taken(
    data: Path, folder: Path, name: str, content: bytes, told: str
) -> None:
    folder.mkdir()
    (folder / "item.q02.wav").write_bytes(voice())
    (folder / name).write_bytes(content)
    taken = run(data, "import", folder, "--language", "ti")
    assert taken.exit_code == 1
    assert f"{name}: " in taken.output
    assert told in taken.output
    assert "1 recordings were taken." in taken.output
    assert set(WORDS) == set(audio.Fault)


def test_there_and_back_again_nothing_is_lost(survey: Survey, data: Path, folder: Path) -> None:
    folder.mkdir()
    for name in ("item.q01", "item.q02"):
        (folder / f"{name}.wav").write_bytes(voice())
    run(data, "import", folder, "--language", "ti")
    away, other = folder.parent / "away", data.parent / "another kiosk"
    assert "2 are recorded already" in run(data, "export", away, "--language", "ti").output
    assert run(other, "import", away, "--language", "ti").exit_code == 0
    texts = spoken(survey, "ti")
    here, there = (Sounds(at).fitting("workshop", "ti", texts) for at in (data, other))
    assert [c.files["mp3"].name for c in here.values()] == [
        c.files["mp3"].name for c in there.values()
    ]
    (away / "item.q02.wav").write_bytes(voice(seconds=1))
    run(other, "import", away, "--language", "ti")
    newer = Sounds(other).fitting("workshop", "ti", texts)
    assert newer["item.q02"].seconds < 1.6, "recorded again in the exported folder: the newer one"
    assert newer["item.q01"].files["mp3"].name == there["item.q01"].files["mp3"].name


def test_a_damaged_folder_takes_nothing_away(survey: Survey, data: Path, folder: Path) -> None:
    put(data, "ti", spoken(survey, "ti"))
    run(data, "export", folder, "--language", "ti")
    (folder / "manifest.json").write_text("[")
    taken = run(data, "import", folder, "--language", "ti")
    assert taken.exit_code == 1
    assert Sounds(data).of(survey, "ti")


def test_check_says_who_is_heard_and_what_has_changed(survey: Survey, data: Path) -> None:
    put(data, "ti", spoken(survey, "ti"))
    put(data, "so", spoken(survey, "so") | {"item.q03": "What it said before."})
    found = json.loads(run(data, "check", "--json").output)
    assert found["ti"]["heard"] == "recorded"
    assert found["so"]["heard"] == "no"
    assert found["so"]["changed"] == ["item.q03"]
    assert found["so"]["missing"] == ["item.q03"]
    assert "so: no" in run(data, "check").output


def test_a_language_without_a_computer_voice_is_explained(data: Path) -> None:
    refused = run(data, "make", "workshop", "--languages", "ti")
    assert refused.exit_code == 2
    assert "there is no voice" in refused.output
    assert "docs/sound.md" in refused.output


def test_set_up_without_the_program_fails_nothing(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert run(data, "make", "workshop", "--shipped").exit_code == 0
    assert run(data, "make", "workshop").exit_code != 0


def test_the_tests_voice_is_a_sound(data: Path) -> None:
    assert len(audio.read(voice(seconds=1, silence=0))) == audio.RATE
    assert RATE != audio.RATE
