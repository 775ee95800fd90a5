"""A window with Qt 5.11's WebEngine (Chromium 65 of 2018), told what to do by lines of JSON.

Runs as a process of its own: python -m tests.engines.qt_host, with PyQt5 on the path.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from PyQt5.QtCore import QPoint, QSocketNotifier, Qt, QUrl
from PyQt5.QtTest import QTest
from PyQt5.QtWebEngineWidgets import QWebEngineView
from PyQt5.QtWidgets import QApplication


class Host:
    """Does one thing after the other, and answers each with one line."""

    def __init__(self, application: Any) -> None:
        self.application = application
        self.view = QWebEngineView()
        self.view.resize(1024, 800)
        self.view.show()
        self.view.loadFinished.connect(self._is_loaded)
        self.loading = False

    def _says(self, answer: object) -> None:
        print(json.dumps(answer), flush=True)

    def _is_loaded(self, well: bool) -> None:
        if self.loading:
            self.loading = False
            self._says(well)

    def hears(self) -> None:
        """Do what the next line asks; without one, end."""
        line = sys.stdin.readline()
        if not line:
            self.application.quit()
            return
        order = json.loads(line)
        getattr(self, order["do"])(order["with"])

    def goes(self, address: str) -> None:
        """Load a page; answered when it is there."""
        self.loading = True
        self.view.load(QUrl(address))

    def runs(self, body: str) -> None:
        """Run a function's body in the page; answered with what it returns."""
        self.view.page().runJavaScript(f"JSON.stringify((() => {{{body}}})())", self._says)

    def clicks(self, place: list[int]) -> None:
        """Press and release the button at a place."""
        QTest.mouseClick(self.view.focusProxy(), Qt.LeftButton, Qt.NoModifier, QPoint(*place))
        self._says(True)

    def shows(self, file: str) -> None:
        """Keep a picture of the window."""
        self._says(self.view.grab().save(file))


if __name__ == "__main__":
    application = QApplication(["kiosk-test", "--no-sandbox"])
    host = Host(application)
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Read)
    notifier.activated.connect(lambda _: host.hears())
    application.exec_()
