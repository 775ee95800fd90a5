"""Three people answered with a pen. Their sheets are typed in, sealed, and never seen again."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from kiosk.dataset.write import write_dataset
from kiosk.store.intake import Hindrance, NotStored
from kiosk.store.workshop import Workshop
from tests.conftest import Desk, Kari, Lena, Visitor, new_submission_id
from tests.dataset import table
from tests.web import ALL, alert, field, packs, words

SHEETS: list[dict[str, Any]] = [
    ALL | {"q03": 1, "q07": 97},
    {f"q{number:02}": 5 for number in range(1, 9)},
    {"q01": 2},
]


def here(workshop: Workshop, page: str = "") -> str:
    return f"/staff/w/{workshop.code}/paper/{page}"


def types(desk: Desk, workshop: Workshop, sheet: dict[str, Any]) -> str:
    """Type one sheet into the empty one that is shown, and return what the next page says."""
    page = desk.gets(here(workshop, "type"))
    carried = {name: field(page, name) for name in ("submission_id", "typed")}
    return words(desk.does(here(workshop, "type"), **carried, **sheet))


def counts(kari: Kari, workshop: Workshop) -> dict[str, int]:
    return {k: v for k, v in kari.workshops.get(workshop.code).counters.items() if v}


def test_three_sheets_are_typed_and_reach_lena_with_all_others(
    kari: Kari, desk: Desk, amina: Visitor, lena: Lena, tmp_path: Path, data: Path
) -> None:
    workshop, other = kari.opens(), kari.opens(title="Without paper")
    amina.sends(workshop, ALL)
    amina.sends(other, ALL)
    for sheet in SHEETS:
        assert "Stored. Next sheet." in types(desk, workshop, sheet)
    assert counts(kari, workshop) == {"complete": 2, "partial": 1, "under_half": 1}

    bundles = [kari.closes(workshop), kari.closes(other)]
    pool = lena.collects(*bundles)
    answers = sorted(r.values for r in pool.responses() if r.workshop == workshop.id)
    expected = [tuple(s.get(f"q{n:02}", 99) for n in range(1, 16)) for s in [ALL, *SHEETS]]
    assert answers == sorted(expected)
    write_dataset(pool, tmp_path / "out")
    rows = table((tmp_path / "out" / "workshops.csv").read_bytes())
    assert {row["workshop"]: row["paper"] for row in rows} == {workshop.id: "1", other.id: "0"}
    assert b"paper" not in (tmp_path / "out" / "responses.csv").read_bytes()


def test_only_a_word_about_the_workshop_says_that_something_came_from_paper(
    kari: Kari, desk: Desk, amina: Visitor
) -> None:
    phone, paper = kari.opens(), kari.opens()
    amina.sends(phone, SHEETS[0])
    types(desk, paper, SHEETS[0])
    sheets = []
    for workshop in (phone, paper):
        with zipfile.ZipFile(kari.closes(workshop)) as bundle:
            sheets.append(json.loads(bundle.read("workshop.json")))
    different = {name for name in sheets[0] if sheets[0][name] != sheets[1][name]}
    assert different == {"workshop", "paper"}
    assert sheets[1]["paper"] is True, "a word about the workshop, and no number"


def test_nothing_that_was_typed_can_be_looked_at_again(kari: Kari, desk: Desk, app: Flask) -> None:
    workshop = kari.opens()
    page = desk.gets(here(workshop, "type"))
    carried: dict[str, Any] = {n: field(page, n) for n in ("submission_id", "typed")}
    sent = desk.posts(here(workshop, "type"), **carried, **SHEETS[0])
    assert sent.headers["Cache-Control"] == "no-store"
    for answer in ("q03", "97"):
        assert answer not in sent.headers["Location"]
    after = desk.gets(sent.headers["Location"])
    assert after.headers["Cache-Control"] == "no-store"
    assert not [box for box in after.all("input") if "checked" in box.attrib]
    assert field(after, "submission_id") != carried["submission_id"]


def test_the_typist_sees_how_many_were_typed_and_how_many_were_sent(
    kari: Kari, desk: Desk, amina: Visitor
) -> None:
    workshop = kari.opens()
    amina.sends(workshop, ALL)
    typed = "0"
    for sheet in SHEETS:
        page = desk.gets(here(workshop, f"type?typed={typed}"))
        carried = {"submission_id": field(page, "submission_id"), "typed": typed}
        page = desk.does(here(workshop, "type"), **carried, **sheet)
        typed = field(page, "typed")
    assert "Sheets typed: 3. Sent in all: 4." in words(page)


def test_the_same_sheet_sent_twice_is_counted_once(kari: Kari, desk: Desk) -> None:
    workshop, sheet = kari.opens(), SHEETS[0] | {"submission_id": new_submission_id()}
    desk.does(here(workshop, "type"), **sheet)
    assert "counted once" in words(desk.does(here(workshop, "type"), **sheet))
    assert counts(kari, workshop) == {"complete": 1}


@pytest.mark.parametrize(("hindrance", "status", "told"), [
    ("disk_full", 507, "The disk of this computer is full."),
    ("cannot_save", 503, "This could not be saved."),
])  # fmt: skip
def test_a_sheet_that_cannot_be_stored_says_what_to_do(
    kari: Kari, desk: Desk, app: Flask, monkeypatch: pytest.MonkeyPatch,
    hindrance: Hindrance, status: int, told: str,
) -> None:  # fmt: skip
    workshop = kari.opens()
    problem = NotStored("a failing disk")
    problem.hindrance = hindrance
    monkeypatch.setattr(app.extensions["intake"], "store", fails_with(problem))
    carried = {"submission_id": new_submission_id(), "typed": "0"}
    refused = desk.posts(here(workshop, "type"), status, **carried, **SHEETS[0])
    assert told in refused.text
    assert counts(kari, workshop) == {}


def fails_with(problem: Exception) -> Callable[..., bool]:
    def store(_: object) -> bool:
        raise problem

    return store


def test_an_empty_sheet_is_not_stored(kari: Kari, desk: Desk) -> None:
    workshop = kari.opens()
    assert "Nothing was stored" in types(desk, workshop, {})
    assert counts(kari, workshop) == {}
    assert kari.workshops.get(workshop.code).paper is False


def test_sheets_come_in_after_closing_and_without_a_ticket_but_not_after_packing(
    kari: Kari, desk: Desk
) -> None:
    workshop = kari.opens(tickets=True)
    kari.workshops.close(workshop.code)
    assert "Stored" in types(desk, workshop, ALL)
    assert "Type paper sheets in" in words(desk.gets(f"/staff/w/{workshop.code}/"))
    late = {"submission_id": new_submission_id()} | ALL
    packs(kari, workshop)
    assert "packed" in words(desk.does(here(workshop, "type"), **late))
    assert counts(kari, workshop) == {"complete": 1}
    page = desk.gets(here(workshop, "type"), follow_redirects=True)
    assert "Type paper sheets in" not in words(page)


def test_a_planned_workshop_takes_no_sheets_but_prints_them(kari: Kari, desk: Desk) -> None:
    workshop = kari.plans(title="Draw <well>")
    desk.posts(here(workshop, "type"), submission_id=new_submission_id(), q01="1")
    assert counts(kari, workshop) == {}
    page = desk.gets(here(workshop, "sheets/ar"))
    assert "Draw <well> · The library" in words(page)
    assert "Procreate" in words(page)
    assert page.text(page.all("h1")[0]) == "رأيك في ورشة العمل"
    desk.gets(here(workshop, "sheets/xx"), 404)


def test_it_is_said_who_may_type_before_anybody_does(kari: Kari, desk: Desk) -> None:
    workshop = kari.opens()
    page = desk.gets(here(workshop))
    assert "Whoever types sees these answers" in words(page)
    assert "the researchers type" in words(page)
    assert "Destroy the sheets afterwards" in words(page)


@pytest.mark.parametrize("wrong", [{"q01": "6"}, {"q99": "1"}, {"q01": "x"}])
def test_what_is_no_answer_is_refused_and_nothing_is_stored(
    wrong: dict[str, Any], kari: Kari, desk: Desk
) -> None:
    workshop = kari.opens()
    desk.posts(here(workshop, "type"), 400, submission_id=new_submission_id(), **wrong)
    desk.posts(here(workshop, "type"), 400, submission_id="short", q01="1")
    assert counts(kari, workshop) == {}


def test_sheets_are_typed_at_the_kiosk_itself(
    kari: Kari, desk: Desk, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = kari.opens()
    monkeypatch.setattr("kiosk.web.staff.paper.on_this_machine", lambda: False)
    page = desk.gets(here(workshop, "type"), 403)
    assert "kiosk's own computer" in page.html.replace("&#39;", "'") + alert(page)
    desk.posts(here(workshop, "type"), 403, submission_id=new_submission_id(), **ALL)
    assert counts(kari, workshop) == {}
