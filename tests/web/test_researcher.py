"""Lena comes in with her key alone; when she goes, nothing that was opened is left."""

from __future__ import annotations

import io
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from flask import Flask

from kiosk.opening import keys
from kiosk.opening.keys import new_identity, words
from kiosk.opening.new_study import NewStudy
from kiosk.web.doors import DOORS, door_of
from kiosk.web.researcher.keyring import key_here
from kiosk.web.researcher.room import Room, sweep
from kiosk.web.throttle import FREE_TRIES
from tests.cli import kiosk
from tests.conftest import PASSPHRASE
from tests.study import recovery_words, too_much_work
from tests.web import Clock, alert
from tests.web.researcher import HOME, Lena, door, hold_workshops, rooms

FIFTEEN_MINUTES = 15 * 60
LAN, EVIL = "192.0.2.7", "evil.example"


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory, study: NewStudy) -> Path:
    return hold_workshops(tmp_path_factory.mktemp("sites"), study)


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def app(data: Path, bundles: Path, clock: Clock) -> Iterator[Flask]:
    app = door(data, bundles, clock=clock)
    yield app
    app.extensions["desk"].forget()


@pytest.fixture
def lena(app: Flask, study: NewStudy) -> Lena:
    return Lena(app.test_client(), study=study)


# --- coming in ----------------------------------------------------------------------------------
def test_lena_comes_in_with_her_key_file_and_its_passphrase(lena: Lena, study: NewStudy) -> None:
    page = lena.gets(HOME, follow_redirects=True)
    assert "open the key" in page.h1
    lena.shows_file(study.key.read_bytes(), PASSPHRASE)
    assert lena.waits().h1 == "The study"
    for file in rooms()[0].rglob("*"):
        assert not file.is_file() or study.key.read_bytes() not in file.read_bytes()


def test_lena_comes_in_with_the_words_of_the_recovery_sheet(lena: Lena, study: NewStudy) -> None:
    page = lena.comes_in()
    assert page.h1 == "The study"
    assert oct(stat.S_IMODE(rooms()[0].stat().st_mode)) == "0o700"


def test_a_computer_too_busy_for_the_key_says_so(
    lena: Lena, study: NewStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "PAUSE_SECONDS", 0)
    for _ in range(FREE_TRIES + 1):  # none of them is a wrong try
        page = lena.shows_file(too_much_work(study.key.read_bytes()), PASSPHRASE, 503)
        assert "too busy to open the key" in page.text


def test_where_the_key_lies_on_the_computer_the_passphrase_is_enough(
    data: Path, bundles: Path, study: NewStudy
) -> None:
    folder = data / "my-study"
    folder.mkdir(parents=True)
    (folder / "identity.age").write_bytes(study.key.read_bytes())
    assert key_here(data) == folder / "identity.age"
    lena = Lena(door(data, bundles, key=key_here(data)).test_client(), study=study)
    assert "identity.age" in lena.gets(f"{HOME}sign-in").html
    assert "does not open" in lena.shows(403, passphrase="not this one").text
    assert "needs its passphrase" in lena.shows(403, passphrase="").text
    lena.shows(passphrase=PASSPHRASE)
    assert lena.is_in()
    lena.leaves()


def test_a_key_that_anybody_could_open_and_one_of_several_are_not_taken(
    data: Path, study: NewStudy, tmp_path: Path
) -> None:
    for name in ("a", "b"):
        (data / name).mkdir(parents=True)
    assert key_here(data) is None
    plain = data / "a" / "identity.age"
    plain.write_text(str(new_identity()), encoding="utf-8")
    assert key_here(data) is None
    refused = kiosk("researcher", tmp_path, "--key", plain, "--data", data)
    assert (refused.code, "everybody at this computer" in refused.err) == (2, True)
    for name in ("a", "b"):
        (data / name / "identity.age").write_bytes(study.key.read_bytes())
    assert key_here(data) is None, "there are two"


def test_what_is_no_key_is_said_so_and_words_are_not_lost(lena: Lena, study: NewStudy) -> None:
    right = recovery_words(study)
    wrong = " ".join([*right[:23], "survey-kiosk"])
    told = lena.shows(403, words=wrong).text
    assert "No recovery sheet has these words: “survey-kiosk”" in told
    assert wrong in told, "nobody types 24 words twice"
    assert "These are 23 words" in lena.shows(403, words=" ".join(right[:23])).text
    assert "do not belong together" in lena.shows(403, words=" ".join(reversed(right))).text
    assert "choose your key file" in lena.shows(403, key=None).text
    assert not lena.is_in()


def test_a_file_that_is_no_key_is_refused_and_never_reaches_the_disk(lena: Lena) -> None:
    assert "This file is no key" in lena.shows_file(b"a picture", "x", 403).text
    refused = lena.shows_file(b"x" * 70_000, "x", 413)
    assert "too large for a key" in refused.text
    assert rooms() == []


def test_another_key_comes_in_but_opens_nothing(lena: Lena) -> None:
    lena.shows(words=words(new_identity()))
    page = lena.waits()
    assert "None of the bundles can be used with this key" in alert(page)
    assert "sealed to another key" in page.html


def test_guessing_is_slowed_down(lena: Lena, clock: Clock, study: NewStudy) -> None:
    for _ in range(FREE_TRIES - 1):
        lena.shows(403, words="abandon " * 24)
    assert "Please wait 1 seconds" in lena.shows(429, words="abandon " * 24).text
    right = " ".join(recovery_words(study))
    lena.shows(429, words=right)
    assert not lena.is_in(), "a try that comes too early is not even looked at"
    clock.passes(1)
    lena.shows(words=right)
    assert lena.is_in()


# --- the doors ----------------------------------------------------------------------------------
def paths(app: Flask, name: str | None = None) -> list[tuple[str, str]]:
    """Return (method, path) of all routes, or of those with this door."""
    return [
        (method, rule.rule.replace("<name>", "latin"))
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
        if name in (None, door_of(app, rule.endpoint))
    ]


def test_every_route_names_its_door_and_most_need_the_key(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert door_of(app, rule.endpoint) in DOORS, rule
    assert len(paths(app, "researcher")) >= 11
    free = {path for _, path in paths(app, "sign-in") + paths(app, "anyone")}
    assert free == {"/", f"{HOME}sign-in", f"{HOME}language", "/fonts/latin.woff2", "/healthz"}


@pytest.mark.parametrize("inside", [False, True])
def test_from_another_machine_or_under_another_name_there_is_nothing(
    app: Flask, lena: Lena, inside: bool
) -> None:
    if inside:
        lena.comes_in()
    for method, path in [*paths(app), ("GET", "/nothing")]:
        for environ in ({"REMOTE_ADDR": LAN}, {"HTTP_HOST": EVIL}, {"HTTP_HOST": f"{LAN}:8091"}):
            answer = lena.client.open(path, method=method, environ_overrides=environ)
            assert answer.status_code == 404, (method, path, environ)
            assert "Set-Cookie" not in answer.headers


def test_without_a_key_every_page_leads_to_the_sign_in(app: Flask, lena: Lena) -> None:
    for method, path in paths(app, "researcher"):
        answer = lena.client.open(path, method=method)
        assert answer.status_code == 303, (method, path)
        assert (answer.location or "").startswith(f"{HOME}sign-in")


def test_no_form_counts_that_is_not_our_own(app: Flask, lena: Lena) -> None:
    lena.comes_in()
    posts = [path for method, path in paths(app) if method == "POST"]
    assert len(posts) >= 7
    for path in posts:
        assert lena.client.post(path).status_code == 400, path
        assert lena.client.post(path, data={"csrf": "0" * 64}).status_code == 400, path
        sent = lena.client.post(
            path, data={"csrf": lena.sign}, headers={"Origin": f"http://{EVIL}"}
        )
        assert sent.status_code == 400, path
    assert lena.is_in()


def test_no_page_is_kept_framed_or_fed_from_outside(app: Flask, lena: Lena) -> None:
    lena.comes_in()
    for method, path in paths(app, "researcher"):
        headers = lena.client.open(path, method=method).headers
        assert headers["Cache-Control"] == "no-store", path
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"], path
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_cookie_is_for_these_pages_alone_and_no_script_reads_it(lena: Lena) -> None:
    answer = lena.client.get(f"{HOME}sign-in")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("kiosk_researcher=")
    assert {"HttpOnly", "Path=/researcher", "SameSite=Strict"} <= set(cookie.split("; "))


# --- going --------------------------------------------------------------------------------------
def test_who_signs_out_leaves_nothing_behind(lena: Lena) -> None:
    lena.comes_in()
    lena.takes_the_dataset()
    assert len(rooms()) == 1
    assert any(path.suffix == ".zip" for path in rooms()[0].rglob("*"))
    lena.leaves()
    assert rooms() == []
    assert not lena.desk.has_key
    assert not lena.is_in()
    assert "You are signed out" in lena.gets(f"{HOME}sign-in?left=yes").html


def test_after_fifteen_idle_minutes_the_key_is_forgotten_and_all_is_deleted(
    lena: Lena, clock: Clock
) -> None:
    lena.comes_in()
    clock.passes(FIFTEEN_MINUTES - 1)
    assert lena.is_in(), "every request counts"
    clock.passes(FIFTEEN_MINUTES - 1)
    lena.desk.forget_if_idle()
    assert rooms(), "a second is left"
    clock.passes(1)
    lena.desk.forget_if_idle()
    assert not lena.desk.has_key
    assert rooms() == []
    page = lena.gets(HOME, follow_redirects=True)
    assert "nothing was asked for 15 minutes" in page.html


def test_a_request_that_comes_too_late_finds_nothing_either(lena: Lena, clock: Clock) -> None:
    lena.comes_in()
    clock.passes(FIFTEEN_MINUTES)
    assert not lena.is_in()
    assert rooms() == []


def test_a_thread_looks_whether_anybody_is_still_here(lena: Lena, clock: Clock) -> None:
    lena.comes_in()
    gone = Event()
    lena.desk._ended = gone.set
    stop = lena.desk.watch(every_seconds=0.001)
    clock.passes(FIFTEEN_MINUTES)
    assert gone.wait(30)
    stop()
    assert not lena.desk.has_key
    assert rooms() == []


def test_visits_before_the_key_do_not_keep_anybody_signed_in(
    app: Flask, lena: Lena, clock: Clock
) -> None:
    lena.comes_in()
    stranger = app.test_client()
    clock.passes(FIFTEEN_MINUTES - 1)
    stranger.get(f"{HOME}sign-in")
    stranger.get(HOME)
    clock.passes(1)
    assert not lena.is_in()


def test_there_is_one_session_at_a_time(app: Flask, lena: Lena, study: NewStudy) -> None:
    lena.comes_in()
    first = rooms()
    elsewhere = Lena(app.test_client(), study=study)
    elsewhere.comes_in()
    assert not lena.is_in()
    assert elsewhere.is_in()
    assert len(rooms()) == 1
    assert rooms() != first
    cookie = lena.client.get_cookie("kiosk_researcher", path="/researcher")
    elsewhere.leaves()
    assert cookie
    assert not lena.is_in()
    assert not elsewhere.is_in()


def test_what_a_killed_process_left_is_removed_and_what_is_in_use_is_not(data: Path) -> None:
    killed = (
        f"import os, tempfile; tempfile.tempdir = {tempfile.gettempdir()!r}\n"
        "from kiosk.web.researcher.room import Room\n"
        "(Room().folder / 'opened.csv').write_text('answers'); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", killed], check=False)
    (left,) = rooms()
    assert (left / "opened.csv").is_file()
    mine = Room()
    door(data)
    assert rooms() == [mine.folder]
    mine.clear()
    mine.clear()
    sweep()
    assert rooms() == []


def test_the_language_is_kept_in_memory_and_leads_back(lena: Lena) -> None:
    sent = lena.posts(f"{HOME}language", language="nb", then=f"{HOME}sign-in")
    assert sent.location == f"{HOME}sign-in"
    assert lena.gets(f"{HOME}sign-in").tree.attrib["lang"] == "nb"
    sent = lena.posts(f"{HOME}language", language="nb", then="//evil.example")
    assert sent.location == HOME


def test_the_key_stands_in_no_page_and_no_log(
    lena: Lena, study: NewStudy, caplog: pytest.LogCaptureFixture
) -> None:
    lena.comes_in()
    identity = lena.desk._identity
    assert identity
    for path in (HOME, f"{HOME}reports/", f"{HOME}dataset/"):
        assert str(identity) not in lena.gets(path).html
    assert str(identity) not in caplog.text
    assert str(identity) not in repr(lena.client.application.extensions)


def test_a_form_with_a_file_is_read_in_memory(lena: Lena, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile.SpooledTemporaryFile, "rollover", _never)
    lena.shows(403, key=(io.BytesIO(b"x" * 60_000), "big.age"), passphrase="x")


def _never(_: object) -> None:
    raise AssertionError("the key reached the disk")
