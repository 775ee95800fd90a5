"""What lies at targets comes to Lena: once, whole, and however often the line breaks."""

from __future__ import annotations

import hashlib
import os
import stat
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.bundle import layout
from kiosk.sync import fetch as fetch_module
from kiosk.sync.address import parse_address
from kiosk.sync.cache import Cache
from kiosk.sync.fetch import Came, fetch, wanted
from kiosk.sync.logins import Login
from kiosk.sync.look import look
from kiosk.sync.problem import NotAllowed, Reason
from kiosk.sync.target import Place, temporary
from kiosk.sync.targets import SCHEMES
from kiosk.sync.together import AT_ONCE, ENOUGH
from tests.sync.flaky import AWAY, Flaky

POSIX = pytest.mark.skipif(os.name != "posix", reason="files have no owner’s rights there")


@pytest.fixture(autouse=True)
def line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SCHEMES, "flaky", "tests.sync.flaky")


@pytest.fixture
def server(tmp_path: Path) -> Flaky:
    return Flaky(tmp_path / "server")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "dataset" / ".collect" / "fetched"


def content(number: int) -> bytes:
    return hashlib.shake_128(bytes([number])).digest(5_000 + number)


def name(number: int) -> str:
    return layout.name_of("a-study", content(number))


def arrives(server: Flaky, number: int, site: str = "", *, size: int = 1_000_000) -> Path:
    """Let a bundle arrive, or only its first bytes."""
    path = server.root / site / name(number)
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content(number)[:size])
    return path


def collects(folder: Path, *places: Place) -> list[Came]:
    """Fetch as `kiosk collect` does, without waiting between two attempts."""
    cache, pause = Cache(folder), lambda _seconds: None
    listings = look(places, pause)
    return [fetch(one, wanted(one, cache), cache, pause=pause) for one in listings]


def kept(came: Came) -> dict[str, bytes]:
    return {name: path.read_bytes() for name, path in came.at.items()}


def files_in(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".json"]


def breaks(times: int, problem: BaseException = AWAY) -> Callable[[], None]:
    """Let the line break so many times."""
    left = [problem] * times

    def broken() -> None:
        if left:
            raise left.pop()

    return broken


def test_each_bundle_is_fetched_once_wherever_it_lies(server: Flaky, folder: Path) -> None:
    for number in range(3):
        arrives(server, number, f"site-{number}")
    (came,) = collects(folder, server.place)
    assert kept(came) == {f"site-{n}/{name(n)}": content(n) for n in range(3)}
    assert (came.new, came.problems, came.torn) == (3, [], [])
    assert len(server.gets) == 3
    (server.root / "site-0").rename(server.root / "moved")
    arrives(server, 3)
    (again,) = collects(folder, server.place)
    assert again.new == 1
    assert server.gets[3:] == [name(3)], "the others are known by their content"
    assert again.at[f"moved/{name(0)}"] == came.at[f"site-0/{name(0)}"]


def test_two_targets_with_the_same_bundles_are_asked_for_each_once(
    server: Flaky, folder: Path, tmp_path: Path
) -> None:
    other = Flaky(tmp_path / "other")
    for number in range(4):
        arrives(server, number)
        arrives(other, number + 2)
    first, second = collects(folder, server.place, other.place)
    assert (len(server.gets), len(other.gets)) == (4, 2)
    assert kept(first) | kept(second) == {name(n): content(n) for n in range(6)}
    assert len(files_in(folder)) == 6


def test_what_is_no_bundle_is_passed_over(server: Flaky, folder: Path) -> None:
    arrives(server, 1)
    for other in (temporary(name(2)), name(1).replace(".bundle.zip", ".receipt.json"), "a.txt"):
        (server.root / other).write_bytes(b"something")
    (came,) = collects(folder, server.place)
    assert server.gets == [*came.at] == [name(1)]


def test_a_bundle_that_is_still_being_sent_waits_until_it_is_whole(
    server: Flaky, folder: Path
) -> None:
    arrives(server, 1, size=1_000)
    for _ in range(2):
        (came,) = collects(folder, server.place)
        assert (came.torn, came.at, came.new) == ([name(1)], {}, 0)
        assert server.gets == [name(1)], "it has not changed, so it is not fetched again"
        assert files_in(folder) == []
    arrives(server, 1)
    (came,) = collects(folder, server.place)
    assert (kept(came), came.torn) == ({name(1): content(1)}, [])


def test_a_whole_copy_makes_up_for_a_torn_one(server: Flaky, folder: Path) -> None:
    torn = arrives(server, 1, size=1_000)
    torn.with_name(name(1).replace(".zip", "-1f3a.zip")).write_bytes(content(1))
    (came,) = collects(folder, server.place)
    assert came.torn == []
    assert {*kept(came).values()} == {content(1)}


def test_a_run_that_is_stopped_goes_on_where_it_was(server: Flaky, folder: Path) -> None:
    for number in range(40):
        arrives(server, number)

    def stop() -> None:
        if len(server.gets) > 20:
            raise KeyboardInterrupt

    server.before_get = stop
    with pytest.raises(KeyboardInterrupt):
        collects(folder, server.place)
    there = {path.name: path.read_bytes() for path in files_in(folder)}
    assert 0 < len(there) <= 20, "some are there, each whole and under its name, and no other file"
    assert there.items() <= {name(n): content(n) for n in range(40)}.items()
    server.gets.clear()
    server.before_get = lambda: None
    (came,) = collects(folder, server.place)
    assert len(server.gets) == 40 - len(there)
    assert kept(came) == {name(n): content(n) for n in range(40)}


def test_a_line_that_breaks_now_and_then_does_no_harm(server: Flaky, folder: Path) -> None:
    arrives(server, 1)
    server.before_get = breaks(2)
    (came,) = collects(folder, server.place)
    assert (kept(came), came.problems) == ({name(1): content(1)}, [])


def test_a_target_that_goes_away_is_not_asked_a_thousand_times(server: Flaky, folder: Path) -> None:
    for number in range(200):
        arrives(server, number)
    server.before_get = breaks(100_000)
    (came,) = collects(folder, server.place)
    assert [problem.reason for problem in came.problems] == [Reason.UNREACHABLE]
    most = (ENOUGH + AT_ONCE) * 3
    assert len(server.gets) <= most < 200


def test_a_file_that_may_not_be_read_keeps_none_of_the_others_away(
    server: Flaky, folder: Path
) -> None:
    for number in range(5):
        arrives(server, number)
    server.before_get = breaks(1, NotAllowed("a file of somebody else"))
    (came,) = collects(folder, server.place)
    assert (len(came.at), came.new) == (4, 4)
    assert [problem.reason for problem in came.problems] == [Reason.RIGHTS]


def test_what_came_before_is_used_while_the_target_is_away(server: Flaky, folder: Path) -> None:
    for number in range(3):
        arrives(server, number)
    (before,) = collects(folder, server.place)
    server.down = True
    (away,) = collects(folder, server.place)
    assert (away.at, away.no_longer_there) == (before.at, 0)
    assert [problem.reason for problem in away.problems] == [Reason.UNREACHABLE]
    server.down, server.listed = False, 2
    arrives(server, 4)
    (half,) = collects(folder, server.place)
    assert kept(before).items() <= kept(half).items(), "the list broke off, and nothing is lost"


def test_what_was_taken_away_at_the_target_stays_and_is_told(server: Flaky, folder: Path) -> None:
    arrives(server, 1).unlink()
    arrives(server, 2)
    taken = arrives(server, 3)
    collects(folder, server.place)
    taken.unlink()
    (came,) = collects(folder, server.place)
    assert (len(came.at), came.no_longer_there) == (2, 1)


def test_a_renamed_bundle_is_known_by_its_place_and_replaced_when_it_changes(
    server: Flaky, folder: Path
) -> None:
    renamed = server.root / "from Oslo.bundle.zip"
    renamed.write_bytes(content(1))
    for _ in range(2):
        (came,) = collects(folder, server.place)
        assert kept(came) == {renamed.name: content(1)}
    assert [path.name for path in came.at.values()] == [renamed.name], "messages name it so"
    assert server.gets == [renamed.name]
    renamed.write_bytes(content(2))
    (came,) = collects(folder, server.place)
    assert kept(came) == {renamed.name: content(2)}


def test_names_that_a_stranger_chose_stay_in_the_cache(server: Flaky, folder: Path) -> None:
    odd = server.root / f"C:\\..\\{'x' * 120} & = '.bundle.zip"
    odd.write_bytes(b"x")
    (came,) = collects(folder, server.place)
    (path,) = came.at.values()
    assert path.is_relative_to(folder)
    assert len(path.name) < 120
    assert not set(path.name) & set("\\:&='")


def test_a_file_that_a_power_cut_left_short_is_fetched_again(server: Flaky, folder: Path) -> None:
    arrives(server, 1)
    (came,) = collects(folder, server.place)
    came.at[name(1)].write_bytes(b"")
    (came,) = collects(folder, server.place)
    assert kept(came) == {name(1): content(1)}


def test_one_address_holds_the_folders_of_all_sites(server: Flaky, folder: Path) -> None:
    for number in range(3):
        arrives(server, number, f"site-{number}")
    text = f"{server.root.as_uri()}/{{site}}"
    place = Place(parse_address(text), Login(), folder / "known_hosts")
    (came,) = collects(folder, place)
    assert set(came.at) == {f"site-{n}/{name(n)}" for n in range(3)}


def test_memory_does_not_grow_with_the_size_of_what_comes(
    server: Flaky, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    size = 1_000_000
    monkeypatch.setattr(fetch_module, "IN_MEMORY", 2 * size)
    for number in range(24):
        (server.root / f"{number}.bundle.zip").write_bytes(bytes([number]) * size)
    tracemalloc.start()
    try:
        (came,) = collects(folder, server.place)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert came.new == 24
    assert peak < 5 * size


def test_what_is_larger_than_any_bundle_is_not_fetched(
    server: Flaky, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch_module, "LARGEST_WHOLE", 4_000)
    arrives(server, 1)
    (came,) = collects(folder, server.place)
    assert (came.too_large, came.at, server.gets) == ([name(1)], {}, [])


@POSIX
def test_nobody_else_can_look_into_the_cache(server: Flaky, folder: Path) -> None:
    arrives(server, 1)
    (server.root / "renamed.bundle.zip").write_bytes(content(2))
    collects(folder, server.place)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for path in folder.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0, path
