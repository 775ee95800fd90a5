"""What the same figures are for LimeSurvey, SurveyJS and Enketo, as we measured them.

November 2026, on a machine with 2 cores, Chromium 156, production builds behind nginx with
compression; the same survey: 15 five-point questions with faces, one a page. Medians of 5 runs.
"""

from __future__ import annotations

from typing import NamedTuple

from tests.bench.browser import FAST, SLOW

VERSIONS = "LimeSurvey 6.1.8 · SurveyJS 2.5.38 · Enketo 7.6"


class Peers(NamedTuple):
    """One figure of each, as it is shown; empty if there is none."""

    limesurvey: str = ""
    surveyjs: str = ""
    enketo: str = ""


FURTHER = Peers("24", "2", "18")
WIRE = Peers("771,318", "305,961", "771,511")
PLAIN = Peers("2.04 MB", "1.77 MB", "2.30 MB")
PAINT = {FAST: Peers("868", "808", "1,604"), SLOW: Peers("3,680", "4,560", "9,820")}
TOUCH = {FAST: Peers(), SLOW: Peers("4,245 + a page", "4,988", "10,068")}
NEXT_MIDDLE = {FAST: Peers("310", "42", "39"), SLOW: Peers("1,289", "181", "111")}
NEXT_MOST = {FAST: Peers("484", "56", "46"), SLOW: Peers("2,142", "275", "173")}
SEND = {FAST: Peers("a page load", "41, stores nothing", "2,090"),
        SLOW: Peers("a page load", "127, stores nothing", "3,215")}  # fmt: skip
RATE = {1: Peers("1.2–1.5", "no server"), 8: Peers("1.9–3.0", "no server"),
        30: Peers("2.1–2.9", "no server")}  # fmt: skip
SUBMIT_MIDDLE = {30: Peers("1,720–4,620", "no server")}
SUBMIT_MOST = {30: Peers("3,960–8,810", "no server")}
PROCESSOR = Peers("0.58–0.72", "no server")
MEMORY = Peers("380–410, 10 processes", "no server", "Node and Redis")
EXPORT = Peers("1.6 s for 10,000 responses")
