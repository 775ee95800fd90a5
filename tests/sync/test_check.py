"""Trying a target out, addresses, and logins: what works is said, and no password ever is."""

from __future__ import annotations

import stat
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.sync.address import parse_address
from kiosk.sync.check import check, good_enough
from kiosk.sync.logins import Login, Logins, login_in
from kiosk.sync.problem import Reason, SendProblem
from kiosk.sync.target import Place
from kiosk.sync.targets import SCHEMES

SECRET = "correct horse"


def place(folder: Path) -> Place:
    return Place(parse_address(folder.as_uri()), Login(), folder / "known_hosts")


def test_a_folder_that_takes_files_is_good_and_nothing_is_left_in_it(tmp_path: Path) -> None:
    steps = check(place(tmp_path))
    assert [(step.name, step.state) for step in steps] == [
        ("write", "works"), ("read", "works"), ("list", "works"), ("remove", "works")
    ]  # fmt: skip
    assert good_enough(steps)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said_in_a_sentence(tmp_path: Path) -> None:
    steps = check(place(tmp_path / "inbox"))
    assert [(step.state, step.reason) for step in steps] == [("fails", Reason.MISSING)]
    assert "not there" in steps[0].text
    assert not good_enough(steps)


@pytest.mark.parametrize(
    ("text", "says"),
    [("inbox", "whole"), ("", "whole"), ("webdavs:///inbox", "whole"),
     ("webdavs://kari:secret@host/inbox", "password"), ("sftp://host:port/", ""),
     ("s3://bucket?endpoint", ""), ("http://[", "")],
)  # fmt: skip
def test_what_is_no_address_is_told_without_repeating_a_password(text: str, says: str) -> None:
    with pytest.raises(SendProblem) as told:
        parse_address(text)
    assert told.value.reason is Reason.ADDRESS
    assert says in str(told.value)
    assert "secret" not in str(told.value)


@given(st.text(max_size=60))
def test_no_address_makes_it_fall_over(text: str) -> None:
    with suppress(SendProblem):
        assert parse_address(text).text == text.strip()


def test_an_unknown_kind_of_address_says_which_there_are(tmp_path: Path) -> None:
    steps = check(Place(parse_address("ftp://host/inbox"), Login(), tmp_path))
    assert steps[0].reason is Reason.ADDRESS
    assert all(f"{scheme}://" in steps[0].text for scheme in SCHEMES)


def test_each_site_has_its_own_folder() -> None:
    address = parse_address("s3://bucket/inbox/{site}?endpoint=https://s3.example.org")
    assert address.of_site("bergen-2").path == "/inbox/bergen-2"
    assert address.above_sites.path == "/inbox"
    assert address.above_sites.text == "s3://bucket/inbox?endpoint=https://s3.example.org"
    assert parse_address("webdavs://host/in/{site}/").above_sites.text == "webdavs://host/in"
    assert address.above_sites.option("endpoint") == "https://s3.example.org"
    for wrong in ("", "..", "a/b", ".hidden", "x" * 65):
        with pytest.raises(SendProblem):
            address.of_site(wrong)


def test_logins_are_for_their_owner_alone_and_are_never_shown(tmp_path: Path) -> None:
    logins, login = Logins(tmp_path), Login("kari", SECRET, private_key=SECRET, site="bergen")
    logins.keep("webdavs://one/", login)
    logins.keep("webdavs://two/", Login("ola"))
    assert logins.of("webdavs://one/") == login
    assert logins.of("webdavs://other/") == Login()
    assert stat.S_IMODE((tmp_path / "logins.json").stat().st_mode) == 0o600
    assert SECRET not in repr(login)
    assert logins.forget("webdavs://one/")
    assert not logins.forget("webdavs://one/")
    assert logins.of("webdavs://two/") == Login("ola")


@pytest.mark.parametrize("source", ["user = ", 'pasword = "correct horse"', "user = 5", "\ud800"])
def test_a_login_file_that_is_none_says_what_belongs_into_it(source: str) -> None:
    with pytest.raises(SendProblem) as told:
        login_in(source.encode("utf-8", "surrogatepass"))
    assert SECRET not in str(told.value)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"a": "b"}', b"\xff", b"[" * 100_000])
def test_damaged_logins_are_set_aside_and_the_targets_ask_again(
    tmp_path: Path, content: bytes
) -> None:
    (tmp_path / "logins.json").write_bytes(content)
    logins = Logins(tmp_path)
    assert logins.of("webdavs://files.example.org/inbox") == Login()
    assert (tmp_path / "logins.json.damaged").read_bytes() == content
    logins.keep("webdavs://files.example.org/inbox", Login("kari"))
    assert Logins(tmp_path).of("webdavs://files.example.org/inbox").user == "kari"
