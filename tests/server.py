"""A real kiosk: `kiosk serve` in a process of its own, on a free port."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack, suppress
from pathlib import Path

from kiosk.web.address import lan_address


def free_port() -> int:
    """Return a port that nobody uses at this moment."""
    return free_ports(1)[0]


def free_ports(wanted: int) -> list[int]:
    """Return ports that nobody listens on, all different; below those that systems hand out."""
    with ExitStack() as ears:
        return [_listen_anywhere(ears) for _ in range(wanted)]


def _listen_anywhere(ears: ExitStack) -> int:
    while True:
        port = 10_000 + secrets.randbelow(20_000)
        with suppress(OSError):
            ears.enter_context(socket.create_server(("127.0.0.1", port)))
            return port


def run_kiosk(*words: str, data: Path, passphrase: str = "") -> dict[str, object]:
    """Run one command and return its JSON."""
    environment = os.environ | {"KIOSK_PASSPHRASE": passphrase}
    command = [sys.executable, "-m", "kiosk", *words, "--data", str(data), "--json"]
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert run.returncode == 0, run.stderr
    found: dict[str, object] = json.loads(run.stdout)
    return found


def wait_for(process: subprocess.Popen[bytes], here: str, log: Path) -> None:
    """Wait until a server of ours answers."""
    for _ in range(200):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            with urllib.request.urlopen(f"{here}/healthz", timeout=1):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise AssertionError(f"it did not start:\n{log.read_text(encoding='utf-8')}")


class RealKiosk:
    """One running kiosk with one open workshop (or none yet, without `opened`).

    With `lan` phones reach it at this machine's own address, as in a library. `environment` is
    added to this process's own.
    """

    def __init__(
        self, data: Path, study: Path, *, opened: bool = True, lan: bool = False,
        environment: dict[str, str] | None = None, **options: str,
    ) -> None:  # fmt: skip
        self.data = data
        self.environment = os.environ | (environment or {})
        self.port = free_port()
        self.host = "0.0.0.0" if lan else "127.0.0.1"  # noqa: S104 - as in a library
        self.here = f"http://127.0.0.1:{self.port}"
        self.url = f"http://{lan_address()}:{self.port}" if lan else self.here
        self.log = data.parent / f"{data.name}.log"
        run_kiosk("study", "install", str(study), data=data)
        self.code = self.opens(**options) if opened else ""
        self.start()

    def opens(self, **options: str) -> str:
        values = {"title": "Draw with Procreate", "site": "The library", "tool": "Procreate"}
        words = [
            word for name, value in (values | options).items() for word in (f"--{name}", value)
        ]
        return str(run_kiosk("workshop", "open", *words, data=self.data)["code"])

    def closes(self, code: str | None = None) -> Path:
        return Path(
            str(run_kiosk("workshop", "close", code or self.code, data=self.data)["bundle"])
        )

    def start(self) -> None:
        command = [sys.executable, "-m", "kiosk", "serve", "--host", self.host,
                   "--port", str(self.port), "--data", str(self.data)]  # fmt: skip
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, env=self.environment)
        self._wait()

    def _wait(self) -> None:
        wait_for(self.process, self.here, self.log)

    def output(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def kill(self) -> None:
        """End it like a power cut would."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=10)


class RealDoor:
    """The researcher's pages: `kiosk researcher`, with a temporary folder of its own."""

    def __init__(self, data: Path, *sources: Path) -> None:
        self.temporary = data.parent / f"{data.name}-temporary"
        self.temporary.mkdir()
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.log = data.parent / f"{data.name}-researcher.log"
        command = [sys.executable, "-m", "kiosk", "researcher", *map(str, sources),
                   "--port", str(port), "--data", str(data)]  # fmt: skip
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, stdout=log, stderr=log, env=os.environ | {"TMPDIR": str(self.temporary)}
            )
        wait_for(self.process, self.url, self.log)

    def rooms(self) -> list[Path]:
        """Return the private folders that it has made."""
        return list(self.temporary.glob("kiosk-researcher-*"))

    def stop(self) -> int:
        """End it as a shutdown of the computer would; return its exit code."""
        if self.process.poll() is None:
            self.process.terminate()
        return self.process.wait(timeout=30)
