"""`kiosk study new`: the keys, the recovery sheet, and the file that sites receive."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.common import common, passphrase_option, read_passphrase, say
from kiosk.opening.keys import WrongKey
from kiosk.opening.new_study import StudyExists, make_study
from kiosk.survey.problems import SurveyProblems


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", prompt=True, help="What the study is called.")
@click.option("--organisation", prompt=True, help="Who asks; stands in the consent text.")
@click.option(
    "--contact", prompt=True, help="Whom participants can ask; stands in the consent text."
)
@click.option("--target", default="", metavar="ADDRESS",
              help="Where sites send their sealed files; can be added later.")  # fmt: skip
@passphrase_option
@common
def new(
    folder: Path, title: str, organisation: str, contact: str, target: str,
    passphrase_file: Path | None, data: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Make a study in FOLDER: the locked key, the recovery sheet to print, and study.toml."""
    phrase = read_passphrase(passphrase_file, "A passphrase for the key", confirm=True)
    try:
        made = make_study(folder, title, organisation, contact, phrase, target)
    except (StudyExists, SurveyProblems, WrongKey) as problem:
        raise click.UsageError(str(problem)) from problem
    paths = {"key": made.key, "recovery_sheet": made.sheet, "study": made.file}
    lines = (
        f"key:            {made.key}\n"
        f"recovery sheet: {made.sheet}\n"
        f"study:          {made.file}\n\n"
        "Next: print the recovery sheet, put it in a locked place and delete the file.\n"
        "Keep the key and its passphrase apart. Send study.toml, and nothing else, to the sites."
    )
    say(as_json, {name: str(path) for name, path in paths.items()}, lines)
