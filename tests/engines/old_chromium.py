"""Chromium 65 of 2018, inside Qt 5.11: what a seven-year-old phone may have got stuck at."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.engines.engine import Engine
from tests.setup_engines import OLD_CHROMIUM, ROOT


class OldChromium(Engine):
    """One window of the old engine, in a process of its own."""

    def __init__(self, display: str, folder: Path) -> None:
        surroundings = os.environ | {
            "DISPLAY": display, "QT_QPA_PLATFORM": "xcb", "QTWEBENGINE_DISABLE_SANDBOX": "1",
            "QT_QUICK_BACKEND": "software", "XDG_RUNTIME_DIR": str(folder), "HOME": str(folder),
            "PYTHONPATH": f"{ROOT}{os.pathsep}{OLD_CHROMIUM}",
        }  # fmt: skip
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.engines.qt_host"], env=surroundings, cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def _does(self, what: str, value: object) -> Any:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({"do": what, "with": value}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        assert line, "the old engine has gone"
        return json.loads(line)

    def goes(self, address: str) -> None:
        assert self._does("goes", address), f"{address} did not load"

    def runs(self, body: str) -> Any:
        answer = self._does("runs", body)
        return json.loads(answer) if answer else None

    def clicks(self, x: int, y: int) -> None:
        self._does("clicks", [x, y])

    def shows(self, file: Path) -> None:
        """Keep a picture of the window."""
        self._does("shows", str(file))

    def stop(self) -> None:
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=20)
