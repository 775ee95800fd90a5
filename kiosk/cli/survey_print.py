"""`kiosk survey print`: the survey as a sheet for pens, as a page or a PDF."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path

import click

from kiosk.cli.common import common, config_for, say
from kiosk.languages import LANGUAGES
from kiosk.paths import bundled
from kiosk.study.model import NoStudy, pick_study
from kiosk.survey.library import find_survey
from kiosk.survey.loader import load_survey
from kiosk.survey.model import Survey
from kiosk.translations import PARTICIPANTS, read_texts
from kiosk.web.frame import bare_app
from kiosk.web.paper import sheet

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge",
            "microsoft-edge", "chrome")  # fmt: skip
PATIENCE_SECONDS = 120
BY_HAND = (
    "There is no Chromium, Chrome or Edge here that could make a PDF. The sheets are pages "
    "instead: please open each in a browser and print it on A4, both sides, without margins of "
    "the browser's own."
)


@click.command("print")
@click.argument("name")
@click.option("--language", "languages", required=True, metavar="TAG[,TAG…]",
              help="The languages, each on a sheet of its own.")  # fmt: skip
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True,
              help="FILE.html or FILE.pdf; of several languages: FILE-ar.pdf, …")  # fmt: skip
@click.option(
    "--study", "study_id", help="Whose name and contact to print (default: the only one)."
)
@click.option("--tool", default="", help="The digital tool that the questions speak of.")
@common
def print_(
    name: str, languages: str, out: Path, study_id: str | None, tool: str, data: Path | None,
    as_json: bool,
) -> None:  # fmt: skip
    """Make A4 sheets of the survey NAME (a .toml file or a survey's name) for answering with a pen.

    A PDF needs an installed Chromium, Chrome or Edge; without one the sheets are web pages.
    """
    if out.suffix not in (".html", ".pdf"):
        raise click.UsageError("--out must end in .html or .pdf.")
    folder = config_for(data).data
    words = _study_words(folder, study_id) | {"tool": tool}
    survey = load_survey(find_survey(name, folder, study_id))
    tags = [tag.strip() for tag in languages.split(",") if tag.strip()]
    pages = _pages(survey, tags, words)
    browser = (
        next(filter(None, map(shutil.which, BROWSERS)), None) if out.suffix == ".pdf" else None
    )
    suffix = ".pdf" if browser else ".html"
    files = [_file(out, tag if len(tags) > 1 else "", suffix) for tag in tags]
    for file, page in zip(files, pages, strict=True):
        _write(file, page, browser)
    lines = [f"Written: {file}" for file in files]
    if out.suffix != suffix:
        lines.append(BY_HAND)
    say(as_json, {"files": [str(file) for file in files], "pdf": bool(browser)}, "\n".join(lines))


def _pages(survey: Survey, tags: list[str], words: dict[str, str]) -> list[str]:
    texts = read_texts(PARTICIPANTS, bundled("translations"))
    known = [tag for tag in survey.languages if tag in texts.complete]
    unknown = [tag for tag in tags if tag not in known]
    if unknown or not tags:
        raise click.UsageError(
            f"The survey is not there in: {', '.join(unknown)}. It is there in: {', '.join(known)}."
            if unknown else "Please name a language, such as --language en,ar."
        )  # fmt: skip
    environment = bare_app().jinja_env
    return [
        sheet(environment, survey, LANGUAGES[tag], texts.by_locale[LANGUAGES[tag].babel_id], words)
        for tag in tags
    ]


def _study_words(data: Path, study_id: str | None) -> dict[str, str]:
    """Return whose survey it is; nothing if no study is named and there is not just one."""
    try:
        study = pick_study(data, study_id)
    except NoStudy:
        if study_id:
            raise
        return {}
    return {"university": study.organisation, "contact": study.contact}


def _file(out: Path, tag: str, suffix: str) -> Path:
    return out.with_name(f"{out.stem}{'-' if tag else ''}{tag}{suffix}")


def _write(file: Path, page: str, browser: str | None) -> None:
    """Write a page into a file, or let a browser print it there. Raises ClickException."""
    try:
        if browser:
            _make_pdf(browser, page, file)
        else:
            file.write_text(page, encoding="utf-8")
    except OSError as problem:
        raise click.UsageError(f"{file} cannot be written: {problem.strerror}.") from problem


def _make_pdf(browser: str, page: str, file: Path) -> None:
    """Let a browser print a page into a file. Raises ClickException if it does not."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "sheet.html"
        source.write_text(page, encoding="utf-8")
        as_root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        with suppress(subprocess.SubprocessError):
            subprocess.run(  # noqa: S603 - a browser found on the PATH
                [browser, "--headless", "--disable-gpu", "--no-pdf-header-footer", *as_root,
                 f"--user-data-dir={folder}/profile", f"--print-to-pdf={file.absolute()}",
                 source.as_uri()],
                capture_output=True, timeout=PATIENCE_SECONDS, check=True,
            )  # fmt: skip
            if file.is_file():
                return
    raise click.ClickException(
        f"{browser} could not make {file}. Please write --out {file.stem}.html and print that."
    )
