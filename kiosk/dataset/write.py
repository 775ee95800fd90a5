"""Writes a dataset folder: every format, then the checksums; each file is whole or absent."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from kiosk.bundle import layout
from kiosk.dataset.formats import FORMATS
from kiosk.dataset.pool import Pool
from kiosk.dataset.private import whole_file


def write_dataset(
    pool: Pool, out: Path, written: Callable[[], None] = lambda: None
) -> list[Path]:  # fmt: skip
    """Write all files of a dataset into the folder `out` and return their paths.

    `written` is called after each file.
    """
    writers = {name: partial(write, pool) for name, write in FORMATS.items()}
    return write_folder(writers, out, written)


def write_folder(
    writers: Mapping[str, Callable[[Path], object]], out: Path,
    written: Callable[[], None] = lambda: None,
) -> list[Path]:  # fmt: skip
    """Let each writer write its file, add the checksums, and return the paths of all."""
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".writing-") as temporary:
        folder = Path(temporary)
        for name, write in writers.items():
            (folder / name).parent.mkdir(exist_ok=True)
            write(folder / name)
            written()
        (folder / layout.SUMS).write_bytes(_sums(folder, writers))
        for name in (*writers, layout.SUMS):
            (out / name).parent.mkdir(exist_ok=True)
            (folder / name).replace(out / name)
    return [out / name for name in (*writers, layout.SUMS)]


def write_zip(files: Iterable[Path], folder: Path) -> Path:
    """Pack files of a folder into a ZIP beside it: the same bytes for the same files."""
    path = folder.parent / f"{folder.name}.zip"
    with whole_file(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for source in sorted(files):
            info = zipfile.ZipInfo(source.relative_to(folder).as_posix(), layout.ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            with source.open("rb") as content, archive.open(info, "w") as packed:
                shutil.copyfileobj(content, packed)
    return path


def _sums(folder: Path, names: Iterable[str]) -> bytes:
    """Return the checksum file, in the form that `sha256sum -c` reads."""
    lines = []
    for name in sorted(names):
        with (folder / name).open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {name}\n")
    return "".join(lines).encode()
