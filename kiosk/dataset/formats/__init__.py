"""The files of a dataset, by name. A new format is a file here and a line below."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kiosk.dataset.formats import (
    codebook_csv,
    codebook_html,
    datapackage,
    ddi,
    dta,
    items,
    parquet,
    readme,
    responses,
    responses_long,
    sav,
    scripts,
    self_reports,
    self_reports_codebook,
    source,
    workshops,
    xlsx,
)
from kiosk.dataset.pool import Pool

Formats = dict[str, Callable[[Pool, Path], None]]

FORMATS: Formats = {
    "responses.csv": responses.write,
    "workshops.csv": workshops.write,
    "self_reports.csv": self_reports.write,
    "items.csv": items.write,
    "codebook.csv": codebook_csv.write,
    "self_reports_codebook.csv": self_reports_codebook.write,
    "codebook.html": codebook_html.write,
    "datapackage.json": datapackage.write,
    "responses_long.csv": responses_long.write,
    "data.xlsx": xlsx.write,
    "data.sav": sav.write,
    "data.dta": dta.write,
    "ddi.xml": ddi.write,
    "scripts/load.R": scripts.write_r,
    "scripts/load.sps": scripts.write_sps,
    "scripts/load.do": scripts.write_do,
    "README.txt": readme.write,
    source.SURVEY: source.write_survey,
    source.STUDY: source.write_study,
    source.WORKSHOPS: source.write_workshops,
}

# Folders that a dataset has only if they were asked for, by name.
FOLDERS: Formats = {parquet.NAME: parquet.write}
