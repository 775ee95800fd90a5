"""Lena collects a thousand workshops: it may be cut off, goes on, and keeps nothing too long."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyrage import x25519

from kiosk.bundle.read import read_bundle
from kiosk.dataset import rows, workers
from kiosk.dataset import spool as spool_module
from kiosk.dataset.collect import collect
from kiosk.dataset.rows import LooseRows, SortedRows, line_of, response_of
from kiosk.dataset.write import write_dataset
from kiosk.opening.envelopes import Response
from kiosk.opening.new_study import NewStudy
from tests.dataset import bundle_of, folder_bytes, opens

SENT = [{"q01": value} for value in (1, 2, 3)]
POSIX = pytest.mark.skipif(os.name != "posix", reason="files have no owner’s rights there")
RESPONSES = st.lists(
    st.builds(
        Response, st.sampled_from([f"{n:032x}" for n in (0, 1, 2**120, 2**127)]),
        st.sampled_from(["0" * 16, "f" * 16]),
        st.tuples(st.sampled_from([1, 5, 10, 97]), st.integers(1, 5)),
    )
)  # fmt: skip


@pytest.fixture
def bundles(data: Path, study: NewStudy) -> list[Path]:
    return [bundle_of(data, study, SENT, site=site) for site in ("Oslo", "Aarhus", "Gent")]


@pytest.fixture
def work(tmp_path: Path) -> Path:
    return tmp_path / "dataset" / ".collect"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of all bundles that are opened from now on."""
    names: list[str] = []
    real = read_bundle

    def noted(path: Path) -> object:
        names.append(path.name)
        return real(path)

    monkeypatch.setattr(spool_module, "read_bundle", noted)
    return names


def files_in(work: Path) -> list[Path]:
    return [path for path in work.rglob("*") if path.is_file()]


def written_bytes(bundles: Iterable[Path], identity: x25519.Identity, work: Path | None,
                  out: Path) -> dict[str, bytes]:  # fmt: skip
    pool, skipped = collect(bundles, identity, work)
    assert not skipped
    write_dataset(pool, out)
    return folder_bytes(out)


def test_a_second_run_opens_only_what_is_new(
    bundles: list[Path], identity: x25519.Identity, work: Path, reads: list[str], tmp_path: Path
) -> None:
    first = written_bytes(bundles[:2], identity, work, tmp_path / "a")
    assert len(reads) == 2
    reads.clear()
    assert written_bytes(bundles[:2], identity, work, tmp_path / "b") == first
    assert reads == []
    whole = written_bytes(bundles, identity, work, tmp_path / "c")
    assert reads == [bundles[2].name]
    assert whole == written_bytes(bundles, identity, None, tmp_path / "d")


def test_a_run_that_was_cut_off_is_taken_up_where_it_ended(
    bundles: list[Path], identity: x25519.Identity, work: Path, reads: list[str], tmp_path: Path
) -> None:
    calls = iter(range(9))

    def cut() -> None:
        if next(calls) == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        collect(bundles, identity, work, cut)
    opened = len(reads)
    assert 0 < opened < 3
    written_bytes(bundles, identity, work, tmp_path / "a")
    assert len(reads) == 3


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that opens and cannot be read")
def test_a_file_that_a_broken_stick_does_not_hand_out_stops_no_other(
    bundles: list[Path], identity: x25519.Identity
) -> None:
    pool, skipped = collect([Path("/proc/self/mem"), *bundles], identity)
    assert len(pool) == 9
    assert [str(one) for one in skipped] == ["mem: it cannot be read: Input/output error."]


def test_half_a_file_is_never_taken_for_a_whole_one(
    bundles: list[Path], identity: x25519.Identity, work: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bytes:
        raise OSError("no space left")

    monkeypatch.setattr(spool_module, "line_of", full)
    with pytest.raises(OSError, match="no space"):
        collect(bundles, identity, work)
    monkeypatch.undo()
    assert not list(work.rglob("*.opened")) + list(work.rglob(".writing*"))
    assert len(collect(bundles, identity, work)[0]) == 9


@POSIX
def test_what_was_opened_is_for_its_owner_alone(
    bundles: list[Path], identity: x25519.Identity, work: Path
) -> None:
    before = os.umask(0)
    try:
        pool, _ = collect(bundles, identity, work)
    finally:
        os.umask(before)
    assert len(pool) == 9
    for path in (work, *work.rglob("*")):
        expected = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == expected, path


def test_a_bundle_that_was_taken_away_is_forgotten(
    bundles: list[Path], identity: x25519.Identity, work: Path
) -> None:
    collect(bundles, identity, work)
    assert len(list(work.rglob("*.opened"))) == 3
    bundles[0].unlink()
    assert len(collect(bundles[1:], identity, work)[0]) == 6
    assert len(list(work.rglob("*.opened"))) == 2


def test_sorted_rows_go_when_nobody_needs_them(
    bundles: list[Path], identity: x25519.Identity, work: Path
) -> None:
    pool, _ = collect(bundles, identity, work)
    assert list(work.glob(".sorting-*"))
    del pool
    assert not list(work.glob(".sorting-*"))


def test_a_name_that_lies_is_noticed_though_its_content_is_known(
    bundles: list[Path], identity: x25519.Identity, work: Path, tmp_path: Path
) -> None:
    collect(bundles, identity, work)
    lying = Path(shutil.copy(bundles[0], tmp_path / bundles[1].name))
    pool, (skipped,) = collect([*bundles, lying], identity, work)
    assert "its name does not fit" in skipped.why
    assert len(pool) == 9


def test_a_file_that_a_power_cut_left_empty_is_opened_anew(
    bundles: list[Path], identity: x25519.Identity, work: Path, reads: list[str]
) -> None:
    collect(bundles, identity, work)
    reads.clear()
    next(work.rglob("*.opened")).write_bytes(b"")
    pool, skipped = collect(bundles, identity, work)
    assert (len(pool), skipped, len(reads)) == (9, [], 1)


def test_another_key_does_not_see_what_this_one_opened(
    bundles: list[Path], identity: x25519.Identity, work: Path
) -> None:
    collect(bundles, identity, work)
    pool, skipped = collect(bundles, x25519.Identity.generate(), work)
    assert pool.empty
    assert len(skipped) == 3


def test_many_bundles_are_opened_by_several_processes_and_the_result_is_the_same(
    data: Path, study: NewStudy, identity: x25519.Identity, work: Path, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    bundles = [opens(data, study, site=f"{n}").sends([{"q01": 5}]).packs() for n in range(6)]
    (data / "bundles" / "bad.bundle.zip").write_bytes(b"")
    alone = collect([data], identity)
    monkeypatch.setattr(workers, "WORTH_IT", 2)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    monkeypatch.setattr(spool_module, "read_bundle", None)  # this process opens nothing
    together = collect([data], identity, work)
    assert together[1] == alone[1] != []
    for number, (pool, _) in enumerate((alone, together)):
        write_dataset(pool, tmp_path / str(number))
    assert folder_bytes(tmp_path / "0") == folder_bytes(tmp_path / "1")
    assert len(together[0]) == len(bundles)


@POSIX
def test_ctrl_c_is_answered_with_a_sentence_and_the_next_run_goes_on(
    bundles: list[Path], identity: x25519.Identity, tmp_path: Path
) -> None:
    key, out = tmp_path / "key.txt", tmp_path / "out"
    key.write_text(str(identity), encoding="utf-8")
    slow = (
        "import signal, os; from kiosk.dataset import spool; real = spool.read_bundle\n"
        "def late(path): os.kill(os.getpid(), signal.SIGINT) if calls else None; "
        "calls.append(1); return real(path)\n"
        "calls = []; spool.read_bundle = late; from kiosk.cli import main; main()"
    )
    command = [sys.executable, "-c", slow, "collect", *map(str, bundles), "--key", str(key),
               "--out", str(out)]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert "Traceback" not in run.stderr
    assert "Stopped; the dataset is not complete." in run.stderr
    assert str(out / ".collect") in run.stderr
    assert folder_bytes(out) == {}
    assert len(list(out.rglob("*.opened"))) == 1
    assert len(collect(bundles, identity, out / ".collect")[0]) == 9


@pytest.mark.parametrize("few", [0, rows.FEW], ids=["in files", "in memory"])
@given(RESPONSES, RESPONSES)
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
def test_merging_is_commutative_and_idempotent(
    monkeypatch: pytest.MonkeyPatch, few: int, first: list[Response], second: list[Response]
) -> None:
    monkeypatch.setattr(rows, "FEW", few)

    def merged(responses: Sequence[Response]) -> list[Response]:
        with tempfile.TemporaryDirectory() as folder:
            found = SortedRows(map(line_of, responses), Path(folder))
            listed = list(found)
            assert len(found) == len(listed) == len(responses) - found.repeated
            found.close()
        loose = LooseRows()
        for response in responses:
            loose.add(response)
        assert list(loose) == listed
        assert (len(loose), loose.repeated) == (len(found), found.repeated)
        return listed

    both = merged([*first, *second])
    assert both == merged([*second, *first]) == merged([*both, *first]) == merged(both)
    assert [r.rid for r in both] == sorted({r.rid for r in (*first, *second)})


@given(RESPONSES)
def test_a_line_is_its_response(responses: list[Response]) -> None:
    assert [response_of(line_of(response)) for response in responses] == responses


def test_memory_does_not_grow_with_the_number_of_responses(tmp_path: Path) -> None:
    def peak(number: int) -> int:
        lines = (f"{n * 7919 % 256:02x}{n:030x},{'0' * 16},1,2,3\n".encode() for n in range(number))
        tracemalloc.start()
        try:
            assert sum(1 for _ in SortedRows(lines, tmp_path)) == number
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    few, many = peak(2_000), peak(40_000)
    assert many < few + 1_000_000, "twenty times the responses, and not a megabyte more"
