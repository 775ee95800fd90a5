"""`kiosk staff`: what only somebody at the machine itself may do for the staff."""

from __future__ import annotations

import secrets
from pathlib import Path

import click

from kiosk.cli.common import common, config_for, say
from kiosk.store.database import prepare
from kiosk.store.settings import Settings
from kiosk.web.staff.pin import SETTING
from kiosk.web.staff.sessions import ROUND


@click.group()
def staff() -> None:
    """Look after the staff pages' PIN."""


@staff.command("forget-pin")
@common
def forget_pin(data: Path | None, as_json: bool) -> None:
    """Forget the PIN and sign everybody out; the next visit on this machine chooses a new one."""
    config = config_for(data)
    prepare(config.data)
    settings = Settings(config.data)
    settings.set(SETTING, None)
    settings.set(ROUND, secrets.token_hex(8))
    say(as_json, {"forgotten": True},
        "The PIN is forgotten. The staff page on this computer asks for a new one.")  # fmt: skip
