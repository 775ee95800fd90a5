"""A computer's voice where people understand one: small, equally loud, made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.languages import LANGUAGES
from kiosk.opening.new_study import NewStudy
from kiosk.sound import audio, manifest
from kiosk.sound.library import MADE, Sounds
from kiosk.sound.make import NoVoice, make, make_missing
from kiosk.sound.texts import spoken
from kiosk.sound.voices import LEFT_OUT, NEEDS_VOWELS, VOICES, VOWELS, to_say
from kiosk.study.model import load_study
from kiosk.survey.model import Survey
from tests.setup_servers import program
from tests.sound.clips import put

LARGEST = 40_000  # bytes of a clip
LONGEST = 8  # seconds of a question (L15)


@pytest.fixture(autouse=True)
def with_espeak() -> None:
    program("espeak-ng")


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_a_whole_language_is_made_small_and_equally_loud(
    survey: Survey, data: Path, tag: str
) -> None:
    assert set(make_missing(survey, tag, data)) == spoken(survey, tag).keys()
    found = Sounds(data).of(survey, tag)
    assert found.keys() == spoken(survey, tag).keys()
    for name, clip in found.items():
        assert clip.is_synthetic
        assert clip.seconds > 0.3
        assert clip.seconds <= LONGEST or not name.startswith("item")
        for kind, path in clip.files.items():
            assert path.stat().st_size <= LARGEST, name
            sound = audio.trimmed(audio.read(path.read_bytes(), audio.FORMATS[kind]))
            off = abs(audio.loudness_of(sound) - audio.LOUDNESS)
            assert off <= (1 if clip.seconds >= 1 else 1.5), (name, kind)
    assert make_missing(survey, tag, data) == []


def test_only_a_changed_text_is_made_anew_and_its_former_files_go(data: Path) -> None:
    folder = data / MADE / "s" / "en"
    texts = {"a": "Good morning.", "b": "Good night."}
    assert make("en", texts, folder, data) == ["a", "b"]
    before = manifest.read(folder)
    assert make("en", texts | {"b": "Good evening."}, folder, data) == ["b"]
    after = manifest.read(folder)
    assert after["a"] == before["a"]
    names = {name for entry in after.values() for name in entry.files.values()}
    assert {path.name for path in folder.iterdir()} == names | {manifest.FILE}


def test_a_text_that_no_voice_can_say_in_a_minute_leaves_the_others(data: Path) -> None:
    folder = data / MADE / "s" / "en"
    texts = {"long": "These are many words. " * 60, "a": "Good morning.", "dots": "…"}
    assert make("en", texts, folder, data) == ["a"]
    assert manifest.read(folder).keys() == {"a"}


def test_a_clip_whose_file_is_lost_is_made_again(data: Path) -> None:
    folder = data / MADE / "s" / "en"
    make("en", {"a": "Good morning."}, folder, data)
    next(folder.glob("*.mp3")).unlink()
    assert make("en", {"a": "Good morning."}, folder, data) == ["a"]


def test_what_people_recorded_is_not_made(survey: Survey, data: Path, study: NewStudy) -> None:
    put(data, "en", spoken(survey, "en"))
    assert make_missing(survey, "en", data) == []
    asks = load_study(study.file)
    assert set(make_missing(survey, "en", data, study=asks)) == {"consent.who", "consent.contact"}


def test_every_language_has_a_voice_or_a_reason() -> None:
    assert VOICES.keys() | LEFT_OUT.keys() == LANGUAGES.keys()
    assert not VOICES.keys() & LEFT_OUT.keys()
    assert {"nn", "ti", "so", "ps", "ckb"} <= LEFT_OUT.keys()


def test_a_language_without_a_voice_gets_no_clip(survey: Survey, data: Path) -> None:
    assert make_missing(survey, "ti", data) == []
    assert not (data / MADE).exists()


def test_arabic_is_read_with_its_vowels_or_not_at_all(
    survey: Survey, data: Path, study: NewStudy
) -> None:
    texts = spoken(survey, "ar", "Procreate", study=load_study(study.file))
    for text in texts.values():
        said = to_say("ar", text, data)
        assert said, f"surveys/say/ar.txt lacks: {text}"
        assert VOWELS.search(said)
        assert VOWELS.sub("", said) == text
    assert to_say("ar", "نص آخر", data) is None
    own = data / "own"
    (own / "say").mkdir(parents=True)
    (own / "say" / "ar.txt").write_text("نَصٌّ آخَرُ\n", encoding="utf-8")
    assert to_say("ar", "نص آخر", own) == "نَصٌّ آخَرُ"
    (own / "say" / "fa.txt").write_text("{tool}, {n} {tool}\n", encoding="utf-8")
    assert to_say("fa", "a b, 3 a b", own) == "A b, 3 a b"
    assert to_say("en", "Another text", data) == "Another text"
    assert VOICES.keys() >= NEEDS_VOWELS


def test_without_the_program_a_sentence_says_what_to_install(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(data))
    with pytest.raises(NoVoice, match="apt install espeak-ng"):
        make("en", {"a": "Good morning."}, data / "x", data)
