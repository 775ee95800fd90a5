"""The researcher's key, as the commands take it that open or sign something."""

from __future__ import annotations

from pathlib import Path

import click
from pyrage import x25519

from kiosk.cli.common import read_passphrase
from kiosk.opening.keys import WrongPassphrase, open_key

key_option = click.option(
    "--key",
    "key_file",
    required=True,
    type=click.Path(path_type=Path),
    help="The identity file, or a text file with the 24 words.",
)


def opened_key(key_file: Path, passphrase_file: Path | None) -> x25519.Identity:
    """Return the key in a file; its passphrase is asked for only if it has one. Raises WrongKey."""
    try:
        return open_key(key_file, None)
    except WrongPassphrase:
        phrase = read_passphrase(passphrase_file, "The key's passphrase")
    return open_key(key_file, phrase)
