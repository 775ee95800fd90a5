"""A kiosk that runs sends what is packed by itself, and nothing while people answer."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kiosk.opening.new_study import NewStudy
from tests.server import free_port, wait_for
from tests.sync.kiosks import Library

PATIENCE = 200  # tenths of a second


@contextmanager
def serving(data: Path, log: Path, **settings: str) -> Iterator[subprocess.Popen[bytes]]:
    port = free_port()
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "kiosk", "serve", "--port", str(port), "--data", str(data)],
            stdout=output, stderr=output, env=os.environ | settings,
        )  # fmt: skip
    try:
        wait_for(process, f"http://127.0.0.1:{port}", log)
        yield process
    finally:
        process.terminate()
        process.wait()


def has_arrived(inbox: Path, process: subprocess.Popen[bytes]) -> bool:
    """Wait until a whole bundle is there; False if the kiosk ends or the patience does."""
    for _ in range(PATIENCE):
        if list(inbox.glob("*.bundle.zip")):
            return True
        try:
            process.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
        break
    return False


def test_a_kiosk_that_starts_sends_what_waits(tmp_path: Path, study: NewStudy) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    library = Library(tmp_path / "data", study, inbox.as_uri())
    workshop = library.packs("Draw", 5)
    with serving(library.data, tmp_path / "log") as process:
        assert has_arrived(inbox, process), (tmp_path / "log").read_text()
    assert [path.name for path in inbox.iterdir()] == [workshop.bundle]


def test_with_the_setting_send_off_only_staff_send(tmp_path: Path, study: NewStudy) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    library = Library(tmp_path / "data", study, inbox.as_uri())
    library.packs("Draw", 5)
    with serving(library.data, tmp_path / "log", KIOSK_SEND="false"):
        assert list(inbox.iterdir()) == []
    assert library.outbox.waiting()
