"""`kiosk backup`: copy everything to another disk."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.common import common, config_for, say
from kiosk.store.backup import back_up


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@common
def backup(folder: Path, data: Path | None, as_json: bool) -> None:
    """Copy everything this kiosk keeps into FOLDER, for example on a USB stick.

    The kiosk may go on running. The copy can be used as a data folder as it is.
    """
    made = back_up(config_for(data).data, folder)
    lines = (
        f"backup: {made}\n"
        "It holds sealed answers; please keep it locked away. "
        "To run the kiosk on it, name it: kiosk serve --data FOLDER"
    )
    say(as_json, {"backup": str(made)}, lines)
