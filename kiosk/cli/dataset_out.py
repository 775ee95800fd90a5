"""What `kiosk collect` and `kiosk merge` share: their options, and writing and telling of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from kiosk.cli.common import tell
from kiosk.dataset.log import note_export
from kiosk.dataset.map_file import BadMapping, MapFile, read_map
from kiosk.dataset.pool import MixedSurveys, NoSuchLanguage, Pool
from kiosk.dataset.private import sweep
from kiosk.dataset.spool import Skipped
from kiosk.dataset.write import write_dataset, write_zip

WORK = ".collect"
REFUSED = (BadMapping, MixedSurveys, NoSuchLanguage)
Command = TypeVar("Command", bound=Callable[..., Any])
OPTIONS = (
    click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path),
                 help="Folder for the dataset."),
    click.option("--map", "map_path", metavar="FILE",
                 type=click.Path(exists=True, dir_okay=False, path_type=Path),
                 help="Which questions of other versions are those of one version (TOML)."),
    click.option("--labels", metavar="TAG", help="Language of labels (default: English)."),
    click.option("--zip", "as_zip", is_flag=True, help="Pack the dataset into one ZIP, too."),
    click.option("--parquet", is_flag=True,
                 help="Write responses_long.parquet, too: the long form by month."),
)  # fmt: skip


def dataset_options(command: Command) -> Command:
    """Add the options `--out`, `--map`, `--labels`, `--zip` and `--parquet`."""
    for option in reversed(OPTIONS):
        command = option(command)
    return command


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What Lena wants to have, and where."""

    out: Path
    map_path: Path | None
    labels: str | None
    as_zip: bool
    parquet: bool

    @property
    def work(self) -> Path:
        """Where opened responses are while they are sorted, or wait for the next run."""
        return self.out / WORK

    @property
    def map_file(self) -> MapFile | None:
        """The mapping, if one was given. Raises BadMapping."""
        return read_map(self.map_path) if self.map_path else None


def write_out(pool: Pool, wish: Wish, skipped: Sequence[Skipped] = ()) -> dict[str, Any]:
    """Write the dataset, note it in the log, and return the report on it."""
    sweep([wish.out, wish.work, *wish.work.glob("*/")])
    if wish.labels:
        pool.language = wish.labels
    files = write_dataset(pool, wish.out, parquet=wish.parquet)
    if wish.as_zip:
        files.append(write_zip(files, wish.out))
    log = note_export(
        wish.out, level="analysis", study=pool.bundle.study.id,
        survey=f"{pool.survey.id}-{pool.survey.hash[:12]}",
        responses=len(pool), workshops=len(pool.workshops()),
    )  # fmt: skip
    return {
        "responses": len(pool), "workshops": len(pool.workshops()),
        "self_reports": sum(len(reports) for reports in pool.reports().values()),
        "repeated": pool.repeated, "skipped": [str(line) for line in skipped],
        "mapped": [other.as_dict() for other in pool.mapped],
        "files": [str(path) for path in files], "log": str(log),
    }  # fmt: skip


def told(pool: Pool, report: dict[str, Any], out: Path) -> str:
    """Return the report in words: one sentence, and a line for each version that was mapped."""
    said, responses, workshops = (report[n] for n in ("self_reports", "responses", "workshops"))
    reports = f" and {said} self-reports" if said else ""
    sentence = f"{responses} responses{reports} from {workshops} workshops are in {out}"
    return "\n".join([sentence, *map(str, pool.mapped)])


def not_writable(wish: Wish, problem: OSError) -> click.UsageError:
    """Return what to tell when the dataset's folder cannot be written to."""
    return click.UsageError(f"The dataset cannot be written to {wish.out}: {problem}.")


def tidy(wish: Wish) -> None:
    """Leave no folder behind that has nothing in it."""
    if wish.work.exists():
        with suppress(OSError):  # one that is not empty stays
            for folder in (*wish.work.iterdir(), wish.work, wish.out):
                folder.rmdir()


def interrupted(sentence: str) -> None:
    """Say what is there after Ctrl-C, and end."""
    tell(f"\nStopped; the dataset is not complete. {sentence}", err=True)
    sys.exit(2)
