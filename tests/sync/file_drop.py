"""An imitation of the upload links (“file drop”) of Nextcloud and ownCloud, over real HTTPS.

Neither can be installed for a test. This does what their sources do: Nextcloud's FilesDropPlugin,
PublicAuth and public.php, and ownCloud's public links: only PUT, no other name replaced, a
nickname for file requests, and what was torn may stay (Nextcloud server, issue 62321).
"""

from __future__ import annotations

import base64
import ssl
import threading
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

KEY = "aZ3kPq9TtWc7LmN"
# which road each server knows: the path below its program's folder, and who comes
ROADS = {
    "nextcloud": (f"/public.php/dav/files/{KEY}/", "anonymous"),
    "before 29": ("/public.php/webdav/", KEY),
    "owncloud": (f"/remote.php/dav/public-files/{KEY}/", "public"),
}


@dataclass
class FileDrop:
    """A link's folder on the server, and how the link was made."""

    folder: Path
    certificate: Path
    kind: str = "nextcloud"
    password: str = ""
    request: bool = False  # a “file request”, which wants to know who sends
    ended: bool = False
    room: int = 10**9  # bytes
    port: int = 0
    asked: list[str] = field(default_factory=list)

    def start(self) -> FileDrop:
        """Listen; at the same port as before if it has been stopped."""
        self._server = Server(("127.0.0.1", self.port), partial(Handler, self))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        self._server.socket = context.wrap_socket(
            self._server.socket, server_side=True, do_handshake_on_connect=False
        )
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def stop(self) -> None:
        """Take no more requests."""
        self._server.shutdown()
        self._server.server_close()

    def refusal(self, asked: Handler) -> tuple[int, str] | None:
        """Return the status and the message for a request that gets nothing."""
        road, who = ROADS[self.kind]
        if not asked.path.startswith(road):
            return 404, ""
        if self.ended:
            return 503, "Sabre\\DAV\\Exception\\NotFound: "
        login = base64.b64encode(f"{who}:{self.password}".encode()).decode()
        needs_login = self.password or who == KEY
        if needs_login and asked.headers["Authorization"] != f"Basic {login}":
            return 401, "Username or password was incorrect"
        if asked.headers["X-Requested-With"] != "XMLHttpRequest":
            return 401, "Cannot authenticate"
        if asked.command != "PUT":
            return 405, "Only PUT is allowed on files drop"
        if not asked.headers["X-NC-Nickname"] and (self.request or "/" in asked.name(road)):
            return 405, "A nickname header is required"
        return (507, "") if int(asked.headers["Content-Length"]) > self.room else None

    def free_name(self, name: str) -> Path:
        """Return where a file goes: beside one of the same name, with a number."""
        first = self.folder / name
        first.parent.mkdir(parents=True, exist_ok=True)
        others = (first.with_stem(f"{first.stem} ({count})") for count in range(2, 1000))
        return next(one for one in (first, *others) if not one.exists())


class Server(ThreadingHTTPServer):
    """Says nothing about lines that are cut."""

    def handle_error(self, _request: object, _client: object) -> None:
        """Say nothing."""


class Handler(BaseHTTPRequestHandler):
    """One request to the link."""

    protocol_version = "HTTP/1.1"

    def __init__(self, drop: FileDrop, *arguments: object) -> None:
        self._drop = drop
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_PUT(self) -> None:
        self._drop.asked.append(f"{self.command} {self.path}")
        refused = self._drop.refusal(self)
        length = int(self.headers.get("Content-Length", 0))
        content = self.rfile.read(length)
        if not refused:
            name = self.name(ROADS[self._drop.kind][0])
            nickname = unquote(self.headers["X-NC-Nickname"] or "")
            self._drop.free_name(f"{nickname}/{name}".lstrip("/")).write_bytes(content)
        status, message = refused or (201 if len(content) == length else 400, "")
        self.close_connection = len(content) < length
        said = f'<d:error xmlns:s="s"><s:message>{message}</s:message></d:error>'
        body = said.encode() if message else b""
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_HEAD = do_DELETE = do_MOVE = do_MKCOL = do_PROPFIND = do_PUT  # noqa: N815

    def name(self, road: str) -> str:
        """Return the file's decoded path below the link."""
        return unquote(self.path.removeprefix(road))

    def log_message(self, _format: str, *_arguments: object) -> None:
        """Say nothing."""
