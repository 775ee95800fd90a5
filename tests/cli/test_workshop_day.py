"""A workshop run from a terminal: with an end, tickets and a headcount; and a forgotten PIN."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.bundle.read import read_bundle
from kiosk.opening.new_study import NewStudy
from kiosk.store.settings import Settings
from kiosk.store.workshops import Workshops
from tests.cli import Told, kiosk

TITLE = ("--title", "Draw", "--site", "The library")


@pytest.fixture
def site(data: Path, study: NewStudy) -> Path:
    """The data folder of a kiosk on which Lena's study is installed."""
    assert kiosk("study", "install", study.file, "--data", data).code == 0
    return data


def opens(site: Path, *words: str) -> str:
    told = kiosk("workshop", "open", *TITLE, *words, "--json", "--data", site)
    assert told.code == 0, told.err
    return str(told.json["code"])


def closes(site: Path, code: str, *words: object) -> Told:
    return kiosk("workshop", "close", code, *words, "--json", "--data", site)


def test_a_workshop_gets_an_end_tickets_and_patience_as_asked(site: Path) -> None:
    code = opens(site, "--ends-at", "2099-05-31T17:00", "--idle-minutes", "10", "--tickets")
    plan = Workshops(site).get(code).plan
    assert plan.ends_at == datetime(2099, 5, 31, 17, 0)
    assert (plan.idle_minutes, plan.tickets) == (10, True)


def test_without_a_word_it_lasts_twelve_hours_and_asks_for_no_tickets(site: Path) -> None:
    plan = Workshops(site).get(opens(site)).plan
    assert timedelta(hours=11, minutes=58) < plan.ends_at - datetime.now() <= timedelta(hours=12)
    assert (plan.idle_minutes, plan.tickets) == (3, False)


@pytest.mark.parametrize(
    "words",
    [("--ends-at", "tomorrow"), ("--ends-at", "2099-13-01T10:00"), ("--idle-minutes", "-1"),
     ("--idle-minutes", "21"), ("--idle-minutes", "some")],
    ids=" ".join,
)  # fmt: skip
def test_what_makes_no_sense_opens_no_workshop(site: Path, words: tuple[str, str]) -> None:
    told = kiosk("workshop", "open", *TITLE, *words, "--data", site)
    assert (told.code, told.out) == (2, "")
    assert words[0] in told.err
    assert kiosk("workshop", "list", "--json", "--data", site).json == []


def test_the_heads_that_were_counted_travel_with_the_bundle(site: Path) -> None:
    code = opens(site)
    closed = closes(site, code, "--present", 18, "--said-no", 2, "--left-early", 1)
    assert (closed.code, closed.json["present"]) == (0, 18)
    sheet = read_bundle(Path(closed.json["bundle"])).sheet
    assert (sheet["headcount"], sheet["said_no"], sheet["left_early"]) == (18, 2, 1)
    again = closes(site, code, "--present", 17)
    assert read_bundle(Path(again.json["bundle"])).sheet["headcount"] == 17
    assert closes(site, code, "--present", "-1").code == 2


def test_a_closed_workshop_is_opened_again_until_it_is_packed(site: Path) -> None:
    code = opens(site)
    Workshops(site).close(code)
    told = kiosk("workshop", "reopen", code.upper(), "--json", "--data", site)
    assert (told.code, told.json["state"]) == (0, "open")
    assert closes(site, code).code == 0
    packed = kiosk("workshop", "reopen", code, "--data", site)
    assert (packed.code, packed.out) == (2, "")
    assert "is packed for the researchers and cannot be opened again" in packed.err
    assert kiosk("workshop", "reopen", "zzzzz", "--data", site).code == 2


def test_a_forgotten_pin_is_forgotten_also_where_there_was_none(data: Path) -> None:
    for _ in range(2):
        told = kiosk("staff", "forget-pin", "--data", data)
        assert (told.code, told.err) == (0, "")
        assert "asks for a new one" in told.out
    assert Settings(data).get("pin") is None
    assert kiosk("staff", "forget-pin", "--json", "--data", data).json == {"forgotten": True}
