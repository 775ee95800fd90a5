"""A phone, a tablet or a laptop that can be recognised by everything it sends."""

from __future__ import annotations

import http.client
import re
import socket
import struct
from contextlib import closing, suppress
from dataclasses import dataclass, field
from urllib.parse import urlencode

from tests.conftest import JSON, PIN, SIGN

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
MARK = "MARK"  # begins whatever a device says of itself


@dataclass
class Device:
    """A device with an address of its own, and a mark in each header that could give it away."""

    port: int
    number: int
    cookie: str = ""
    speaks: str = "en"
    paths: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"127.7.{self.number // 200}.{self.number % 200 + 20}"

    @property
    def marks(self) -> dict[str, str]:
        mine = f"{MARK}{self.number:03}"
        return {
            "User-Agent": f"{mine}agent/5.0",
            "Accept-Language": f"{self.speaks}, xx-{mine}lang;q=0.1",
            "Cookie": self.cookie or f"seen={mine}cookie",
            "Referer": f"http://{mine}referer.example/",
            "X-Forwarded-For": f"203.0.113.{self.number}",
            "Forwarded": f'for="203.0.113.{self.number}";by={mine}by',
            "X-Real-IP": f"203.0.113.{self.number}",
            "Sec-CH-UA-Model": f'"{mine}model"',
        }

    def asks(self, path: str, body: bytes | None = None, **headers: str) -> tuple[int, str]:
        """Ask once, on a connection of its own; return status and text."""
        query = "&" if "?" in path else "?"
        path = f"{path}{query}from={MARK}{self.number:03}query"
        with closing(self._connection()) as connection:
            method = "GET" if body is None else "POST"
            connection.request(method, path, body, self.marks | headers)
            answer = connection.getresponse()
            if answer.headers["Set-Cookie"]:
                self.cookie = answer.headers["Set-Cookie"].split(";")[0]
            return answer.status, answer.read().decode(errors="replace")

    def _connection(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(
            "127.0.0.1", self.port, timeout=30, source_address=(self.address, 0)
        )

    def sends(self, path: str, fields: dict[str, object], script: bool = True) -> int:
        """Send a form as the page's script does, or as a browser without one."""
        more = FORM | (JSON if script else {})
        return self.asks(path, urlencode(fields).encode(), **more)[0]

    def breaks_off(self, head: str, rude: bool) -> None:
        """Begin a request and go away, with a reset if it is rude."""
        with closing(socket.socket()) as line, suppress(OSError):
            line.bind((self.address, 0))
            line.connect(("127.0.0.1", self.port))
            line.sendall(head.encode())
            if rude:
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


class Desk(Device):
    """Kari's browser, at the kiosk itself."""

    @property
    def address(self) -> str:
        return "127.0.0.1"

    def chooses_pin(self) -> None:
        assert self.fills_in("/staff/first", "/staff/first", pin=PIN, again=PIN) == 303

    def fills_in(self, page: str, path: str, **fields: object) -> int:
        """Send a form with the sign that stands on a page, and the id if it has one."""
        text = self.asks(page)[1]
        sign = SIGN.search(text)
        assert sign, text[:300]
        born = re.search(r'name="submission_id" value="([\w-]+)"', text)
        given = {"csrf": sign[1]} | ({"submission_id": born[1]} if born else {})
        return self.sends(path, given | fields, script=False)
