"""Runs the kiosk behind waitress, with limits that a room full of phones needs."""

from __future__ import annotations

import ctypes
import errno
import ipaddress
import logging
import select
import sys
import threading
from collections.abc import Callable
from typing import Any

from flask import Flask
from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import create_server
from waitress.task import ErrorTask

from kiosk import network
from kiosk.config import Config
from kiosk.web.guard import HEADERS

# Connections that do nothing are closed after some seconds; until then there must be room for
# others. Without `poll` (Windows) a program can watch 512 at most.
MANY, FEW = 1_000, 400
SPARE = 200  # files that are open besides
LIMITS: dict[str, Any] = {
    "threads": 32,  # group commit needs as many threads as there are waiting phones
    "asyncore_use_poll": hasattr(select, "poll"),
    "channel_timeout": 20,
    "cleanup_interval": 5,
    "backlog": 1_024,
    "max_request_header_size": 16_384,
    # The app itself refuses forms over 64 KiB, in the participant's language; up to here it is
    # asked. Bodies stay in memory: nothing a participant sends is written before it is sealed.
    "max_request_body_size": 2_000_000,
    "inbuf_overflow": 4_000_000,
    "outbuf_overflow": 4_000_000,
    "ident": None,
}
LARGEST_UPLOAD = 68_000_000  # bytes; staff bring study packs and recordings
REFUSED = {
    400: "The kiosk could not read this request. Please load the page again.",
    413: "This is larger than the kiosk takes. Nothing was saved. Please send less.",
    431: "This address is longer than the kiosk takes. Please scan the code once more.",
    500: "The kiosk has a problem. Please wait a little and try again.",
}
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


M_PERTURB = -6  # of glibc's malloc.h: the byte with which freed memory is overwritten


class CannotListen(Exception):
    """The port or the address cannot be had; the message says what to do."""


class Refusal(ErrorTask):
    """What is said before the app is asked: one plain sentence, with the headers of every page."""

    def execute(self) -> None:
        """Answer, and close the connection."""
        error: Any = self.request.error  # type: ignore[attr-defined]  # a parser that failed
        body = f"{REFUSED.get(error.code, REFUSED[400])}\n".encode()
        self.status = f"{error.code} {error.reason}"
        self.response_headers = [
            ("Content-Type", "text/plain; charset=utf-8"), ("Content-Security-Policy", POLICY),
            *HEADERS.items(),
        ]  # fmt: skip
        self.set_close_on_finish()
        self.content_length = len(body)
        self.write(body)


class Connection(HTTPChannel):
    """Somebody's connection: phones may send little, whoever may be staff a whole study."""

    error_task_class = Refusal
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
        most = _room_for(MANY) if LIMITS["asyncore_use_poll"] else FEW
        limits = LIMITS | {"host": config.host, "port": config.port, "connection_limit": most}
        listening: dict[int, Any] = {}
        try:
            self._waitress = create_server(app, map=listening, **limits)
        except OSError as problem:
            for one in [*listening.values()]:
                one.close()
            raise CannotListen(_why(problem, config)) from problem
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


def _room_for(connections: int) -> int:
    """Let this program hold so many connections at once; return how many the system allows."""
    import resource  # not on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + SPARE
    if soft != resource.RLIM_INFINITY and soft < wanted:
        soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return connections if soft == resource.RLIM_INFINITY else min(connections, soft - SPARE)


def check_port(config: Config) -> None:
    """Raise CannotListen if a kiosk with these settings could not start.

    A port on which something answers is taken, also where the system would let two share it.
    """
    try:
        if network.answers(network.within_reach(config.host), config.port, 0.5):
            raise OSError(errno.EADDRINUSE, "something answers there")
        network.listen_briefly(config.host, config.port)
    except OSError as problem:
        raise CannotListen(_why(problem, config)) from problem


def _why(problem: OSError, config: Config) -> str:
    """Return what somebody who starts the kiosk should do now."""
    port, other = config.port, network.other_port(config.port)
    if problem.errno == errno.EADDRINUSE:
        return (f"Another program already uses port {port}. Perhaps the kiosk is running already? "
                f"Otherwise choose another port: --port {other}")  # fmt: skip
    if isinstance(problem, PermissionError):
        return (f"This computer does not let the kiosk use port {port}. "
                f"Please choose another port: --port {other}")  # fmt: skip
    return (f"The kiosk is set to answer at “{config.host}”, which is no address of this computer. "
            "Please leave out --host, and the setting “host” in kiosk.toml.")  # fmt: skip
