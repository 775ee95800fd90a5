"""Writes a dataset folder: every format, then the checksums; each file is whole or absent."""

from __future__ import annotations

import tempfile
from pathlib import Path

from kiosk.bundle import layout
from kiosk.dataset.formats import FORMATS
from kiosk.dataset.pool import Pool


def write_dataset(pool: Pool, out: Path) -> list[Path]:
    """Write all files of the dataset into the folder `out` and return their paths."""
    files = {name: write(pool) for name, write in FORMATS.items()}
    files[layout.SUMS] = layout.sums(files)
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out, prefix=".writing-") as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        for name in files:
            (Path(folder) / name).replace(out / name)
    return [out / name for name in files]
