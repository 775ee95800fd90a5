"""What all commands share: `--data`, `--json`, passphrases, and how they speak."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from kiosk.config import Config, load_config

Command = TypeVar("Command", bound=Callable[..., Any])
STEERS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")  # all control characters but tab and newline


def common(command: Command) -> Command:
    """Add the two options that every command takes: `--data DIR` and `--json`."""
    as_json = click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for scripts.")
    data = click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        help="The kiosk's data folder (default: KIOSK_DATA, else the user's own).",
    )
    return data(as_json(command))


def config_for(data: Path | None, **flags: Any) -> Config:
    """Return the settings of the kiosk in the folder `data`."""
    return load_config(data, **flags)


def say(as_json: bool, value: Any, lines: str) -> None:
    """Print `value` as JSON, or else the lines written for people."""
    tell(json.dumps(value, indent=2, ensure_ascii=False) if as_json else lines)


def tell(lines: str, *, err: bool = False) -> None:
    """Print lines; names and texts of files that anybody may have made steer no terminal."""
    click.echo(shown(lines), err=err)


def shown(text: str) -> str:
    """Return a text with control characters spelled as JSON spells them."""
    return STEERS.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def read_passphrase(file: Path | None, prompt: str, *, confirm: bool = False) -> str:
    """Return the passphrase: from the file, from KIOSK_PASSPHRASE, or typed unseen."""
    if file is not None:
        try:
            return file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as problem:
            raise click.UsageError(f"The passphrase file {file} cannot be read.") from problem
    given = os.environ.get("KIOSK_PASSPHRASE")
    return given or str(
        click.prompt(prompt, hide_input=True, confirmation_prompt=confirm, err=True)
    )


passphrase_option = click.option(
    "--passphrase-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File with the passphrase (default: KIOSK_PASSPHRASE, else it is asked for).",
)
