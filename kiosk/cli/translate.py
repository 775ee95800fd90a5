"""`kiosk translate`: have a translation read by people, and keep how far it has come."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from kiosk.cli.common import common, config_for, say
from kiosk.cli.translate_pictures import take_pictures
from kiosk.languages import LANGUAGES, STATES
from kiosk.paths import bundled
from kiosk.translate.exchange import export, read_rows
from kiosk.translate.files import CannotTranslate, Files, files_of
from kiosk.translate.lines import lines_of
from kiosk.translate.sheet import sheet
from kiosk.translate.steps import Wish, move, states_of
from kiosk.translate.take_back import Taken, take_back

Command = TypeVar("Command", bound=Callable[..., Any])
REFUSED = (
    "These lines were left out, since their English has changed since the export: {}. "
    "Please export again for them."
)


def of_language(command: Command) -> Command:
    """Add what says which translation is meant: LANG, `--survey` and `--translations`."""
    for add in (
        click.option("--translations", type=click.Path(exists=True, file_okay=False,
                                                       path_type=Path),
                     help="Folder of the interface's catalogues (default: this kiosk's own)."),
        click.option("--survey", default="workshop", show_default=True,
                     help="The survey: its name, or a .toml file."),
        click.argument("lang"),
    ):  # fmt: skip
        command = add(command)
    return common(command)


def out_option(what: str) -> Callable[[Command], Command]:
    """Return the option `--out` for a file."""
    return click.option("--out", required=True, help=what,
                        type=click.Path(dir_okay=False, path_type=Path))  # fmt: skip


@click.group()
def translate() -> None:
    """Have translations read by people who speak the language at home."""


@translate.command("sheet")
@of_language
@out_option("The HTML file to write, for printing.")
@click.option("--pictures", is_flag=True,
              help="Show what people see, if Playwright and a browser are installed.")  # fmt: skip
def make_sheet(
    lang: str, survey: str, translations: Path | None, out: Path, pictures: bool,
    data: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Write a sheet for a native speaker: each text with its draft, notes and room for remarks."""
    files = _files(lang, survey, translations, data)
    taken, why_not = take_pictures(files) if pictures else ({}, "")
    _write(out, sheet(files, taken))
    lines = f"{out}: {len(lines_of(files))} texts, ready to print on A4 from any browser."
    say(as_json, {"file": str(out), "texts": len(lines_of(files)), "pictures": len(taken)},
        "\n".join(filter(None, (lines, why_not))))  # fmt: skip


@translate.command("export")
@of_language
@out_option("The file to write: .po, .xlsx or .csv.")
def export_lines(
    lang: str, survey: str, translations: Path | None, out: Path, data: Path | None, as_json: bool
) -> None:
    """Write all texts of a language into a file that people can work on."""
    files = _files(lang, survey, translations, data)
    lines = lines_of(files)
    try:
        export(files, lines, out)
    except OSError as problem:
        raise CannotTranslate(f"{out} cannot be written: {problem.strerror}.") from problem
    say(as_json, {"file": str(out), "texts": len(lines)}, f"{out}: {len(lines)} texts.")


@translate.command("import")
@of_language
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_lines(
    lang: str, survey: str, translations: Path | None, file: Path, data: Path | None, as_json: bool
) -> None:
    """Take the texts in FILE back: check all, then change just their lines in survey and .po.

    What is wrong is told all at once, and then nothing is written.
    """
    files = _files(lang, survey, translations, data)
    taken = take_back(files, read_rows(file))
    report = {"changed": taken.changed, "refused": list(taken.refused), "remarks": taken.remarks}
    say(as_json, report, "\n".join(_told(files, taken)))


@translate.command()
@of_language
@click.option("--set", "to", type=click.Choice(STATES[1:]), help="The step that was taken.")
@click.option("--by", multiple=True, help="Initials of who took it; several times for several.")
@click.option("--comment", default="", help="What was done, in a few words.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="The day (default: today).")
def state(
    lang: str, survey: str, translations: Path | None, to: str | None, by: tuple[str, ...],
    comment: str, on: datetime | None, data: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Show how far a translation has come; with --set, bring it one step further (or back)."""
    files = _files(lang, survey, translations, data)
    if to:
        move(files, Wish(to, by, comment, on.date() if on else date.today()))
    found, parts = files.survey, states_of(files)
    steps = [step for step in found.steps if lang in step.languages]
    stale = found.stale.get(lang, ())
    report = parts | {
        "stale": list(stale),
        "steps": [{"state": one.state, "by": list(one.by), "on": one.on, "comment": one.comment}
                  for one in steps],
    }  # fmt: skip
    lines = [f"{LANGUAGES[lang].endonym}: the survey is {parts['survey']}, "
             f"the interface is {parts['interface']}."]  # fmt: skip
    lines += [f"  {one.on}  {one.state:13}  {', '.join(one.by)}: {one.comment}" for one in steps]
    lines += [f"Stale, since their English has changed: {', '.join(stale)}."] if stale else []
    say(as_json, report, "\n".join(lines))


def _files(lang: str, survey: str, translations: Path | None, data: Path | None) -> Files:
    folder = translations or bundled("translations")
    return files_of(lang, survey, config_for(data).data, folder)


def _told(files: Files, taken: Taken) -> list[str]:
    """Return the lines that say what an import did, and what is left to do."""
    lines = [f"{len(taken.changed)} texts changed."]
    if any(not name.startswith("ui.") for name in taken.changed):
        lines.append(f"Please count the version of {files.survey_path.name} up (it is "
                     f"{files.survey.version}): a changed text is a new version.")  # fmt: skip
    if taken.refused:
        lines.append(REFUSED.format(", ".join(taken.refused)))
    lines += [f"remark on {name}: {remark}" for name, remark in taken.remarks.items()]
    return lines


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as problem:
        raise CannotTranslate(f"{path} cannot be written: {problem.strerror}.") from problem
