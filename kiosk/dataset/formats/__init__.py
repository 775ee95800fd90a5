"""The files of a dataset, by name. A new format is a file here and a line below."""

from __future__ import annotations

from collections.abc import Callable

from kiosk.dataset.formats import (
    codebook_csv,
    codebook_html,
    datapackage,
    items,
    responses,
    self_reports,
    self_reports_codebook,
    workshops,
)
from kiosk.dataset.pool import Pool

FORMATS: dict[str, Callable[[Pool], bytes]] = {
    "responses.csv": responses.write,
    "workshops.csv": workshops.write,
    "self_reports.csv": self_reports.write,
    "items.csv": items.write,
    "codebook.csv": codebook_csv.write,
    "self_reports_codebook.csv": self_reports_codebook.write,
    "codebook.html": codebook_html.write,
    "datapackage.json": datapackage.write,
}
