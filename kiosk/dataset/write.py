"""Writes a dataset folder: every format, then the checksums; each file is whole or absent."""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path

from kiosk.dataset.formats import FOLDERS, FORMATS
from kiosk.dataset.pool import Pool
from kiosk.dataset.private import sha256_of, whole_file
from kiosk.study import archive


def write_dataset(
    pool: Pool, out: Path, written: Callable[[], None] = lambda: None, *, parquet: bool = False
) -> list[Path]:  # fmt: skip
    """Write all files of a dataset into the folder `out` and return their paths.

    `written` is called after each file. Without `parquet`, an older folder of that kind goes: it
    would tell something else than the files beside it.
    """
    asked = FORMATS | (FOLDERS if parquet else {})
    writers = {name: partial(write, pool) for name, write in asked.items()}
    files = write_folder(writers, out, written)
    for name in FOLDERS.keys() - asked:
        shutil.rmtree(out / name, ignore_errors=True)
    return files


def write_folder(
    writers: Mapping[str, Callable[[Path], object]], out: Path,
    written: Callable[[], None] = lambda: None,
) -> list[Path]:  # fmt: skip
    """Let each writer write its file or folder, add the checksums, return the paths of all files.

    A folder takes the place of a former one as a whole.
    """
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".writing-") as temporary:
        folder, former = Path(temporary) / "new", Path(temporary) / "former"
        for name, write in writers.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            write(folder / name)
            written()
        files = [file for name in writers for file in _files(folder, name)]
        (folder / archive.SUMS).write_bytes(_sums(folder, files))
        for name in (*writers, archive.SUMS):
            (out / name).parent.mkdir(exist_ok=True)
            if (out / name).is_dir():
                (out / name).rename(former)
            (folder / name).replace(out / name)
            shutil.rmtree(former, ignore_errors=True)
    return [out / name for name in (*files, archive.SUMS)]


def _files(folder: Path, name: str) -> list[str]:
    """Return a file's name, or those of all files in a folder."""
    if not (folder / name).is_dir():
        return [name]
    inside = (path for path in (folder / name).rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in inside)


def write_zip(files: Iterable[Path], folder: Path) -> Path:
    """Pack files of a folder into a ZIP beside it: the same bytes for the same files."""
    path = folder.parent / f"{folder.name}.zip"
    with whole_file(path) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as pack:
        for source in sorted(files):
            info = zipfile.ZipInfo(source.relative_to(folder).as_posix(), archive.ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            with source.open("rb") as content, pack.open(info, "w") as packed:
                shutil.copyfileobj(content, packed)
    return path


def _sums(folder: Path, names: Iterable[str]) -> bytes:
    """Return the checksum file, in the form that `sha256sum -c` reads."""
    return "".join(f"{sha256_of(folder / name)}  {name}\n" for name in sorted(names)).encode()
