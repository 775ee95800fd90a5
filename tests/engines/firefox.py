"""Firefox ESR through Marionette, which every Firefox speaks: lengths and JSON on a socket."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
from pathlib import Path
from typing import Any

from tests.engines.engine import Engine, until
from tests.engines.webkit import press
from tests.server import free_port


class Firefox(Engine):
    """One Firefox without a window, with a profile of its own."""

    def __init__(self, folder: Path) -> None:
        port = free_port()
        (folder / "user.js").write_text(f'user_pref("marionette.port", {port});\n')
        program = shutil.which("firefox-esr") or "firefox"
        command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
        surroundings = os.environ | {"HOME": str(folder), "MOZ_DISABLE_AUTO_SAFE_MODE": "1"}
        quiet = subprocess.DEVNULL
        self.process = subprocess.Popen(command, env=surroundings, stdout=quiet, stderr=quiet)
        self.number = 0
        self.line = until(lambda: self._reaches(port), "Firefox")
        self.words = self.line.makefile("rb")
        self._hears()  # its greeting
        self._does("WebDriver:NewSession")

    def _reaches(self, port: int) -> socket.socket | None:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=60)
        except OSError:
            return None

    def _hears(self) -> Any:
        length = b""
        while (byte := self.words.read(1)) != b":":
            assert byte, "Firefox has gone"
            length += byte
        return json.loads(self.words.read(int(length)))

    def _does(self, command: str, **values: Any) -> Any:
        self.number += 1
        asked = json.dumps([0, self.number, command, values]).encode()
        self.line.sendall(b"%d:%s" % (len(asked), asked))
        _, number, wrong, answer = self._hears()
        assert number == self.number
        assert not wrong, wrong
        return answer

    def goes(self, address: str) -> None:
        self._does("WebDriver:Navigate", url=address)

    def runs(self, body: str) -> Any:
        return self._does("WebDriver:ExecuteScript", script=body, args=[], sandbox=None)["value"]

    def clicks(self, x: int, y: int) -> None:
        self._does("WebDriver:PerformActions", actions=press(x, y))

    def stop(self) -> None:
        self._does("Marionette:Quit", flags=["eForceQuit"])
        self.words.close()
        self.line.close()
        self.process.wait(timeout=20)
