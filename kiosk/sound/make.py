"""Synthetic clips by the program espeak-ng, for the languages in which people understand it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kiosk.sound import audio, manifest
from kiosk.sound.library import MADE, Sounds
from kiosk.sound.manifest import SYNTHETIC, Entry, hash_of
from kiosk.sound.texts import spoken
from kiosk.sound.voices import VOICES, to_say
from kiosk.study.model import Study
from kiosk.survey.model import Survey

PROGRAM = "espeak-ng"
# espeak-ng's own measure is 175; who listens hears each text for the first time.
WORDS_A_MINUTE = 145
PATIENCE = 60  # seconds for one text


class NoVoice(Exception):
    """Nothing can be spoken on this machine; the message says what to install."""


def check_voice() -> str:
    """Return where espeak-ng is. Raises NoVoice if it, or what works with sound, is missing."""
    found = shutil.which(PROGRAM)
    if found is None:
        raise NoVoice(
            "Computer voices need the program espeak-ng, and this machine has none. Please install "
            "it (on Debian and Ubuntu: apt install espeak-ng) and try again. Recordings by people "
            "need no such program."
        )
    if not audio.is_here():
        raise NoVoice(
            'Working with sound needs some more parts. Please install: pip install "survey-kiosk'
            '[sound]"'
        )
    return found


def make_missing(
    survey: Survey, tag: str, data: Path, tool: str = "", study: Study | None = None
) -> list[str]:
    """Make the clips that a kiosk has from no other source, and return their names.

    Raises NoVoice.
    """
    texts = spoken(survey, tag, tool, study=study)
    here = Sounds(data).fitting(survey.id, tag, texts)
    missing = {clip: text for clip, text in texts.items() if clip not in here}
    return make(tag, missing, data / MADE / survey.id / tag, data)


def make(tag: str, texts: Mapping[str, str], folder: Path, data: Path) -> list[str]:
    """Make the clips of `texts` (clip -> text) in a folder; return the names of those made anew.

    What is there of the same text stays as it is. Texts that the voice would read wrongly, not at
    all, or for longer than a minute are left out. Raises NoVoice.
    """
    before = manifest.read(folder)
    wanted = {
        clip: said for clip, text in texts.items()
        if not _is_whole(folder, before.get(clip), text) and (said := to_say(tag, text, data))
    }  # fmt: skip
    if not wanted or tag not in VOICES:
        return []
    program = check_voice()
    folder.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        sounds = pool.map(lambda said: _sound(program, tag, said), wanted.values())
        made = {
            clip: manifest.kept(
                folder, hash_of(texts[clip]), SYNTHETIC, sound.seconds, sound.files
            )
            for clip, sound in zip(wanted, sounds, strict=True) if sound
        }  # fmt: skip
    manifest.replace(folder, before | made)
    return list(made)


def _sound(program: str, tag: str, text: str) -> audio.Made | None:
    """Return the clip of a text; None if nothing is heard in it, or for too long."""
    try:
        return audio.made_from(_speak(program, tag, text))
    except audio.BadSound:
        return None


def _speak(program: str, tag: str, text: str) -> bytes:
    """Return a WAV file of a text."""
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "said.wav"
        command = [program, "-v", VOICES[tag], "-s", str(WORDS_A_MINUTE), "-b", "1", "-w", str(wav)]
        run = subprocess.run(  # noqa: S603 - our own words, and the text goes in from behind
            [*command, "--stdin"], input=text.encode(), capture_output=True, timeout=PATIENCE,
            check=False,
        )  # fmt: skip
        if run.returncode or not wav.is_file():
            raise NoVoice(
                f"espeak-ng cannot speak “{VOICES[tag]}” here: {run.stderr.decode().strip()} "
                "Please install its newest version with all its voices, and try again."
            )
        return wav.read_bytes()


def _is_whole(folder: Path, entry: Entry | None, text: str) -> bool:
    return (
        entry is not None
        and entry.hash == hash_of(text)
        and all((folder / name).is_file() for name in entry.files.values())
    )
