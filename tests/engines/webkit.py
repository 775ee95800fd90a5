"""WebKitGTK, the engine of Safari as Debian builds it, through its WebDriver."""

from __future__ import annotations

import json
import os
import subprocess
import urllib.error
import urllib.request
from typing import Any

from tests.engines.engine import Engine, until
from tests.server import free_port

POINTER: dict[str, Any] = {
    "type": "pointer",
    "id": "finger",
    "parameters": {"pointerType": "mouse"},
}


def press(x: int, y: int) -> list[dict[str, Any]]:
    """Return WebDriver's actions of one press at a place."""
    return [POINTER | {"actions": [
        {"type": "pointerMove", "x": x, "y": y, "duration": 0},
        {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0},
    ]}]  # fmt: skip


class WebKit(Engine):
    """One MiniBrowser; root may run it only without its sandbox."""

    def __init__(self, display: str) -> None:
        port = free_port()
        surroundings = os.environ | {
            "DISPLAY": display, "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
            "WEBKIT_DISABLE_COMPOSITING_MODE": "1", "NO_AT_BRIDGE": "1",
        }  # fmt: skip
        command = ["WebKitWebDriver", f"--port={port}"]
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(command, env=surroundings, stdout=quiet, stderr=quiet)
        self.base = f"http://127.0.0.1:{port}"
        until(self._is_up, "WebKitWebDriver")
        made = self._sends("/session", {"capabilities": {"alwaysMatch": {}}})
        self.base += f"/session/{made['sessionId']}"
        self._sends("/window/rect", {"width": 1100, "height": 900})

    def _is_up(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.base}/status", timeout=1):
                return True
        except OSError:
            return False

    def _sends(self, path: str, body: dict[str, Any]) -> Any:
        request = urllib.request.Request(f"{self.base}{path}", json.dumps(body).encode())
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as refused:
            raise AssertionError(refused.read().decode()) from refused

    def goes(self, address: str) -> None:
        self._sends("/url", {"url": address})

    def runs(self, body: str) -> Any:
        return self._sends("/execute/sync", {"script": body, "args": []})

    def clicks(self, x: int, y: int) -> None:
        self._sends("/actions", {"actions": press(x, y)})

    def stop(self) -> None:
        request = urllib.request.Request(self.base, method="DELETE")
        with urllib.request.urlopen(request, timeout=30):
            self.process.terminate()
            self.process.wait(timeout=10)
