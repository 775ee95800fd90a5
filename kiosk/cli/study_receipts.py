"""`kiosk study receipts`: lets the sites of a study made earlier check receipts."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.common import common, passphrase_option, say
from kiosk.cli.key import key_option, opened_key
from kiosk.files import write_whole
from kiosk.opening.keys import WrongKey
from kiosk.opening.study_file import NotAdded, add_receipts
from kiosk.study.model import FILE


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@key_option
@passphrase_option
@common
def receipts(
    folder: Path, key_file: Path, passphrase_file: Path | None, data: Path | None, as_json: bool
) -> None:
    """Write into study.toml in FOLDER how sites check the receipts that this key signs.

    New studies have it already. Done twice it changes nothing.
    """
    file = folder / FILE
    try:
        added = add_receipts(file.read_bytes(), opened_key(key_file, passphrase_file))
        if added.new:
            mode = file.stat().st_mode
            write_whole(file, added.data)
            file.chmod(mode)
    except OSError as problem:
        raise click.UsageError(f"{file} cannot be read or written: {problem}.") from problem
    except (NotAdded, WrongKey) as problem:
        raise click.UsageError(str(problem)) from problem
    one = added.recipient
    report = {"study": str(file), "key": one.role, "receipts": one.receipts, "changed": added.new}
    lines = f"{file} has this already. Nothing was changed."
    if added.new:
        lines = (
            f"{file} now says how to check receipts that the {one.role} key signs.\n"
            "Next: do the same with the other key if you can, pack the study (kiosk study pack),\n"
            "and send it to the sites again. They will call you: their kiosk asks them to."
        )
    say(as_json, report, lines)
