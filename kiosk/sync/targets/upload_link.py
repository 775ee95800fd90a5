"""Upload links of Nextcloud and ownCloud (“file drop”), pasted as they are: `https://…/s/…`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from kiosk.sync.problem import NotAllowed, Reason, SendProblem
from kiosk.sync.target import Found, Progress, silent
from kiosk.sync.targets.http import DONE, Answer, Web, basic, pieces

LINK = re.compile(r"(?P<base>(?:/[^/]+)?)/s/(?P<key>[A-Za-z0-9_-]{6,})")
ONLY = "an upload link lets everybody put files there, and nothing else"
ENDED = b"DAV\\Exception\\NotFound"  # Nextcloud's words inside a 503 for a link that is no more


@dataclass(frozen=True)
class Link:
    """The folder in which the server's program is (often none), and the link's key."""

    base: str
    key: str


@dataclass(frozen=True)
class Road:
    """One way in which versions of these servers take files: the path and who comes."""

    path: str
    login: Mapping[str, str]


def parse_link(path: str) -> Link | None:
    """Return the link in an address's path; None if it is none."""
    found = LINK.fullmatch(path.replace("/index.php/", "/", 1))
    return Link(found["base"], found["key"]) if found else None


class UploadLink:
    """A folder that takes files and shows nothing. The server gives a name that exists a number,
    so a bundle that is sent twice lies there twice, which collecting notices.
    """

    def __init__(self, web: Web, link: Link, password: str, site: str) -> None:
        self._web, self._site = web, site
        self._roads = _roads(link, password)

    def put(self, name: str, content: bytes, progress: Progress = silent) -> None:
        """Send a file; the first road that this server knows is kept for the next ones."""
        for road in list(self._roads):
            answer = self._send(road, name, content, progress)
            if not _unknown(answer):
                self._roads = [road]
                return _check(answer)
        raise SendProblem(Reason.MISSING, f"{self._web.host} knows no such upload link")

    def get(self, name: str) -> bytes:
        """Refuse, without asking."""
        raise NotAllowed(ONLY)

    def size(self, name: str) -> int:
        """Refuse, without asking."""
        raise NotAllowed(ONLY)

    def remove(self, name: str) -> None:
        """Refuse, without asking."""
        raise NotAllowed(ONLY)

    def files(self) -> Iterator[Found]:
        """Refuse, without asking."""
        raise NotAllowed(ONLY)

    def close(self) -> None:
        """End all connections."""
        self._web.close()

    def _send(self, road: Road, name: str, content: bytes, progress: Progress) -> Answer:
        headers = {
            "Content-Length": str(len(content)), "Content-Type": "application/zip",
            "X-Requested-With": "XMLHttpRequest", "OC-Autorename": "1", **road.login,
        }  # fmt: skip
        if self._site:
            headers["X-NC-Nickname"] = quote(self._site)
        return self._web.ask("PUT", f"{road.path}/{name}", headers, pieces(content, progress))


def _roads(link: Link, password: str) -> list[Road]:
    """Return the ways in: Nextcloud since 29, those before and ownCloud 10, ownCloud since."""
    return [
        Road(
            f"{link.base}/public.php/dav/files/{link.key}",
            basic("anonymous", password) if password else {},
        ),
        Road(f"{link.base}/public.php/webdav", basic(link.key, password)),
        Road(
            f"{link.base}/remote.php/dav/public-files/{link.key}",
            basic("public", password) if password else {},
        ),
    ]


def _unknown(answer: Answer) -> bool:
    """Tell whether the server does not know this road: no word of WebDAV in its answer."""
    return answer.status in (404, 405) and b"<s:" not in answer.content


def _check(answer: Answer) -> None:
    if answer.status in DONE:
        return
    if answer.status in (404, 409) or (answer.status == 503 and ENDED in answer.content):
        raise SendProblem(Reason.MISSING, f"{answer.words}; the link may have ended")
    if answer.status == 401:
        raise SendProblem(Reason.LOGIN, f"{answer.words}; the link may ask for a password")
    raise answer.problem()
