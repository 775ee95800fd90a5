"""`kiosk doctor`: is this machine ready for a workshop?"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk.checkup.checks import checkup
from kiosk.checkup.finding import Finding
from kiosk.cli.common import common, config_for, say

WORDS = {"good": "ok", "warn": "look", "bad": "bad"}


@click.command()
@common
def doctor(data: Path | None, as_json: bool) -> None:
    """Check whether this machine is ready for a workshop, and say what to do if not.

    The exit code is 1 if anything is bad; what is only worth a look leaves it 0.
    """
    found = checkup(config_for(data))
    say(as_json, [_as_dict(one) for one in found], "\n".join(map(_lines, found)))
    sys.exit(any(one.state == "bad" for one in found))


def _as_dict(found: Finding) -> dict[str, str]:
    return {
        "name": found.name, "state": found.state, "text": found.sentence, "remedy": found.advice,
    }  # fmt: skip


def _lines(found: Finding) -> str:
    """Return a finding for a terminal: a word and a sentence, and what to do below it."""
    line = f"{WORDS[found.state]:5} {found.sentence}"
    return f"{line}\n      {found.advice}" if found.advice else line
