"""`kiosk workshop`: open, list and close workshops."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from kiosk.bundle.freeze import freeze
from kiosk.cli.common import common, config_for, say
from kiosk.config import Config
from kiosk.languages import LANGUAGES
from kiosk.store.database import prepare
from kiosk.store.workshops import Workshop, Workshops
from kiosk.study.model import Study, installed, pick_study
from kiosk.survey.library import find_survey
from kiosk.survey.loader import load_survey
from kiosk.survey.model import Survey
from kiosk.web.address import kiosk_url, lan_address


@click.group()
def workshop() -> None:
    """Open, list and close workshops."""


@workshop.command("open")
@click.option(
    "--survey", "survey_name", default="workshop", show_default=True, help="The survey to ask."
)
@click.option("--title", required=True, help="What the workshop is called.")
@click.option("--site", required=True, help="Where it takes place.")
@click.option("--languages", help="Tags such as en,ar,ti (default: all the survey has).")
@click.option("--tool", default="", help="The digital tool, for “I can use … on my own now.”")
@click.option("--study", "study_id", help="The study, if the kiosk holds several.")
@common
def open_workshop(
    survey_name: str, title: str, site: str, languages: str | None, tool: str,
    study_id: str | None, data: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Open a workshop; from now on people can answer."""
    config = config_for(data)
    study = pick_study(config.data, study_id)
    file = find_survey(survey_name, config.data)
    asked = load_survey(file)
    opened = open_in(config, study, asked, file, title=title, site=site, tool=tool,
                     languages=pick_languages(asked, languages))  # fmt: skip
    url = f"{kiosk_url(config.address or lan_address(), config.port)}/w/{opened.code}"
    drafts = [tag for tag in opened.languages if tag in asked.drafts]
    lines = f"“{title}” is open.\ncode: {opened.code}\naddress: {url}"
    if drafts:
        lines += f"\nMachine drafts, read by no native speaker yet: {', '.join(drafts)}"
    say(as_json, {"code": opened.code, "url": url, "drafts": drafts}, lines)


@workshop.command("list")
@common
def list_workshops(data: Path | None, as_json: bool) -> None:
    """List all workshops, newest first, with what was sent."""
    found = _store(config_for(data)).all()
    lines = [
        f"{w.code}  {w.state:6}  {w.opened_on}  {w.sent:3} sent  {w.title}, {w.site}" for w in found
    ]
    say(as_json, [summary(w) for w in found], "\n".join(lines) or "There is no workshop yet.")


@workshop.command()
@click.argument("code")
@common
def close(code: str, data: Path | None, as_json: bool) -> None:
    """Close the workshop CODE and freeze its answers into a bundle."""
    store = _store(config_for(data))
    closed = store.close(code)
    bundle = freeze(store, closed.code)
    say(as_json, summary(store.get(code)) | {"bundle": str(bundle)},
        f"“{closed.title}” is closed. {closed.sent} sent.\nbundle: {bundle}")  # fmt: skip


def open_in(
    config: Config, study: Study, survey: Survey, file: Path, *, title: str, site: str, tool: str,
    languages: list[str],
) -> Workshop:  # fmt: skip
    """Open a workshop with the study and survey as they are in their files at this moment."""
    return _store(config).open(
        study=installed(config.data)[study.id].read_text(encoding="utf-8"),
        survey=survey.id, survey_file=file.read_text(encoding="utf-8"),
        title=title, site=site, tool=tool, languages=languages,
    )  # fmt: skip


def pick_languages(survey: Survey, wanted: str | None) -> list[str]:
    """Return the languages to offer. Raises UsageError naming those the survey lacks."""
    given = [tag.strip() for tag in wanted.split(",")] if wanted else survey.languages
    tags = list(dict.fromkeys(given))
    unknown = [tag for tag in tags if tag not in survey.languages or tag not in LANGUAGES]
    if unknown:
        raise click.UsageError(
            f"The survey “{survey.id}” is not there in: {', '.join(unknown)}. "
            f"It is there in: {', '.join(survey.languages)}."
        )
    return tags


def summary(found: Workshop) -> dict[str, Any]:
    """Return what a list shows of a workshop; never an answer."""
    return {
        "code": found.code, "state": found.state, "title": found.title, "site": found.site,
        "opened_on": found.opened_on, "languages": list(found.languages), "sent": found.sent,
        "declined": found.declined, "timed_out": found.timed_out,
    }  # fmt: skip


def _store(config: Config) -> Workshops:
    prepare(config.data)
    return Workshops(config.data)
