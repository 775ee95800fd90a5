"""HTTP to one server: certificates of the system, no redirects, every failure in plain words."""

from __future__ import annotations

import base64
import re
import ssl
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote, urlsplit

import truststore
from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool, Timeout
from urllib3.exceptions import HTTPError

from kiosk.sync.address import Address
from kiosk.sync.problem import NotAllowed, NotThere, Reason, SendProblem, Taken
from kiosk.sync.target import Progress
from kiosk.sync.targets.http_problems import told

TIMES = Timeout(connect=10, read=60)  # seconds
PIECE = 64 * 1024
THREADS = 8
ANSWER_LIMIT = 64 * 1024  # bytes of an answer that only says how it went
DONE = frozenset({200, 201, 202, 204})
REASONS = {
    401: Reason.LOGIN, 409: Reason.MISSING, 413: Reason.FULL, 507: Reason.FULL,
}  # fmt: skip
KINDS: dict[int, Callable[[str], SendProblem]] = {
    403: NotAllowed, 404: NotThere, 405: NotAllowed, 410: NotThere, 412: Taken, 501: NotAllowed,
}  # fmt: skip
MESSAGE = re.compile(rb"<s:message[^>]*>([^<]{1,200})<")  # Nextcloud and ownCloud say why


@dataclass(frozen=True)
class Answer:
    """What the server said to one request."""

    method: str
    status: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)

    @property
    def words(self) -> str:
        """What to tell whoever helps."""
        message = MESSAGE.search(self.content)
        why = f": {message[1].decode('utf-8', 'replace')}" if message else ""
        return f"{self.method} was answered by {self.status}{why}"

    def problem(self) -> SendProblem:
        """Return what this answer means when it is not the hoped-for one."""
        kind = KINDS.get(self.status)
        if kind:
            return kind(self.words)
        return SendProblem(REASONS.get(self.status, Reason.SERVER), self.words)


class Web:
    """One server. Requests are never repeated and never follow a redirect; threads may share it."""

    def __init__(self, address: Address, *, secure: bool) -> None:
        self.host = _ascii(address.host)
        shown = f"[{self.host}]" if ":" in self.host else self.host
        name = f"//{shown}:{address.port}" if address.port else f"//{shown}"
        schemes = ("https:", "http:") if secure else ("http:", "https:")
        self.origin, self.other_origin = (scheme + name for scheme in schemes)
        self._pool = _pool(self.host, address.port, secure)

    def ask(
        self, method: str, path: str, headers: Mapping[str, str],
        body: Iterable[bytes] | bytes | None = None, limit: int = ANSWER_LIMIT,
    ) -> Answer:  # fmt: skip
        """Send one request for a decoded path and return the answer, whatever its status is.

        Raises SendProblem for redirects, for whatever comes in between, and for an answer that is
        longer than `limit` bytes; those that tell of a failure are cut off there instead.
        """
        try:
            response = self._pool.urlopen(
                method, quote(path), body=body, headers={"Accept-Encoding": "identity", **headers},
                retries=False, redirect=False, timeout=TIMES, preload_content=False,
                decode_content=False,
            )  # fmt: skip
            content = _content(response, limit)
        except (HTTPError, OSError) as problem:
            raise told(problem, self.host) from problem
        if 300 <= response.status < 400:
            other = urlsplit(response.headers.get("Location", "")).hostname or self.host
            raise SendProblem(
                Reason.ADDRESS, f"{self.host} leads on to {other}, and nothing was sent there"
            )
        return Answer(method, response.status, response.headers, content)

    def close(self) -> None:
        """End all connections."""
        self._pool.close()


def basic(user: str, password: str) -> dict[str, str]:
    """Return the header that tells who comes; none if nobody does."""
    if not user and not password:
        return {}
    both = base64.b64encode(f"{user}:{password}".encode()).decode()
    return {"Authorization": f"Basic {both}"}


def pieces(content: bytes, progress: Progress) -> Iterator[bytes]:
    """Yield a content in pieces, and tell how many bytes have gone before each next one."""
    for start in range(0, len(content), PIECE):
        yield content[start : start + PIECE]
        progress(min(start + PIECE, len(content)))


def _ascii(host: str) -> str:
    """Return a host as the network knows it. Raises SendProblem if it can be none."""
    try:
        if not host:
            raise ValueError("it has no server in it")
        return host.encode("idna").decode()
    except ValueError as problem:
        raise SendProblem(Reason.ADDRESS, str(problem)) from problem


def _pool(host: str, port: int | None, secure: bool) -> HTTPConnectionPool:
    if not secure:
        return HTTPConnectionPool(host, port, maxsize=THREADS)
    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return HTTPSConnectionPool(host, port, maxsize=THREADS, ssl_context=context)


def _content(response: BaseHTTPResponse, limit: int) -> bytes:
    content = bytearray()
    for piece in response.stream(PIECE):
        content += piece
        if len(content) > limit:
            response.close()
            if response.status in DONE or response.status == 207:
                raise SendProblem(Reason.SERVER, f"the answer is longer than {limit} bytes")
            break
    return bytes(content[:limit])
