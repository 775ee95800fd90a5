"""All that goes wrong between a kiosk and a WebDAV server, each told as what it is."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from kiosk.sync.address import parse_address
from kiosk.sync.deliver import Seen, deliver
from kiosk.sync.logins import Login
from kiosk.sync.problem import Reason
from kiosk.sync.target import Place, is_temporary
from kiosk.sync.targets import open_target
from tests.setup_servers import program
from tests.sync.apache import PASSWORD, SMALL, Apache
from tests.sync.contract import CONTENT, NAME, bundle_name
from tests.sync.line import Line
from tests.sync.seeing import Open, problem_of, whole_files

pytest_plugins = ["tests.sync.webdav_inbox"]
CUTS = sorted(random.Random(5).sample(range(len(CONTENT) + 4000), 10))  # noqa: S311 - no secret


def test_a_wrong_password_is_told_so(at: Open, inbox: Path) -> None:
    wrong = at(password="grønne epler")
    assert problem_of(lambda: deliver(wrong, NAME, CONTENT)).reason is Reason.LOGIN
    assert problem_of(lambda: list(wrong.files())).reason is Reason.LOGIN
    assert not list(inbox.iterdir())


def test_a_full_disk_is_told_so_and_leaves_nothing(at: Open, apache: Apache) -> None:
    small = apache.small_disk()
    target = at(path=f"/{small.name}")
    assert len(CONTENT) > SMALL
    assert problem_of(lambda: deliver(target, NAME, CONTENT)).reason is Reason.FULL
    assert not list(small.iterdir())
    assert deliver(target, bundle_name(b"short"), b"short").proof is Seen.READ_BACK


@pytest.mark.parametrize(
    ("port", "words"),
    [("run_out", "run out"), ("other_name", "another name"), ("unknown", "does not know")],
)
def test_a_wrong_certificate_stops_everything(
    at: Open, apache: Apache, inbox: Path, port: str, words: str
) -> None:
    problem = problem_of(lambda: deliver(at(port=getattr(apache, port)), NAME, CONTENT))
    assert problem.reason is Reason.CERTIFICATE
    assert words in problem.detail
    assert not list(inbox.iterdir())


def test_without_the_authority_no_server_is_trusted(
    at: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    assert problem_of(lambda: at().put(NAME, CONTENT)).reason is Reason.CERTIFICATE


@pytest.mark.parametrize("user", ["lena", "putting"])
def test_a_line_that_is_cut_anywhere_leaves_one_whole_file(
    at: Open, apache: Apache, inbox: Path, user: str
) -> None:
    with Line(apache.port) as line:
        for cut in CUTS:
            line.cut_next(cut)
            content = CONTENT[: -len(str(cut))] + str(cut).encode()
            name = bundle_name(content)
            target = at(user, port=line.port)
            assert problem_of(lambda t=target, n=name, c=content: deliver(t, n, c)).reason in (  # type: ignore[misc]
                Reason.UNREACHABLE, Reason.DAMAGED,
            )  # fmt: skip
            deliver(at(user, port=line.port), name, content)
            assert whole_files(inbox) == {name: content}
            (inbox / name).unlink()
        assert line.cuts == len(CUTS)
    assert all(is_temporary(one.name) or one.name.startswith(".davfs") for one in inbox.iterdir())


def test_a_server_that_dies_while_it_takes_a_bundle_gets_it_later(
    at: Open, apache: Apache, inbox: Path
) -> None:
    def kill(done: int) -> None:
        if done < len(CONTENT):
            apache.kill()

    assert problem_of(lambda: at().put(NAME, CONTENT, kill)).reason is Reason.UNREACHABLE
    assert problem_of(lambda: at().get(NAME)).reason is Reason.UNREACHABLE
    apache.start()
    assert not whole_files(inbox)
    assert deliver(at(), NAME, CONTENT).proof is Seen.READ_BACK
    assert [one.name for one in at().files()] == [NAME], "what the server left is not counted"


@pytest.mark.parametrize("shift", ["+1h", "-1h"])
def test_a_clock_that_is_wrong_by_an_hour_is_no_matter(
    apache: Apache, inbox: Path, shift: str
) -> None:
    child = (
        "import sys; from pathlib import Path; from kiosk.sync.address import parse_address;"
        "from kiosk.sync.deliver import deliver; from kiosk.sync.logins import Login;"
        "from kiosk.sync.target import Place; from kiosk.sync.targets import open_target;"
        "place = Place(parse_address(sys.argv[1]), Login('lena', sys.argv[2]), Path('none'));"
        "print(deliver(open_target(place), 'a.bundle.zip', b'x' * 1000).proof.value)"
    )
    address = f"webdavs://localhost:{apache.port}/{inbox.name}"
    done = subprocess.run(
        [program("faketime"), "-f", shift, sys.executable, "-c", child, address, PASSWORD],
        env={**os.environ, "SSL_CERT_FILE": str(apache.authority.file)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.stdout.strip(), done.stderr) == ("read-back", "")


def test_a_server_that_is_not_there_is_told_so(at: Open) -> None:
    assert problem_of(lambda: at(port=1).put(NAME, CONTENT)).reason is Reason.UNREACHABLE


@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("webdavs://nowhere.invalid/inbox", Reason.UNREACHABLE),
        ("webdavs://bücher.invalid/inbox", Reason.UNREACHABLE),
        ("https://:443/inbox", Reason.ADDRESS),
        (f"https://{'a' * 70}.example.org/inbox", Reason.ADDRESS),
    ],
)
def test_a_name_that_leads_nowhere_is_told_so(address: str, reason: Reason) -> None:
    place = Place(parse_address(address), Login(), Path("none"))
    assert problem_of(lambda: open_target(place).put(NAME, CONTENT)).reason is reason
