"""Kari chooses a PIN and comes in with it; Ola, and every web site, stay outside."""

from __future__ import annotations

import hashlib
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask

from kiosk.languages import LANGUAGES, STAFF_LANGUAGES
from kiosk.store.settings import Settings
from kiosk.store.workshop import Workshop
from kiosk.web.staff import pin as pin_module
from kiosk.web.staff.pin import COST, Pin, WeakPin, check_strength
from kiosk.web.throttle import FREE_TRIES, LONGEST_WAIT_SECONDS
from tests.cli import kiosk
from tests.conftest import PIN, SIGN, Desk, Kari, Visitor
from tests.test_translations import messages
from tests.translations import po_files
from tests.web import ALL, Clock, kept, packs, routes, shows_the_survey, staff_routes, words

WEAK = ["", "1", "12345", "aaaaaa", "111111", "ababab", "123456", "012345", "987654", "654321",
        "890123", "3210987", "x" * 129, "Kaffe"]  # fmt: skip
GOOD = ["250374", "kaffe og kaker", "Æøå ትግርኛ", "12345a", "x1 " * 40]
OTHER_SITES = ["http://evil.example", "null", "http://localhost:8081", "https://localhost",
               "http://127.0.0.1", "http://localhost.evil.example", ""]  # fmt: skip
TRAPS = [
    "http://evil.example", "//evil.example", "https:evil.example", "/\\evil.example", "\\\\evil",
    "/staff//evil.example", "/staff/\\evil.example", "javascript:alert(1)", "/w/abcde", "/",
    "/staff", "/staff.evil.example", "staff/", " /staff/", "/staff/\t/evil.example",
    "/staff/%2f%2fevil.example", "http:///staff/", "///staff/", "@evil.example",
    "\0//evil.example", "http://localhost@evil.example/staff/", "/staff/@evil.example",
]  # fmt: skip


@pytest.fixture
def stranger(app: Flask) -> Desk:
    """Another browser at the kiosk's own machine, that has not signed in."""
    return Desk(app.test_client())


@pytest.fixture
def clock(app: Flask, data: Path) -> Clock:
    """Lets the test say how long people wait."""
    clock = Clock()
    app.extensions["pin"] = Pin(Settings(data), clock)
    return clock


# --- the very first start -----------------------------------------------------------------------
def test_the_first_start_asks_kari_for_a_pin_twice_and_lets_her_in(stranger: Desk) -> None:
    page = stranger.gets("/staff/", follow_redirects=True)
    assert "Choose a PIN" in page.h1
    named = [i.attrib["name"] for i in page.all("input") if i.attrib["type"] == "password"]
    assert named == ["pin", "again"]
    assert stranger.chooses_pin().headers["Location"] == "/staff/"
    assert stranger.gets("/staff/").h1 == "Workshops"


def test_a_pin_that_anybody_would_guess_first_is_refused(app: Flask, stranger: Desk) -> None:
    for weak in WEAK:
        answer = stranger.posts("/staff/first", 200, pin=weak, again=weak)
        assert "too easy to guess" in answer.text, weak
        assert not app.extensions["pin"].is_chosen
        with pytest.raises(WeakPin):
            check_strength(weak)


def test_a_pin_may_be_digits_or_words_of_any_script(stranger: Desk, data: Path) -> None:
    for good in GOOD:
        Settings(data).set("pin", None)
        stranger.chooses_pin(good)
        stranger.signs_out()
        stranger.signs_in(good)
        assert stranger.is_in(), good


def test_two_pins_that_differ_are_none(app: Flask, stranger: Desk) -> None:
    answer = stranger.posts("/staff/first", 200, pin="kaffe og kaker", again="kaffe og kake")
    assert "The two are not the same" in answer.text
    assert "kaffe og" not in answer.text, "what was typed is not shown"
    assert not app.extensions["pin"].is_chosen
    assert not stranger.is_in()


def test_the_first_pin_is_the_only_one_that_is_chosen_so(desk: Desk, stranger: Desk) -> None:
    sent = stranger.posts("/staff/first", pin="ola was here", again="ola was here")
    assert sent.headers["Location"] == "/staff/sign-in"
    assert stranger.client.get("/staff/first").headers["Location"] == "/staff/sign-in"
    assert not stranger.is_in()
    desk.signs_out()
    desk.signs_in()


def test_before_a_pin_is_chosen_nobody_signs_in(stranger: Desk) -> None:
    for guess in ("", "none", "scrypt::", PIN):
        stranger.signs_in(guess, 403)
    assert not stranger.is_in()


def test_the_pin_is_kept_as_a_slow_hash_and_stands_nowhere(
    data: Path, stranger: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pin_module, "COST", COST)  # as it was before `quick_apps` made it cheap
    stranger.chooses_pin()
    kind, salt, digest = str(Settings(data).get("pin")).split(":")
    assert (kind, COST) == ("scrypt", 2**15)
    wanted = hashlib.scrypt(PIN.encode(), salt=bytes.fromhex(salt), n=2**15, r=8, p=1, maxmem=2**26)
    assert digest == wanted.hex()
    assert len(bytes.fromhex(salt)) >= 16
    cookie = stranger.client.get_cookie("kiosk_staff", path="/staff")
    assert cookie
    for path in data.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for secret in (PIN.encode(), PIN.encode("utf-16-le"), cookie.value.encode()):
                assert secret not in content, f"{path} holds {secret!r}"
            for digest_of in (hashlib.sha256, hashlib.md5, hashlib.sha1):
                assert digest_of(PIN.encode()).hexdigest().encode() not in content


def test_two_kiosks_with_one_pin_have_different_hashes() -> None:
    assert pin_module.hashed(PIN) != pin_module.hashed(PIN)


# --- signing in ---------------------------------------------------------------------------------
def test_kari_signs_in_and_lands_where_she_wanted_to_be(
    stranger: Desk, desk: Desk, kari: Kari
) -> None:
    wanted = f"/staff/w/{kari.plans().code}/sheet"
    asked = stranger.client.get(wanted).headers["Location"]
    assert asked == f"/staff/sign-in?then={wanted}"
    page = stranger.gets(asked)
    (then,) = (i.attrib["value"] for i in page.all("input") if i.attrib["name"] == "then"
               and i.attrib["value"] != "/staff/sign-in")  # fmt: skip
    assert stranger.posts("/staff/sign-in", pin=PIN, then=then).headers["Location"] == wanted
    assert stranger.is_in()


@pytest.mark.parametrize(
    "wrong", ["", " ", "kaffe og kake", "Kaffe og kaker", "kaffe og kaker ", "x" * 5000, "\0", "ö"]
)
def test_a_wrong_pin_is_told_and_not_shown(wrong: str, stranger: Desk, desk: Desk) -> None:
    answer = stranger.signs_in(wrong, 403)
    assert "This is not the PIN" in answer.text
    assert len(wrong) < 2 or wrong not in answer.text
    assert not stranger.is_in()


def test_a_page_that_only_a_script_asks_for_gets_a_word(stranger: Desk, desk: Desk) -> None:
    stranger.headers["Accept"] = "application/json"
    answer = stranger.client.post(
        "/staff/sign-in", data={"csrf": stranger.sign, "pin": "wrong"}, headers=stranger.headers
    )
    assert answer.status_code == 403
    assert "<" not in answer.text


def test_signing_in_gives_a_new_session_so_that_nobody_can_prepare_one(
    stranger: Desk, desk: Desk
) -> None:
    before, cookie = stranger.sign, stranger.client.get_cookie("kiosk_staff", path="/staff")
    stranger.signs_in()
    after = stranger.client.get_cookie("kiosk_staff", path="/staff")
    assert cookie
    assert after
    assert cookie.value != after.value
    assert stranger.sign != before


# --- guessing -----------------------------------------------------------------------------------
def test_after_five_wrong_tries_each_next_one_waits_longer_up_to_half_a_minute(
    clock: Clock, data: Path
) -> None:
    pin = Pin(Settings(data), clock)
    pin.choose(PIN)
    waits = []
    for _ in range(FREE_TRIES + 8):
        assert not pin.accepts("wrong guess")
        waits.append(pin.wait_seconds())
        clock.passes(pin.wait_seconds())
    assert waits == [0] * 4 + [1, 2, 4, 8, 16, 30, 30, 30, 30]
    pin.accepts("wrong guess")
    assert not pin.accepts(PIN), "too early: not even the right one"
    clock.passes(30)
    assert pin.accepts(PIN)
    assert pin.wait_seconds() == 0
    assert not pin.accepts("wrong guess")
    assert pin.wait_seconds() == 0, "after the right one all tries are free again"


def test_while_it_waits_not_even_the_right_pin_is_looked_at(
    clock: Clock, desk: Desk, stranger: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(FREE_TRIES - 1):
        stranger.signs_in("wrong guess", 403)
    stranger.signs_in("wrong guess", 429)
    looked_at: list[str] = []
    hashed = pin_module.hashed

    def looks(pin: str, salt: bytes | None = None) -> str:
        looked_at.append(pin)
        return hashed(pin, salt)

    monkeypatch.setattr(pin_module, "hashed", looks)
    clock.passes(0.9)
    answer = stranger.signs_in(PIN, 429)
    assert "Please wait 1 seconds" in answer.text
    assert looked_at == []
    assert not stranger.is_in()
    clock.passes(0.2)
    stranger.signs_in(PIN)
    assert looked_at == [PIN]
    assert stranger.is_in()


def test_after_ten_thousand_wrong_pins_kari_is_in_within_half_a_minute(
    clock: Clock, desk: Desk, stranger: Desk, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    pin: Pin = app.extensions["pin"]
    with monkeypatch.context() as quick:  # ten thousand hashes would take half an hour
        quick.setattr(pin_module, "hashed", lambda *_: "another hash")
        for number in range(10_000):
            assert not pin.accepts(f"guess {number}")
            assert pin.wait_seconds() <= LONGEST_WAIT_SECONDS
            clock.passes(pin.wait_seconds())
    assert clock() > 10_000 * 29, "all that took Ola three days and more"
    pin.accepts("and one more")
    assert pin.wait_seconds() == LONGEST_WAIT_SECONDS, "and the next guess waits as before"
    clock.passes(30)
    stranger.signs_in()
    assert stranger.is_in()


def test_guessing_does_not_throw_out_who_is_in(clock: Clock, desk: Desk, stranger: Desk) -> None:
    for _ in range(FREE_TRIES - 1):
        stranger.signs_in("wrong guess", 403)
    stranger.signs_in("wrong guess", 429)
    assert desk.is_in()


def test_guessing_the_old_pin_to_change_it_is_slowed_down_too(clock: Clock, desk: Desk) -> None:
    for _ in range(FREE_TRIES - 1):
        desk.posts("/staff/settings/pin", 403, old="wrong", pin="ny og god", again="ny og god")
    desk.posts("/staff/settings/pin", 429, old="wrong", pin="ny og god", again="ny og god")
    told = desk.posts("/staff/settings/pin", 429, old=PIN, pin="ny og god", again="ny og god")
    assert "Too many wrong tries" in told.text, "she is told to wait, not that her PIN is wrong"
    clock.passes(1)
    desk.posts("/staff/settings/pin", 200, old=PIN, pin="ny og god", again="ny og god")


# --- the cookie ---------------------------------------------------------------------------------
def test_the_cookie_is_for_the_staff_pages_alone_and_ends_with_the_browser(
    stranger: Desk,
) -> None:
    given = stranger.client.get("/staff/first").headers.getlist("Set-Cookie")
    given += stranger.chooses_pin().headers.getlist("Set-Cookie")
    assert len(given) == 2
    for cookie in given:
        flags = {flag.strip().lower() for flag in cookie.split(";")[1:]}
        assert flags == {"httponly", "samesite=strict", "path=/staff"}


def test_no_page_of_a_participant_or_of_a_kiosk_screen_has_a_cookie(
    app: Flask, kari: Kari, desk: Desk, ola: Visitor
) -> None:
    workshop = kari.opens()
    for route in routes(app, workshop):
        if route.path.startswith("/staff"):
            continue
        for client in (ola.client, desk.client):
            answer = client.open(route.path, method=route.method, data=ALL, buffered=True)
            assert answer.status_code < 500, route
            assert "Set-Cookie" not in answer.headers, route


# --- forms of other sites -----------------------------------------------------------------------
def forms(app: Flask, workshop: Workshop) -> list[str]:
    return [route.path for route in staff_routes(app, workshop) if route.method == "POST"]


@pytest.fixture
def workshop(kari: Kari) -> Workshop:
    """A workshop that every form could change."""
    return kari.opens(tickets=True)


def test_a_form_without_the_sign_of_its_own_session_changes_nothing(
    app: Flask, data: Path, desk: Desk, stranger: Desk, workshop: Workshop
) -> None:
    before, own, others = kept(data), desk.sign, stranger.sign
    wrong = [None, "", "x", others, own[:-1], own + "0", own.upper(), "ö", "0" * 64]
    for path in forms(app, workshop):
        for sign in wrong:
            answer = desk.posts(path, 400, csrf=sign, sure="yes", anyway="yes", pin=PIN, number="3",
                                language="nb", wifi_name="evil")  # fmt: skip
            assert "This page was open too long" in answer.text
            assert kept(data) == before, (path, sign)
        in_the_address = desk.client.post(f"{path}?csrf={own}", data={"sure": "yes"})
        assert in_the_address.status_code == 400, path
    assert kept(data) == before
    assert desk.is_in()


def test_a_form_of_another_site_changes_nothing_even_with_the_right_sign(
    app: Flask, data: Path, desk: Desk, workshop: Workshop
) -> None:
    before, sign = kept(data), desk.sign
    for origin in OTHER_SITES:
        for path in forms(app, workshop):
            answer = desk.client.post(path, data={"csrf": sign, "sure": "yes"},
                                      headers={"Origin": origin})  # fmt: skip
            assert answer.status_code == 400, (path, origin)
    assert kept(data) == before
    assert desk.is_in()


def test_a_form_of_our_own_pages_is_taken(desk: Desk, workshop: Workshop, kari: Kari) -> None:
    desk.headers["Origin"] = "http://localhost"
    desk.posts(f"/staff/w/{workshop.code}/close")
    assert kari.workshops.get(workshop.code).state == "closed"


def test_the_first_pin_too_is_taken_from_our_own_page_alone(app: Flask, stranger: Desk) -> None:
    stranger.posts("/staff/first", 400, csrf="", pin=PIN, again=PIN)
    stranger.headers["Origin"] = "http://evil.example"
    stranger.posts("/staff/first", 400, pin=PIN, again=PIN)
    assert not app.extensions["pin"].is_chosen


def test_after_signing_in_nobody_is_led_to_another_site(desk: Desk, stranger: Desk) -> None:
    leads_away = {}
    for then in TRAPS:
        for way, answer in {
            "by the form": stranger.posts("/staff/sign-in", pin=PIN, then=then),
            "by a link": stranger.client.get("/staff/sign-in", query_string={"then": then}),
            "with the language": stranger.posts("/staff/language", then=then, language="en"),
        }.items():
            place = urlsplit(urljoin("http://localhost/staff/sign-in", answer.location))
            assert answer.status_code == 303, (way, then)
            if place.netloc != "localhost" or not (answer.location or "").startswith("/staff/"):
                leads_away[way, then] = answer.location
    assert not leads_away


def test_a_broken_link_to_the_way_in_is_no_trouble(desk: Desk, stranger: Desk) -> None:
    """Line ends in an address cannot become headers, and break nothing."""
    for then in ("/staff/\r\nSet-Cookie: a=b", "/staff/\nx", "/staff/\r"):
        answer = stranger.client.get("/staff/sign-in", query_string={"then": then})
        assert answer.status_code == 200
        answer = stranger.posts("/staff/sign-in", pin=PIN, then=then)
        assert answer.location == "/staff/", then
        stranger.signs_out()


# --- leaving, and another PIN -------------------------------------------------------------------
def test_signing_out_ends_the_sessions_of_every_browser(desk: Desk, stranger: Desk) -> None:
    stranger.signs_in()
    assert stranger.is_in()
    assert desk.signs_out().headers["Location"] == "/staff/sign-in"
    assert not desk.is_in()
    assert not stranger.is_in()
    assert "Sign out" not in desk.gets("/staff/sign-in").html


def test_a_kiosk_that_starts_anew_remembers_who_was_in_and_who_was_out(
    desk: Desk, data: Path, app: Flask
) -> None:
    old = desk.client.get_cookie("kiosk_staff", path="/staff")
    assert old
    sessions = type(app.extensions["sessions"])
    again = sessions(Settings(data)).read(old.value)
    assert again
    assert again.signed_in
    desk.signs_out()
    assert sessions(Settings(data)).read(old.value) is None


def test_kari_changes_the_pin_and_other_browsers_must_sign_in_again(
    desk: Desk, stranger: Desk
) -> None:
    stranger.signs_in()
    assert "Change the PIN" in words(desk.gets("/staff/settings/"))
    answer = desk.posts("/staff/settings/pin", 200, old=PIN, pin="ny og god", again="ny og god")
    assert "The PIN is changed." in answer.text
    assert desk.is_in()
    assert not stranger.is_in()
    stranger.signs_in(PIN, 403)
    stranger.signs_in("ny og god")
    assert stranger.is_in()


@pytest.mark.parametrize(
    ("old", "pin", "again", "status", "told"),
    [
        ("wrong", "ny og god", "ny og god", 403, "not the PIN"),
        (PIN, "ny og god", "ny og gud", 400, "not the same"),
        (PIN, "123456", "123456", 400, "too easy to guess"),
    ],
)
def test_a_change_that_is_not_right_leaves_the_pin_as_it_was(
    old: str, pin: str, again: str, status: int, told: str, desk: Desk, stranger: Desk
) -> None:
    stranger.signs_in()
    answer = desk.posts("/staff/settings/pin", status, old=old, pin=pin, again=again)
    assert told in answer.text
    assert stranger.is_in()
    desk.signs_out()
    desk.signs_in()


def test_a_forgotten_pin_is_forgotten_at_the_machine_and_a_new_one_chosen(
    desk: Desk, stranger: Desk, data: Path
) -> None:
    assert "kiosk staff forget-pin" in stranger.gets("/staff/sign-in").html
    told = kiosk("staff", "forget-pin", "--data", data)
    assert (told.code, told.err) == (0, "")
    assert kiosk("staff", "forget-pin", "--data", data, "--json").json == {"forgotten": True}
    assert Settings(data).get("pin") is None
    stranger.chooses_pin("ny og god")
    assert stranger.is_in()


def test_with_a_forgotten_pin_nobody_stays_in_who_came_with_it(desk: Desk, data: Path) -> None:
    kiosk("staff", "forget-pin", "--data", data)
    assert not desk.is_in()


# --- the language of the staff pages ------------------------------------------------------------
def english_only(tag: str) -> list[str]:
    """Return the sentences that a page in this language must not hold."""
    both = messages(po_files("staff")[tag])
    return [
        text for text, translated in both.items()
        if len(text) > 7 and "%" not in text and not any(text in other for other in both.values())
    ]  # fmt: skip


@pytest.mark.parametrize("tag", [tag for tag in STAFF_LANGUAGES if tag != "en"])
def test_each_staff_page_is_wholly_in_the_chosen_language(
    tag: str, app: Flask, desk: Desk, kari: Kari
) -> None:
    opened, packed = kari.opens(title="1", tool="2", tickets=True), packs(kari, kari.opens())
    desk.posts("/staff/language", language=tag)
    english = english_only(tag)
    assert len(english) > 100
    for workshop in (opened, packed):
        for route in staff_routes(app, workshop):
            answer = desk.client.get(route.path, buffered=True)
            if shows_the_survey(route):
                continue
            if answer.status_code == 200 and answer.mimetype == "text/html":
                page = desk.gets(route.path)
                assert page.tree.attrib["lang"] == tag, route
                shown = " ".join(page.text(part) for part in page.all("body"))
                # Participants are invited in all their languages; some of those have English words.
                invited = " ".join(page.text(one) for one in page.all("li") if "lang" in one.attrib)
                staffs = [text for text in english if text not in invited]
                mixed = [text for text in staffs if text in shown.split("'use strict'")[0]]
                assert not mixed, (route, mixed)


@pytest.mark.parametrize("tag", STAFF_LANGUAGES)
def test_errors_and_the_way_in_are_in_the_language_too(tag: str, desk: Desk) -> None:
    desk.posts("/staff/language", language=tag)
    catalogue = messages(po_files("staff")[tag]) if tag != "en" else {}

    def said(text: str) -> str:
        return " ".join(catalogue.get(text, text).split())

    gone = desk.gets("/staff/w/xxxxx/", status=404)
    assert gone.tree.attrib["lang"] == tag
    assert gone.h1 == said("This page is not here.")
    stale = desk.posts("/staff/sign-out", 400, csrf="")
    assert said("This page was open too long.") in stale.text
    desk.signs_out()
    page = desk.gets("/staff/sign-in")
    assert page.tree.attrib["lang"] == tag
    assert page.h1 == said("Staff: please give the PIN")
    wrong = desk.signs_in("wrong", 403)
    assert said("This is not the PIN. Please try once more.") in " ".join(wrong.text.split())


def test_the_language_is_remembered_for_the_kiosk_and_not_for_the_browser(
    desk: Desk, stranger: Desk, data: Path
) -> None:
    stranger.headers["Accept-Language"] = "fr"
    assert stranger.gets("/staff/sign-in").tree.attrib["lang"] == "fr", "until somebody chooses"
    desk.posts("/staff/language", language="nb")
    desk.signs_out()
    assert stranger.gets("/staff/sign-in").tree.attrib["lang"] == "nb"
    assert Settings(data).get("language") == "nb"


@pytest.mark.parametrize("tag", ["", "ar", "xx", "../en", "NB"])
def test_a_language_that_is_not_offered_changes_nothing(tag: str, desk: Desk) -> None:
    desk.posts("/staff/language", language="da")
    desk.posts("/staff/language", language=tag)
    assert desk.gets("/staff/").tree.attrib["lang"] == "da"


def test_all_staff_languages_are_offered_by_their_own_names(desk: Desk) -> None:
    buttons = [b for b in desk.gets("/staff/").all("button") if b.attrib.get("name") == "language"]
    offered = {b.attrib["value"]: "".join(b.itertext()).strip() for b in buttons}
    assert offered == {tag: LANGUAGES[tag].endonym for tag in STAFF_LANGUAGES}
    for button in buttons:
        assert button.attrib["lang"] == button.attrib["value"]


def test_the_language_can_be_changed_on_every_page_that_is_shown(
    desk: Desk, kari: Kari, app: Flask
) -> None:
    """Also on a page that tells what was wrong with a form."""
    workshop = kari.opens(tickets=True)
    wrong = {
        "/staff/settings/pin": 403, f"/staff/w/{workshop.code}/close": 400,
        "/staff/new": 400, "/staff/study": 400, f"/staff/w/{workshop.code}/tickets": 200,
        f"/staff/w/{workshop.code}/delete": 200,
    }  # fmt: skip
    lost = {}
    for path, status in wrong.items():
        shown = desk.posts(path, status, present="many", number="2").text
        then = shown.split('name="then" value="')[1].split('"')[0]
        there = desk.posts("/staff/language", language="nb", then=then).headers["Location"]
        answer = desk.client.get(there)
        if answer.status_code != 200:
            lost[path] = answer.status_code
    assert not lost


def test_every_page_that_staff_see_has_a_form_with_the_sign(
    app: Flask, desk: Desk, kari: Kari
) -> None:
    for route in staff_routes(app, packs(kari, kari.opens())):
        answer = desk.client.get(route.path, buffered=True)
        printed = "/wall" in route.path or "/paper/sheets/" in route.path
        if answer.status_code == 200 and answer.mimetype == "text/html" and not printed:
            assert SIGN.search(answer.text), route
