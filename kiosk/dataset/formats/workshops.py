"""`workshops.csv`: one row a workshop, with its month, headcount and counters (X12).

`edition` tells how often the workshop was packed; what stands here is from the last time. A
workshop that was asked another version of the survey, and mapped, says so in `asked_version`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kiosk.bundle.sheet import HEADCOUNT
from kiosk.dataset.cells import Table, write_csv
from kiosk.dataset.pool import Pool
from kiosk.survey.answers import OUTCOMES
from kiosk.survey.model import Survey

FACES = "1"
COLUMNS = (
    "workshop", "edition", "title", "site", "month", "tool", *HEADCOUNT, *OUTCOMES, "tickets",
    "idle_minutes", "paper", "languages_offered", "translation_states", "survey", "survey_version",
    "survey_hash", "asked_version", "asked_hash", "scale", "scale_order", "faces",
)  # fmt: skip
NUMBERS = {"edition", *HEADCOUNT, *OUTCOMES, "tickets", "idle_minutes", "paper"}


def row(sheet: Mapping[str, Any], survey: Survey, asked: Survey) -> list[object]:
    """Return one workshop's cells; a headcount that nobody gave is empty.

    `survey` is what the columns of the responses are, `asked` what this workshop was asked.
    """
    return [
        sheet["workshop"], sheet["edition"], sheet["title"], sheet["site"], sheet["month"],
        sheet["tool"], *(sheet[name] for name in HEADCOUNT),
        *(sheet["counters"].get(name, 0) for name in OUTCOMES), int(sheet["tickets"]),
        sheet["idle_minutes"], int(sheet["paper"]), " ".join(sheet["languages"]),
        states(sheet["languages"], asked), survey.id, survey.version, survey.hash, asked.version,
        asked.hash, survey.scale.id,
        survey.scale.order, FACES,
    ]  # fmt: skip


def states(tags: Iterable[str], asked: Survey) -> str:
    """Return how far each language had come when it was offered: `ar:reviewed so:translated:stale`.

    A stale one's source text had changed since its last step.
    """
    return " ".join(
        f"{tag}:{asked.translation[tag]}{':stale' if tag in asked.stale else ''}"
        for tag in tags
        if tag in asked.translation
    )


def table(pool: Pool) -> Table:
    """Return header and rows, rows sorted by workshop id."""
    return COLUMNS, (row(sheet, pool.survey, pool.asked(sheet)) for sheet in pool.workshops())


def write(pool: Pool, path: Path) -> None:
    """Write the file."""
    write_csv(path, *table(pool))
