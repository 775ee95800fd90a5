"""Runs the kiosk behind waitress, with limits that a room full of phones needs."""

from __future__ import annotations

import ctypes
import ipaddress
import logging
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

from flask import Flask
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import create_server

from kiosk.config import Config

LIMITS: dict[str, Any] = {
    "threads": 32,  # group commit needs as many threads as there are waiting phones
    "connection_limit": 400,
    "channel_timeout": 20,
    "cleanup_interval": 5,
    "backlog": 256,
    "max_request_header_size": 16_384,
    # The app itself refuses forms over 64 KiB, in the participant's language; up to here it is
    # asked. Bodies stay in memory: nothing a participant sends is written before it is sealed.
    "max_request_body_size": 2_000_000,
    "inbuf_overflow": 4_000_000,
    "outbuf_overflow": 4_000_000,
    "ident": None,
}


M_PERTURB = -6  # of glibc's malloc.h: the byte with which freed memory is overwritten
LARGEST_UPLOAD = 68_000_000  # bytes; staff bring study packs and recordings


class PortTaken(Exception):
    """Another program uses the port; the message says what to do."""


class Connection(HTTPChannel):
    """Somebody's connection: phones may send little, whoever may be staff a whole study."""

    of_staff: Adjustments
    staff_on_lan = False

    def __init__(self, server: Any, sock: Any, addr: Any, adj: Adjustments, **rest: Any) -> None:
        super().__init__(server, sock, addr, adj, **rest)
        if self.staff_on_lan or ipaddress.ip_address(addr[0]).is_loopback:
            self.adj = self.of_staff


class Server:
    """An app of ours that can be started and stopped; at its end it calls its own `at_end`."""

    def __init__(self, app: Flask, config: Config) -> None:
        logging.getLogger("waitress.queue").setLevel(logging.ERROR)
        logging.getLogger("waitress").addFilter(_without_visitors)
        self._app = app
        check_port(config)
        limits = LIMITS | {"host": config.host, "port": config.port}
        listening: dict[int, Any] = {}
        self._waitress = create_server(app, map=listening, **limits)
        larger = Adjustments(**limits | {"max_request_body_size": LARGEST_UPLOAD})
        ours = {"of_staff": larger, "staff_on_lan": config.staff_on_lan}
        for one in listening.values():
            one.channel_class = type("Ours", (Connection,), ours)

    def run(self) -> None:
        """Serve until stopped (Ctrl-C, or `stop` from another thread)."""
        overwrite_freed_memory()
        self._waitress.run()
        self._app.extensions["at_end"]()

    def stop(self) -> None:
        """Take no more requests; what has arrived is written first."""
        self._waitress.close()

    def in_background(self) -> Callable[[], None]:
        """Serve in a thread of its own; return what stops it."""
        thread = threading.Thread(target=self.run, name="server", daemon=True)
        thread.start()

        def stop() -> None:
            self.stop()
            thread.join(timeout=10)

        return stop


def overwrite_freed_memory() -> None:
    """Let what was in memory for one request be overwritten after it, where the C library can.

    That is glibc's on Linux. Elsewhere nothing happens. Small pieces stay until Python needs their
    place again, which is soon.
    """
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "mallopt"):
        libc.mallopt(M_PERTURB, 0xFF)


def _without_visitors(record: logging.LogRecord) -> bool:
    """Let waitress say where it failed and how; its own words may hold an address or a path."""
    kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else ""
    record.msg = f"The web server had a problem: {record.module}, line {record.lineno}. {kind}"
    record.args = record.exc_info = record.exc_text = None
    return True


def check_port(config: Config) -> None:
    """Raise PortTaken if a port is taken, also where the system would let two programs share it."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.settimeout(0.5)
        host = "127.0.0.1" if config.host == "0.0.0.0" else config.host  # noqa: S104 - a comparison
        if probe.connect_ex((host, config.port)) == 0:
            raise PortTaken(
                f"Another program already uses port {config.port}. Perhaps the kiosk is running "
                f"already? Otherwise choose another port: --port {config.port + 1}"
            )
