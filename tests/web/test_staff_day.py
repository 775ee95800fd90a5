"""Kari's day: she plans, opens, counts, closes and packs; nothing she typed is ever lost."""

from __future__ import annotations

import io
import re
import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from kiosk.languages import LANGUAGES
from kiosk.paths import FIXED_TIME
from kiosk.qr import qr_path, wifi_text
from kiosk.store.reports import SelfReports
from kiosk.store.settings import Settings
from kiosk.store.workshop import Headcount, Workshop
from kiosk.store.workshops import ALPHABET
from kiosk.study.model import installed
from kiosk.web.staff import phases
from tests.conftest import SURVEY_FILE, Desk, Kari, Lena, Visitor
from tests.page import Page
from tests.store import rows
from tests.web import ALL, alert, field, packs, words

FIXED = datetime.fromtimestamp(FIXED_TIME, UTC)
HUGE = "9" * 5000  # more digits than Python turns into a number
NO_NUMBERS = ["many", "-1", "12.5", "1e3", "10000", "१२x", HUGE]


def plan(**changes: Any) -> dict[str, Any]:
    """Return what Kari types into an empty plan."""
    tomorrow = date.today() + timedelta(days=1)
    typed: dict[str, Any] = {
        "title": "Draw with Procreate", "site": "The library", "tool": "Procreate",
        "day": tomorrow.isoformat(), "time": "17:30", "languages": ["en", "ar", "ti"],
        "idle_minutes": "5", "survey": "workshop",
    }  # fmt: skip
    return typed | changes


def here(workshop: Workshop, page: str = "") -> str:
    return f"/staff/w/{workshop.code}/{page}"


def hours_pass(app: Flask, monkeypatch: pytest.MonkeyPatch, hours: float) -> None:
    def later() -> datetime:
        return datetime.now() + timedelta(hours=hours)

    monkeypatch.setattr(app.extensions["workshops"], "_now", later)
    monkeypatch.setattr(app.extensions["intake"], "_now", later)


def days_pass(monkeypatch: pytest.MonkeyPatch, days: int) -> None:
    """Let the forms believe that it is some days later."""
    real = date.today()

    class Later(date):
        @classmethod
        def today(cls) -> Later:
            return cls.fromordinal(real.toordinal() + days)

    monkeypatch.setattr(phases, "date", Later)


def a_screen_says(app: Flask, workshop: Workshop, waiting: int) -> None:
    answer = app.test_client(use_cookies=False).post(
        f"/w/{workshop.code}/screen/{workshop.screen_key}/status",
        data={"screen": "tablet", "waiting": str(waiting)},
    )
    assert answer.status_code == 200


# --- plan ---------------------------------------------------------------------------------------
def test_kari_plans_a_workshop_and_finds_all_she_typed(desk: Desk, kari: Kari) -> None:
    typed = plan(tickets="1")
    page = desk.does("/staff/new", **typed)
    assert page.h1 == "Draw with Procreate"
    (workshop,) = kari.workshops.all()
    assert workshop.state == "planned"
    assert (workshop.title, workshop.site, workshop.tool) == (
        "Draw with Procreate", "The library", "Procreate"
    )  # fmt: skip
    assert workshop.languages == ("en", "ar", "ti")
    assert workshop.plan.ends_at.isoformat() == f"{typed['day']}T17:30:00"
    assert (workshop.plan.idle_minutes, workshop.plan.tickets) == (5, True)
    edit = desk.gets(here(workshop, "edit"))
    for name in ("title", "site", "tool", "day", "time"):
        assert field(edit, name) == typed[name]
    chosen = [i.attrib["value"] for i in edit.all("input") if "checked" in i.attrib]
    assert chosen == ["en", "ar", "ti", "1"]


def test_every_problem_of_a_plan_is_told_at_once_and_nothing_is_lost(
    desk: Desk, kari: Kari
) -> None:
    answer = desk.posts("/staff/new", 400, **plan(title=" ", site="", languages=[], day="soon"))
    page = Page(answer.text, dict(answer.headers))
    assert page.title.startswith("Error: ")
    wrong = [e for e in page.tree.iter() if e.attrib.get("class") == "wrong"]
    assert {e.attrib["id"] for e in wrong} == {
        "title-wrong", "site-wrong", "languages-wrong", "ends_at-wrong",
    }  # fmt: skip
    for element in page.all("input"):
        if element.attrib.get("aria-invalid"):
            assert element.attrib["aria-describedby"] in {e.attrib["id"] for e in wrong}
    assert field(page, "tool") == "Procreate"
    assert field(page, "time") == "17:30"
    assert kari.workshops.all() == []


@pytest.mark.parametrize(
    "change",
    [{"title": ""}, {"site": "  "}, {"languages": []}, {"languages": ["xx", "en-GB"]},
     {"day": "2020-01-01"}, {"day": "31.05.2099"}, {"time": "25:00"}, {"time": ""}, {"day": ""},
     {"day": "99999-01-01"}],
)  # fmt: skip
def test_a_plan_with_one_thing_wrong_keeps_all_the_rest(
    change: dict[str, Any], desk: Desk, kari: Kari
) -> None:
    typed = plan(**change)
    answer = desk.posts("/staff/new", 400, **typed)
    page = Page(answer.text, dict(answer.headers))
    assert len([e for e in page.tree.iter() if e.attrib.get("class") == "wrong"]) == 1
    for name in {"title", "site", "tool", "time"} - set(change):
        assert field(page, name) == typed[name]
    ticked = [i.attrib["value"] for i in page.all("input") if "checked" in i.attrib]
    assert ticked == ([] if "languages" in change else typed["languages"])
    assert kari.workshops.all() == []


def test_what_is_no_choice_of_ours_falls_back_and_breaks_nothing(desk: Desk, kari: Kari) -> None:
    refused = desk.posts("/staff/new", 400, **plan(survey="../../etc", title="x" * 500))
    assert "The survey you chose cannot be used any more." in refused.text
    desk.posts("/staff/new", **plan(idle_minutes="7", title="x" * 500))
    (workshop,) = kari.workshops.all()
    assert workshop.plan.idle_minutes == 3
    assert workshop.survey == "workshop"
    assert workshop.title == "x" * 120


def test_what_kari_types_cannot_become_markup(desk: Desk, kari: Kari) -> None:
    evil = "<script>alert('1')</script>\"><b>"
    desk.posts("/staff/new", **plan(title=evil, site=evil, tool=evil, tickets="1"))
    (workshop,) = kari.workshops.all()
    for step in ("open", "close", "pack"):
        for name in ("", "edit", "sheet", "wall", "delete", "report/planning"):
            assert "<script>alert" not in desk.gets(here(workshop, name)).html
            assert "<b>" not in desk.gets(here(workshop, name)).html
        desk.posts(here(workshop, step))
    assert "<script>alert" not in desk.gets("/staff/").html


def test_the_next_plan_begins_with_the_place_and_the_languages_of_the_last(
    desk: Desk, kari: Kari
) -> None:
    first = desk.gets("/staff/new")
    offered = [i.attrib["value"] for i in first.all("input") if "checked" in i.attrib]
    assert offered == list(LANGUAGES), "all languages, the first time"
    desk.posts("/staff/new", **plan(site="Bjørvika"))
    second = desk.gets("/staff/new")
    assert field(second, "site") == "Bjørvika"
    assert [i.attrib["value"] for i in second.all("input") if "checked" in i.attrib] == [
        "en", "ar", "ti",
    ]  # fmt: skip
    assert field(second, "title") == ""


def test_a_plan_is_mended_before_and_while_people_answer(
    desk: Desk, kari: Kari, amina: Visitor
) -> None:
    workshop = kari.opens(languages=["en", "ar"])
    amina.sends(workshop, ALL)
    page = desk.does(here(workshop, "edit"), **plan(title="Draw", languages=["ar", "ti"]))
    assert "The changes are saved." in words(page)
    assert page.h1 == "Draw"
    changed = kari.workshops.get(workshop.code)
    assert (changed.state, changed.sent, changed.languages) == ("open", 1, ("ar", "ti"))
    amina.gets(f"/w/{workshop.code}/ti")
    amina.gets(f"/w/{workshop.code}/en", status=404)


def test_a_plan_that_is_mended_badly_stays_as_it_was(desk: Desk, kari: Kari) -> None:
    workshop = kari.opens()
    answer = desk.posts(here(workshop, "edit"), 400, **plan(title="", site="Elsewhere"))
    assert 'value="Elsewhere"' in answer.text
    assert kari.workshops.get(workshop.code).plan == workshop.plan


def test_a_closed_workshops_title_is_mended_although_its_time_is_over(
    app: Flask, desk: Desk, kari: Kari, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = kari.opens()
    hours_pass(app, monkeypatch, 5)
    ended = {"day": workshop.plan.ends_at.date().isoformat(), "time": "00:00"}
    desk.posts(here(workshop, "edit"), **plan(title="Paint", **ended))
    assert kari.workshops.get(workshop.code).title == "Paint"
    assert kari.workshops.get(workshop.code).state == "closed"


# --- the study ----------------------------------------------------------------------------------
def upload(content: bytes, name: str = "study.toml") -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def test_kari_hands_the_researchers_study_file_to_the_kiosk(
    desk: Desk, data: Path, study: Any
) -> None:
    assert desk.client.get("/staff/new").headers["Location"] == "/staff/", "first the study"
    page = desk.gets("/staff/")
    assert "First: the study" in words(page)
    page = desk.does("/staff/study", study=upload(study.file.read_bytes(), "anything at all.txt"))
    assert "Study: The study" in words(page)
    assert len(installed(data)) == 1
    assert desk.does("/staff/new", **plan()).h1 == "Draw with Procreate"


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe\x00", b"\x89PNG\r\n", b"id = ", b'id = "../../evil"\n', b"[[recipient]]\n",
     b'id = "x"\ntitle = "t"\norganisation = "o"\ncontact = "c"\n[[recipient]]\nkey = "age1x"\n',
     SURVEY_FILE.read_bytes()],
    ids=["empty", "no text", "a picture", "no TOML", "a path", "nothing in it", "no key", "survey"],
)  # fmt: skip
def test_a_file_that_is_no_study_is_told_and_not_kept(
    content: bytes, desk: Desk, data: Path
) -> None:
    status = 413 if len(content) > 60_000 else 400
    answer = desk.posts("/staff/study", status, study=upload(content))
    assert status == 413 or "This is no study file." in answer.text
    assert installed(data) == {}
    desk.posts("/staff/study", 400)


def test_a_study_file_with_a_forbidden_name_stays_in_its_folder(
    desk: Desk, data: Path, study: Any
) -> None:
    source = study.file.read_text(encoding="utf-8")
    for name in ("../outside", "/etc/outside", "..", "a/b", "a\\\\b", "CON"):
        changed = re.sub(r'^id = ".*"', f'id = "{name}"', source, flags=re.MULTILINE)
        answer = desk.client.post(
            "/staff/study", data={"csrf": desk.sign, "study": upload(changed.encode())}
        )
        assert answer.status_code in (303, 400)
    assert all(path.parent == data / "studies" for path in data.parent.rglob("*outside*"))
    assert {path.parent for path in installed(data).values()} <= {data / "studies"}


def test_with_two_studies_kari_says_which(desk: Desk, kari: Kari, data: Path, study: Any) -> None:
    source = study.file.read_text(encoding="utf-8")
    other = re.sub(r'^id = ".*"', 'id = "other"', source, flags=re.MULTILINE)
    other = re.sub(r'^title = ".*"', 'title = "The other"', other, flags=re.MULTILINE)
    desk.posts("/staff/study", study=upload(other.encode()))
    answer = desk.posts("/staff/new", 400, **plan(title="Kept"))
    assert 'id="study-wrong"' in answer.text
    assert 'value="Kept"' in answer.text
    desk.posts("/staff/new", **plan(study="other"))
    (workshop,) = kari.workshops.all()
    assert 'id = "other"' in workshop.study


# --- open, count, close -------------------------------------------------------------------------
def test_kari_opens_watches_and_closes_with_a_headcount(
    desk: Desk, kari: Kari, amina: Visitor
) -> None:
    workshop = kari.plans()
    assert amina.gets(f"/w/{workshop.code}").h1 == "This workshop has not started yet."
    assert "planned" in words(desk.gets(here(workshop)))
    page = desk.does(here(workshop, "open"))
    assert "People can answer now" in words(page)
    for _ in range(3):
        amina.sends(workshop, ALL)
    amina.sends(workshop, {"outcome": "declined"})
    assert "3 sent" in words(desk.gets(here(workshop)))
    page = desk.does(here(workshop, "close"), present="5", said_no="1", left_early="")
    assert "Nobody can answer any more" in words(page)
    assert "3 sent of 5 present" in words(page)
    assert "Response rate: 60 %" in words(page)
    assert kari.workshops.get(workshop.code).headcount == Headcount(5, 1, None)
    assert amina.gets(f"/w/{workshop.code}", status=410).title.startswith("Error")
    assert amina.sends(workshop, ALL).status_code == 410


def test_a_headcount_may_stay_empty(desk: Desk, kari: Kari) -> None:
    workshop = kari.opens()
    page = desk.does(here(workshop, "close"), present="", said_no=" ")
    assert "Response rate" not in words(page)
    assert kari.workshops.get(workshop.code).headcount == Headcount()


@pytest.mark.parametrize("step", ["close", "headcount"])
def test_a_headcount_that_is_no_number_changes_nothing(step: str, desk: Desk, kari: Kari) -> None:
    workshop = kari.opens()
    if step == "headcount":
        kari.workshops.close(workshop.code)
    before = kari.workshops.get(workshop.code)
    for wrong in NO_NUMBERS:
        for name in ("present", "said_no", "left_early"):
            typed: dict[str, Any] = {"present": "18", name: wrong}
            answer = desk.posts(here(workshop, step), 400, **typed)
            assert "numbers only" in alert(Page(answer.text, dict(answer.headers)))
            assert kari.workshops.get(workshop.code) == before


@pytest.mark.parametrize("step", ["close", "headcount"])
def test_what_was_right_in_a_wrong_headcount_is_still_there(
    step: str, desk: Desk, kari: Kari
) -> None:
    workshop = kari.opens()
    if step == "headcount":
        kari.workshops.close(workshop.code)
    answer = desk.posts(here(workshop, step), 400, present="18", said_no="two", left_early="3")
    page = Page(answer.text, dict(answer.headers))
    typed = [field(page, name) for name in ("present", "said_no", "left_early")]
    assert typed == ["18", "two", "3"]


def test_the_heads_are_counted_anew_after_closing(desk: Desk, kari: Kari, amina: Visitor) -> None:
    workshop = kari.opens()
    amina.sends(workshop, ALL)
    desk.posts(here(workshop, "close"), present="4")
    page = desk.does(here(workshop, "headcount"), present="2", left_early="1")
    assert "The numbers are saved." in words(page)
    assert "Response rate: 50 %" in words(page)
    assert (field(page, "present"), field(page, "left_early")) == ("2", "1")


def test_more_answers_than_people_is_flagged(desk: Desk, kari: Kari, amina: Visitor) -> None:
    workshop = kari.opens()
    for _ in range(3):
        amina.sends(workshop, ALL)
    flag = "More was sent than people were there"
    assert flag not in words(desk.does(here(workshop, "close"), present="3"))
    assert flag in alert(desk.does(here(workshop, "headcount"), present="2"))
    assert flag in alert(desk.does(here(workshop, "headcount"), present="0"))


def test_the_list_shows_what_was_sent_and_how_many_were_there(
    desk: Desk, kari: Kari, amina: Visitor
) -> None:
    asked, counted = kari.opens(title="Amina's"), kari.opens(title="Counted")
    kari.plans(title="Next week", site="Bjørvika")
    for _ in range(11):
        amina.sends(counted, ALL)
    amina.sends(asked, ALL)
    desk.posts(here(counted, "close"), present="18")
    packs(kari, counted)
    page = desk.gets("/staff/")
    cells = [[page.text(cell) for cell in row.iter("td")] for row in page.all("tr")[1:]]
    names = [" ".join(row.itertext()) for row in page.all("th") if row.attrib["scope"] == "row"]
    listed = dict(zip(names, (row[1:] for row in cells), strict=True))
    assert listed == {
        "Amina's The library": ["open", "1", "–", "–"],
        "Counted The library": ["packed", "11", "18", "61 %"],
        "Next week Bjørvika": ["planned", "0", "–", "–"],
    }


def test_a_workshop_that_was_forgotten_closes_itself_and_can_be_opened_again(
    app: Flask, desk: Desk, kari: Kari, amina: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = kari.opens()
    hours_pass(app, monkeypatch, 2.9)
    assert "Close the workshop" in words(desk.gets(here(workshop)))
    assert amina.sends(workshop, ALL).status_code == 201
    hours_pass(app, monkeypatch, 3.1)
    page = desk.gets(here(workshop))
    assert "Pack for the researchers" in words(page)
    assert "Open it again" in words(page)
    assert amina.sends(workshop, ALL).status_code == 410
    amina.gets(f"/w/{workshop.code}", status=410)
    assert "People can answer now" in words(desk.does(here(workshop, "open")))
    assert amina.sends(workshop, ALL).status_code == 201


def test_it_can_be_opened_again_until_it_is_packed(desk: Desk, kari: Kari, amina: Visitor) -> None:
    workshop = kari.opens()
    desk.posts(here(workshop, "close"))
    assert "Open it again" in words(desk.gets(here(workshop)))
    desk.posts(here(workshop, "open"))
    assert amina.sends(workshop, ALL).status_code == 201
    desk.posts(here(workshop, "close"))
    page = desk.does(here(workshop, "pack"))
    assert "The sealed file is ready." in words(page)
    assert "Open it again" not in words(page)
    page = desk.does(here(workshop, "open"))
    assert "cannot be opened again" in words(page)
    assert kari.workshops.get(workshop.code).state == "closed"
    assert amina.sends(workshop, ALL).status_code == 410


# --- pack, download -----------------------------------------------------------------------------
def test_an_open_workshop_is_not_packed(desk: Desk, kari: Kari) -> None:
    workshop = kari.opens()
    page = desk.does(here(workshop, "pack"))
    assert "The sealed file is ready" not in words(page)
    assert kari.workshops.get(workshop.code).bundle is None
    assert kari.workshops.get(workshop.code).is_open


def test_kari_is_warned_while_a_screen_says_that_answers_wait_and_may_pack_anyway(
    app: Flask, desk: Desk, kari: Kari
) -> None:
    workshop = kari.opens()
    a_screen_says(app, workshop, 2)
    desk.posts(here(workshop, "close"))
    page = desk.gets(here(workshop))
    assert "Answers still wait on a screen" in words(page)
    assert "Pack without them" in words(page)
    page = desk.does(here(workshop, "pack"))
    assert "Answers still wait on a screen" in words(page)
    assert kari.workshops.get(workshop.code).bundle is None
    desk.posts(here(workshop, "pack"), anyway="yes")
    assert kari.workshops.get(workshop.code).bundle


def test_when_nothing_waits_any_more_there_is_no_warning(
    app: Flask, desk: Desk, kari: Kari
) -> None:
    workshop = kari.opens()
    a_screen_says(app, workshop, 2)
    a_screen_says(app, workshop, 0)
    desk.posts(here(workshop, "close"))
    assert "still wait" not in words(desk.gets(here(workshop)))
    assert "The sealed file is ready." in words(desk.does(here(workshop, "pack")))


def test_the_sealed_file_is_downloaded_as_it_is_and_lena_opens_it(
    desk: Desk, kari: Kari, amina: Visitor, lena: Lena, data: Path, tmp_path: Path
) -> None:
    workshop = kari.opens()
    amina.sends(workshop, ALL)
    desk.gets(here(workshop, "bundle"), status=404)
    desk.posts(here(workshop, "close"))
    desk.posts(here(workshop, "pack"))
    answer = desk.client.get(here(workshop, "bundle"), buffered=True)
    name = str(kari.workshops.get(workshop.code).bundle)
    assert answer.headers["Content-Disposition"] == f"attachment; filename={name}"
    assert answer.mimetype == "application/zip"
    assert answer.data == (data / "bundles" / name).read_bytes()
    assert answer.last_modified in (None, FIXED), "no time of an answer"
    assert "ETag" not in answer.headers
    saved = tmp_path / "saved" / name
    saved.parent.mkdir()
    saved.write_bytes(answer.data)
    assert [r.values for r in lena.collects(saved).responses()] == [(4,) * 15]


def test_a_sealed_file_that_was_moved_away_is_told(desk: Desk, kari: Kari, data: Path) -> None:
    workshop = packs(kari, kari.opens())
    shutil.rmtree(data / "bundles")
    page = desk.gets(here(workshop, "bundle"), status=404)
    assert "not on this computer any more" in page.h1


def test_what_comes_after_packing_makes_a_new_file_that_holds_everything(
    desk: Desk, kari: Kari, amina: Visitor, lena: Lena, data: Path
) -> None:
    workshop = kari.opens()
    amina.sends(workshop, ALL)
    packed = packs(kari, workshop)
    late = amina.sends(workshop, ALL | {"q01": 1, "screen": workshop.screen_key})
    assert late.status_code == 201
    assert "Something new has come since you packed" in words(desk.gets(here(workshop)))
    desk.posts(here(workshop, "pack"))
    assert kari.workshops.get(workshop.code).bundle != packed.bundle
    (bundle,) = (data / "bundles").iterdir()
    assert sorted(r.values[0] for r in lena.collects(bundle).responses()) == [1, 4]
    assert "Something new" not in words(desk.gets(here(workshop)))


# --- delete -------------------------------------------------------------------------------------
def test_deleting_is_asked_twice_and_says_what_is_lost(
    desk: Desk, kari: Kari, amina: Visitor, data: Path
) -> None:
    gone, stays = kari.opens(title="Gone"), kari.opens(title="Stays")
    for _ in range(3):
        amina.sends(gone, ALL)
    packs(kari, gone)
    (sealed,) = (data / "bundles").iterdir()
    (data / "bundles" / "left-by-a-power-cut.bundle.zip").write_bytes(sealed.read_bytes())
    page = desk.gets(here(gone, "delete"))
    assert "answers sent: 3" in words(page)
    assert "with the sealed file on this computer" in words(page)
    assert "Keep it" in words(page)
    assert "Are you really sure?" not in words(page)
    asked = desk.posts(here(gone, "delete"), 200)
    assert "Are you really sure?" in asked.text
    assert "answers sent: 3" in asked.text
    assert len(kari.workshops.all()) == 2
    page = desk.does(here(gone, "delete"), sure="yes")
    assert "Gone" not in words(page)
    assert list((data / "bundles").iterdir()) == []
    assert [workshop.code for workshop in kari.workshops.all()] == [stays.code]
    desk.gets(here(gone), status=404)
    amina.gets(f"/w/{gone.code}", status=404)
    for table in ("responses", "acknowledged", "tickets", "self_reports"):
        assert rows(data, f"SELECT * FROM {table} WHERE workshop = '{gone.id}'") == []  # noqa: S608 - names are ours


def test_only_a_yes_is_a_yes(desk: Desk, kari: Kari) -> None:
    workshop = kari.opens()
    for sure in ("", "no", "1", "YES"):
        desk.posts(here(workshop, "delete"), 200, sure=sure)
    assert kari.workshops.get(workshop.code) == workshop


def test_a_single_answer_cannot_be_found_or_deleted(app: Flask) -> None:
    """P20: a workshop goes as a whole; no address knows a response."""
    known = {name for rule in app.url_map.iter_rules() for name in rule.arguments}
    assert known == {"code", "tag", "key", "form", "name", "secret"}


# --- the self-report ----------------------------------------------------------------------------
FORMS = ("planning", "implementation", "evaluation")


def open_forms(desk: Desk, workshop: Workshop) -> list[str]:
    """Return which forms can be opened now; page and address must agree."""
    page = desk.gets(here(workshop))
    linked = [form for form in FORMS if here(workshop, f"report/{form}") in page.html]
    for form in FORMS:
        status = 200 if form in linked else 404
        desk.gets(here(workshop, f"report/{form}"), status=status)
        desk.posts(here(workshop, f"report/{form}"), 303 if form in linked else 404)
    return linked


def test_each_form_of_the_self_report_opens_in_its_time(
    desk: Desk, kari: Kari, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = kari.plans()
    assert open_forms(desk, workshop) == ["planning"]
    kari.workshops.open(workshop.code)
    assert open_forms(desk, workshop) == ["planning", "implementation"]
    kari.workshops.close(workshop.code)
    opens_on = date.today() + timedelta(weeks=1)
    assert f"opens on {opens_on.strftime('%b')} {opens_on.day}" in words(desk.gets(here(workshop)))
    for days, expected in ((6, 2), (7, 3), (28, 3), (400, 3)):
        days_pass(monkeypatch, days)
        assert open_forms(desk, workshop) == list(FORMS[:expected]), f"after {days} days"


def test_a_form_is_saved_unfinished_and_gone_on_with_later(
    desk: Desk, kari: Kari, data: Path
) -> None:
    workshop = kari.plans()
    form = here(workshop, "report/planning")
    page = desk.does(form, p5="12", p6="We drew <together>.\r\nAll of us.", p1_2="1")
    assert "You can go on later" in words(page)
    assert "begun" in words(page)
    report = SelfReports(data).of(workshop)["planning"]
    assert (report.finished, report.answers["p5"]) == (False, 12)
    assert report.answers["p6"] == "We drew <together>.\nAll of us."
    shown = desk.gets(form)
    assert (field(shown, "p5"), field(shown, "p6")) == ("12", "We drew <together>. All of us.")
    page = desk.does(form, p5="14", p6="", finish="yes")
    assert "Your report is saved" in words(page)
    assert "finished" in words(page)
    assert SelfReports(data).of(workshop)["planning"].answers == {"p5": 14}


def test_every_field_of_every_form_is_kept_and_shown_again(
    desk: Desk, kari: Kari, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop = kari.opens()
    days_pass(monkeypatch, 10)
    for form in FORMS:
        path = here(workshop, f"report/{form}")
        typed: dict[str, Any] = {}
        for element in [*desk.gets(path).all("input"), *desk.gets(path).all("textarea")]:
            name, kind = element.attrib["name"], element.attrib.get("type", "text")
            if kind in ("radio", "checkbox"):
                typed[name] = element.attrib["value"]
            elif kind == "text":
                typed[name] = "7" if "number" in element.attrib.get("class", "") else "Some words"
        desk.posts(path, **typed)
        page = desk.gets(path)
        assert len(typed) >= 8
        for name, value in typed.items():
            if name not in ("csrf", "then"):
                found = [i for i in page.all("input") if i.attrib.get("name") == name]
                chosen = [i.attrib["value"] for i in found if "checked" in i.attrib]
                assert value in (chosen or [field(page, name)]), (form, name)


def test_a_number_that_does_not_fit_is_shown_again_and_the_rest_is_kept(
    desk: Desk, kari: Kari, data: Path
) -> None:
    workshop = kari.opens()
    form = here(workshop, "report/planning")
    for wrong in ("twelve", "-3", "1.5", "9999999", HUGE):
        answer = desk.posts(form, 400, p5=wrong, p6="We drew.", p1_1="1", finish="yes")
        page = Page(answer.text, dict(answer.headers))
        assert page.title.startswith("Error: ")
        assert "The rest is saved" in alert(page)
        assert (field(page, "p5"), field(page, "p6")) == (wrong, "We drew.")
        marked = [i for i in page.all("input") if i.attrib.get("aria-invalid")]
        assert [i.attrib["name"] for i in marked] == ["p5"]
        assert any("checked" in i.attrib for i in page.all("input"))
        report = SelfReports(data).of(workshop)["planning"]
        assert (report.finished, report.answers["p6"]) == (False, "We drew.")


def test_an_unknown_form_and_an_answer_to_no_question_change_nothing(
    desk: Desk, kari: Kari, data: Path
) -> None:
    workshop = kari.opens()
    for form in ("workshop", "nothing", "..", "planning.toml"):
        desk.gets(here(workshop, f"report/{form}"), status=404)
    desk.posts(here(workshop, "report/planning"), nothing="1", q01="5")
    assert SelfReports(data).of(workshop)["planning"].answers == {}


def test_the_self_report_reaches_lena_and_stands_in_no_bundle_in_clear(
    desk: Desk, kari: Kari, lena: Lena
) -> None:
    workshop = kari.opens()
    desk.posts(here(workshop, "report/planning"), p6="Seldom-used-words", finish="yes")
    bundle = kari.closes(workshop)
    assert b"Seldom-used-words" not in bundle.read_bytes()
    assert "Seldom-used-words" in repr(lena.collects(bundle).reports())


# --- what is printed ----------------------------------------------------------------------------
def read_wifi(text: str) -> dict[str, str]:
    """Read a Wi-Fi code as phones do: fields end at a bare semicolon, a backslash escapes."""
    assert text.startswith("WIFI:")
    fields = re.findall(r"([A-Z]):((?:[^\\;]|\\.)*);", text.removeprefix("WIFI:"), re.DOTALL)
    return {name: re.sub(r"\\(.)", r"\1", value, flags=re.DOTALL) for name, value in fields}


@given(ssid=st.text(min_size=1, max_size=32), password=st.text(max_size=63))
def test_any_name_and_password_of_a_wifi_arrive_as_they_are(ssid: str, password: str) -> None:
    found = read_wifi(wifi_text(ssid, password))
    assert found["S"] == ssid
    assert found.get("P", "") == password
    assert found["T"] == ("WPA" if password else "nopass")


def test_the_five_signs_that_mean_something_are_escaped() -> None:
    assert wifi_text('a;b,c:d\\e"f', 'p;"\\,:') == (
        r"WIFI:T:WPA;S:a\;b\,c\:d\\e\"f;P:p\;\"\\\,\:;;"
    )
    assert wifi_text("Open house", "") == "WIFI:T:nopass;S:Open house;;"


@pytest.mark.parametrize("name", ["sheet", "wall"])
def test_sheet_and_wall_show_the_way_in_and_the_wifi_once_it_is_known(
    name: str, desk: Desk, kari: Kari, data: Path
) -> None:
    workshop = kari.opens(languages=["nb", "ar"])
    address = f"192.0.2.7:8080/w/{workshop.code}"
    page = desk.gets(here(workshop, name))
    assert qr_path(f"http://{address}").path in page.html
    assert address in words(page).replace(" ", "")
    assert "Join the Wi-Fi" not in words(page)
    ssid, password = 'Ka;ri"s', "a\\b:c,d"
    answer = desk.posts(here(workshop, "wifi"), wifi_name=ssid, wifi_password=password, back=name)
    assert answer.headers["Location"] == here(workshop, name)
    page = desk.gets(here(workshop, name))
    assert qr_path(wifi_text(ssid, password)).path in page.html
    assert ssid in words(page)
    assert password in words(page)
    shown = [e.attrib["lang"] for e in page.all("li") if "lang" in e.attrib]
    assert shown == ["nb", "ar"], "the invitation in every language of the workshop"
    assert workshop.screen_key not in page.html, "the screen's code is not for the wall"
    desk.posts(here(workshop, "wifi"), wifi_name="", wifi_password="", back=name)
    assert Settings(data).get("wifi_name") is None


def test_an_open_wifi_needs_no_password(desk: Desk, kari: Kari) -> None:
    workshop = kari.opens()
    desk.posts(here(workshop, "wifi"), wifi_name="Bibliotek gjest", wifi_password="")
    page = desk.gets(here(workshop, "sheet"))
    assert qr_path("WIFI:T:nopass;S:Bibliotek gjest;;").path in page.html


def test_kari_is_told_when_the_printed_address_is_not_right_any_more(
    app: Flask, desk: Desk, kari: Kari
) -> None:
    workshop = kari.opens()
    warning = "The address of this computer has changed"
    assert warning not in words(desk.gets(here(workshop)))
    desk.gets(here(workshop, "sheet"))
    assert warning not in words(desk.gets(here(workshop)))
    app.extensions["kiosk_url"] = lambda: "http://192.0.2.77:8080"
    assert warning in alert(desk.gets(here(workshop)))
    answer = desk.client.get(here(workshop, "status")).json
    assert answer
    assert answer["address"].startswith("http://192.0.2.77:8080/"), "the open page learns of it"
    desk.gets(here(workshop, "sheet"))
    assert warning not in words(desk.gets(here(workshop)))
    kari.workshops.close(workshop.code)
    app.extensions["kiosk_url"] = lambda: "http://192.0.2.8:8080"
    assert warning not in words(desk.gets(here(workshop))), "paper is no matter after the workshop"


# --- tickets ------------------------------------------------------------------------------------
def slips(page: Page) -> list[str]:
    return [page.text(e).replace(" ", "") for e in page.all("strong")
            if e.attrib.get("class") == "code"]  # fmt: skip


def test_kari_draws_tickets_that_are_shown_this_once(desk: Desk, kari: Kari) -> None:
    workshop = kari.opens(tickets=True)
    answer = desk.posts(here(workshop, "tickets"), 200, number="12")
    page = Page(answer.text, dict(answer.headers))
    drawn = slips(page)
    assert len(set(drawn)) == 12
    assert answer.headers["Cache-Control"] == "no-store"
    for ticket in drawn:
        assert set(ticket.lower()) <= set(ALPHABET)
        address = f"http://192.0.2.7:8080/w/{workshop.code}?ticket={ticket.lower()}"
        assert qr_path(address).path in page.html, "the code leads to the survey with the ticket"
    assert "12 drawn so far, 0 used" in words(desk.gets(here(workshop)))
    for name in ("", "sheet", "wall", "edit", "delete"):
        html = desk.gets(here(workshop, name)).html.lower()
        assert not [ticket for ticket in drawn if ticket.lower() in html]
    again = desk.posts(here(workshop, "tickets"), 200, number="3")
    assert not set(drawn) & set(slips(Page(again.text, dict(again.headers))))
    assert "15 drawn so far" in words(desk.gets(here(workshop)))


def test_a_number_of_tickets_that_makes_no_sense_draws_none(desk: Desk, kari: Kari) -> None:
    workshop = kari.opens(tickets=True)
    for number in ("", "0", "201", "-1", "many", "1.5", HUGE):
        page = desk.does(here(workshop, "tickets"), number=number)
        assert "Please say how many tickets" in words(page), number[:9]
    assert "0 drawn so far" in words(desk.gets(here(workshop)))


def test_a_workshop_without_tickets_draws_none(desk: Desk, kari: Kari, data: Path) -> None:
    workshop = kari.opens()
    assert "Draw tickets" not in words(desk.gets(here(workshop)))
    desk.posts(here(workshop, "tickets"), number="3")
    assert rows(data, "SELECT * FROM tickets") == []


# --- where there is nothing ---------------------------------------------------------------------
@pytest.mark.parametrize("code", ["xxxxx", "..", "%00", "a" * 200, "ትግርኛ"])
def test_a_workshop_that_is_not_there_has_no_page(code: str, desk: Desk, kari: Kari) -> None:
    kari.opens()
    for name in ("", "status", "edit", "sheet", "wall", "bundle", "delete", "report/planning"):
        answer = desk.client.get(f"/staff/w/{code}/{name}")
        assert answer.status_code in (404, 308), name
    for name in ("open", "close", "headcount", "pack", "delete", "screen", "edit", "tickets"):
        answer = desk.client.post(
            f"/staff/w/{code}/{name}", data={"csrf": desk.sign, "sure": "yes", "number": "3"}
        )
        assert answer.status_code == 404, name


def test_each_state_offers_just_its_next_step(desk: Desk, kari: Kari) -> None:
    workshop = kari.plans()
    steps = {
        "planned": "Open the workshop", "open": "Close the workshop",
        "closed": "Pack for the researchers", "packed": "Save a copy",
    }  # fmt: skip
    acts = {"planned": "open", "open": "close", "closed": "pack"}
    for state, step in steps.items():
        text = words(desk.gets(here(workshop)))
        assert state in text
        assert [one for one in steps.values() if one in text] == [step]
        if state in acts:
            desk.posts(here(workshop, acts[state]))


def test_the_page_leads_to_the_kiosk_screen_and_locks_the_staff_pages(
    desk: Desk, kari: Kari
) -> None:
    workshop = kari.opens()
    answer = desk.posts(here(workshop, "screen"))
    assert answer.headers["Location"] == f"/w/{workshop.code}/screen/{workshop.screen_key}"
    assert not desk.is_in(), "the person at the screen has no way into the staff pages"
    desk.signs_in()
    kari.workshops.close(workshop.code)
    answer = desk.posts(here(workshop, "screen"))
    assert answer.headers["Location"] == here(workshop)
    assert desk.is_in(), "a closed workshop has no screen to hand over"
