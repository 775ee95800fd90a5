"""`kiosk workshop`: open, list and close workshops."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from kiosk.bundle.freeze import freeze
from kiosk.cli.common import common, config_for, say
from kiosk.config import Config
from kiosk.languages import LANGUAGES
from kiosk.store.database import prepare
from kiosk.store.planning import plan_workshop
from kiosk.store.settings import Settings
from kiosk.store.workshop import Headcount, Plan, Workshop
from kiosk.store.workshops import Workshops
from kiosk.study.model import pick_study
from kiosk.survey.library import find_survey
from kiosk.survey.loader import load_survey
from kiosk.survey.model import Survey
from kiosk.survey.review import LOWEST, may_be_offered
from kiosk.translations import PARTICIPANTS, read_texts
from kiosk.web.address import ADDRESS, kiosk_url, lan_address

TWELVE_HOURS = timedelta(hours=12)


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
@click.option("--ends-at", type=click.DateTime(["%Y-%m-%dT%H:%M"]),
              help="When it ends, as 2026-05-31T17:00 (default: in twelve hours). "
                   "Left open, it closes itself an hour later.")  # fmt: skip
@click.option("--idle-minutes", type=click.IntRange(0, 20), default=3, show_default=True,
              help="How long a shared screen waits for a touch; 0 is for ever.")  # fmt: skip
@click.option("--tickets", is_flag=True, help="On one's own phone, answer only with a ticket.")
@common
def open_workshop(
    survey_name: str, title: str, site: str, languages: str | None, tool: str,
    study_id: str | None, ends_at: datetime | None, idle_minutes: int, tickets: bool,
    data: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Open a workshop; from now on people can answer."""
    config = config_for(data)
    study = pick_study(config.data, study_id)
    asked = load_survey(find_survey(survey_name, config.data, study.id))
    plan = Plan(title, site, tool, pick_languages(asked, languages, config.offer_from),
                ends_at or datetime.now() + TWELVE_HOURS, idle_minutes, tickets)  # fmt: skip
    store = _store(config)
    opened = store.open(plan_workshop(store, study, survey_name, plan).code)
    host = config.address or lan_address(Settings(config.data).get(ADDRESS))
    url = f"{kiosk_url(host, config.port)}/w/{opened.code}"
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
@click.option("--present", type=click.IntRange(0), help="How many people were there.")
@click.option("--said-no", type=click.IntRange(0), help="How many told you no.")
@click.option("--left-early", type=click.IntRange(0), help="How many left before the survey.")
@common
def close(
    code: str, present: int | None, said_no: int | None, left_early: int | None,
    data: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Close the workshop CODE and pack its sealed answers into a bundle."""
    store = _store(config_for(data))
    closed = store.close(code)
    headcount = Headcount(present, said_no, left_early)
    if headcount != Headcount():
        closed = store.count(code, headcount)
    bundle = freeze(store, closed.code)
    say(as_json, summary(store.get(code)) | {"bundle": str(bundle)},
        f"“{closed.title}” is closed. {closed.sent} sent.\nbundle: {bundle}")  # fmt: skip


@workshop.command()
@click.argument("code")
@common
def reopen(code: str, data: Path | None, as_json: bool) -> None:
    """Open the closed workshop CODE again, for an hour at least; not once it is packed."""
    opened = _store(config_for(data)).open(code)
    say(as_json, summary(opened), f"“{opened.title}” is open again.")


def pick_languages(survey: Survey, wanted: str | None, offer_from: str) -> tuple[str, ...]:
    """Return the languages to offer. Raises UsageError naming those the survey lacks.

    Those that have not come as far as the setting `offer_from` are left out, or refused if wanted.
    """
    states = read_texts(PARTICIPANTS).states
    early = [tag for tag in survey.languages
             if not may_be_offered(survey, tag, states.get(tag, LOWEST), offer_from)]  # fmt: skip
    known = [tag for tag in survey.languages if tag not in early]
    given = [tag.strip() for tag in wanted.split(",")] if wanted else known
    if refused := [tag for tag in given if tag in early]:
        raise click.UsageError(
            f"These translations are not “{offer_from}” yet, or stale: {', '.join(refused)}. "
            "Please leave them out, or change offer_from in kiosk.toml."
        )
    tags = tuple(dict.fromkeys(given))
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
        "present": found.headcount.present, "declined": found.counters["declined"],
        "timed_out": found.counters["timed_out"],
    }  # fmt: skip


def _store(config: Config) -> Workshops:
    prepare(config.data)
    return Workshops(config.data)
