"""A tablet becomes a kiosk screen: it holds all it needs, and what it kept is still taken later."""

from __future__ import annotations

import json
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from kiosk.languages import LANGUAGES
from kiosk.store.workshop import Workshop
from kiosk.web.screens import FORGOTTEN_SECONDS, MOST, QUIET_SECONDS, Screen, Screens
from tests.browser.listener import gives_clips
from tests.conftest import Desk, Kari, Lena, Visitor
from tests.page import Page
from tests.web import ALL, Clock, packs, words

WRONG_KEYS = ["x", "x" * 22, "", "..", "%00", "%ff", "ትግርኛ", "thanks", "status"]


@pytest.fixture
def workshop(kari: Kari) -> Workshop:
    return kari.opens()


@pytest.fixture
def clock(app: Flask) -> Clock:
    """Lets seconds pass for what the kiosk knows of its screens."""
    clock = Clock()
    app.extensions["screens"] = Screens(clock)
    return clock


def shell_of(workshop: Workshop, key: str | None = None) -> str:
    return f"/w/{workshop.code}/screen/{workshop.screen_key if key is None else key}"


def unpacked(page: Page) -> dict[str, str]:
    """Return tag -> document of all that a screen's page holds, as its script unpacks it."""
    (packed,) = (e for e in page.all("script") if e.attrib.get("id") == "pack")
    pack = json.loads(packed.text or "")
    return {
        tag: re.sub("\0(\\d+)\0", lambda found: pack["pieces"][int(found[1])], text)
        for tag, text in pack["documents"].items()
    }


def tells(
    visitor: Visitor, workshop: Workshop, key: str | None = None, **word: Any
) -> TestResponse:
    """Send what a screen says of itself every ten seconds."""
    said = {"screen": "a tablet", "waiting": "0"} | word
    return visitor.client.post(f"{shell_of(workshop, key)}/status", data=said)


# --- what it holds ------------------------------------------------------------------------------
def test_one_page_holds_every_language_and_each_is_a_whole_page(
    workshop: Workshop, amina: Visitor
) -> None:
    page = amina.gets(shell_of(workshop))
    documents = unpacked(page)
    assert set(documents) == {"", *LANGUAGES}
    assert not any("\0" in text for text in documents.values())
    for tag, text in documents.items():
        inside = Page(text, page.headers)
        assert inside.tree.attrib["lang"] == (tag or "en")
        assert "submission_id" not in text or 'name="submission_id" value=""' in text
    start = Page(documents[""], page.headers)
    assert [a.attrib["hreflang"] for a in start.all("a") if "hreflang" in a.attrib] == [*LANGUAGES]


@pytest.mark.parametrize("tag", ["en", "ar", "ti"])
def test_a_document_of_the_screen_is_the_phones_page_with_a_timer_and_a_hand_over(
    tag: str, workshop: Workshop, amina: Visitor
) -> None:
    page = amina.gets(shell_of(workshop))
    inside, phone = (
        Page(unpacked(page)[tag], page.headers), amina.gets(f"/w/{workshop.code}/{tag}")
    )  # fmt: skip
    for name in ("legend", "h1", "h2"):
        theirs = [phone.text(e) for e in phone.all(name)]
        ours = [inside.text(e) for e in inside.all(name)]
        assert [text for text in ours if text in theirs] == theirs, name
    hidden = {i.attrib["name"]: i.attrib["value"] for i in inside.all("input")
              if i.attrib.get("type") == "hidden"}  # fmt: skip
    assert hidden == {"submission_id": "", "screen": workshop.screen_key}
    assert [d.attrib["id"] for d in inside.all("dialog")] == ["idle"]
    assert phone.all("dialog") == []
    assert len([b for b in inside.all("button") if "data-next-person" in b.attrib]) == 2
    assert "data-next-person" not in "".join(phone.html.split("<script>")[:1])


def test_the_start_page_of_the_screen_shows_the_way_for_ones_own_phone(
    workshop: Workshop, amina: Visitor
) -> None:
    text = unpacked(amina.gets(shell_of(workshop)))[""]
    assert f"192.0.2.7:8080/w/{workshop.code}" in text
    assert workshop.screen_key not in text, "but not the way to become a screen"


def test_the_consent_tells_the_limit_where_there_is_one(kari: Kari, amina: Visitor) -> None:
    """A36: the time limit is told at the start; none is told on one's own phone (A34)."""
    limited, patient = kari.opens(idle_minutes=5), kari.opens(idle_minutes=0)

    def consent(html: str) -> str:
        return html.split('class="consent"')[1].split("</ul>")[0]

    told = unpacked(amina.gets(shell_of(limited)))["en"]
    assert "<bdi>5</bdi>" in consent(told)
    phone = amina.gets(f"/w/{limited.code}/en").html
    assert consent(phone) == consent(unpacked(amina.gets(shell_of(patient)))["en"])
    assert len(consent(told)) > len(consent(phone))
    assert 'data-idle-minutes="5"' in amina.gets(shell_of(limited)).html
    assert 'data-idle-minutes="0"' in amina.gets(shell_of(patient)).html


def test_only_the_offered_languages_are_packed(kari: Kari, amina: Visitor) -> None:
    workshop = kari.opens(languages=["nb", "ar"])
    assert set(unpacked(amina.gets(shell_of(workshop)))) == {"", "nb", "ar"}


def test_what_the_facilitator_types_cannot_break_out_of_the_pack(
    kari: Kari, amina: Visitor
) -> None:
    evil = "</script><script>alert(1)</script><!-- \\u0000 '"
    workshop = kari.opens(title=evil, tool=evil)
    page = amina.gets(shell_of(workshop))
    assert "<script>alert" not in page.html
    assert all("<script>alert" not in text for text in unpacked(page).values())


def test_a_browser_may_keep_the_page_for_itself_and_nobody_else_may(
    workshop: Workshop, amina: Visitor
) -> None:
    headers = amina.client.get(shell_of(workshop)).headers
    assert headers["Cache-Control"] == "private, max-age=604800"
    assert "Set-Cookie" not in headers
    assert "ETag" not in headers
    status = tells(amina, workshop)
    assert status.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in status.headers


def test_the_frame_around_it_speaks_the_staffs_language(
    workshop: Workshop, desk: Desk, amina: Visitor
) -> None:
    desk.posts("/staff/language", language="nb")
    page = amina.gets(shell_of(workshop))
    assert page.tree.attrib["lang"] == "nb"
    assert set(unpacked(page)) == {"", *LANGUAGES}


def test_on_a_tablet_there_is_no_way_to_the_staff_pages(workshop: Workshop, amina: Visitor) -> None:
    tablet = amina.gets(shell_of(workshop), environ_base={"REMOTE_ADDR": "192.0.2.44"})
    assert "/staff" not in tablet.html.split('<script type="application/json"')[0]
    assert f"/staff/w/{workshop.code}/" in amina.gets(shell_of(workshop)).html


# --- the key ------------------------------------------------------------------------------------
def test_without_the_key_there_is_nothing_as_if_there_were_no_workshop(
    workshop: Workshop, kari: Kari, amina: Visitor
) -> None:
    other = kari.opens(title="Another")
    nothing = amina.client.get("/w/xxxxx/screen/x")
    assert nothing.status_code == 404
    key = workshop.screen_key
    wrong = [*WRONG_KEYS, other.screen_key, key[:-1], key + "x", key.swapcase(), workshop.code,
             workshop.exit_code, workshop.id]  # fmt: skip
    for one in wrong:
        answer = amina.client.get(shell_of(workshop, one), follow_redirects=True)
        assert answer.status_code == 404, one
        assert workshop.title not in answer.text
        status = amina.client.post(f"{shell_of(workshop, one)}/status", data={"screen": "a"})
        assert status.status_code in (404, 405), one
    assert amina.client.get(shell_of(workshop, wrong[0])).text == nothing.text


def test_the_key_stands_on_no_page_that_a_phone_can_see(
    workshop: Workshop, kari: Kari, amina: Visitor
) -> None:
    start = f"/w/{workshop.code}"
    for path in ("/", start, f"{start}/en", f"{start}/en/thanks", shell_of(workshop, "x")):
        answer = amina.client.get(path)
        assert workshop.screen_key not in answer.text, path
        assert f'"{workshop.exit_code}"' not in answer.text, path


# --- what a screen kept -------------------------------------------------------------------------
def test_what_a_screen_kept_is_taken_after_closing_and_after_packing(
    workshop: Workshop, kari: Kari, amina: Visitor, lena: Lena
) -> None:
    key = {"screen": workshop.screen_key}
    assert amina.sends(workshop, ALL | key).status_code == 201
    kari.workshops.close(workshop.code)
    assert amina.sends(workshop, ALL | key, submission_id="late" * 6).status_code == 201
    packs(kari, workshop)
    assert amina.sends(workshop, ALL | key).status_code == 201
    assert amina.sends(workshop, ALL | key, submission_id="late" * 6).status_code == 200
    assert amina.sends(workshop, {"outcome": "declined"} | key).status_code == 201
    assert amina.sends(workshop, {"outcome": "timed_out"} | key).status_code == 201
    assert kari.workshops.get(workshop.code).sent == 3
    assert len(lena.collects(kari.closes(workshop))) == 3


def test_without_the_key_or_with_a_wrong_one_nothing_late_is_taken(
    workshop: Workshop, kari: Kari, amina: Visitor
) -> None:
    other = kari.opens(title="Another")
    keys = ["", "x", workshop.screen_key[:-1], workshop.screen_key + " ", other.screen_key, "ö"]
    kari.workshops.close(workshop.code)
    for state in ("closed", "packed"):
        if state == "packed":
            packs(kari, workshop)
        for key in keys:
            for answers in (ALL, {"outcome": "declined"}):
                answer = amina.sends(workshop, answers | {"screen": key})
                assert answer.status_code == 410, (state, key)
        assert amina.sends(workshop, ALL).status_code == 410
        twice = [*ALL.items(), ("screen", workshop.screen_key), ("screen", "x")]
        assert amina.sends(workshop, twice).status_code == 400
    assert kari.workshops.get(workshop.code).sent == 0
    assert kari.workshops.get(workshop.code).counters["declined"] == 0


def test_before_the_workshop_is_open_not_even_a_screen_may_send(kari: Kari, amina: Visitor) -> None:
    planned = kari.plans()
    answer = amina.sends(planned, ALL | {"screen": planned.screen_key})
    assert answer.status_code == 410
    assert kari.workshops.get(planned.code).sent == 0


def test_nobody_but_a_screen_says_that_somebody_walked_away(
    workshop: Workshop, kari: Kari, amina: Visitor
) -> None:
    for key in ({}, {"screen": "x"}, {"screen": ""}):
        answer = amina.sends(workshop, {"outcome": "timed_out"} | key)
        assert answer.status_code == 400
    assert kari.workshops.get(workshop.code).counters["timed_out"] == 0
    walked = {"outcome": "timed_out", "screen": workshop.screen_key}
    assert amina.sends(workshop, walked, submission_id="w" * 24).status_code == 201
    assert amina.sends(workshop, walked, submission_id="w" * 24).status_code == 200
    counters = kari.workshops.get(workshop.code).counters
    assert (counters["timed_out"], sum(counters.values())) == (1, 1)


def test_of_who_walked_away_no_answer_is_kept(
    workshop: Workshop, kari: Kari, amina: Visitor, lena: Lena
) -> None:
    walked = {"outcome": "timed_out", "screen": workshop.screen_key} | ALL
    assert amina.sends(workshop, walked).status_code == 201
    assert len(lena.collects(kari.closes(workshop))) == 0


# --- what it says of itself ---------------------------------------------------------------------
def test_the_kiosk_knows_how_many_answers_wait_on_each_screen_and_which_is_near(
    app: Flask, workshop: Workshop, amina: Visitor, clock: Clock, desk: Desk
) -> None:
    screens: Screens = app.extensions["screens"]
    tells(amina, workshop, screen="one", waiting="3")
    clock.passes(QUIET_SECONDS / 2)
    tells(amina, workshop, screen="two", waiting="0")
    assert screens.of(workshop.id) == [Screen(1, 3, is_near=True), Screen(2, 0, is_near=True)]
    clock.passes(QUIET_SECONDS / 2 + 1)
    assert screens.of(workshop.id) == [Screen(1, 3, is_near=False), Screen(2, 0, is_near=True)]
    shown = words(desk.gets(f"/staff/w/{workshop.code}/"))
    assert "Screen 1: answers waiting: 3 · out of reach just now" in shown
    assert "Screen 2: nothing waits" in shown
    assert "3 wait on a kiosk screen" in shown
    tells(amina, workshop, screen="one", waiting="1")
    status = desk.client.get(f"/staff/w/{workshop.code}/status").json
    assert status
    assert (status["waiting"], status["screens"]) == (1, 2)


def test_a_screen_that_leaves_is_forgotten_and_no_other_takes_its_number(
    app: Flask, workshop: Workshop, amina: Visitor, clock: Clock
) -> None:
    screens: Screens = app.extensions["screens"]
    for name in ("one", "two"):
        tells(amina, workshop, screen=name)
    tells(amina, workshop, screen="one", leaves="1")
    assert [screen.number for screen in screens.of(workshop.id)] == [2]
    tells(amina, workshop, screen="three")
    numbers = [screen.number for screen in screens.of(workshop.id)]
    assert len(set(numbers)) == 2, "two screens with one number cannot be told apart"


def test_the_screens_of_one_workshop_are_not_those_of_another(
    app: Flask, workshop: Workshop, kari: Kari, amina: Visitor, clock: Clock
) -> None:
    other = kari.opens(title="Another")
    tells(amina, workshop, waiting="2")
    screens: Screens = app.extensions["screens"]
    assert len(screens.of(workshop.id)) == 1
    assert screens.of(other.id) == []


def test_a_forged_word_counts_nothing(
    app: Flask, workshop: Workshop, kari: Kari, amina: Visitor, clock: Clock
) -> None:
    screens: Screens = app.extensions["screens"]
    other = kari.opens(title="Another")
    for key in ("x", other.screen_key, workshop.screen_key[:-1], ""):
        answer = tells(amina, workshop, key, waiting="9999")
        assert answer.status_code in (404, 405)
    for word in ({"waiting": "-1"}, {"waiting": "many"}, {"waiting": "99999"}, {"waiting": ""},
                 {"screen": ""}, {"screen": "x" * 65}, {"waiting": "9" * 5000}):  # fmt: skip
        assert tells(amina, workshop, **word).status_code == 200
    assert screens.of(workshop.id) == screens.of(other.id) == []


def test_no_more_than_fifty_screens_are_remembered(
    app: Flask, workshop: Workshop, amina: Visitor, clock: Clock
) -> None:
    screens: Screens = app.extensions["screens"]
    for number in range(MOST + 20):
        assert tells(amina, workshop, screen=f"s{number}", waiting="1").status_code == 200
    assert len(screens.of(workshop.id)) == MOST == 50
    tells(amina, workshop, screen="s0", waiting="7")
    assert screens.of(workshop.id)[0].waiting == 7, "those that are known are still heard"


def test_the_screen_hears_whether_its_workshop_is_open(
    workshop: Workshop, kari: Kari, amina: Visitor
) -> None:
    def state() -> str:
        answer = tells(amina, workshop).json
        assert answer
        assert set(answer) == {"state", "edition"}, "and nothing else: no count, no name"
        return str(answer["state"])

    assert state() == "open"
    kari.workshops.close(workshop.code)
    assert state() == "closed"
    kari.workshops.open(workshop.code)
    assert state() == "open"
    packs(kari, workshop)
    assert state() == "closed"


def test_a_screen_of_a_deleted_workshop_hears_that_there_is_none(
    workshop: Workshop, kari: Kari, amina: Visitor
) -> None:
    kari.workshops.delete(workshop)
    assert tells(amina, workshop).status_code == 404
    late = amina.sends(workshop, ALL | {"screen": workshop.screen_key})
    assert late.status_code in (404, 410)


# --- the edition --------------------------------------------------------------------------------
def edition_of(visitor: Visitor, workshop: Workshop) -> str:
    """Return the edition, which page and status must agree on."""
    answer = tells(visitor, workshop).json
    assert answer
    body = visitor.gets(shell_of(workshop)).all("body")[0]
    assert body.attrib["data-edition"] == answer["edition"]
    return str(answer["edition"])


def test_a_mended_plan_is_a_new_edition_of_the_screens_page(
    workshop: Workshop, kari: Kari, amina: Visitor, desk: Desk
) -> None:
    plan = {
        "title": "Draw", "site": "Here", "tool": "", "day": "2099-05-31", "time": "12:00",
        "languages": ["en", "ar"], "idle_minutes": "3",
    }  # fmt: skip
    changes: list[dict[str, Any]] = [
        {}, {"title": "Paint"}, {"tool": "Krita"}, {"languages": ["en"]}, {"idle_minutes": "10"},
        {"tickets": "1"}, {"site": "There"}, {"time": "13:00"},
    ]  # fmt: skip
    seen = [edition_of(amina, workshop)]
    for change in changes:
        desk.posts(f"/staff/w/{workshop.code}/edit", **plan | change)
        seen.append(edition_of(amina, workshop))
    assert len(set(seen)) == len(seen)


def test_what_people_send_and_what_staff_count_is_no_new_edition(
    workshop: Workshop, kari: Kari, amina: Visitor, desk: Desk
) -> None:
    before = edition_of(amina, workshop)
    amina.sends(workshop, ALL)
    desk.gets(f"/staff/w/{workshop.code}/sheet")
    desk.posts(f"/staff/w/{workshop.code}/close", present="3")
    assert edition_of(amina, workshop) == before


def test_a_new_clip_is_a_new_edition(kari: Kari, amina: Visitor) -> None:
    workshop = kari.opens()
    before = edition_of(amina, workshop)
    gives_clips(kari.workshops.data, ("ar",))
    assert edition_of(amina, workshop) != before


def test_two_workshops_have_editions_of_their_own(kari: Kari, amina: Visitor) -> None:
    ends_at = datetime.now() + timedelta(hours=2)
    first, second = kari.opens(ends_at=ends_at), kari.opens(ends_at=ends_at, title="Another")
    assert edition_of(amina, first) != edition_of(amina, second)


def test_screens_of_workshops_long_over_are_forgotten_but_none_on_which_answers_wait() -> None:
    clock = Clock()
    screens = Screens(clock)
    screens.hear("over", "tablet", 0)
    screens.hear("waits", "tablet", 2)
    clock.passes(FORGOTTEN_SECONDS + 1)
    assert len(screens.of("over")) == 1, "until there is another"
    screens.hear("new", "tablet", 0)
    assert screens.of("over") == []
    assert [one.waiting for one in screens.of("waits")] == [2]
    assert set(screens._numbers) == {"waits", "new"}
