"""A folder on a real OpenSSH server as a target, and everything that can go wrong on the way."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from kiosk.sync.address import parse_address
from kiosk.sync.deliver import Seen, deliver
from kiosk.sync.logins import Login
from kiosk.sync.problem import NotAllowed, NotThere, Reason, SendProblem, Taken
from kiosk.sync.ssh.client import Client
from kiosk.sync.ssh.keys import server_key
from kiosk.sync.target import Place, Target, is_temporary, temporary
from kiosk.sync.targets import open_target
from tests.setup_servers import program
from tests.sync.contract import CONTENT, NAME, EveryTarget, bundle_name
from tests.sync.line import Line
from tests.sync.sshd import Sshd, running, small_disk

OTHER_KEY = "SHA256:" + "A" * 43
SEND = """
import sys
from pathlib import Path
from kiosk.sync.address import parse_address
from kiosk.sync.deliver import deliver
from kiosk.sync.logins import Login
from kiosk.sync.target import Place
from kiosk.sync.targets import open_target
address, password, name = sys.argv[1:]
place = Place(parse_address(address), Login(password=password), Path("nowhere"))
print(deliver(open_target(place), name, sys.stdin.buffer.read()).proof.value)
"""


@pytest.fixture(scope="session")
def running_sshd() -> Iterator[Sshd]:
    with running() as server:
        yield server


@pytest.fixture
def sshd(running_sshd: Sshd) -> Sshd:
    running_sshd.empty()
    return running_sshd


Opener = Callable[..., Target]


@pytest.fixture
def opened(sshd: Sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Opener]:
    """Opens a drop, with the right key and password unless told otherwise."""
    monkeypatch.setenv("HOME", str(tmp_path))
    targets = []

    def open_drop(
        drop: str = "open", login: Login | None = None, *,
        folder: str = "/inbox", key: str | None = None, port: int | None = None,
    ) -> Target:  # fmt: skip
        known = sshd.fingerprint() if key is None else key
        address = f"sftp://{sshd.user}@127.0.0.1:{port or sshd.ports[drop]}{folder}"
        address += f"?host-key={quote(known)}" if known else ""
        login = login or Login(password=sshd.password)
        targets.append(open_target(Place(parse_address(address), login, tmp_path / "known_hosts")))
        return targets[-1]

    yield open_drop
    for target in targets:
        target.close()


@contextmanager
def failing(reason: Reason) -> Iterator[list[str]]:
    """Expect a problem of this kind; its detail is in the list afterwards."""
    details: list[str] = []
    with pytest.raises(SendProblem) as told:
        yield details
    assert told.value.reason is reason, told.value
    details.append(told.value.detail)


def chance(seed: int = 7) -> random.Random:
    """Return dice that fall the same way each time."""
    return random.Random(seed)  # noqa: S311 - no secret


def whole(sshd: Sshd) -> dict[str, bytes]:
    """Return what the researchers would find, temporary files aside."""
    files = [path for path in sshd.inbox.rglob("*") if path.is_file()]
    found = {path.relative_to(sshd.inbox).as_posix(): path.read_bytes() for path in files}
    return {name: content for name, content in found.items() if not is_temporary(name)}


class TestSftp(EveryTarget):
    @pytest.fixture
    def target(self, opened: Opener) -> Target:
        return opened()


def test_a_folder_below_home_is_found_too(sshd: Sshd, opened: Opener) -> None:
    (sshd.inbox / "site-7").mkdir()
    (sshd.inbox / "site-7").chmod(0o777)
    deliver(opened(folder="/~/site-7"), NAME, CONTENT)
    deliver(opened(folder="/~"), "b.zip", b"b")
    assert whole(sshd) == {f"site-7/{NAME}": CONTENT, "b.zip": b"b"}
    assert {one.name for one in opened(folder="/~").files()} == set(whole(sshd))


def test_a_folder_that_is_not_there_is_not_made(sshd: Sshd, opened: Opener) -> None:
    target = opened(folder="/inbox/nobody")
    for attempt in (
        lambda: target.put(NAME, CONTENT),
        lambda: target.put(f"site-7/{NAME}", CONTENT),
        lambda: list(target.files()),
    ):
        with failing(Reason.MISSING) as details:
            attempt()
        assert "/inbox/nobody" in details[0]
    assert list(sshd.inbox.iterdir()) == []


# --- who comes, and to whom


def test_a_wrong_password_is_told_as_such_and_a_right_one_works_afterwards(opened: Opener) -> None:
    for login in (Login(password="guessed"), Login()):
        with failing(Reason.LOGIN) as details:
            opened(login=login).put(NAME, CONTENT)
        assert "guessed" not in details[0]
    assert deliver(opened(), NAME, CONTENT).proof is Seen.READ_BACK


def test_a_key_opens_the_door_as_well(sshd: Sshd, opened: Opener, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.write_text(sshd.private_key())
    locked.chmod(0o600)
    subprocess.run(["ssh-keygen", "-q", "-p", "-N", "kaffe", "-f", locked], check=True)
    for login in (
        Login(private_key=sshd.private_key()),
        Login(private_key=locked.read_text(), password="kaffe"),
    ):
        assert deliver(opened(login=login), NAME, CONTENT).proof is Seen.READ_BACK
    for login in (
        Login(private_key=(sshd.root / "ed25519").read_text()),
        Login(private_key=locked.read_text(), password="the"),
        Login(private_key="no key"),
    ):
        with failing(Reason.LOGIN):
            opened(login=login).size(NAME)


def test_an_unknown_server_is_shown_and_gets_nothing(sshd: Sshd, opened: Opener) -> None:
    before = sshd.log()
    target = opened(key="")
    with failing(Reason.HOST_KEY_UNKNOWN) as details:
        target.put(NAME, CONTENT)
    assert details == [f"ssh-ed25519 {sshd.fingerprint()}"]
    shown = server_key(parse_address(f"sftp://127.0.0.1:{sshd.ports['open']}/"))
    assert shown == sshd.fingerprint()
    accepted = Login(password=sshd.password, host_key=shown)
    deliver(opened(key="", login=accepted), NAME, CONTENT)
    assert sshd.log().removeprefix(before).count(f"password for {sshd.user}") == 1


def test_another_server_in_its_place_gets_nothing(
    sshd: Sshd, opened: Opener, tmp_path: Path
) -> None:
    before = sshd.log()
    with failing(Reason.HOST_KEY_CHANGED) as details:
        opened(key=OTHER_KEY).put(NAME, CONTENT)
    assert OTHER_KEY in details[0]
    assert sshd.fingerprint() in details[0]
    name = f"[127.0.0.1]:{sshd.ports['open']}"
    another = (sshd.root / "person.pub").read_text()
    (tmp_path / "known_hosts").write_text(f"{name} {another}")
    with failing(Reason.HOST_KEY_CHANGED):
        opened(key="").put(NAME, CONTENT)
    assert "password for" not in sshd.log().removeprefix(before)
    assert whole(sshd) == {}


@pytest.mark.parametrize("kind", ["ed25519", "rsa"])
@pytest.mark.parametrize("file", ["known_hosts", ".ssh/known_hosts"])
def test_a_server_known_by_any_of_its_keys_is_known(
    sshd: Sshd, opened: Opener, tmp_path: Path, kind: str, file: str
) -> None:
    (tmp_path / ".ssh").mkdir()
    line = f"[127.0.0.1]:{sshd.ports['open']} {(sshd.root / f'{kind}.pub').read_text()}"
    (tmp_path / file).write_text(f"a broken line\n{line}")
    assert deliver(opened(key=""), NAME, CONTENT).proof is Seen.READ_BACK


def test_a_fingerprint_of_any_kind_of_key_will_do(sshd: Sshd, opened: Opener) -> None:
    opened(key=sshd.fingerprint("rsa")).put(NAME, CONTENT)
    address = f"sftp://x@127.0.0.1:{sshd.ports['open']}/inbox?host-key={sshd.fingerprint()}"
    place = Place(parse_address(address), Login(sshd.user, sshd.password), Path("nowhere"))
    assert open_target(place).get(NAME) == CONTENT, "as people paste it, with its “+”"
    with failing(Reason.ADDRESS):
        opened(key="MD5:aa:bb").get(NAME)


def test_no_server_and_no_ssh_server_cannot_be_reached(opened: Opener) -> None:
    with Line(to_port=1) as line, failing(Reason.UNREACHABLE):
        opened(port=line.port).put(NAME, CONTENT)
    with failing(Reason.UNREACHABLE):
        opened(port=line.port).put(NAME, CONTENT)


# --- what a server allows


def test_a_drop_that_can_only_be_written_to_is_proven_by_the_size(
    sshd: Sshd, opened: Opener
) -> None:
    target = opened("write")
    for _ in range(2):
        done = deliver(target, NAME, CONTENT)
        assert (done.name, done.proof) == (NAME, Seen.SIZE)
    assert whole(sshd) == {NAME: CONTENT}
    for forbidden in (target.get, target.remove, lambda _: list(target.files())):
        with pytest.raises(NotAllowed):
            forbidden(NAME)
    with pytest.raises(NotThere):
        target.size("nothing.zip")
    with pytest.raises(Taken):
        target.put(NAME, b"another content")
    assert whole(sshd) == {NAME: CONTENT}


def test_nothing_is_replaced_on_servers_whose_rename_would(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Client, "rename", Client.posix_rename)
    target = opened()
    target.put(NAME, CONTENT)
    with pytest.raises(Taken):
        target.put(NAME, b"another content")
    assert target.get(NAME) == CONTENT


def test_a_drop_where_nobody_may_even_look_is_harmless_when_repeated(
    sshd: Sshd, opened: Opener
) -> None:
    for _ in range(2):
        assert deliver(opened("blind"), NAME, CONTENT).proof is Seen.WORD
    assert set(whole(sshd).values()) == {CONTENT}


def test_another_content_under_its_name_stays_and_the_bundle_goes_beside(
    sshd: Sshd, opened: Opener
) -> None:
    (sshd.inbox / NAME).write_bytes(b"torn")
    done = deliver(opened("write"), NAME, CONTENT)
    assert done.name != NAME
    assert whole(sshd) == {NAME: b"torn", done.name: CONTENT}


def test_a_server_that_can_only_be_read_says_so(sshd: Sshd, opened: Opener) -> None:
    (sshd.inbox / NAME).write_bytes(CONTENT)
    target = opened("look")
    assert target.get(NAME) == CONTENT
    with pytest.raises(NotAllowed):
        target.put("b.zip", CONTENT)
    with pytest.raises(NotAllowed):
        target.remove(NAME)
    sshd.inbox.chmod(0o555)
    with pytest.raises(NotAllowed):
        opened().put("b.zip", CONTENT)
    assert whole(sshd) == {NAME: CONTENT}


def test_a_disk_that_can_only_be_read_is_not_called_a_failure(sshd: Sshd, opened: Opener) -> None:
    with small_disk(sshd.inbox, "ro,mode=777"), pytest.raises(NotAllowed):
        opened().put(NAME, CONTENT)


@pytest.mark.parametrize("drop", ["open", "write", "blind"])
@pytest.mark.parametrize("limit", ["size=64k", "nr_inodes=1"])
def test_a_full_disk_is_told_as_such(sshd: Sshd, opened: Opener, drop: str, limit: str) -> None:
    target = opened(drop)
    with small_disk(sshd.inbox, f"{limit},mode=777"):
        if (drop, limit) == ("blind", "nr_inodes=1"):  # it tells nobody that it has no room
            with failing(Reason.SERVER):
                deliver(target, NAME, CONTENT)
        else:
            with failing(Reason.FULL):
                deliver(target, NAME, CONTENT)
        assert whole(sshd) == {}
        if drop == "open":
            assert list(sshd.inbox.iterdir()) == [], "the half file does not take room for long"
        target.close()
    assert deliver(target, NAME, CONTENT), "when there is room again"
    assert whole(sshd) == {NAME: CONTENT}


# --- the way there


def test_a_line_cut_anywhere_leaves_one_whole_bundle_in_the_end(sshd: Sshd, opened: Opener) -> None:
    dice = chance()
    places = [1000, *(dice.randrange(4000) for _ in range(2))]  # the first during the login
    places += [dice.randrange(4000, len(CONTENT)) for _ in range(7)]
    with Line(to_port=sshd.ports["open"]) as line:
        for cut in places:
            sshd.empty()
            line.cut_next(after=cut)
            with failing(Reason.UNREACHABLE):
                deliver(opened(port=line.port), NAME, CONTENT)
            assert set(whole(sshd).values()) <= {CONTENT}, f"torn at {cut}"
            assert deliver(opened(port=line.port), NAME, CONTENT).proof is Seen.READ_BACK
            assert whole(sshd) == {NAME: CONTENT}
        assert line.cuts == len(places)


def test_a_line_cut_while_fetching_is_no_end_of_the_file(sshd: Sshd, opened: Opener) -> None:
    content = chance().randbytes(4_000_000)
    name = bundle_name(content)
    (sshd.inbox / name).write_bytes(content)
    with Line(to_port=sshd.ports["open"]) as line:
        line.cut_next(after=5000)
        target = opened(port=line.port)
        with failing(Reason.UNREACHABLE):
            for _ in range(9):
                target.get(name)
        assert target.get(name) == content, "the next call connects again"


@pytest.mark.parametrize("drop", ["open", "write"])
def test_a_server_killed_in_the_middle_gets_it_once_when_it_is_back(
    sshd: Sshd, opened: Opener, drop: str
) -> None:
    content = chance().randbytes(4_000_000)
    name = bundle_name(content)
    killed: list[int] = []

    def power_cut(done: int) -> None:
        if done > 1_000_000 and not killed:
            killed.append(done)
            sshd.kill()

    target = opened(drop)
    with failing(Reason.UNREACHABLE):
        deliver(target, name, content, power_cut)
    assert whole(sshd) == {}
    assert (sshd.inbox / temporary(name)).exists(), "it was on its way"
    with failing(Reason.UNREACHABLE):
        target.put(name, content)
    sshd.start()
    deliver(target, name, content)
    assert whole(sshd) == {name: content}


def test_a_connection_that_ended_overnight_is_made_again(sshd: Sshd, opened: Opener) -> None:
    target = opened()
    target.put(NAME, CONTENT)
    sshd.cut_off()
    with suppress(SendProblem):
        target.size(NAME)
    assert target.get(NAME) == CONTENT


def test_many_threads_share_one_login(sshd: Sshd, opened: Opener) -> None:
    before = sshd.log()
    target = opened()
    contents = [chance(seed).randbytes(100_000) for seed in range(24)]

    def send_and_look(content: bytes) -> bool:
        deliver(target, bundle_name(content), content)
        return len(list(target.files())) > 0 and target.get(bundle_name(content)) == content

    with ThreadPoolExecutor(12) as pool:
        assert all(pool.map(send_and_look, contents))
    assert whole(sshd) == {bundle_name(content): content for content in contents}
    assert sshd.log().removeprefix(before).count("Accepted password") == 1


def test_a_clock_an_hour_wrong_does_not_matter(sshd: Sshd) -> None:
    address = f"sftp://{sshd.user}@127.0.0.1:{sshd.ports['open']}/inbox"
    address += f"?host-key={quote(sshd.fingerprint())}"
    done = subprocess.run(
        [program("faketime"), "-f", "+1h", sys.executable, "-W", "error", "-c", SEND,
         address, sshd.password, NAME],
        input=CONTENT, capture_output=True, check=False,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == (b"read-back\n", b"")
    assert whole(sshd) == {NAME: CONTENT}


def test_what_goes_wrong_is_told_once_and_not_by_paramiko_too(sshd: Sshd) -> None:
    address = f"sftp://{sshd.user}@127.0.0.1:{sshd.ports['open']}/inbox?host-key={OTHER_KEY}"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", SEND, address, sshd.password, NAME],
        input=CONTENT, capture_output=True, check=False,
    )  # fmt: skip
    told = done.stderr.decode()
    assert told.splitlines()[-1].startswith("kiosk.sync.problem.SendProblem: The server shows")
    assert told.startswith("Traceback"), "paramiko's own log would stand before it"
    assert told.count("Traceback") == 1
