"""`kiosk collect`: from bundles to a dataset."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from pyrage import x25519

from kiosk.cli.common import common, passphrase_option, read_passphrase, say
from kiosk.cli.dataset_out import (
    REFUSED,
    Wish,
    dataset_options,
    interrupted,
    not_writable,
    tidy,
    told,
    write_out,
)
from kiosk.dataset.collect import MixedStudies, collect, find_bundles
from kiosk.opening.keys import WrongKey, is_locked, open_key


@dataclass(frozen=True, kw_only=True)
class CollectWish(Wish):
    """What Lena wants to have, from which bundles, and whether anything is kept for next time."""

    sources: tuple[Path, ...]
    fresh: bool


@click.command("collect")
@click.argument("sources", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--key", "key_file", required=True, type=click.Path(path_type=Path),
              help="The identity file, or a text file with the 24 words.")  # fmt: skip
@dataset_options
@click.option("--fresh", is_flag=True, help="Open everything anew, and keep nothing for next time.")
@passphrase_option
@common
def collect_command(
    key_file: Path, passphrase_file: Path | None, data: Path | None, as_json: bool, **wish: Any
) -> None:
    """Open the bundles in SOURCES (files or folders) and write one dataset.

    Running it again, or on overlapping folders, changes nothing; only what is new is opened. What
    cannot be used is named and skipped, and the exit code is then 1; it is 2 if nothing could be
    written.
    """
    wanted = CollectWish(**wish)
    phrase = (
        read_passphrase(passphrase_file, "The key's passphrase") if is_locked(key_file) else None
    )
    try:
        report, lines = _collect(wanted, open_key(key_file, phrase))
    except (MixedStudies, WrongKey, *REFUSED) as problem:
        raise click.UsageError(str(problem)) from problem
    except OSError as problem:
        raise not_writable(wanted, problem) from problem
    except KeyboardInterrupt:
        interrupted(f"What was opened is kept in {wanted.work}. Please run the same command again.")
    say(as_json, report, lines)
    sys.exit(1 if report["skipped"] else 0)


def _collect(wish: CollectWish, identity: x25519.Identity) -> tuple[dict[str, Any], str]:
    """Write the dataset and return the report on it. Exits if there is nothing to write."""
    paths, map_file = list(find_bundles(wish.sources)), wish.map_file
    if wish.fresh:
        shutil.rmtree(wish.work, ignore_errors=True)
    try:
        with click.progressbar(length=len(paths), label="Opening", file=sys.stderr,
                               hidden=not sys.stderr.isatty()) as bar:  # fmt: skip
            pool, skipped = collect(paths, identity, wish.work, lambda: bar.update(1), map_file)
        for line in skipped:
            click.echo(f"skipped {line}", err=True)
        if pool.empty:
            del pool  # and its sorted copy, so that `tidy` finds nothing
            click.echo("There is no bundle that this key opens; nothing was written.", err=True)
            sys.exit(2)
        report = write_out(pool, wish, skipped)
        return report, told(pool, report, wish.out)
    finally:
        if wish.fresh and sys.exc_info()[0] is None:
            shutil.rmtree(wish.work, ignore_errors=True)
        tidy(wish)
