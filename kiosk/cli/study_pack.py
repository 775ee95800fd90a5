"""`kiosk study pack`: study file, surveys and logo as the one file that sites receive."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.common import common, say
from kiosk.study.model import write_whole
from kiosk.study.pack import SUFFIX, load_pack


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path),
              help=f"The file to write, or a folder for <study>{SUFFIX}.")  # fmt: skip
@common
def pack(folder: Path, out: Path, data: Path | None, as_json: bool) -> None:
    """Pack study.toml in FOLDER, its surveys and its logo into one file for the sites.

    Everything is checked first, and every problem is told at once. Keys are never packed.
    """
    made = load_pack(folder)
    file = out / made.name if out.is_dir() else out
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, made.to_bytes())
    except OSError as problem:
        raise click.UsageError(f"The pack cannot be written to {file}: {problem}.") from problem
    surveys = list(made.surveys or {})
    lines = (
        f"pack:    {file}\n"
        f"study:   {made.study.title}\n"
        f"surveys: {', '.join(surveys) or 'none of its own'}\n\n"
        "Next: send this file to the sites. Each takes it on its staff page “Studies”."
    )
    say(as_json, {"pack": str(file), "study": made.study.id, "surveys": surveys}, lines)
