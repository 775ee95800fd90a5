"""Ola sends Kari “recordings” that are made to break the library in C; it never sees them."""

from __future__ import annotations

import io

import numpy as np
import pytest
import soundfile

from kiosk.sound import audio
from kiosk.sound.containers import UnknownContainer, harmless

RATE = 48_000
TONE = np.sin(np.arange(RATE) / 20) * 0.3
TAG = b"ID3\x04\0\0\0\0\x01\x02" + b"x" * 130  # an ID3 tag of 130 bytes, seven bits a byte


def recording(container: str, codec: str) -> bytes:
    buffer = io.BytesIO()
    soundfile.write(buffer, TONE, RATE, format=container, subtype=codec)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("container", "codec"),
    [
        ("WAV", "PCM_U8"), ("WAV", "PCM_16"), ("WAV", "PCM_24"), ("WAV", "FLOAT"),
        ("WAVEX", "PCM_16"), ("WAVEX", "FLOAT"), ("FLAC", "PCM_16"), ("OGG", "VORBIS"),
        ("OGG", "OPUS"), ("MP3", "MPEG_LAYER_III"),
    ],
)  # fmt: skip
def test_what_recorders_write_is_read(container: str, codec: str) -> None:
    assert len(audio.read(recording(container, codec))) == audio.RATE


@pytest.mark.parametrize(
    ("container", "codec"),
    [
        ("WAV", "IMA_ADPCM"), ("WAV", "MS_ADPCM"), ("WAV", "ULAW"), ("AIFF", "PCM_16"),
        ("AU", "PCM_16"), ("CAF", "ALAC_16"), ("W64", "PCM_16"), ("RF64", "PCM_16"),
    ],
)  # fmt: skip
def test_kinds_that_nobody_needs_are_refused(container: str, codec: str) -> None:
    for disguise in (b"", TAG, TAG + TAG):
        with pytest.raises(UnknownContainer):
            harmless(disguise + recording(container, codec))
    with pytest.raises(audio.BadSound):
        audio.read(recording(container, codec))


def test_a_titled_song_is_read_without_its_title() -> None:
    song = recording("MP3", "MPEG_LAYER_III")
    assert harmless(TAG + song) == song


def test_a_wav_is_put_together_anew() -> None:
    """What stands beside format and samples is gone, and no size is what the file says it is."""
    plain = recording("WAV", "PCM_16")
    beside = plain[:12] + b"LIST\x05\0\0\0title\0" + plain[12:] + b"junk\xff\xff\xff\x7f"
    stopped = plain[:40] + b"\xff\xff\xff\x7f" + plain[44:]  # as espeak-ng writes it to a pipe
    assert harmless(plain) == harmless(beside) == harmless(stopped) == plain


@pytest.mark.parametrize(
    "wrong",
    [b"RIFF", b"RIFF\0\0\0\0AVI ", b"RIFF\0\0\0\0WAVE", b"RIFF\0\0\0\0WAVEfmt \x02\0\0\0\x01\0",
     recording("WAV", "PCM_16").replace(b"\x01\0\x01\0", b"\x01\0\0\0", 1),
     recording("WAV", "PCM_16").replace(b"\x02\0\x10\0", b"\x02\0\x11\0", 1),
     b"", b"\xff", TAG, TAG[:7]],
)  # fmt: skip
def test_a_header_that_is_wrong_is_refused(wrong: bytes) -> None:
    with pytest.raises(UnknownContainer):
        harmless(wrong)
