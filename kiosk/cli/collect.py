"""`kiosk collect`: from bundles to a dataset."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kiosk.cli.common import common, passphrase_option, read_passphrase, say
from kiosk.dataset.collect import MixedStudies, collect
from kiosk.dataset.pool import MixedSurveys
from kiosk.dataset.write import write_dataset
from kiosk.opening.keys import WrongKey, is_locked, open_key


@click.command("collect")
@click.argument("sources", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--key", "key_file", required=True, type=click.Path(path_type=Path),
              help="The identity file, or a text file with the 24 words.")  # fmt: skip
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path),
              help="Folder for the dataset.")  # fmt: skip
@passphrase_option
@common
def collect_command(
    sources: tuple[Path, ...], key_file: Path, out: Path, passphrase_file: Path | None,
    data: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Open the bundles in SOURCES (files or folders) and write one dataset.

    Running it again, or on overlapping folders, changes nothing. What cannot be used is named and
    skipped, and the exit code is then 1; it is 2 if nothing could be written.
    """
    phrase = (
        read_passphrase(passphrase_file, "The key's passphrase") if is_locked(key_file) else None
    )
    try:
        pool, skipped = collect(sources, open_key(key_file, phrase))
    except (MixedStudies, MixedSurveys, WrongKey) as problem:
        raise click.UsageError(str(problem)) from problem
    for line in skipped:
        click.echo(f"skipped {line}", err=True)
    if pool.empty:
        click.echo("There is no bundle that this key opens; nothing was written.", err=True)
        sys.exit(2)
    try:
        files = write_dataset(pool, out)
    except OSError as problem:
        raise click.UsageError(f"The dataset cannot be written to {out}: {problem}.") from problem
    said = sum(len(reports) for reports in pool.reports().values())
    report = {
        "responses": len(pool), "self_reports": said, "workshops": len(pool.workshops()),
        "repeated": pool.repeated, "skipped": [str(line) for line in skipped],
        "files": [str(path) for path in files],
    }  # fmt: skip
    reports = f" and {said} self-reports" if said else ""
    lines = f"{len(pool)} responses{reports} from {len(pool.workshops())} workshops are in {out}"
    say(as_json, report, lines)
    sys.exit(1 if skipped else 0)
