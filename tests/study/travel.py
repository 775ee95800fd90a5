"""Studies as Lena's folder, as a pack on its way, and as somebody might have changed them."""

from __future__ import annotations

import shutil
import struct
import zipfile
import zlib
from pathlib import Path

from kiosk.opening.keys import new_identity, public
from kiosk.study.archive import packed
from kiosk.study.pack import load_pack
from tests.survey import edited

SHORT = edited(('id = "workshop"', 'id = "short"'), ('version = "1"', 'version = "7"'))


def png(width: int = 2, height: int = 2) -> bytes:
    """Return a black picture."""

    def part(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    rows = (b"\0" + b"\0" * (width * 3)) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", zlib.compress(rows))
            + part(b"IEND", b""))  # fmt: skip


def folder_of(file: Path, folder: Path, *, extra: str = "", **surveys: str) -> Path:
    """Return a copy of a study's folder, with more lines before its keys, and with surveys."""
    shutil.copytree(file.parent, folder)
    text = (folder / "study.toml").read_text(encoding="utf-8")
    (folder / "study.toml").write_text(f"{extra}\n{text}", encoding="utf-8")
    if surveys:
        (folder / "surveys").mkdir()
    for name, source in surveys.items():
        (folder / "surveys" / f"{name}.toml").write_text(source, encoding="utf-8")
    return folder


def packed_from(folder: Path) -> Path:
    """Return the pack of a folder."""
    pack = load_pack(folder)
    path = folder.parent / pack.name
    path.write_bytes(pack.to_bytes())
    return path


def changed(path: Path, **files: str | bytes | None) -> bytes:
    """Return a pack with other files in it and right checksums; dots are written as “_dot_”."""
    content = contents(path)
    for name, data in files.items():
        real = name.replace("_dot_", ".").replace("_in_", "/")
        content.pop(real, None)
        if data is not None:
            content[real] = data.encode() if isinstance(data, str) else data
    return packed(content)


def contents(path: Path) -> dict[str, bytes]:
    """Return what is in a pack, without its checksums."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist() if name != "SHA256SUMS"}


def with_other_keys(source: str) -> str:
    """Return a study file whose first key is somebody else's."""
    first = source.index('key = "age1') + len('key = "')
    return source[:first] + public(new_identity()) + source[source.index('"', first) :]
