"""Makes of any recording one clean voice: no silence around it, as loud as all others, small.

Needs the extra `sound` (soundfile, pyloudnorm, numpy, scipy), which is loaded only when it is used.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from kiosk.sound.containers import harmless

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

RATE = 48_000  # samples a second, one channel: what Opus works in
LOUDNESS = -18.0  # LUFS (ITU-R BS.1770): clear on a tablet's small loudspeaker
HIGHEST = 0.84  # of full scale, -1.5 dB: what lossy formats need so as not to clip
RATES = range(8_000, 192_001)  # what recorders write
CHANNELS = (1, 2)  # a file can say that it has hundreds, and so fill a small laptop's memory
QUIET = 0.02  # of full scale: a take whose loudest sample is below holds no voice
FULL = 0.99  # of full scale: a sample from here on is taken as cut off
CLIPPED_SECONDS = 0.001  # more than this at full scale is heard as crackling
LONGEST = 60  # seconds of one text
VOICE = 0.03  # of the take's own loudest 10 ms: what is below, is silence
BEFORE, AFTER = 0.1, 0.25  # seconds left in front of and behind the voice
FRAME = RATE // 100
AROUND = RATE // 200  # samples before and after a peak
ROUNDS = 4  # each brings a peaky voice nearer to LOUDNESS
BLOCK = 0.4  # seconds: what BS.1770 measures at once
LIBRARIES = ("soundfile", "pyloudnorm", "numpy", "scipy")
FORMATS = {"opus": ("OGG", "OPUS"), "mp3": ("MP3", "MPEG_LAYER_III")}
# Format -> samples a second, and libsndfile's settings for some 27 and 24 kbit/s.
SMALL: dict[str, tuple[int, Mapping[str, Any]]] = {
    "opus": (RATE, {"compression_level": 0.93}),
    "mp3": (RATE // 2, {"compression_level": 0.9, "bitrate_mode": "CONSTANT"}),
}


class Fault(Enum):
    """Why a take cannot be kept."""

    NOT_SOUND = "not-sound"
    SILENT = "silent"
    CLIPPED = "clipped"
    TOO_LONG = "too-long"


class BadSound(Exception):
    """A take that cannot be kept; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True)
class Made:
    """A finished clip: how long it is, and the bytes of each format by its file ending."""

    seconds: float
    files: dict[str, bytes]


def is_here() -> bool:
    """Tell whether the extra `sound` is installed."""
    return all(find_spec(name) for name in LIBRARIES)


def made_from(content: bytes) -> Made:
    """Return the clip made from a sound file (WAV, FLAC, Ogg, MP3); raises BadSound."""
    samples = read(content)
    refuse_bad(samples)
    return encoded(levelled(trimmed(samples)))


def seconds_of(content: bytes, ending: str) -> float:
    """Return how long a finished clip of one of FORMATS is; raises BadSound if it is none."""
    return round(len(read(content, FORMATS[ending])) / RATE, 2)


def read(content: bytes, wanted: tuple[str, str] | None = None) -> Samples:
    """Return a sound file's samples, mixed to one channel in RATE; raises BadSound.

    `wanted` is the only container and codec that will do.
    """
    import numpy as np
    import soundfile
    from scipy.signal import resample_poly

    try:
        with soundfile.SoundFile(io.BytesIO(harmless(content))) as file:
            rate = file.samplerate
            if file.channels not in CHANNELS or rate not in RATES:
                raise BadSound(Fault.NOT_SOUND)
            if wanted not in (None, (file.format, file.subtype)):
                raise BadSound(Fault.NOT_SOUND)
            if file.frames > (LONGEST + 1) * rate:
                raise BadSound(Fault.TOO_LONG)
            sound = file.read(dtype="float32", always_2d=True).mean(axis=1)
    except (soundfile.LibsndfileError, OSError, ValueError) as problem:
        raise BadSound(Fault.NOT_SOUND) from problem
    if not len(sound) or not np.isfinite(sound).all():
        raise BadSound(Fault.NOT_SOUND)
    if rate != RATE:
        sound = resample_poly(sound, RATE, rate)
    return np.asarray(sound, dtype=np.float32)


def refuse_bad(samples: Samples) -> None:
    """Raise BadSound for a take in which nothing is heard, or whose top is cut off."""
    import numpy as np

    heights = np.abs(samples)
    if heights.max() < QUIET:
        raise BadSound(Fault.SILENT)
    if (heights >= FULL).sum() > CLIPPED_SECONDS * RATE:
        raise BadSound(Fault.CLIPPED)


def trimmed(samples: Samples) -> Samples:
    """Return the samples without the silence before and after the voice."""
    import numpy as np

    frames = len(samples) // FRAME
    if not frames:
        return samples
    power = np.sqrt((samples[: frames * FRAME].reshape(frames, FRAME) ** 2).mean(axis=1))
    voiced = np.flatnonzero(power >= VOICE * power.max())
    first = max(0, int(voiced[0]) * FRAME - int(BEFORE * RATE))
    last = (int(voiced[-1]) + 1) * FRAME + int(AFTER * RATE)
    return samples[first:last]


def levelled(samples: Samples) -> Samples:
    """Return the samples at LOUDNESS; single peaks above HIGHEST are bent down for that."""
    import numpy as np

    sound = samples
    for _round in range(ROUNDS):
        loudness = loudness_of(sound)
        if not np.isfinite(loudness):
            raise BadSound(Fault.SILENT)
        sound = _below_highest(sound * 10 ** ((LOUDNESS - loudness) / 20))
    return np.asarray(sound, dtype=np.float32)


def loudness_of(samples: Samples) -> float:
    """Return the loudness in LUFS; a short word is measured as if said again and again."""
    import numpy as np
    import pyloudnorm

    times = -(-int(BLOCK * RATE) // len(samples))
    meter = pyloudnorm.Meter(RATE, block_size=BLOCK)
    return float(meter.integrated_loudness(np.tile(samples, times)))


def _below_highest(samples: Samples) -> Samples:
    """Return the samples with less gain around each peak above HIGHEST, and the same elsewhere."""
    import numpy as np
    from scipy.ndimage import maximum_filter1d, uniform_filter1d

    around = maximum_filter1d(np.abs(samples), 2 * AROUND + 1)
    gain = HIGHEST / np.maximum(around, HIGHEST)
    return np.asarray(samples * uniform_filter1d(gain, AROUND), dtype=np.float32)


def encoded(samples: Samples) -> Made:
    """Return the samples as Opus (in Ogg) and as MP3."""
    import soundfile
    from scipy.signal import resample_poly

    files = {}
    for ending, (container, codec) in FORMATS.items():
        rate, small = SMALL[ending]
        sound = samples if rate == RATE else resample_poly(samples, 1, RATE // rate)
        buffer = io.BytesIO()
        soundfile.write(buffer, sound, rate, format=container, subtype=codec, **small)
        files[ending] = buffer.getvalue()
    return Made(round(len(samples) / RATE, 2), files)
