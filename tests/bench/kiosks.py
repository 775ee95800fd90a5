"""Starts the real kiosk as a process of its own, and stops it whatever happens."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

PATIENCE_SECONDS = 30.0


@dataclass(frozen=True)
class Kiosk:
    """A running kiosk. `start_seconds` is from the process's start to the first 200."""

    data: Path
    port: int
    code: str
    process: psutil.Process
    start_seconds: float

    def url(self, path: str = "") -> str:
        return f"http://127.0.0.1:{self.port}/w/{self.code}{path}"

    @property
    def bare_url(self) -> str:
        """The address of the kiosk's smallest page."""
        return f"http://127.0.0.1:{self.port}/healthz"

    @property
    def cpu_seconds(self) -> float:
        times = self.process.cpu_times()
        return float(times.user + times.system)

    @property
    def resident_mb(self) -> float:
        return float(self.process.memory_info().rss) / 1e6

    @property
    def descriptors(self) -> int:
        return int(self.process.num_fds())

    @property
    def threads(self) -> int:
        return int(self.process.num_threads())

    @property
    def complaints(self) -> list[str]:
        """What the kiosk said of failures."""
        return (self.data.parent / f"{self.data.name}.err").read_text("utf-8").splitlines()


@contextmanager
def running(command: str, data: Path, code: str = "") -> Iterator[Kiosk]:
    """Run `kiosk serve` or `kiosk demo` on a data folder; the demo tells its workshop's code."""
    port = _free_port()
    words = [sys.executable, "-m", "kiosk", command, "--json", "--host", "127.0.0.1",
             "--port", str(port), "--data", str(data)]  # fmt: skip
    clean = {name: value for name, value in os.environ.items() if not name.startswith("KIOSK_")}
    said, complained = (data.parent / f"{data.name}.{end}" for end in ("out", "err"))
    with said.open("wb") as out, complained.open("wb") as err:
        begun = time.perf_counter()
        process = subprocess.Popen(words, stdout=out, stderr=err, env=clean)
        try:
            _wait_until_up(process, port, complained)
            seconds = time.perf_counter() - begun
            code = code or _code(said)
            yield Kiosk(data, port, code, psutil.Process(process.pid), seconds)
        finally:
            process.terminate()
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def on_a_copy(kiosk_data: Path, code: str, name: str) -> Iterator[Kiosk]:
    """Run the kiosk on a copy of a data folder, so that the folder stays as it is."""
    copy = kiosk_data.parent / name
    shutil.copytree(kiosk_data, copy)
    try:
        with running("serve", copy, code) as kiosk:
            yield kiosk
    finally:
        shutil.rmtree(copy, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_up(process: subprocess.Popen[bytes], port: int, complained: Path) -> None:
    for _ in range(int(PATIENCE_SECONDS / 0.005)):
        if process.poll() is not None:
            raise RuntimeError(f"The kiosk ended by itself.\n{complained.read_text('utf-8')}")
        if _is_healthy(port):
            return
        time.sleep(0.005)
    raise RuntimeError("The kiosk did not start.")


def _is_healthy(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(b"GET /healthz HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            return b" 200 " in connection.recv(64)
    except OSError:
        return False


def _code(said: Path) -> str:
    """Return the workshop's code from what `kiosk demo --json` said (before it was up)."""
    return str(json.loads(said.read_text("utf-8"))["participants"].rsplit("/", 1)[1])
