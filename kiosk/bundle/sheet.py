"""A workshop's sheet: what the researchers learn of the workshop as a whole, and its checking."""

from __future__ import annotations

import re
from typing import Any

from kiosk.bundle import layout
from kiosk.languages import LANGUAGES
from kiosk.store.workshop import Workshop
from kiosk.survey.answers import OUTCOMES
from kiosk.survey.model import Survey

WORKSHOP = re.compile(r"[0-9a-f]{16}")
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
HEADCOUNT = ("headcount", "said_no", "left_early")
TEXTS = ("title", "site", "tool")


# What sheets of both formats need not say: kiosks could not take in paper at first.
OPTIONAL = {"paper": False}
# What sheets of the first format do not say; it knew no tickets, and a screen had no timer.
FORMAT_1 = {
    "edition": 1, "said_no": None, "left_early": None, "tickets": False, "idle_minutes": 0
}  # fmt: skip


class BadSheet(Exception):
    """The sheet is not what a kiosk writes; the message names the first thing that is wrong."""


def sheet_of(workshop: Workshop, survey: Survey) -> dict[str, Any]:
    """Return the sheet of a closed workshop; it has the month, never the day.

    `edition` counts how often it was packed; the sheet of the highest is the one that holds.
    `paper` says that some responses were typed in from paper, and never which.
    """
    return {
        "format": layout.FORMAT,
        "edition": workshop.edition,
        "workshop": workshop.id,
        "title": workshop.title,
        "site": workshop.site,
        "tool": workshop.tool,
        "month": workshop.opened_on[:7],
        "headcount": workshop.headcount.present,
        "said_no": workshop.headcount.said_no,
        "left_early": workshop.headcount.left_early,
        "tickets": workshop.plan.tickets,
        "idle_minutes": workshop.plan.idle_minutes,
        "paper": workshop.paper,
        "counters": workshop.counters,
        "languages": list(workshop.languages),
        "survey": {"id": survey.id, "version": survey.version, "hash": survey.hash},
    }


def modern(sheet: Any) -> Any:
    """Return a sheet as today's kiosk would write it, whichever version wrote it."""
    if not isinstance(sheet, dict):
        return sheet
    if sheet.get("format") == 1:
        return OPTIONAL | FORMAT_1 | sheet | {"format": layout.FORMAT}
    return OPTIONAL | sheet


def check_sheet(sheet: Any, survey: Survey) -> None:
    """Raise BadSheet unless `sheet` is just what `sheet_of` writes."""
    if not isinstance(sheet, dict) or sheet.get("format") != layout.FORMAT:
        raise BadSheet("it was made by another version of the kiosk.")
    right = {
        "workshop": _matches(WORKSHOP, sheet.get("workshop")),
        "month": _matches(MONTH, sheet.get("month")),
        "edition": _is_count(sheet.get("edition")),
        "tickets": isinstance(sheet.get("tickets"), bool),
        "idle_minutes": _is_count(sheet.get("idle_minutes")),
        "paper": isinstance(sheet.get("paper"), bool),
        "counters": _are_counters(sheet.get("counters")),
        "languages": _are_languages(sheet.get("languages")),
        "survey": isinstance(sheet.get("survey"), dict),
    }
    right |= {name: isinstance(sheet.get(name), str) for name in TEXTS}
    right |= {name: sheet.get(name) is None or _is_count(sheet[name]) for name in HEADCOUNT}
    for name, is_right in right.items():
        if not is_right:
            raise BadSheet(f"its sheet has no proper “{name}”.")
    if sheet["survey"].get("hash") != survey.hash:
        raise BadSheet("its sheet speaks of another survey than the one inside.")


def _matches(pattern: re.Pattern[str], value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _are_counters(value: Any) -> bool:
    return isinstance(value, dict) and all(_is_count(value.get(name)) for name in OUTCOMES)


def _are_languages(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(tag, str) and tag in LANGUAGES for tag in value
    )
