"""`kiosk collect`: from bundles, wherever they lie, to a dataset."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from kiosk.cli.collect_make import NothingOpens, collect_once
from kiosk.cli.collect_watch import watch
from kiosk.cli.collect_wish import CollectWish, SourceType
from kiosk.cli.common import common, passphrase_option, say, tell
from kiosk.cli.dataset_out import REFUSED, dataset_options, interrupted, not_writable
from kiosk.cli.key import key_option, opened_key
from kiosk.dataset.collect import MixedStudies
from kiosk.opening.keys import WrongKey


@click.command("collect")
@click.argument("sources", nargs=-1, required=True, type=SourceType(exists=True, path_type=Path))
@key_option
@dataset_options
@click.option("--fresh", is_flag=True,
              help="Fetch and open everything anew, and keep nothing for next time.")  # fmt: skip
@click.option("--watch", "watching", is_flag=True,
              help="Go on, and write the dataset again whenever bundles have come.")  # fmt: skip
@click.option("--every", metavar="SECONDS", type=click.IntRange(min=1), default=60,
              show_default=True, help="How often --watch looks.")  # fmt: skip
@click.option("--receipts", is_flag=True,
              help="Leave a signed receipt beside each bundle that is in the dataset.")  # fmt: skip
@click.option("--receipts-file", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help="Write one signed receipt for all, for e-mail or a stick.")  # fmt: skip
@passphrase_option
@common
def collect_command(
    key_file: Path, passphrase_file: Path | None, as_json: bool, **wish: Any
) -> None:
    """Open the bundles in SOURCES (files, folders, addresses of targets) and write one dataset.

    Running it again, or on overlapping sources, changes nothing; only what is new is fetched and
    opened. What cannot be used or reached is named and skipped, and the exit code is then 1; it is
    2 if nothing could be written.
    """
    wanted = CollectWish(**wish)
    if wanted.fresh and wanted.watching:
        raise click.UsageError("--watch goes on from what --fresh would not keep. Please take one.")
    try:
        identity = opened_key(key_file, passphrase_file)
        if wanted.watching:
            sys.exit(watch(wanted, identity, as_json))
        done = collect_once(wanted, identity)
    except NothingOpens as problem:
        tell(str(problem), err=True)
        sys.exit(2)
    except (MixedStudies, WrongKey, *REFUSED) as problem:
        raise click.UsageError(str(problem)) from problem
    except OSError as problem:
        raise not_writable(wanted, problem) from problem
    except KeyboardInterrupt:
        interrupted(f"What was opened is kept in {wanted.work}. Please run the same command again.")
    say(as_json, done.report, done.lines)
    sys.exit(done.code)
