"""Somebody pulls the plug: whatever the disk had not flushed yet is gone, or there by halves.

A whole workshop is recorded (study, opening, a room that sends, closing). Then the disk is rebuilt
as it may be after a cut at many moments of it. CUTS=all tries every moment; CUTS=500 so many.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.bundle.read import read_bundle
from kiosk.opening.new_study import NewStudy
from kiosk.store.database import FILE, prepare
from kiosk.store.workshops import Workshops
from tests.faults.crowd import Crowd, digest_of
from tests.faults.disk_after import Disk
from tests.faults.recording import Call, kill_traced, read, traced
from tests.server import free_port, wait_for
from tests.store import rows

CUTS = os.environ.get("CUTS", "120")
PHONES, ENOUGH = 4, 24
STORED = re.compile(rb'"stored": true, "submission_id": "([\w-]+)"')


@dataclass
class Recorded:
    """What happened to a disk, and from which line of the log on who was told what."""

    disk: Disk
    installed: int
    opened: int
    acknowledged: dict[str, int]
    last: int

    def moments(self) -> list[int]:
        """Return the lines at which the plug is pulled: drawn, and every acknowledgement."""
        everything = sorted(self.disk.moments)
        if CUTS == "all":
            return everything
        drawn = random.Random(7).sample(everything, min(int(CUTS), len(everything)))  # noqa: S311 - damage, not a secret
        return sorted({*drawn, self.installed, self.opened, self.last, *self.acknowledged.values()})


class Recorder:
    """Runs commands on one data folder, one after another, and takes what each did to the disk."""

    def __init__(self, folder: Path) -> None:
        self._folder, self.root = folder, folder / "disk"
        self.root.mkdir()
        self.data, self.disk, self.line, self._logs = self.root / "data", Disk(self.root), 0, 0

    def runs(self, *words: str) -> str:
        log = self._log()
        done = subprocess.run(traced(log, *words, data=self.data), capture_output=True, text=True,
                              check=False)  # fmt: skip
        assert done.returncode == 0, done.stderr
        self.takes(log)
        return done.stdout

    def serves(self, code: str) -> dict[str, int]:
        """Let a room send to a real kiosk; return the line at which each was acknowledged."""
        port, log, said = free_port(), self._log(), self._folder / "kiosk.log"
        command = traced(log, "serve", "--host", "127.0.0.1", "--port", str(port), data=self.data)
        with said.open("wb") as output:
            strace = subprocess.Popen(command, stdout=output, stderr=output)
        try:
            wait_for(strace, f"http://127.0.0.1:{port}", said)
            crowd = Crowd(port, code)
            crowd.comes(PHONES)
            crowd.waits_for(ENOUGH)
        finally:
            kill_traced(strace)
        crowd.goes()
        answers = [call for call in self.takes(log) if call.name == "sendto" and call.has_text(1)]
        told = {found[1].decode(): call.begun for call in answers
                if (found := STORED.search(call.text(1)))}  # fmt: skip
        assert crowd.acknowledged <= told.keys()
        return told

    def takes(self, log: Path) -> list[Call]:
        calls = read(log, self.line)
        self.line += len(log.read_bytes().splitlines()) + 1
        self.disk.takes(calls)
        return calls

    def _log(self) -> Path:
        self._logs += 1
        return self._folder / f"{self._logs}.strace"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory, study: NewStudy) -> Recorded:
    recorder = Recorder(tmp_path_factory.mktemp("recorded"))
    recorder.runs("study", "install", str(study.file))
    installed = recorder.line
    recorder.runs("workshop", "open", "--title", "Draw", "--site", "The library")
    opened, code = recorder.line, Workshops(recorder.data).all()[0].code
    acknowledged = recorder.serves(code)
    recorder.runs("workshop", "close", code)
    return Recorded(recorder.disk, installed, opened, acknowledged, recorder.line)


def survived(found: Path, recorded: Recorded, cut: int) -> None:
    """Check a data folder after a cut: what anybody was told by then is true."""
    studies = list((found / "studies").glob("*.toml")) if (found / "studies").is_dir() else []
    assert len([one for one in studies if one.stat().st_size]) == (1 if cut >= recorded.installed
                                                                   else len(studies))  # fmt: skip
    tables = rows(found, "SELECT name FROM sqlite_master") if (found / FILE).is_file() else []
    assert cut < recorded.opened or ("workshops",) in tables
    if ("arrivals",) not in tables:
        return
    assert rows(found, "PRAGMA integrity_check") == [("ok",)]
    workshops = rows(found, "SELECT salt, complete + partial + under_half, bundle FROM workshops")
    assert cut < recorded.opened or len(workshops) == 1
    for salt, counted, bundle in workshops:
        known = {row[0] for row in rows(found, "SELECT digest FROM acknowledged")}
        told = {one for one, line in recorded.acknowledged.items() if line <= cut}
        assert {digest_of(salt, one) for one in told} <= known, "none is lost"
        keys = {row[0].hex() for row in rows(found, "SELECT key FROM responses")}
        if bundle:
            keys |= set(read_bundle(found / "bundles" / bundle).envelopes)
        assert len(keys) == len(known) == counted, "each is there once, and whole"


@pytest.mark.parametrize("kept", [0.0, 1.0, 0.5, 0.9], ids=["nothing", "all", "half", "most"])
def test_whatever_was_acknowledged_before_the_cut_is_there_after_it(
    recorded: Recorded, kept: float, tmp_path: Path
) -> None:
    chance = random.Random(11) if 0 < kept < 1 else None  # noqa: S311 - the same cuts every time
    for cut in recorded.moments():
        root = tmp_path / str(cut)
        root.mkdir()
        recorded.disk.after(cut, chance, kept, root)
        try:
            survived(root / "data", recorded, cut)
        except Exception as problem:
            raise AssertionError(f"after a cut at line {cut}: {problem!r}") from problem
        shutil.rmtree(root)
    print(f"\n{len(recorded.moments())} cuts, {kept:.0%} of what was not flushed kept")


def test_after_a_cut_the_kiosk_starts_and_packs_what_it_has(
    recorded: Recorded, tmp_path: Path
) -> None:
    middle = sorted(recorded.acknowledged.values())[len(recorded.acknowledged) // 2]
    recorded.disk.after(middle, None, 0.0, tmp_path)
    data = tmp_path / "data"
    prepare(data)
    (workshop,) = Workshops(data).all()
    assert workshop.is_open
    assert workshop.sent >= len(recorded.acknowledged) // 2


def test_a_plug_pulled_at_the_end_leaves_the_disk_as_it_is(
    recorded: Recorded, tmp_path: Path
) -> None:
    """The model is right: what it builds of everything is what is really there."""
    recorded.disk.after(recorded.last, None, 1.0, tmp_path)
    real = Path(recorded.disk.root)
    names = {path.relative_to(real) for path in real.rglob("*")}
    assert {path.relative_to(tmp_path) for path in tmp_path.rglob("*")} == names
    for name in names:
        if (real / name).is_file():
            assert (tmp_path / name).read_bytes() == (real / name).read_bytes(), name
