"""`kiosk report`: from a dataset to a page that people read."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.common import common, say
from kiosk.languages import STAFF_LANGUAGES
from kiosk.report.among import Among, NobodyAmong
from kiosk.report.dataset import BadDataset
from kiosk.report.page import make_report
from kiosk.report.words import Incomplete
from kiosk.report.write import write_report


@click.command("report")
@click.argument("dataset", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(file_okay=False, path_type=Path),
              help="Folder for report.html.")  # fmt: skip
@click.option("--lang", default="en", type=click.Choice(STAFF_LANGUAGES), show_default=True,
              help="Language of the report.")  # fmt: skip
@click.option("--neutral", default="apart", type=click.Choice(["apart", "split"]),
              show_default=True,
              help="Where bars show “in between”: at the side or across the line.")  # fmt: skip
@click.option("--pooled-mean", is_flag=True,
              help="Add the pooled mean of each scale that 30 people answered.")  # fmt: skip
@click.option("--site", default="", metavar="PLACE", help="Only workshops at this place.")
@click.option("--month", default="", metavar="YYYY-MM", help="Only workshops in this month.")
@click.option("--tool", default="", metavar="NAME", help="Only workshops with this tool.")
@click.option("--workshop", default="", metavar="ID", help="Only this workshop.")
@common
def report(
    dataset: Path, out: Path, lang: str, neutral: str, pooled_mean: bool,
    data: Path | None, as_json: bool, **chosen: str,
) -> None:  # fmt: skip
    """Write a report on the folder DATASET that “kiosk collect” wrote: one page, report.html.

    It shows results of six people or more, and marks those of fewer than ten “do not publish”.
    The same dataset always gives the same bytes.
    """
    try:
        made = make_report(
            dataset, lang, among=Among(**chosen), pooled=pooled_mean, split=neutral == "split"
        )
        path = write_report(made, out)
    except (BadDataset, Incomplete, NobodyAmong) as problem:
        raise click.UsageError(str(problem)) from problem
    except OSError as problem:
        raise click.UsageError(f"The report cannot be written to {out}: {problem}.") from problem
    value = {
        "report": str(path), "responses": made.responses, "workshops": made.workshops,
        "shown": made.shown, "publishable": made.publishable,
    }  # fmt: skip
    lines = f"{made.responses} responses from {made.workshops} workshops: the report is {path}"
    if not made.shown:
        lines += "\nThese are too few people: no answers are shown."
    elif not made.publishable:
        lines += "\nDo not publish it: these are too few people."
    say(as_json, value, lines)
