"""A WebDAV folder as target: a real Apache, with people of every kind."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kiosk.sync.deliver import Seen, deliver
from kiosk.sync.problem import NotAllowed, NotThere, Reason, Taken
from kiosk.sync.target import Target, temporary
from tests.sync.apache import Apache
from tests.sync.contract import CONTENT, NAME, EveryTarget, bundle_name
from tests.sync.seeing import Open, problem_of, whole_files

pytest_plugins = ["tests.sync.webdav_inbox"]


class TestWebDav(EveryTarget):
    @pytest.fixture
    def target(self, at: Open) -> Target:
        return at()


def test_a_bundle_arrives_without_encryption_where_the_address_says_so(
    at: Open, apache: Apache
) -> None:
    target = at(port=apache.plain, scheme="webdav")
    assert deliver(target, NAME, CONTENT).proof is Seen.READ_BACK


def test_who_may_only_write_makes_the_folders_of_a_name(at: Open, inbox: Path) -> None:
    at("kari").put("bergen/2026/b.zip", b"bb")
    assert (inbox / "bergen" / "2026" / "b.zip").read_bytes() == b"bb"


@pytest.mark.parametrize(
    ("user", "proof"),
    [("kari", Seen.WORD), ("counting", Seen.SIZE), ("putting", Seen.WORD)],
)
@pytest.mark.parametrize("port", ["port", "polite"])
def test_who_may_only_write_delivers_and_repeating_is_harmless(
    at: Open, apache: Apache, inbox: Path, user: str, proof: Seen, port: str
) -> None:
    for _ in range(2):
        assert deliver(at(user, port=getattr(apache, port)), NAME, CONTENT).proof is proof
    files = whole_files(inbox)
    assert NAME in files
    assert set(files.values()) == {CONTENT}, "a copy at most, never something else"
    assert all(name.startswith(NAME.removesuffix(".zip")) for name in files)


def test_who_may_only_read_is_told_that_it_is_the_right_to_write(
    at: Open, apache: Apache, inbox: Path
) -> None:
    for port in (apache.port, apache.polite):
        reason = problem_of(lambda port=port: deliver(at("reader", port=port), NAME, CONTENT))  # type: ignore[misc]
        assert reason.reason is Reason.RIGHTS
    assert not list(inbox.iterdir())


def test_a_redirect_is_told_and_not_followed(at: Open, apache: Apache) -> None:
    problem = problem_of(lambda: deliver(at(port=apache.moved), NAME, CONTENT))
    assert problem.reason is Reason.ADDRESS
    assert "login.example.org" in problem.detail


def test_a_server_behind_a_proxy_that_knows_itself_by_another_name_renames(
    at: Open, apache: Apache, inbox: Path
) -> None:
    told: list[int] = []
    at(port=apache.proxied, scheme="webdav").put(NAME, CONTENT, told.append)
    assert [one.name for one in inbox.iterdir()] == [NAME]
    assert told == sorted(set(told)), "it went there once"


def test_who_may_not_rename_leaves_no_more_than_a_temporary_name_besides(
    at: Open, inbox: Path
) -> None:
    deliver(at("putting"), NAME, CONTENT)
    assert {one.name for one in inbox.iterdir()} == {NAME, temporary(NAME)}


def test_nothing_is_replaced_where_the_server_would_do_it(
    at: Open, apache: Apache, inbox: Path
) -> None:
    (inbox / NAME).write_bytes(b"something else")
    with pytest.raises(Taken):
        at("looking", port=apache.careless).put(NAME, CONTENT)
    assert whole_files(inbox) == {NAME: b"something else"}


@pytest.mark.parametrize("name", [NAME, "site-7/bergen/b.zip"])
def test_the_folder_of_the_address_is_never_made(at: Open, apache: Apache, name: str) -> None:
    target = at(path="/mistyped")
    assert problem_of(lambda: target.put(name, CONTENT)).reason is Reason.MISSING
    assert problem_of(lambda: list(target.files())).reason is Reason.MISSING
    assert not (apache.inbox / "mistyped").exists()


@pytest.mark.parametrize("user", ["kari", "counting", "putting"])
def test_another_content_under_the_name_stays_where_nobody_may_remove_it(
    at: Open, inbox: Path, user: str
) -> None:
    (inbox / NAME).write_bytes(b"something else")
    deliver(at(user), NAME, CONTENT)
    files = whole_files(inbox)
    assert files.pop(NAME) == b"something else"
    assert list(files.values()) == [CONTENT]


def test_another_content_under_the_name_is_replaced_by_who_may(at: Open, inbox: Path) -> None:
    (inbox / NAME).write_bytes(b"something else")
    assert deliver(at(), NAME, CONTENT).name == NAME
    assert whole_files(inbox) == {NAME: CONTENT}


def test_many_threads_share_a_target(at: Open, inbox: Path) -> None:
    target = at()
    bundles = {bundle_name(one): one for one in (bytes([count]) * 5000 for count in range(24))}
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda one: deliver(target, *one), bundles.items()))
        fetched = dict(zip(bundles, threads.map(target.get, bundles), strict=True))
    assert fetched == bundles == whole_files(inbox)


def test_each_may_do_what_the_rights_say(at: Open) -> None:
    at().put(NAME, CONTENT)
    assert at("reader").get(NAME) == CONTENT
    kari = at("kari")
    for asked in (kari.get, kari.size, kari.remove, at("reader").remove):
        with pytest.raises(NotAllowed):
            asked(NAME)
    with pytest.raises(NotThere):
        at("reader").get("other.zip")
