"""A ZIP that proves itself: sorted names, fixed times, checksums inside; read without any trust."""

from __future__ import annotations

import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

SUMS = "SHA256SUMS"
ZIP_TIME = (1980, 1, 1, 0, 0, 0)
MAGIC = b"PK"
MOST_FILES = 500
KINDS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others can ask for gigabytes of memory
UNREADABLE = (
    OSError, zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError,
    ValueError, OverflowError, struct.error,
)  # fmt: skip


class BadArchive(Exception):
    """The file is no such archive, or it is damaged; the message says how, beginning with “it”."""


@dataclass(frozen=True)
class Bounds:
    """What an archive may hold: names that match `names`, and sizes in bytes once unpacked."""

    names: re.Pattern[str]
    largest_file: int
    largest_whole: int
    most_files: int = MOST_FILES


def sums(files: Mapping[str, bytes]) -> bytes:
    """Return the checksum file of `files`, in the form that `sha256sum -c` reads."""
    lines = (
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())
    )
    return "".join(lines).encode()


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return the ZIP of `files` and their checksums: the same bytes for the same content."""
    return zipped({**files, SUMS: sums(files)})


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return the ZIP of `files` as they are: sorted, without times."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            info = zipfile.ZipInfo(name, ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, data)
    return buffer.getvalue()


def unpacked(data: bytes, bounds: Bounds) -> dict[str, bytes]:
    """Return name -> bytes of all but the checksums. Raises BadArchive unless they agree."""
    files = contents(data, bounds)
    if files.pop(SUMS, b"") != sums(files):
        raise BadArchive("its checksums do not agree: the file is damaged or was changed.")
    return files


def contents(data: bytes, bounds: Bounds) -> dict[str, bytes]:
    """Return name -> bytes of a ZIP that need not prove itself. Raises BadArchive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _read(archive, bounds)
    except UNREADABLE as problem:
        raise BadArchive(f"it is damaged and cannot be unpacked: {problem}.") from problem


def _read(archive: zipfile.ZipFile, bounds: Bounds) -> dict[str, bytes]:
    """Return what an archive holds, never unpacking more than `bounds` allow."""
    files: dict[str, bytes] = {}
    room = bounds.largest_whole
    if len(archive.infolist()) > bounds.most_files:
        raise BadArchive("it holds more files than it can.")
    if sum(info.file_size for info in archive.infolist()) > room:
        raise BadArchive("what is in it is larger than it can be.")
    for info in archive.infolist():
        name = info.filename
        if name in files or not (name == SUMS or bounds.names.fullmatch(name)):
            raise BadArchive(f"it holds a file that does not belong there: {name!r}.")
        if info.compress_type not in KINDS:
            raise BadArchive(f"{name} is packed in a way that no kiosk packs.")
        most = min(bounds.largest_file, room)
        if info.file_size > most:
            raise BadArchive(f"{name} is larger than it can be.")
        with archive.open(info) as file:
            files[name] = file.read(most + 1)
        if len(files[name]) > most:
            raise BadArchive(f"{name} is larger than it says.")
        room -= len(files[name])
    return files
