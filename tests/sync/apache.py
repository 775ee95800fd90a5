"""A real WebDAV server: Apache with mod_dav, TLS, and people who may do different things."""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from tests.setup_servers import program
from tests.sync.certificates import NOW, Authority

PASSWORD = "røde epler"
SMALL = 64 * 1024  # bytes of room on the small disk
READY_WITHIN = 15  # seconds
FOLDER = "/usr/lib/apache2/modules"
MODULES = (
    "mpm_event", "authn_core", "authn_file", "authz_core", "authz_user", "auth_basic", "dav",
    "dav_fs", "ssl", "alias", "headers",
)  # fmt: skip
PEOPLE = ("lena", "kari", "counting", "putting", "looking", "reader")
RIGHTS = """
<RequireAny>
  Require user lena
  <RequireAll>
    Require user kari
    Require method PUT MKCOL MOVE
  </RequireAll>
  <RequireAll>
    Require user counting
    Require method PUT MKCOL MOVE PROPFIND
  </RequireAll>
  <RequireAll>
    Require user putting
    Require method PUT
  </RequireAll>
  <RequireAll>
    Require user looking
    Require method PUT PROPFIND
  </RequireAll>
  <RequireAll>
    Require user reader
    Require method GET PROPFIND
  </RequireAll>
</RequireAny>
"""


class Apache:
    """Serves `inbox` on several ports: `port` with a right certificate, others with wrong ones.

    Started as root it runs as nobody, who may only write into its own folder. `polite` is a port
    that answers 403 to who may not do something; the others answer 401, as Apache is made to.
    `proxied` has no encryption and believes it is `https://cloud.example.org`; `careless` replaces
    files even if it is asked not to.
    """

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="apache-"))
        self.inbox = self.folder / "inbox"
        self.authority = Authority(self.folder, "tests")
        stranger = Authority(self.folder, "stranger")
        names = ("port", "plain", "polite", "run_out", "other_name", "unknown", "moved", "proxied",
                 "careless")  # fmt: skip
        ports = dict(zip(names, _free_ports(len(names)), strict=True))
        self.port, self.plain, self.polite = ports["port"], ports["plain"], ports["polite"]
        self.run_out, self.other_name = ports["run_out"], ports["other_name"]
        self.unknown, self.moved = ports["unknown"], ports["moved"]
        self.proxied, self.careless = ports["proxied"], ports["careless"]
        right = self.authority.sign("localhost")
        self._hosts = [
            _host(self.port, right),
            _host(self.plain, None),
            _host(self.polite, right, "AuthzSendForbiddenOnFailure On"),
            _host(self.run_out, self.authority.sign("localhost", NOW - timedelta(days=1))),
            _host(self.other_name, self.authority.sign("files.example.org")),
            _host(self.unknown, stranger.sign("localhost")),
            _host(self.moved, right, 'Redirect 302 "/" "https://login.example.org/"'),
            _host(self.proxied, None, "ServerName https://cloud.example.org:443"),
            _host(self.careless, right, "RequestHeader unset If-None-Match early"),
        ]
        self._process: subprocess.Popen[bytes] | None = None
        self._mounts: list[Path] = []
        self._write()

    def start(self) -> None:
        """Start it and wait until it takes connections."""
        as_nobody = {"user": "nobody", "extra_groups": []} if os.geteuid() == 0 else {}
        self._process = subprocess.Popen(
            [program("apache2"), "-DFOREGROUND", "-f", str(self.folder / "conf")],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
            **as_nobody,  # type: ignore[call-overload]
        )  # fmt: skip
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until and self._process.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
                return
            except OSError:
                time.sleep(0.02)
        raise AssertionError(f"Apache did not start: {self._log()}")

    def kill(self) -> None:
        """End it at once, with all its children, as a power cut does."""
        if self._process:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def end(self) -> None:
        """Kill it and remove all that it had."""
        self.kill()
        for mount in self._mounts:
            subprocess.run(["umount", "-l", str(mount)], check=True)
        shutil.rmtree(self.folder)

    def new_folder(self) -> Path:
        """Return a folder that nobody has used yet; its name is its path in the address."""
        made = self.inbox / secrets.token_hex(4)
        made.mkdir()
        self._give(made)
        return made

    def small_disk(self) -> Path:
        """Return a folder on a disk of its own with room for SMALL bytes."""
        assert os.geteuid() == 0, "only root can mount the small disk that this test fills"
        made = self.new_folder()
        options = f"size={SMALL},mode=0777"
        subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(made)], check=True)
        self._mounts.append(made)
        return made

    def _write(self) -> None:
        (self.folder / "conf").write_text(self._configuration(), encoding="utf-8")
        (self.folder / "people").write_text(
            "".join(f"{name}:{_hashed(PASSWORD)}\n" for name in PEOPLE), encoding="utf-8"
        )
        self.inbox.mkdir()
        for path in (self.folder, *self.folder.iterdir()):
            self._give(path)

    def _give(self, path: Path) -> None:
        if os.geteuid() == 0:
            shutil.chown(path, "nobody", "nogroup")

    def _configuration(self) -> str:
        load = "\n".join(f"LoadModule {name}_module {FOLDER}/mod_{name}.so" for name in MODULES)
        return f"""
{load}
ServerRoot {self.folder}
ServerName localhost
PidFile {self.folder}/pid
Mutex file:{self.folder}
ErrorLog {self.folder}/log
DavLockDB {self.folder}/locks
StartServers 1
DocumentRoot {self.inbox}
<Directory {self.inbox}>
  Dav On
  AuthType Basic
  AuthName inbox
  AuthBasicProvider file
  AuthUserFile {self.folder}/people
  {RIGHTS}
</Directory>
{"".join(self._hosts)}
"""

    def _log(self) -> str:
        log = self.folder / "log"
        return log.read_text(encoding="utf-8")[-2000:] if log.exists() else "it wrote no log"


def _host(port: int, certificate: Path | None, more: str = "") -> str:
    tls = f"SSLEngine on\nSSLCertificateFile {certificate}" if certificate else ""
    within = f'<Location "/">\n{more}\n</Location>' if more.startswith("Authz") else more
    return (
        f"Listen 127.0.0.1:{port} {'https' if certificate else 'http'}\n"
        f"<VirtualHost 127.0.0.1:{port}>\n{tls}\n{within}\n</VirtualHost>\n"
    )


def _hashed(password: str) -> str:
    return "{SHA}" + base64.b64encode(hashlib.sha1(password.encode()).digest()).decode()  # noqa: S324 - what Apache knows


def _free_ports(count: int) -> list[int]:
    ears = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [int(ear.getsockname()[1]) for ear in ears]
    for ear in ears:
        ear.close()
    return ports
