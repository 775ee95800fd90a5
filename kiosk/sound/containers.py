"""What may reach the sound library, which is written in C and reads two dozen kinds of files.

Only FLAC, Ogg, MP3 and the two plain kinds of WAV do. The faults that are found in it lie in the
compressed kinds of WAV and in headers (CVE-2026-37555 is one), so a WAV is put together anew.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from functools import reduce

HEAD = struct.Struct("<4sI4s")  # RIFF, its size, WAVE
CHUNK = struct.Struct("<4sI")  # a name, the size of what follows
FORMAT = struct.Struct("<HHIIHH")  # kind, channels, rate, bytes a second, bytes at once, bits
PCM, FLOAT, EXTENSIBLE = 1, 3, 0xFFFE
WIDTHS = {PCM: (8, 16, 24, 32), FLOAT: (32, 64)}  # bits of one sample
SUBFORMAT = 24  # bytes into an extensible format, where the kind stands
OTHERS = (b"fLaC", b"OggS")
TAG = b"ID3"  # what MP3 files often begin with: titles, pictures
TAG_HEAD = 10  # bytes; the last four give what follows, seven bits in each


class UnknownContainer(ValueError):
    """The file is of no kind that is read."""


def harmless(content: bytes) -> bytes:
    """Return a sound file with nothing in it that the library need not see.

    Raises UnknownContainer for all but FLAC, Ogg, MP3 and uncompressed WAV.
    """
    if content.startswith(b"RIFF"):
        return _plain_wav(content)
    if content.startswith(OTHERS):
        return content
    content = _without_tags(content)
    if len(content) < 2 or content[0] != 0xFF or content[1] < 0xE0:
        raise UnknownContainer
    return content


def _without_tags(content: bytes) -> bytes:
    """Return a file from behind its ID3 tags; the library would take any kind of file there."""
    place = 0
    while content.startswith(TAG, place) and place + TAG_HEAD <= len(content):
        sizes = content[place + TAG_HEAD - 4 : place + TAG_HEAD]
        place += TAG_HEAD + reduce(lambda size, seven: size << 7 | seven & 0x7F, sizes, 0)
    return content[place:]


def _plain_wav(content: bytes) -> bytes:
    """Return a WAV of one format and one run of samples, both checked; nothing else is kept."""
    chunks = dict(_chunks(content))
    given = chunks.get(b"fmt ", b"")
    samples = chunks.get(b"data", b"")
    if len(given) < FORMAT.size:
        raise UnknownContainer
    kind, channels, rate, _, _, bits = FORMAT.unpack_from(given)
    if kind == EXTENSIBLE and len(given) >= SUBFORMAT + 2:
        (kind,) = struct.unpack_from("<H", given, SUBFORMAT)
    if bits not in WIDTHS.get(kind, ()):
        raise UnknownContainer
    step = channels * bits // 8
    if not step or step > 0xFFFF or rate * step > 0xFFFFFFFF:
        raise UnknownContainer
    samples = samples[: len(samples) // step * step]
    form = FORMAT.pack(kind, channels, rate, rate * step, step, bits)
    body = CHUNK.pack(b"fmt ", len(form)) + form + CHUNK.pack(b"data", len(samples)) + samples
    body += b"\0" * (len(samples) % 2)
    return HEAD.pack(b"RIFF", 4 + len(body), b"WAVE") + body


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give name and bytes of each chunk; a recorder that was stopped leaves a size too large."""
    place = HEAD.size
    if content[8 : HEAD.size] != b"WAVE":
        raise UnknownContainer
    while place + CHUNK.size <= len(content):
        name, size = CHUNK.unpack_from(content, place)
        place += CHUNK.size
        yield name, content[place : place + size]
        place += size + size % 2
