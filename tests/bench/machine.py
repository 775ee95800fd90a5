"""The machine: what it is, and what nothing on it can be faster than."""

from __future__ import annotations

import os
import platform
import socket
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path

from kiosk.store.database import connect
from tests.bench.figures import Figure, Part, median

FIRST_WINDOW = 14_600


def machine(browser_version: str) -> dict[str, str]:
    """Return what figures of two runs must share to be compared."""
    return {
        "cpu": f"{os.cpu_count()} x {_cpu_model()}",
        "system": platform.platform(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "chromium": browser_version,
        "load": f"{os.getloadavg()[0]:.1f} before the start; a busy machine measures badly",
    }


def limits(folder: Path) -> Part:
    """Measure the disk and the loopback network, as the kiosk uses them."""
    return Part(
        "Physical limits of this machine (medians)",
        [
            Figure("fsync'd append of 2 KiB", _fsynced_append(folder), "ms"),
            Figure("durable commit, the kiosk's SQLite settings", _commit(folder), "ms"),
            Figure("loopback round trip", _round_trip(), "ms", note="both ends in one thread"),
            Figure(
                "what TCP may send before it hears an answer",
                FIRST_WINDOW,
                "bytes",
                note="10 segments of 1,460 (RFC 6928); one round trip more for a larger page",
            ),
        ],
        is_limit=True,
    )


def _cpu_model() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(": ")[1] for line in lines if line.startswith("model name")), "?")


def _median_ms(times: int, action: Callable[[], object]) -> float:
    taken: list[float] = []
    for _ in range(times):
        begun = time.perf_counter()
        action()
        taken.append(1000 * (time.perf_counter() - begun))
    return median(taken)


def _fsynced_append(folder: Path) -> float:
    with (folder / "limit").open("ab", buffering=0) as file:

        def append() -> None:
            file.write(b"x" * 2048)
            os.fsync(file.fileno())

        return _median_ms(200, append)


def _commit(folder: Path) -> float:
    connection = connect(folder / "limit-db")
    connection.execute("CREATE TABLE one (envelope BLOB)")
    taken = _median_ms(100, lambda: connection.execute("INSERT INTO one VALUES (zeroblob(1400))"))
    connection.close()
    return taken


def _round_trip() -> float:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        here = socket.create_connection(listener.getsockname())
        there, _ = listener.accept()
    with here, there:
        for end in (here, there):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

        def there_and_back() -> None:
            here.send(b"x")
            there.send(there.recv(1))
            here.recv(1)

        return _median_ms(2000, there_and_back)
