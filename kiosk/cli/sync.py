"""`kiosk sync`: send what is closed, try a target out, keep a login, take a receipt."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kiosk.cli.common import common, config_for, say
from kiosk.cli.lazy import LazyGroup
from kiosk.store.database import prepare
from kiosk.study.receipts import BadReceipt
from kiosk.sync.arrivals import take_receipt
from kiosk.sync.outbox import Outbox, Parcel
from kiosk.sync.problem import SendProblem
from kiosk.sync.sender import Progress, Sender

LAZY = {
    "check": "kiosk.cli.sync_check:check_command",
    "login": "kiosk.cli.sync_login:login",
    "logout": "kiosk.cli.sync_login:logout",
}
PROOFS = {
    "read-back": "every byte was read back",
    "size": "the server tells the right size",
    "word": "the server says so; it lets nobody look",
}
NO_TARGET = (
    "The study names no target for some workshops. Please save them to a stick: "
    "kiosk sync --to file:///FOLDER"
)


@click.group("sync", cls=LazyGroup, commands_at=LAZY, invoke_without_command=True)
@click.option("--to", "to", metavar="URL", help="Send there, in place of what the study says.")
@common
@click.pass_context
def sync(ctx: click.Context, to: str | None, data: Path | None, as_json: bool) -> None:
    """Pack and send every closed workshop, and look for receipts.

    Running it again changes nothing. The exit code is 1 if something could not be sent; it stays in
    the outbox, for as long as it takes.
    """
    if ctx.invoked_subcommand is not None:
        if to or data or as_json:
            raise click.UsageError(
                "These options are for sending. Please write them behind the other command: "
                f"kiosk sync {ctx.invoked_subcommand} …"
            )
        return
    outbox = outbox_of(data, to)
    outbox.pack()
    report, lines = _send_all(outbox)
    say(as_json, report, "\n".join(lines))
    sys.exit(bool(report["waiting"] or report["without_target"]))


@sync.command()
@common
def status(data: Path | None, as_json: bool) -> None:
    """Say of each packed workshop whether it waits, is sent, or has arrived and is checked."""
    parcels = outbox_of(data).parcels()
    lines = [f"{_state(one):8} {one.workshop.code}  {one.workshop.title}  {_where(one)}"
             for one in parcels]  # fmt: skip
    say(as_json, [_as_dict(one) for one in parcels], "\n".join(lines) or "Nothing is packed yet.")


@sync.command()
@click.argument("files", nargs=-1, required=True,
                type=click.Path(exists=True, dir_okay=False, path_type=Path))  # fmt: skip
@common
def receipt(files: tuple[Path, ...], data: Path | None, as_json: bool) -> None:
    """Take receipts that came by e-mail or on a stick, from FILES."""
    outbox, arrived = outbox_of(data), list[str]()
    for file in files:
        try:
            arrived += [one.code for one in take_receipt(outbox, file.read_bytes())]
        except BadReceipt as problem:
            raise click.UsageError(f"{file}: {problem}") from problem
    lines = [f"arrived and checked: {code}" for code in arrived]
    say(as_json, {"arrived": arrived}, "\n".join(lines) or "It is for no workshop of this kiosk.")


def outbox_of(data: Path | None, target: str | None = None) -> Outbox:
    """Return the outbox of the kiosk in the folder `data`."""
    config = config_for(data)
    prepare(config.data)
    return Outbox(config.data, target or config.target)


def _send_all(outbox: Outbox) -> tuple[dict[str, Any], list[str]]:
    """Send what waits; return the report and the lines that tell of it."""
    before = outbox.parcels()
    sent_before = {one.file.name for one in before if one.sent}
    arrived_before = {one.file.name for one in before if one.arrived}
    size = sum(one.file.stat().st_size for one in before if one.waits)
    with click.progressbar(length=size, label="Sending", file=sys.stderr,
                           hidden=not sys.stderr.isatty()) as bar:  # fmt: skip
        sender = Sender(outbox, told=Bar(bar.update))
        sender.round(asked=True)
    after = outbox.parcels()
    sent = [one for one in after if one.sent and one.file.name not in sent_before]
    arrived = [one for one in after if one.arrived and one.file.name not in arrived_before]
    homeless = [one for one in after if one.is_here and not one.target]
    problems = {
        target: str(SendProblem(trouble.reason, trouble.detail))
        for target, trouble in sender.troubles.items()
    }
    lines = [f"sent: {_name(one)} ({PROOFS[one.sent.proof]})" for one in sent if one.sent]
    lines += [f"arrived and checked: {_name(one)}" for one in arrived]
    lines += [f"not sent to {target}: {problem}" for target, problem in problems.items()]
    if homeless:
        lines.append(NO_TARGET)
    report = {
        "sent": [one.workshop.code for one in sent],
        "arrived": [one.workshop.code for one in arrived], "problems": problems,
        "waiting": sum(one.waits for one in after), "without_target": len(homeless),
    }  # fmt: skip
    return report, lines or ["There is nothing to send."]


class Bar:
    """Turns bytes of one bundle after the other into steps of one bar."""

    def __init__(self, step: Callable[[int], object]) -> None:
        self._step, self._known = step, dict[str, int]()

    def __call__(self, progress: Progress) -> None:
        """Move on by what has been sent since the last call."""
        self._step(progress.done - self._known.get(progress.bundle, 0))
        self._known[progress.bundle] = progress.done


def _name(parcel: Parcel) -> str:
    return f"{parcel.workshop.title}, {parcel.workshop.site} ({parcel.workshop.code})"


def _state(parcel: Parcel) -> str:
    if parcel.arrived:
        return "arrived"
    return "sent" if parcel.sent else "waits"


def _where(parcel: Parcel) -> str:
    return parcel.target or "(the study names no target)"


def _as_dict(parcel: Parcel) -> dict[str, Any]:
    return {
        "code": parcel.workshop.code, "bundle": parcel.file.name, "state": _state(parcel),
        "target": parcel.target, "proof": parcel.sent.proof if parcel.sent else None,
        "arrived": parcel.arrived, "here": parcel.is_here,
    }  # fmt: skip
