"""Upload links of Nextcloud and ownCloud: pasted as they are; they take files and do no more."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.sync.address import parse_address
from kiosk.sync.deliver import Seen, deliver
from kiosk.sync.logins import Login
from kiosk.sync.problem import NotAllowed, Reason, SendProblem
from kiosk.sync.target import Place, Target
from kiosk.sync.targets import open_target
from kiosk.sync.targets.upload_link import Link, UploadLink, parse_link
from tests.sync.certificates import Authority
from tests.sync.contract import CONTENT, NAME, bundle_name
from tests.sync.file_drop import KEY, ROADS, FileDrop
from tests.sync.line import Line

PASSWORD = "røde epler"
CUTS = sorted(random.Random(5).sample(range(2000, len(CONTENT)), 10))  # noqa: S311 - no secret


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority"), "tests")


@pytest.fixture(scope="module")
def certificate(authority: Authority) -> Path:
    return authority.sign("localhost")


@pytest.fixture
def drop(
    tmp_path: Path, authority: Authority, certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FileDrop]:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.file))
    server = FileDrop(tmp_path / "inbox", certificate).start()
    yield server
    server.stop()


@pytest.fixture
def link(drop: FileDrop) -> Iterator[Target]:
    target = pasted(f"https://localhost:{drop.port}/s/{KEY}")
    yield target
    target.close()


def pasted(text: str, login: Login | None = None) -> Target:
    return open_target(Place(parse_address(text), login or Login(), Path("none")))


def contents(drop: FileDrop) -> dict[str, bytes]:
    return {
        one.relative_to(drop.folder).as_posix(): one.read_bytes()
        for one in drop.folder.rglob("*.zip")
    }


def reason_of(target: Target, content: bytes = CONTENT) -> SendProblem:
    try:
        with pytest.raises(SendProblem) as told:
            deliver(target, bundle_name(content), content)
    finally:
        target.close()
    assert PASSWORD not in str(told.value)
    return told.value


@pytest.mark.parametrize("scheme", ["https", "webdavs"])
@pytest.mark.parametrize("path", ["/s/", "/index.php/s/"])
def test_a_link_is_taken_as_it_was_copied(drop: FileDrop, scheme: str, path: str) -> None:
    target = pasted(f"{scheme}://localhost:{drop.port}{path}{KEY}/")
    told: list[int] = []
    assert deliver(target, NAME, CONTENT, told.append).proof is Seen.WORD
    target.close()
    assert contents(drop) == {NAME: CONTENT}
    assert told[-1] == len(CONTENT)
    assert drop.asked == [f"PUT {ROADS['nextcloud'][0]}{NAME}"], "nothing else was asked"


@pytest.mark.parametrize(
    ("path", "link"),
    [
        ("/nextcloud/s/" + KEY, Link("/nextcloud", KEY)),
        ("/nextcloud/index.php/s/" + KEY, Link("/nextcloud", KEY)),
        ("/remote.php/dav/files/lena/s/" + KEY, None),
        ("/inbox", None),
        ("", None),
    ],
)
def test_links_are_told_from_folders(path: str, link: Link | None) -> None:
    assert parse_link(path) == link
    target = pasted(f"https://cloud.example.org{path}")
    assert isinstance(target, UploadLink) == (link is not None)


def test_what_a_link_cannot_do_is_refused_without_asking(drop: FileDrop, link: Target) -> None:
    for asked in (link.get, link.size, link.remove, lambda _: list(link.files())):
        with pytest.raises(NotAllowed):
            asked(NAME)
    assert drop.asked == []


def test_sending_twice_leaves_copies_that_are_equal(drop: FileDrop, link: Target) -> None:
    for _ in range(2):
        assert deliver(link, NAME, CONTENT).proof is Seen.WORD
    copy = NAME.removesuffix(".zip") + " (2).zip"
    assert contents(drop) == {NAME: CONTENT, copy: CONTENT}


@pytest.mark.parametrize("kind", ROADS)
@pytest.mark.parametrize("password", ["", PASSWORD])
def test_older_servers_and_passwords_are_known(drop: FileDrop, kind: str, password: str) -> None:
    drop.kind, drop.password = kind, password
    target = pasted(f"https://localhost:{drop.port}/s/{KEY}", Login(password=password))
    deliver(target, NAME, CONTENT)
    before = len(drop.asked)
    deliver(target, bundle_name(b"next"), b"next")
    target.close()
    assert len(drop.asked) == before + 1, "the second one takes the right road at once"
    assert set(contents(drop).values()) == {CONTENT, b"next"}


@pytest.mark.parametrize("kind", ROADS)
@pytest.mark.parametrize("password", ["", "grønne epler"])
def test_a_wrong_or_missing_password_is_told_so(drop: FileDrop, kind: str, password: str) -> None:
    drop.kind, drop.password = kind, PASSWORD
    target = pasted(f"https://localhost:{drop.port}/s/{KEY}", Login(password=password))
    assert reason_of(target).reason is Reason.LOGIN
    assert not drop.folder.exists()


def test_a_file_request_gets_the_name_of_the_site(drop: FileDrop) -> None:
    drop.request = True
    address = f"https://localhost:{drop.port}/s/{KEY}"
    nobody = reason_of(pasted(address))
    assert nobody.reason is Reason.RIGHTS
    assert "nickname" in nobody.detail
    site = pasted(address, Login(site="Łódź 1 % ø"))
    deliver(site, NAME, CONTENT)
    site.close()
    assert contents(drop) == {f"Łódź 1 % ø/{NAME}": CONTENT}


def test_a_link_that_has_ended_or_never_was_is_told_so(drop: FileDrop, link: Target) -> None:
    drop.ended = True
    assert reason_of(link).reason is Reason.MISSING
    other = pasted(f"https://localhost:{drop.port}/s/another-key")
    assert reason_of(other).reason is Reason.MISSING


def test_a_full_cloud_is_told_so(drop: FileDrop, link: Target) -> None:
    drop.room = 1000
    assert reason_of(link).reason is Reason.FULL


def test_a_certificate_from_a_stranger_stops_everything(
    drop: FileDrop, link: Target, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert reason_of(link).reason is Reason.CERTIFICATE
    assert drop.asked == []


def test_a_line_that_is_cut_anywhere_ends_with_a_whole_file(drop: FileDrop) -> None:
    with Line(drop.port) as line:
        for cut in CUTS:
            content = CONTENT[:-6] + f"{cut:06}".encode()
            address = f"https://localhost:{line.port}/s/{KEY}"
            line.cut_next(cut)
            assert reason_of(pasted(address), content).reason is Reason.UNREACHABLE
            target = pasted(address)
            deliver(target, bundle_name(content), content)
            target.close()
            assert content in contents(drop).values()
    whole = [one for one in contents(drop).values() if len(one) == len(CONTENT)]
    assert len(whole) == len(CUTS), "each whole once; what was torn proves that it is"


def test_a_server_that_goes_away_gets_the_bundle_later(drop: FileDrop, link: Target) -> None:
    drop.stop()
    assert reason_of(link).reason is Reason.UNREACHABLE
    drop.start()
    again = pasted(f"https://localhost:{drop.port}/s/{KEY}")
    assert deliver(again, NAME, CONTENT).proof is Seen.WORD
    again.close()
    assert contents(drop) == {NAME: CONTENT}
