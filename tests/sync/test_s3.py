"""Object storage as a target: a real S3 server, and everything that goes wrong on the way."""

from __future__ import annotations

import itertools
import random
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from kiosk.sync.deliver import Seen, deliver
from kiosk.sync.logins import Login
from kiosk.sync.problem import NotAllowed, Reason, SendProblem
from kiosk.sync.target import Target
from tests.server import free_ports
from tests.setup_servers import ROOT, program
from tests.sync.contract import CONTENT, NAME, EveryTarget, bundle_name
from tests.sync.line import Line
from tests.sync.seaweed import ADMIN, BERGEN, BUCKET, LENA, Seaweed, open_as, secret

BIG = CONTENT * 50
HOUR_WRONG = """
import sys
from tests.sync.test_s3 import reason_of_putting
print(reason_of_putting(sys.argv[1], sys.argv[2]))
"""
CUTS = random.Random(5).sample(range(len(CONTENT)), 10)  # noqa: S311 the same cuts every time
fresh = itertools.count()


@pytest.fixture
def folder() -> str:
    """A folder that nobody has used before."""
    return f"folder {next(fresh)}/inside"


def reason_of_putting(address: str, user: str) -> str:
    """Try to put a bundle; return why it failed."""
    try:
        open_as(address, Login(user, secret(user))).put(NAME, CONTENT)
    except SendProblem as problem:
        return problem.reason.value
    return "it worked"


def fill(target: Target) -> None:
    """Send until it fails."""
    for number in itertools.count():
        target.put(f"{number}.zip", BIG[:2_000_000])


class HeldLine(Line):
    """A line that stops half-way through an upload until it is told to go on, and then breaks."""

    def __init__(self, to_port: int) -> None:
        self.half_way, self.go_on = threading.Event(), threading.Event()
        first = [len(BIG) // 2]
        super().__init__(to_port, lambda: first.pop() if first else None)
        self.on_cut = self._hold

    def _hold(self) -> None:
        self.half_way.set()
        self.go_on.wait()


class SpoilingLine(Line):
    """A line that changes one bit far inside what is sent."""

    def _pass_on(self, source: socket.socket, sink: socket.socket, left: int | None) -> None:
        passed = 0
        with suppress(OSError):
            while data := source.recv(4096):
                spoil = passed < len(CONTENT) // 2 <= passed + len(data)
                passed += len(data)
                sink.sendall(data[:-1] + bytes([data[-1] ^ spoil]))


class TestBucket(EveryTarget):
    @pytest.fixture
    def target(self, weed: Seaweed, folder: str) -> Target:
        return weed.target(ADMIN, folder)

    def test_the_whole_bucket_can_be_the_folder(self, weed: Seaweed) -> None:
        weed.target(ADMIN, "").put("at-the-top.zip", b"x")
        assert "at-the-top.zip" in {one.name for one in weed.target(ADMIN, "").files()}

    def test_the_environment_decides_nothing(
        self, target: Target, weed: Seaweed, folder: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for name, value in {
            "AWS_ACCESS_KEY_ID": ADMIN, "AWS_SECRET_ACCESS_KEY": secret(ADMIN),
            "AWS_ENDPOINT_URL_S3": "http://127.0.0.1:1", "AWS_ENDPOINT": "http://127.0.0.1:1",
            "AWS_SESSION_TOKEN": "old", "AWS_VIRTUAL_HOSTED_STYLE_REQUEST": "true",
            "AWS_REGION": "elsewhere",
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        weed.target(ADMIN, folder).put(NAME, CONTENT)
        assert target.get(NAME) == CONTENT
        with pytest.raises(NotAllowed):
            open_as(weed.address(folder), Login()).get(NAME)


class TestFailures:
    @pytest.mark.parametrize(
        "login", [Login(BERGEN, "a wrong secret"), Login("nobody", "a wrong secret")]
    )
    def test_a_wrong_password_is_told(self, weed: Seaweed, folder: str, login: Login) -> None:
        with pytest.raises(SendProblem) as told:
            deliver(open_as(weed.address(folder), login), NAME, CONTENT)
        assert told.value.reason is Reason.LOGIN
        assert "a wrong secret" not in str(told.value)

    def test_a_bucket_that_is_not_there_is_told(self, weed: Seaweed) -> None:
        target = open_as(
            weed.address().replace(BUCKET, "no-such-bucket"), Login(LENA, secret(LENA))
        )
        with pytest.raises(SendProblem) as told:
            list(target.files())
        assert told.value.reason in (Reason.MISSING, Reason.RIGHTS), "servers may keep it secret"

    def test_who_may_only_read_is_told_so(self, weed: Seaweed) -> None:
        with pytest.raises(NotAllowed):
            deliver(weed.target(LENA), NAME, CONTENT)

    def test_a_full_server_takes_it_when_there_is_room_again(self, tmp_path: Path) -> None:
        room = ("-master.volumeSizeLimitMB=1", "-volume.max=1")
        server = Seaweed(tmp_path, (), *room)
        try:
            with pytest.raises(SendProblem) as told:
                fill(server.target(ADMIN))
            assert told.value.reason is Reason.SERVER, "SeaweedFS does not say that it is full"
            assert told.value.reason.passes
            server.kill()
            server.start()
            done = deliver(server.target(ADMIN), NAME, CONTENT)
            assert (done.name, done.proof) == (NAME, Seen.READ_BACK)
        finally:
            server.kill()

    def test_a_certificate_that_proves_nothing_stops_it(self, weed: Seaweed) -> None:
        address = f"s3://{BUCKET}/inbox?endpoint=https://127.0.0.1:{weed.https_port}"
        assert reason_of_putting(address, ADMIN) == Reason.CERTIFICATE.value

    def test_a_clock_an_hour_wrong_is_told(self, weed: Seaweed, folder: str) -> None:
        for wrong in ("+1h", "-1h"):
            child = subprocess.run(
                [program("faketime"), "-f", wrong, sys.executable, "-c", HOUR_WRONG,
                 weed.address(folder), ADMIN],
                cwd=ROOT, capture_output=True, text=True, check=True,
            )  # fmt: skip
            assert child.stdout.strip() == Reason.CLOCK.value

    def test_nobody_there(self) -> None:
        closed = free_ports(1)[0]
        for place in (f"http://127.0.0.1:{closed}", "http://nowhere.invalid"):
            assert reason_of_putting(f"s3://b/inbox?endpoint={place}", ADMIN) == "unreachable"

    @pytest.mark.parametrize("after", CUTS)
    def test_a_cut_line_leaves_nothing_torn(self, weed: Seaweed, folder: str, after: int) -> None:
        with Line(weed.port) as line:
            line.cut_next(after)
            with pytest.raises(SendProblem) as told:
                weed.target(ADMIN, folder, line.port).put(NAME, CONTENT)
            assert told.value.reason is Reason.UNREACHABLE
            assert line.cuts == 1
            assert weed.whole_files(folder) == []
            done = deliver(weed.target(ADMIN, folder, line.port), NAME, CONTENT)
        assert (done.name, done.proof) == (NAME, Seen.READ_BACK)
        assert weed.whole_files(folder) == [(NAME, len(CONTENT))]

    def test_a_server_refuses_what_the_line_has_spoilt(self, weed: Seaweed, folder: str) -> None:
        with SpoilingLine(weed.port) as line, pytest.raises(SendProblem) as told:
            weed.target(ADMIN, folder, line.port).put(NAME, CONTENT)
        assert told.value.reason is Reason.DAMAGED
        assert weed.whole_files(folder) == []

    def test_a_server_killed_on_the_way(self, weed: Seaweed, folder: str) -> None:
        name = bundle_name(BIG)
        with HeldLine(weed.port) as line, ThreadPoolExecutor() as threads:
            target = weed.target(ADMIN, folder, line.port)
            sending = threads.submit(target.put, name, BIG)
            assert line.half_way.wait(30)
            weed.kill()
            line.go_on.set()
            with pytest.raises(SendProblem) as told:
                sending.result()
            assert told.value.reason is Reason.UNREACHABLE
            weed.start()
            assert weed.whole_files(folder) == []
            assert deliver(target, name, BIG).proof is Seen.READ_BACK
        assert weed.whole_files(folder) == [(name, len(BIG))]

    def test_somebody_else_was_quicker(self, weed: Seaweed, folder: str) -> None:
        targets = [weed.target(ADMIN, folder) for _ in range(4)]
        with ThreadPoolExecutor() as threads:
            done = list(threads.map(lambda target: deliver(target, NAME, CONTENT), targets))
        assert {one.name for one in done} == {NAME}
        assert weed.whole_files(folder) == [(NAME, len(CONTENT))]
