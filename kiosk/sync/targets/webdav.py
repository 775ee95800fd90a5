"""WebDAV folders: `webdavs://files.example.org/inbox`, and `webdav://` without encryption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from urllib.parse import quote

from kiosk.sync.problem import NotAllowed, NotThere, Reason, SendProblem, Taken
from kiosk.sync.target import Found, Place, Progress, Target, silent, temporary
from kiosk.sync.targets import multistatus, upload_link
from kiosk.sync.targets.http import ANSWER_LIMIT, DONE, Answer, Web, basic, pieces

GREATEST = 256 * 1024 * 1024  # bytes of a file that is fetched
DEEPEST = 16  # folders in folders; links on a server may go round
NO_FOLDER = {404, 409}
NAME_REFUSED = {400, 403, 405, 415, 422}  # some servers refuse hidden or temporary names
KNOWN = {200, 204, 404}  # to a request that needs a right: the name and password are right
ELSEWHERE = 502  # of a server that does not know that the proxy before it speaks HTTPS
MAY_NOT = {401, 403, 405, 501}  # also to those who are who they say, and may do other things


class WebDav:
    """A folder on a WebDAV server. Files come whole where the server lets them be renamed."""

    def __init__(self, web: Web, root: str, login: Mapping[str, str]) -> None:
        self._web, self._root, self._login = web, root, login
        self._renames, self._known = True, False

    def put(self, name: str, content: bytes, progress: Progress = silent) -> None:
        """Put under a temporary name, then rename without replacing; else put it right there."""
        if self._renames:
            part = temporary(name)
            answer = self._upload(part, content, progress)
            if answer.status in DONE:
                if self._renamed(part, name):
                    return
                self._renames = False
            elif answer.status not in NAME_REFUSED:
                raise self._refusal(answer)
        with suppress(NotThere, NotAllowed):
            self.size(name)
            raise Taken(name)
        answer = self._upload(name, content, progress, {"If-None-Match": "*"})
        if answer.status not in DONE:
            raise self._refusal(answer)

    def get(self, name: str) -> bytes:
        """Return a file's content, from the server itself and not from a store in between."""
        answer = self._ask("GET", name, {"Cache-Control": "no-cache"}, limit=GREATEST)
        _expect(answer, 200)
        return answer.content

    def size(self, name: str) -> int:
        """Return a file's size in bytes."""
        answer = self._ask("HEAD", name)
        length = answer.headers.get("Content-Length", "")
        if answer.status == 200 and length.isdigit():
            return int(length)
        if answer.status != 200 and answer.status not in MAY_NOT:
            raise answer.problem()
        answer = self._propfind(name, "0")
        _expect(answer, 207)
        sizes = [one.size for one in multistatus.read_entries(answer.content)]
        if len(sizes) != 1 or sizes[0] is None:
            raise NotAllowed(f"the server does not tell the size of {name}")
        return sizes[0]

    def remove(self, name: str) -> None:
        """Remove a file."""
        _expect(self._ask("DELETE", name), *DONE)

    def files(self) -> Iterator[Found]:
        """Yield all files, asking for one folder at a time."""
        folders = [""]
        while folders:
            folder = folders.pop()
            for one in self._list(folder):
                name = f"{folder}{one.name}"
                if not one.folder:
                    size = self.size(name) if one.size is None else one.size
                    yield Found(name, size, one.mark)
                elif name.count("/") < DEEPEST:
                    folders.append(f"{name}/")

    def close(self) -> None:
        """End all connections."""
        self._web.close()

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _ask(
        self, method: str, name: str, headers: Mapping[str, str] | None = None,
        limit: int = ANSWER_LIMIT,
    ) -> Answer:  # fmt: skip
        answer = self._web.ask(
            method, self._path(name), {**self._login, **(headers or {})}, limit=limit
        )
        self._known = self._known or answer.status in KNOWN
        return answer

    def _propfind(self, name: str, depth: str) -> Answer:
        return self._web.ask(
            "PROPFIND", self._path(name),
            {**self._login, "Depth": depth, "Content-Type": "application/xml; charset=utf-8"},
            multistatus.QUESTION, multistatus.LIMIT,
        )  # fmt: skip

    def _list(self, folder: str) -> Iterator[multistatus.Entry]:
        answer = self._propfind(folder, "1")
        if folder and answer.status == 404:
            return  # somebody removed it meanwhile
        if answer.status in DONE:
            raise SendProblem(Reason.ADDRESS, "what answers there is no WebDAV folder")
        if answer.status != 207:
            raise answer.problem()
        yield from multistatus.below(multistatus.read_entries(answer.content), self._path(folder))

    def _upload(
        self, name: str, content: bytes, progress: Progress,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:  # fmt: skip
        """Send a file, after making the folders in which it is if they are missing."""
        answer = self._send(name, content, progress, headers or {})
        if answer.status in NO_FOLDER:
            self._make_folders(name)
            answer = self._send(name, content, progress, headers or {})
        if answer.status in NO_FOLDER:
            raise SendProblem(Reason.MISSING, answer.words)
        return answer

    def _send(
        self, name: str, content: bytes, progress: Progress, headers: Mapping[str, str]
    ) -> Answer:  # fmt: skip
        fixed = {"Content-Length": str(len(content)), "Content-Type": "application/zip"}
        return self._web.ask(
            "PUT", self._path(name), {**self._login, **fixed, **headers}, pieces(content, progress)
        )

    def _refusal(self, answer: Answer) -> SendProblem:
        """Return why nothing was put; some servers answer 401 to those they know as well."""
        return _may_not(answer) if answer.status == 401 and self._known else answer.problem()

    def _make_folders(self, name: str) -> None:
        """Make those below the address; the address itself is the researchers' to make."""
        parts = name.split("/")[:-1]
        for count in range(1, len(parts) + 1):
            answer = self._ask("MKCOL", "/".join(parts[:count]) + "/")
            if answer.status in NO_FOLDER:
                raise SendProblem(Reason.MISSING, answer.words)

    def _renamed(self, part: str, name: str) -> bool:
        """Tell whether a file got its own name; if the server lets nobody rename, it is removed."""
        for origin in (self._web.origin, self._web.other_origin):
            place = origin + quote(self._path(name))
            answer = self._ask("MOVE", part, {"Destination": place, "Overwrite": "F"})
            if answer.status != ELSEWHERE:
                break
        if answer.status in DONE:
            return True
        if answer.status == 404:
            raise SendProblem(Reason.DAMAGED, f"{part} was gone before it got its name")
        with suppress(SendProblem):
            self.remove(part)
        if answer.status in MAY_NOT or answer.status == ELSEWHERE:
            return False
        raise answer.problem()


def _expect(answer: Answer, *wanted: int) -> None:
    """Raise what an answer means, if it is none of those.

    Who may only write is often refused as if the password were wrong; putting a file tells.
    """
    if answer.status == 401:
        raise _may_not(answer)
    if answer.status not in wanted:
        raise answer.problem()


def _may_not(answer: Answer) -> NotAllowed:
    return NotAllowed(f"{answer.words}; or the name and password are wrong")


def open_target(place: Place) -> Target:
    """Return the WebDAV folder, or the upload link of a Nextcloud or ownCloud, at an address."""
    address, login = place.address, place.login
    web = Web(address, secure=address.scheme != "webdav")
    link = upload_link.parse_link(address.path)
    if link:
        return upload_link.UploadLink(web, link, login.password, login.site)
    return WebDav(web, address.path, basic(login.user or address.user, login.password))
