"""`kiosk sync check`: try a target out."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk.cli.common import common, say
from kiosk.cli.sync import outbox_of
from kiosk.sync.check import check, good_enough

WORDS = {"works": "ok", "denied": "no", "fails": "bad"}
READY = "A kiosk can send there."
NOT_READY = "A kiosk cannot send there yet."


@click.command("check")
@click.argument("url")
@common
def check_command(url: str, data: Path | None, as_json: bool) -> None:
    """Try out the target URL: write, read back, list and remove a small file, as the rights allow.

    To write is all that a kiosk needs. The exit code is 1 if it cannot send there.
    """
    steps = check(outbox_of(data).place(url))
    ready = good_enough(steps)
    lines = [f"{WORDS[step.state]:4} {step.name}: {step.text}" for step in steps]
    report = {"ready": ready, "steps": [
        {"name": step.name, "state": step.state, "text": step.text,
         "reason": step.reason.value if step.reason else None} for step in steps
    ]}  # fmt: skip
    say(as_json, report, "\n".join([*lines, READY if ready else NOT_READY]))
    sys.exit(not ready)
