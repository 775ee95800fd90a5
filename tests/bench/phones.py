"""Many phones that send answers at once, each send over a new connection."""

from __future__ import annotations

import random
import secrets
import socket
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlencode

from kiosk.paths import bundled
from kiosk.survey.loader import load_survey

PATIENCE_SECONDS = 30.0


class Room(Protocol):
    """Where a kiosk is heard on this machine, and its open workshop."""

    @property
    def port(self) -> int: ...
    @property
    def code(self) -> str: ...


@dataclass
class Sent:
    """What came of the sends: milliseconds of each acknowledged one, and what went wrong."""

    taken: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        return len(self.taken) / self.seconds


class Phones:
    """Sends fresh responses with a value for every item to one kiosk."""

    def __init__(self, kiosk: Room) -> None:
        self._kiosk = kiosk
        self._items = [item.id for item in load_survey(bundled("surveys") / "workshop.toml").items]

    def send(self, at_once: int, count: int, seconds: float) -> Sent:
        """Let `at_once` phones send one response after the other: `count`, or while time lasts."""
        sent, left, end = Sent(), iter(range(count)), time.perf_counter() + seconds
        lock = threading.Lock()

        def phone() -> None:
            while time.perf_counter() < end:
                with lock:
                    if next(left, None) is None:
                        return
                self.send_one(self.request(), sent)

        sent.seconds = _together(at_once, phone)
        return sent

    def burst(self, phones: int) -> Sent:
        """Let each phone send one response at the same instant."""
        sent, barrier = Sent(), threading.Barrier(phones + 1)

        def phone() -> None:
            request = self.request()
            barrier.wait()
            self.send_one(request, sent)

        threads = [threading.Thread(target=phone) for _ in range(phones)]
        for thread in threads:
            thread.start()
        barrier.wait()
        begun = time.perf_counter()
        for thread in threads:
            thread.join()
        sent.seconds = time.perf_counter() - begun
        return sent

    @property
    def page(self) -> bytes:
        """The request for the survey's page."""
        lines = (f"GET /w/{self._kiosk.code}/en HTTP/1.1", f"Host: 127.0.0.1:{self._kiosk.port}",
                 "Accept: text/html", "Accept-Encoding: gzip, deflate")  # fmt: skip
        return ("\r\n".join(lines) + "\r\n\r\n").encode()

    def request(self, answers: Mapping[str, str] | None = None) -> bytes:
        """Return the request that sends answers, any answers if none are given, under a new id."""
        random.shuffle(self._items)
        given = answers or {item: secrets.choice("12345") for item in self._items}
        body = urlencode({"submission_id": secrets.token_urlsafe(18)} | dict(given))
        lines = (
            f"POST /w/{self._kiosk.code}/en HTTP/1.1",
            f"Host: 127.0.0.1:{self._kiosk.port}",
            "Accept: application/json",
            "Accept-Encoding: gzip, deflate",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        )
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()

    def send_one(self, request: bytes, sent: Sent, wanted: str = "201") -> None:
        """Send a request and note how long its answer took, or what went wrong."""
        begun = time.perf_counter()
        try:
            status = self.ask(request)
        except OSError as problem:
            sent.failures.append(type(problem).__name__)
            return
        taken = 1000 * (time.perf_counter() - begun)
        if status == wanted:
            sent.taken.append(taken)
        else:
            sent.failures.append(f"HTTP {status}")

    def ask(self, request: bytes) -> str:
        """Return the status of a request, once the whole answer has come."""
        address = ("127.0.0.1", self._kiosk.port)
        with socket.create_connection(address, timeout=PATIENCE_SECONDS) as connection:
            connection.sendall(request)
            answer = b""
            while not _is_whole(answer):
                more = connection.recv(65_536)
                if not more:
                    raise ConnectionError
                answer += more
        return answer[9:12].decode()


def _is_whole(answer: bytes) -> bool:
    head, found, body = answer.partition(b"\r\n\r\n")
    if not found:
        return False
    lengths = [line[15:] for line in head.lower().split(b"\r\n") if line[:15] == b"content-length:"]
    return len(body) >= int(lengths[0])


def _together(threads: int, work: Callable[[], None]) -> float:
    """Run `work` in so many threads; return the seconds until the last has ended."""
    running = [threading.Thread(target=work) for _ in range(threads)]
    begun = time.perf_counter()
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return time.perf_counter() - begun
