"""Clips without a voice, for tests that ask only which ones are taken; and texts to be spoken."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import soundfile

from kiosk.sound import manifest
from kiosk.sound.library import MADE
from kiosk.sound.manifest import RECORDED, Entry, hash_of
from kiosk.sound.recordings import FOLDER

RATE = 44_100  # what a telephone's recorder writes


def put(
    data: Path, tag: str, texts: Mapping[str, str], source: str = RECORDED, survey: str = "workshop"
) -> Path:
    """Let there be a clip of each text, and return their folder."""
    folder = data / (FOLDER if source == RECORDED else MADE) / survey / tag
    folder.mkdir(parents=True, exist_ok=True)
    entries = {}
    for clip, text in texts.items():
        name = hashlib.sha256(f"{source} {text}".encode()).hexdigest()[:16]
        files = {ending: f"{name}.{ending}" for ending in ("opus", "mp3")}
        for file in files.values():
            (folder / file).write_bytes(f"{source}: {text}".encode())
        entries[clip] = Entry(hash_of(text), source, 1.5, files)
    manifest.write(folder, manifest.read(folder) | entries)
    return folder


def voice(seconds: float = 2.0, height: float = 0.3, silence: float = 1.0) -> bytes:
    """Return a WAV file in which something is said after a silence."""
    time = np.arange(int(seconds * RATE)) / RATE
    tone = np.sin(2 * np.pi * 220 * time) * (0.6 + 0.4 * np.sin(2 * np.pi * 3 * time)) * height
    still = np.zeros(int(silence * RATE))
    buffer = io.BytesIO()
    soundfile.write(buffer, np.concatenate([still, tone, still]), RATE, format="WAV")
    return buffer.getvalue()
