"""`workshops.csv`: one row a workshop, with its month, headcount and counters (X12).

`edition` tells how often the workshop was packed; what stands here is from the last time.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kiosk.bundle.sheet import HEADCOUNT
from kiosk.dataset.cells import csv_bytes
from kiosk.dataset.pool import Pool
from kiosk.survey.answers import OUTCOMES
from kiosk.survey.model import Survey

FACES = "1"
COLUMNS = (
    "workshop", "edition", "title", "site", "month", "tool", *HEADCOUNT, *OUTCOMES, "tickets",
    "idle_minutes", "languages_offered", "survey", "survey_version", "survey_hash", "scale",
    "scale_order", "faces",
)  # fmt: skip
NUMBERS = {"edition", *HEADCOUNT, *OUTCOMES, "tickets", "idle_minutes"}


def row(sheet: Mapping[str, Any], survey: Survey) -> list[object]:
    """Return one workshop's cells; a headcount that nobody gave is empty."""
    return [
        sheet["workshop"], sheet["edition"], sheet["title"], sheet["site"], sheet["month"],
        sheet["tool"], *(sheet[name] for name in HEADCOUNT),
        *(sheet["counters"].get(name, 0) for name in OUTCOMES), int(sheet["tickets"]),
        sheet["idle_minutes"], " ".join(sheet["languages"]), survey.id, survey.version,
        survey.hash, survey.scale.id, survey.scale.order, FACES,
    ]  # fmt: skip


def write(pool: Pool) -> bytes:
    """Return the file's bytes, rows sorted by workshop id."""
    return csv_bytes(COLUMNS, (row(sheet, pool.survey) for sheet in pool.workshops()))
