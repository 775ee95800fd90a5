"""`kiosk restore`: bring a backup back."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.common import common, config_for, say
from kiosk.serve import check_port
from kiosk.store.restore import restore


@click.command("restore")
@click.argument("backup", type=click.Path(path_type=Path))
@common
def restore_command(backup: Path, data: Path | None, as_json: bool) -> None:
    """Let this kiosk hold what the folder BACKUP holds; the kiosk must not be running.

    What was here is set aside in a folder of its own. Nothing is deleted.
    """
    config = config_for(data)
    check_port(config)
    aside = restore(backup, config.data)
    lines = [f"restored: {backup}"]
    if aside:
        lines.append(f"set aside: {aside}\nWhat came after the backup is only there. Please keep "
                     "it, and tell the researchers if answers may be missing.")  # fmt: skip
    say(as_json, {"restored": str(backup), "aside": str(aside) if aside else None},
        "\n".join(lines))  # fmt: skip
