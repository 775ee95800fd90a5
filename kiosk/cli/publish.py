"""`kiosk publish`: from a dataset to tables from which nobody can compute what a few answered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import click

from kiosk.cli.common import common, say
from kiosk.dataset.log import note_export
from kiosk.languages import STAFF_LANGUAGES
from kiosk.report.dataset import BadDataset
from kiosk.report.pools import BY
from kiosk.report.publication import REGISTRY, NotForRows, Publication, check_place, publication
from kiosk.report.publication_files import write_publication
from kiosk.report.safe.merge import TooFew
from kiosk.report.safe.publish import Method, NotSafe
from kiosk.report.safe.registry import Refused, Registry, UnreadableRegistry
from kiosk.report.words import Incomplete

PROBLEMS = (BadDataset, Incomplete, NotForRows, NotSafe, Refused, TooFew, UnreadableRegistry)


@dataclass(frozen=True)
class Wish:
    """What Lena wants to publish, and where."""

    dataset: Path
    out: Path
    by: str
    method: Method
    name: str
    lang: str
    released: Path | None

    @property
    def registry(self) -> Path:
        """The file that knows what was published before."""
        return self.released or self.out.resolve().parent / REGISTRY


@click.command("publish")
@click.argument("dataset", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", required=True, metavar="DIR",
              type=click.Path(file_okay=False, path_type=Path),
              help="Folder for the tables.")  # fmt: skip
@click.option("--by", default=BY[0], type=click.Choice(BY), show_default=True,
              help="Which workshops go together.")  # fmt: skip
@click.option("--method", default="suppress", type=click.Choice(get_args(Method)),
              show_default=True, help="Hide small numbers, count in bands, or round.")  # fmt: skip
@click.option("--name", default="", metavar="NAME",
              help="What you will know these tables by (default: the folder's name).")  # fmt: skip
@click.option("--lang", default="en", type=click.Choice(STAFF_LANGUAGES), show_default=True,
              help="Language of the page.")  # fmt: skip
@click.option("--released", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path),
              help=f"List of what was published (default: {REGISTRY} beside DIR).")  # fmt: skip
@common
def publish(data: Path | None, as_json: bool, **wish: Any) -> None:
    """Write tables on the folder DATASET that may be published, from ten people on.

    From these tables, and all that the list of released tables knows, nobody can compute what one
    or two people answered. Keep that list and never publish it: it is what protects against
    subtracting one publication from another.
    """
    wanted = Wish(**wish)
    try:
        value, made = _published(wanted)
    except PROBLEMS as problem:
        raise click.UsageError(str(problem)) from problem
    except OSError as problem:
        raise click.UsageError(
            f"The tables cannot be written to {wanted.out}: {problem}."
        ) from problem
    say(as_json, value, _sentences(wanted, made))


def _published(wish: Wish) -> tuple[dict[str, Any], Publication]:
    """Write the files, then the list of what was released; nothing if anything goes wrong."""
    check_place(wish.out, wish.registry)
    registry = Registry.read(wish.registry)
    name = wish.name or wish.out.resolve().name
    made = publication(wish.dataset, registry, name=name, by=wish.by, method=wish.method)
    with registry.kept(wish.registry):
        files = write_publication(made, wish.out, wish.lang)
    asked = made.dataset.instrument
    log = note_export(
        wish.out, level="publication", survey=f"{asked['survey']}-{asked['survey_hash'][:12]}",
        by=wish.by, method=wish.method, responses=made.n, workshops=len(made.dataset.meetings),
    )  # fmt: skip
    return {
        "responses": made.n, "workshops": len(made.dataset.meetings), "name": name,
        "groups": {group.label: group.n for group in made.groups},
        "numbers": made.numbers, "hidden": made.hidden, "files": [str(path) for path in files],
        "released": str(wish.registry), "log": str(log),
    }, made  # fmt: skip


def _sentences(wish: Wish, made: Publication) -> str:
    return (
        f"Tables of {made.n} responses from {len(made.dataset.meetings)} workshops are in "
        f"{wish.out}; {made.hidden} of {made.numbers} numbers are hidden.\n"
        f"Keep {wish.registry} for the next time, and do not publish it."
    )
