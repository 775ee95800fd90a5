"""`kiosk study rehearse`: does a site's test answer open with the real key?"""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.common import common, passphrase_option, say
from kiosk.cli.key import key_option, opened_key
from kiosk.opening.keys import WrongKey
from kiosk.opening.rehearsal import NotRehearsed, open_rehearsal


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@key_option
@passphrase_option
@common
def rehearse(
    file: Path, key_file: Path, passphrase_file: Path | None, data: Path | None, as_json: bool
) -> None:
    """Open the rehearsal FILE of a site and print the code that the site waits for."""
    try:
        rehearsed = open_rehearsal(file, opened_key(key_file, passphrase_file))
    except (NotRehearsed, WrongKey) as problem:
        raise click.UsageError(str(problem)) from problem
    code, title = rehearsed.code.upper(), rehearsed.study.title
    report = {"study": rehearsed.study.id, "key": rehearsed.role, "code": rehearsed.code}
    lines = (
        f"The test answer for “{title}” opens with the {rehearsed.role} key.\n"
        f"code: {code[:3]} {code[3:]}\n"
        "Next: tell the site this code. It types it on its staff page “Studies”."
    )
    say(as_json, report, lines)
