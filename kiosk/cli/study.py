"""`kiosk study`: make a study and its keys, put a study on a kiosk."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.common import common, config_for, say
from kiosk.cli.lazy import LazyGroup
from kiosk.study.model import install as install_study


@click.group(cls=LazyGroup, commands_at={"new": "kiosk.cli.study_new:new"})
def study() -> None:
    """Make a study and its keys; put a study on a kiosk."""


@study.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@common
def install(file: Path, data: Path | None, as_json: bool) -> None:
    """Put the study in FILE (study.toml) on this kiosk."""
    installed = install_study(file, config_for(data).data)
    say(as_json, {"study": installed.id}, f"The study “{installed.title}” is on this kiosk.")
