"""`kiosk merge`: from several datasets to one, without a key."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click

from kiosk.cli.common import common, say
from kiosk.cli.dataset_out import (
    REFUSED,
    Wish,
    dataset_options,
    interrupted,
    not_writable,
    told,
    write_out,
)
from kiosk.dataset.merge import CannotMerge, merge
from kiosk.dataset.read_back import CannotReadBack, read_back


@click.command("merge")
@click.argument("datasets", nargs=-1, required=True,
                type=click.Path(exists=True, file_okay=False, path_type=Path))  # fmt: skip
@dataset_options
@common
def merge_command(
    datasets: tuple[Path, ...], data: Path | None, as_json: bool, **wish: Any
) -> None:
    """Write one dataset from the folders DATASETS that “kiosk collect” or “kiosk merge” wrote.

    A response counts once, however many of them hold it. The order makes no difference, and one
    dataset alone comes out as it was. No key is needed. The exit code is 2 if nothing could be
    written.
    """
    wanted = Wish(**wish)
    try:
        report, lines = _merge(datasets, wanted)
    except (CannotMerge, CannotReadBack, *REFUSED) as problem:
        raise click.UsageError(str(problem)) from problem
    except OSError as problem:
        raise not_writable(wanted, problem) from problem
    except KeyboardInterrupt:
        interrupted("The datasets are as they were. Please run the same command again.")
    say(as_json, report, lines)


def _merge(datasets: tuple[Path, ...], wish: Wish) -> tuple[dict[str, Any], str]:
    parts, map_file = [read_back(folder) for folder in datasets], wish.map_file
    wish.out.mkdir(parents=True, exist_ok=True)
    try:
        with TemporaryDirectory(dir=wish.out, prefix=".merging-") as work:
            pool = merge(parts, Path(work), map_file)
            report = write_out(pool, wish)
            return report, told(pool, report, wish.out)
    finally:
        with suppress(OSError):  # it goes only if it is empty
            wish.out.rmdir()
