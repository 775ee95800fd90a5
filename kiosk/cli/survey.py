"""`kiosk survey`: look at a survey file with an author's eyes."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk.cli.common import common, config_for, say
from kiosk.cli.lazy import LazyGroup
from kiosk.survey.advice import advise
from kiosk.survey.form import is_form, read_form
from kiosk.survey.library import find_survey
from kiosk.survey.loader import read_survey
from kiosk.survey.model import Form, Survey
from kiosk.survey.problems import Problems
from kiosk.survey.whole import check_icons


@click.group(cls=LazyGroup, commands_at={"print": "kiosk.cli.survey_print:print_"})
def survey() -> None:
    """Check surveys; print them on paper."""


@survey.command()
@click.argument("file")
@click.option("--group", type=int, help="How many people are expected; small groups are warned of.")
@common
def check(file: str, group: int | None, data: Path | None, as_json: bool) -> None:
    """Report every problem of the survey FILE (a .toml file or a survey's name) at once.

    The exit code is 1 if there is an error; warnings alone leave it 0.
    """
    found, problems = _read(find_survey(file, config_for(data).data))
    if isinstance(found, Survey):
        check_icons(found, problems)
        if not problems.errors:
            advise(found, problems, group)
    lines = [str(problem) for problem in problems.found]
    if found is not None and not problems.errors:
        lines.append(f"“{found.id}” version {found.version} can be used: {len(found.items)} items, "
                     f"{len(found.languages)} languages, content {found.hash[:12]}.")  # fmt: skip
    report = {
        "ok": not problems.errors,
        "problems": [problem.as_dict() for problem in problems.found],
    }
    if found is not None:
        report |= {"id": found.id, "version": found.version, "hash": found.hash}
    say(as_json, report, "\n".join(lines))
    sys.exit(1 if problems.errors else 0)


def _read(path: Path) -> tuple[Survey | Form | None, Problems]:
    """Read a participants' survey or a facilitator's form, whichever the file is."""
    problems = Problems()
    try:
        source = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        problems.error(
            path.name, f"the file is no UTF-8 text: {problem}.", "Please save it as UTF-8."
        )
        return None, problems
    return read_form(source, path.name) if is_form(source) else read_survey(source, path.name)
