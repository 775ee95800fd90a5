"""`kiosk study`: make a study and its keys, pack it, put it on a kiosk, look at it."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from kiosk.cli.common import common, config_for, say, tell
from kiosk.cli.lazy import LazyGroup
from kiosk.store.rehearsal import Rehearsals
from kiosk.study.changes import Changes, changes_of
from kiosk.study.kept import install_pack, kept_pack
from kiosk.study.model import Study, installed, pick_study
from kiosk.study.pack import Pack, load_pack, read_pack
from kiosk.sync.packed_login import keep_login

LAZY = {
    "new": "kiosk.cli.study_new:new",
    "pack": "kiosk.cli.study_pack:pack",
    "receipts": "kiosk.cli.study_receipts:receipts",
    "rehearse": "kiosk.cli.study_rehearse:rehearse",
}
OTHER_KEYS = (
    "!! THE KEYS CHANGE. From now on only whoever has the new keys can open the answers.\n"
    "!! Ask the researchers, by a number that you know, whether they made new keys."
)
OTHER_RECEIPTS = (
    "!! WHO CAN SIGN RECEIPTS CHANGES. A receipt says that you may delete your copy.\n"
    "!! Ask the researchers, by a number that you know, whether they sign with this key."
)


@click.group(cls=LazyGroup, commands_at=LAZY)
def study() -> None:
    """Make a study and its keys; pack it; put it on a kiosk; rehearse."""


@study.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask; needed where the keys change.")
@common
def install(file: Path, yes: bool, data: Path | None, as_json: bool) -> None:
    """Put the study in FILE (a pack, a study.toml, or its folder) on this kiosk.

    Says what it changes on the kiosk, and asks before. A study that is new changes nothing.
    """
    folder = config_for(data).data
    pack = load_pack(file)
    changes = changes_of(pack, folder)
    report = {"study": pack.study.id, "changes": changes.as_dict()}
    if changes.any and not as_json:
        tell("\n".join(_changes(pack, changes)))
    if changes.any and not yes and (changes.vouch or as_json or not click.confirm("Install it?")):
        say(as_json, report | {"installed": False},
            "Nothing was changed. To install it, add --yes.")  # fmt: skip
        sys.exit(1)
    install_pack(pack, folder)
    keep_login(pack, folder)
    lines = f"The study “{pack.study.title}” is on this kiosk."
    if changes.is_new:
        lines += "\n" + "\n".join(_facts(pack))
    say(as_json, report | {"installed": True}, lines)


@study.command()
@click.argument("study_id", metavar="[ID]", required=False)
@common
def show(study_id: str | None, data: Path | None, as_json: bool) -> None:
    """Show the study ID, or all that are on this kiosk: who asks, keys, surveys, rehearsal."""
    folder = config_for(data).data
    names = [pick_study(folder, study_id).id] if study_id else list(installed(folder))
    found = [kept for name in names if (kept := kept_pack(name, folder))]
    report = [_as_dict(kept, _day(kept.study, folder)) for kept in found]
    lines = [
        "\n".join([f"{kept.study.id}: {kept.study.title}", *_facts(kept),
                   f"  rehearsed: {_day(kept.study, folder) or 'not yet'}"])
        for kept in found
    ]  # fmt: skip
    say(as_json, report, "\n\n".join(lines) or "This kiosk holds no study yet.")


@study.command()
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@common
def check(file: Path, data: Path | None, as_json: bool) -> None:
    """Report every problem of the study in FILE (a folder, a pack or a study.toml) at once.

    The exit code is 1 if there is an error; warnings alone leave it 0.
    """
    found, problems = read_pack(file)
    lines = [str(problem) for problem in problems.found]
    report: dict[str, Any] = {
        "ok": found is not None, "problems": [problem.as_dict() for problem in problems.found]
    }  # fmt: skip
    if found:
        report |= {"id": found.study.id}
        lines += [f"“{found.study.title}” ({found.study.id}) can be used.", *_facts(found)]
    say(as_json, report, "\n".join(lines))
    sys.exit(0 if found else 1)


def _facts(pack: Pack) -> list[str]:
    """Return the lines that say what is in a study."""
    study = pack.study
    lines = [f"  organisation: {study.organisation}", f"  contact: {study.contact}"]
    lines += [f"  {name}: {text}" for name in ("target", "logo") if (text := getattr(study, name))]
    for one in study.recipients:
        lines.append(f"  {one.role} key: {one.key}")
        lines += [f"  {one.role} receipts: {one.receipts}"] if one.receipts else []
    for name, survey in (pack.surveys or {}).items():
        states = ", ".join(f"{tag} ({state})" for tag, state in survey.translation.items())
        lines.append(f"  survey {name}, version {survey.version}: {states}")
    return lines


def _changes(pack: Pack, changes: Changes) -> list[str]:
    """Return the lines that say what will be different on the kiosk."""
    lines = [f"The study “{pack.study.title}” ({pack.study.id}) is on this kiosk. This changes:"]
    for name, (before, after) in changes.fields.items():
        same = " (another picture)" if before == after else ""
        lines.append(f"  {name}: “{before}” → “{after}”{same}")
    lines += [f"  survey {name}: {what}" for name, what in changes.surveys.items()]
    if changes.keys:
        lines.append(OTHER_KEYS)
        lines += [f"!!   no longer: {one.role} {one.key}" for one in changes.gone_keys]
        lines += [f"!!   new: {one.role} {one.key}" for one in changes.new_keys]
    lines += [f"  receipts no longer: {one.role} {one.receipts}" for one in changes.gone_receipts]
    if changes.new_receipts:
        lines.append(OTHER_RECEIPTS)
        lines += [f"!!   new: {one.role} {one.receipts}" for one in changes.new_receipts]
    return lines


def _as_dict(pack: Pack, day: str | None) -> dict[str, Any]:
    """Return what `show` says in JSON."""
    study = pack.study
    return {
        "id": study.id, "title": study.title, "organisation": study.organisation,
        "contact": study.contact, "target": study.target, "logo": study.logo,
        "keys": [asdict(one) for one in study.recipients],
        "surveys": {name: {"version": survey.version, "languages": dict(survey.translation)}
                    for name, survey in (pack.surveys or {}).items()},
        "rehearsed": day,
    }  # fmt: skip


def _day(study: Study, data: Path) -> str | None:
    return Rehearsals(data).day(study)
