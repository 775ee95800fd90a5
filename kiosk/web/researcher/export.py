"""The analysis dataset as one ZIP; each is noted in the log before anybody can have it (X16)."""

from __future__ import annotations

import shutil
from pathlib import Path

from kiosk.dataset.formats import FORMATS
from kiosk.dataset.log import note_export
from kiosk.dataset.pool import Pool
from kiosk.dataset.write import write_dataset, write_zip
from kiosk.web.researcher.job import Job

STEPS = len(FORMATS) + 1  # the files, then the ZIP


def export(job: Job[Path], pool: Pool, labels: str, folder: Path, data: Path) -> Path:
    """Write the dataset with labels in the language `labels`; return the ZIP.

    The line in the log stands in the kiosk's data folder `data`. Raises OSError or Stopped.
    """
    shutil.rmtree(folder, ignore_errors=True)
    pool.language = labels
    out = folder / f"dataset-{pool.bundle.study.id}"
    archive = write_zip(write_dataset(pool, out, written=job.step), out)
    shutil.rmtree(out)
    job.step()
    data.mkdir(parents=True, exist_ok=True)
    note_export(
        data / archive.name, level="analysis", study=pool.bundle.study.id,
        survey=f"{pool.survey.id}-{pool.survey.hash[:12]}",
        responses=len(pool), workshops=len(pool.workshops()),
    )  # fmt: skip
    return archive
