"""`codebook.html`: the codebook for reading, one self-contained page (X13, M17)."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, PackageLoader

from kiosk.dataset.pool import Pool
from kiosk.dataset.report_columns import form_columns
from kiosk.dataset.variables import LIMITS, in_words, main_language, missing_labels, variables
from kiosk.languages import LANGUAGES

PAGES = Environment(loader=PackageLoader("kiosk.dataset"), autoescape=True, trim_blocks=True)


def write(pool: Pool, path: Path) -> None:
    """Write the page (UTF-8)."""
    survey = pool.survey
    page = PAGES.get_template("codebook.html").render(
        study=pool.bundle.study,
        survey=survey,
        tag=main_language(survey),
        variables=variables(survey),
        forms=[(form, LANGUAGES[main_language(form.versions[0])]) for form in form_columns(pool)],
        in_words=in_words,
        missing=missing_labels(survey),
        languages=[LANGUAGES[tag] for tag in survey.languages],
        responses=len(pool),
        workshops=len(pool.workshops()),
        limits=LIMITS,
        mapped=pool.mapped,
    )
    path.write_bytes(page.encode(errors="replace"))
