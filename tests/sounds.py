"""Sounds for tests: something like a voice, with silence around it, as a WAV file."""

from __future__ import annotations

import io

import numpy as np
import soundfile
from numpy.typing import NDArray

RATE = 48_000
Samples = NDArray[np.float64]


def tone(seconds: float, height: float = 0.3) -> Samples:
    """Return syllables: a tone that swells four times a second, at most `height` of full scale."""
    times = np.arange(int(seconds * RATE)) / RATE
    swell = (1 - np.cos(2 * np.pi * 4 * times)) / 2
    return np.asarray(height * swell * np.sin(2 * np.pi * 220 * times))


def silence(seconds: float) -> Samples:
    return np.zeros(int(seconds * RATE))


def wav(*parts: Samples, rate: int = RATE, kind: str = "WAV") -> bytes:
    """Return the parts one after the other, cut off at full scale as a sound card does."""
    buffer = io.BytesIO()
    soundfile.write(buffer, np.clip(np.concatenate(parts), -1, 1), rate, format=kind)
    return buffer.getvalue()


def flac(*parts: Samples) -> bytes:
    """Return the same as a file that is small."""
    return wav(*parts, kind="FLAC")


def voice(seconds: float = 1.0, height: float = 0.3) -> bytes:
    """Return a recording as people make it: a breath, the text, a moment until Stop."""
    return wav(silence(0.8), tone(seconds, height), silence(1.2))
