"""`README.txt`: what each file is, how to load it, where the data end, how to cite them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from kiosk import __version__
from kiosk.dataset.described import described
from kiosk.dataset.formats import source
from kiosk.dataset.pool import Pool
from kiosk.dataset.variables import LIMITS, in_words, missing_labels
from kiosk.study import archive

ABOUT = {
    "responses.csv": "one row a response: codes only",
    "responses_long.csv": "one row an answer: rid, workshop, item, value, missing",
    "responses_long.parquet/": "the same by month for DuckDB, Arrow; only with --parquet",
    "workshops.csv": "one row a workshop",
    "self_reports.csv": "one row a workshop: what its facilitator wrote; not anonymous",
    "items.csv": "one row a question, in every language",
    "codebook.csv": "one row a value of a question, labelled in every language",
    "self_reports_codebook.csv": "the same for the self-reports",
    "codebook.html": "the codebook for reading",
    "data.xlsx": "all tables as sheets, for Excel and LibreOffice",
    "data.sav": "the responses for SPSS: labels, 96 to 99 user-missing",
    "data.dta": "the responses for Stata: labels, 96 to 99 as .a to .d",
    "ddi.xml": "the description for archives: DDI-Codebook 2.5",
    "datapackage.json": "the description for programs: Data Package 2.0",
    "scripts/load.R": "loads responses.csv into R, with labels",
    "scripts/load.sps": "loads responses.csv into SPSS or PSPP, with labels",
    "scripts/load.do": "loads responses.csv into Stata, with labels",
    "README.txt": "this file",
    source.SURVEY: "the survey as it was asked",
    source.STUDY: "the study as it was asked, without where to send",
    source.WORKSHOPS: "workshops and self-reports as they came; for kiosk merge",
    archive.SUMS: "checksums, for sha256sum -c",
}
ROWS = (
    "These files hold one row a person. They are for analysis by those who signed for it, not "
    "for publication. Do not report results of fewer than ten people."
)


def write(pool: Pool, path: Path) -> None:
    """Write the file."""
    survey, study, tag = pool.survey, pool.bundle.study, pool.language
    shops = pool.workshops()
    period = period_of(str(sheet["month"]) for sheet in shops)
    asked = f"survey “{survey.id}”, version {survey.version}, content {survey.hash}"
    missing = missing_labels(survey).items()
    renamed = [item for item in described(pool) if item.name != item.id]
    lines = [
        f"{study.title}: {survey.title[tag]}", "",
        f"{len(pool)} responses from {len(shops)} workshops, {period}",
        f"Asked: {asked}", *map(str, pool.mapped),
        f"Contact: {study.organisation}, {study.contact}", "",
        "FILES", *(f"  {name:<27}{about}" for name, about in ABOUT.items()), "",
        "CODES THAT ARE NO ANSWER",
        *(f"  {code}  {in_words(texts, tag)}" for code, texts in missing), "",
        *(["NAMES THAT SPSS, STATA AND R DO NOT TAKE",
           *(f"  {item.id} is called {item.name} there" for item in renamed), ""]
          if renamed else []),
        "LIMITS", f"  {ROWS}", f"  {LIMITS}",
        "  Not kept with any response: time, order, language, device, address.", "",
        "HOW TO CITE",
        f"  {study.organisation}: {study.title}. {asked[0].upper()}{asked[1:]}. "
        f"Workshops {period}, {len(pool)} responses. Collected with Survey Kiosk {__version__}.",
    ]  # fmt: skip
    path.write_bytes(text_of(lines).encode(errors="replace"))


def period_of(months: Iterable[str]) -> str:
    """Return the first and the last of some months such as 2026-03; one alone, if it is both."""
    ordered = sorted(months)
    return " to ".join(dict.fromkeys((ordered[0], ordered[-1])))


def text_of(lines: Iterable[str]) -> str:
    """Return lines as one text; what would break a line becomes a space."""
    return "".join(re.sub(r"[\x00-\x1f\x7f]+", " ", line) + "\n" for line in lines)
