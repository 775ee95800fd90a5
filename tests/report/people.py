"""People who answered, as the dataset that Lena collects from them: by the real writers."""

from __future__ import annotations

import base64
import hashlib
import random
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.bundle.read import Bundle
from kiosk.dataset.formats import FORMATS
from kiosk.dataset.pool import Pool
from kiosk.opening.envelopes import Response
from kiosk.report.page import Report
from kiosk.report.read import FILES
from kiosk.study.model import Study
from kiosk.survey.loader import load_survey, parse_survey
from kiosk.survey.model import Survey
from tests.conftest import SURVEY_FILE
from tests.page import Page

Values = Sequence[int]
WEIGHTS = {5: 44, 4: 30, 3: 10, 2: 6, 1: 3, 97: 3, 98: 1, 99: 3}
COUNTERS = ("complete", "partial", "under_half", "declined", "timed_out")


def people(n: int, items: int = 15, seed: int = 1) -> list[Values]:
    """Return the answers of n people, most of them content, the same on every day."""
    dice = random.Random(seed * 1000 + n)  # noqa: S311  # no secret
    codes, weights = list(WEIGHTS), list(WEIGHTS.values())
    return [dice.choices(codes, weights, k=items) for _ in range(n)]


def all_say(n: int, **columns: Iterable[int]) -> list[Values]:
    """Return n people whose answers to some items are told; to all others they say 4."""
    told = {int(name.removeprefix("q")) - 1: list(values) for name, values in columns.items()}
    return [[told[i][person] if i in told else 4 for i in range(15)] for person in range(n)]


@cache
def shipped_survey() -> Survey:
    return load_survey(SURVEY_FILE)


def page(made: Report) -> Page:
    """Return the report's page, checked."""
    return page_of(made.html)


def page_of(html: str) -> Page:
    """Return a page, checked as every page is; a policy stands in for a server's."""
    styles = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in styles]
    policy = "style-src " + " ".join(f"'sha256-{digest}'" for digest in digests)
    return Page(html, {"Content-Security-Policy": policy})


@dataclass(frozen=True)
class Activity:
    """A workshop: where, how many came, left early, and answered."""

    site: str
    present: int
    left_early: int
    answers: int


def held(folder: Path, activities: Sequence[Activity], answers: Sequence[Values]) -> Path:
    """Write the dataset of these workshops; the answers are theirs in order."""
    pool, left = Pool(), list(answers)
    for number, one in enumerate(activities):
        mine, left = left[: one.answers], left[one.answers :]
        told = {"site": one.site, "headcount": one.present, "left_early": one.left_early}
        _hold(pool, number, mine, shipped_survey(), {**told, "said_no": 0})
    return _write(pool, folder)


def collected(
    folder: Path, answers: Sequence[Values], *, survey_file: str = "", workshops: int = 1,
    **sheet: Any,
) -> Path:  # fmt: skip
    """Write the dataset of these people, spread over workshops; `sheet` changes every sheet."""
    survey = parse_survey(survey_file) if survey_file else shipped_survey()
    pool = Pool()
    for number in range(workshops):
        _hold(pool, number, answers[number::workshops], survey, sheet)
    return _write(pool, folder)


def _hold(
    pool: Pool, number: int, answers: Sequence[Values], survey: Survey, sheet: dict[str, Any]
) -> None:
    """Add a workshop and its answers to the pool."""
    study = Study("study-1", "The study", "The University", "ask@example.org", ())
    asked = _sheet(number, answers, survey) | sheet
    pool.admit(Bundle(f"{number}.zip", asked, study, survey, "", {}, {}))
    for place, values in enumerate(answers):
        rid = f"{number * 100_000 + place:032x}"
        pool.add(Response(rid, asked["workshop"], tuple(values)))


def _write(pool: Pool, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name in FILES:
        FORMATS[name](pool, folder / name)
    return folder


def _sheet(number: int, answers: Sequence[Values], survey: Survey) -> dict[str, Any]:
    return {
        "workshop": f"{number:016x}", "edition": 1, "title": "Draw with Procreate",
        "site": f"Library {number % 3 + 1}", "month": f"2026-{number % 3 + 3:02}",
        "tool": "Procreate", "headcount": len(answers) + 3, "said_no": 1, "left_early": 0,
        "tickets": False, "idle_minutes": 3, "paper": False,
        "languages": ["en", "nb", "ar", "ti", "fa-AF"],
        "counters": dict.fromkeys(COUNTERS, 0) | {"complete": len(answers), "declined": 1},
        "survey": {"id": survey.id, "version": survey.version, "hash": survey.hash},
    }  # fmt: skip
