"""`kiosk study`: make a study and its keys, put a study on a kiosk."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.common import common, config_for, passphrase_option, read_passphrase, say
from kiosk.opening.new_study import StudyExists, make_study
from kiosk.study.model import install as install_study


@click.group()
def study() -> None:
    """Make a study and its keys; put a study on a kiosk."""


@study.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--title", prompt=True, help="What the study is called.")
@click.option("--organisation", prompt=True, help="Who asks; stands in the consent text.")
@click.option(
    "--contact", prompt=True, help="Whom participants can ask; stands in the consent text."
)
@passphrase_option
@common
def new(
    folder: Path, title: str, organisation: str, contact: str, passphrase_file: Path | None,
    data: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Make a study in FOLDER: the locked key, the recovery sheet to print, and study.toml."""
    phrase = read_passphrase(passphrase_file, "A passphrase for the key", confirm=True)
    try:
        made = make_study(folder, title, organisation, contact, phrase)
    except StudyExists as problem:
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


@study.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@common
def install(file: Path, data: Path | None, as_json: bool) -> None:
    """Put the study in FILE (study.toml) on this kiosk."""
    installed = install_study(file, config_for(data).data)
    say(as_json, {"study": installed.id}, f"The study “{installed.title}” is on this kiosk.")
