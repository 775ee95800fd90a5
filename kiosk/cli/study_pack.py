"""`kiosk study pack`: study file, surveys and logo as the one file that sites receive."""

from __future__ import annotations

from pathlib import Path

import click

from kiosk.cli.common import common, config_for, say
from kiosk.files import write_whole
from kiosk.sound.packed import with_sounds
from kiosk.study.pack import SUFFIX, load_pack
from kiosk.sync.packed_login import with_login


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(path_type=Path),
              help=f"The file to write, or a folder for <study>{SUFFIX}.")  # fmt: skip
@click.option("--login", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="A login file for the target; whoever has the pack can read it.")  # fmt: skip
@click.option("--sounds", is_flag=True, help="Pack what can be heard of its surveys, too.")
@common
def pack(
    folder: Path, out: Path, login: Path | None, sounds: bool, data: Path | None, as_json: bool
) -> None:  # fmt: skip
    """Pack study.toml in FOLDER, its surveys and its logo into one file for the sites.

    Everything is checked first, and every problem is told at once. Keys are never packed, and a
    login only with --login; it should have no right but to add files. Sounds are those of the
    study's own surveys, or, if it has none, of those that come with the kiosk.
    """
    made = load_pack(folder)
    if login:
        made = with_login(made, login.read_bytes())
    heard: dict[str, list[str]] = {}
    if sounds:
        made, heard = with_sounds(made, config_for(data).data)
    file = out / made.name if out.is_dir() else out
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, made.to_bytes())
    except OSError as problem:
        raise click.UsageError(f"The pack cannot be written to {file}: {problem}.") from problem
    surveys = list(made.surveys or {})
    said = "; ".join(f"{name} in {', '.join(tags)}" for name, tags in heard.items() if tags)
    lines = (
        f"pack:    {file}\n"
        f"study:   {made.study.title}\n"
        f"surveys: {', '.join(surveys) or 'none of its own'}\n"
        f"sounds:  {said or 'none'}\n"
        f"login:   {'inside; treat the file like a password' if login else 'none'}\n\n"
        "Next: send this file to the sites. Each takes it on its staff page “Studies”."
    )
    say(as_json, {"pack": str(file), "study": made.study.id, "surveys": surveys,
                  "sounds": heard}, lines)  # fmt: skip
