"""SeaweedFS, a real S3 server, with the policies that the documentation hands out."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

from kiosk.sync.address import parse_address
from kiosk.sync.logins import Login
from kiosk.sync.problem import SendProblem
from kiosk.sync.target import Place, Target
from kiosk.sync.targets import open_target
from tests.server import free_ports
from tests.setup_servers import ROOT, WEED
from tests.sync.certificates import Authority

BUCKET = "study"
BERGEN, OSLO = "bergen", "oslo"
ADMIN, LENA = "admin", "lena"  # the administrator may do everything, Lena what her policy says
POLICIES = {"sites": "s3-sites.json", "researcher": "s3-researcher.json"}
GATES = ("master", "volume", "filer", "admin", "s3")
READY_SECONDS = 30


def secret(user: str) -> str:
    return f"the secret of {user}"


class Seaweed:
    """One server in one folder; it can be killed and started again, with other options too."""

    def __init__(self, folder: Path, sites: Iterable[str] = (), *options: str) -> None:
        assert WEED.is_file(), "SeaweedFS is missing: run make test"
        self._folder, self._data = folder, folder / "data"
        self._data.mkdir(parents=True)
        (folder / "s3.json").write_text(json.dumps(_rights(sites)), encoding="utf-8")
        certificate = Authority(folder, "nobody").sign("127.0.0.1")  # nobody has reason to trust it
        ports = dict(zip(GATES, free_ports(len(GATES)), strict=True))
        hidden = dict(zip(GATES, free_ports(len(GATES)), strict=True))
        self.port, (self.https_port,) = ports["s3"], free_ports(1)
        self._master = f"127.0.0.1:{ports['master']}.{hidden['master']}"
        self._leftovers = [
            Path(f"/tmp/seaweedfs-{gate}-grpc-{port}.sock")  # noqa: S108 where it makes them
            for gate, port in hidden.items()
        ]
        self._fixed = [
            "-ip=127.0.0.1", "-ip.bind=127.0.0.1", f"-dir={self._data}", f"-bucket={BUCKET}",
            f"-s3.config={folder / 's3.json'}", f"-s3.port.https={self.https_port}",
            f"-s3.cert.file={certificate}", f"-s3.key.file={certificate}",
            "-s3.port.iceberg=0", "-s3.port.lance=0", "-webdav=false", "-admin.ui=false",
            "-master.telemetry=false", "-master.resumeState=false", "-master.electionTimeout=1s",
            *(f"-{gate}.localSocket={folder / gate}.sock" for gate in ("filer", "s3")),
            *(f"-{gate}.port={port}" for gate, port in ports.items()),
            *(f"-{gate}.port.grpc={port}" for gate, port in hidden.items()),
        ]  # fmt: skip
        self.start(*options)

    def start(self, *options: str) -> None:
        """Start it and wait until it takes a file."""
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [WEED, "mini", *self._fixed, *options], stdout=log, stderr=log, cwd=self._data
            )
        try:
            self._wait()
        except BaseException:
            self.kill()
            raise

    def kill(self) -> None:
        """End it as a power cut does."""
        self._process.kill()
        self._process.wait()
        for path in self._leftovers:
            path.unlink(missing_ok=True)

    def shell(self, *commands: str) -> None:
        """Let an administrator type commands."""
        subprocess.run(
            [WEED, "shell", f"-master={self._master}"], input="\n".join(commands), text=True,
            check=True, capture_output=True, cwd=self._folder, timeout=READY_SECONDS,
        )  # fmt: skip

    def address(self, folder: str = "inbox/{site}", port: int | None = None) -> str:
        """Return an address of a folder, through a line if its port is given."""
        return f"s3://{BUCKET}/{folder}?endpoint=http://127.0.0.1:{port or self.port}"

    def target(self, user: str, folder: str = "inbox", port: int | None = None) -> Target:
        """Open a folder as somebody."""
        return open_as(self.address(folder, port), Login(user, secret(user)))

    def inbox_of(self, site: str, port: int | None = None) -> Target:
        """Open a site's own folder with the site's own key."""
        return self.target(site, f"inbox/{site}", port)

    def whole_files(self, folder: str) -> list[tuple[str, int]]:
        """Return names and sizes of all that lies in a folder."""
        return [(one.name, one.size) for one in self.target(ADMIN, folder).files()]

    def _wait(self) -> None:
        admin, until = self.target(ADMIN, "ready"), time.monotonic() + READY_SECONDS
        while time.monotonic() < until and self._process.poll() is None:
            try:
                admin.put(f"{time.monotonic_ns()}", b"")
            except SendProblem as problem:
                if not problem.reason.passes:
                    raise
                time.sleep(0.05)
            else:
                return
        log = (self._folder / "log").read_text(encoding="utf-8", errors="replace")
        raise AssertionError(f"SeaweedFS does not start:\n{log[-3000:]}")


def open_as(address: str, login: Login) -> Target:
    return open_target(Place(parse_address(address), login, Path("known_hosts")))


def policy_text(name: str) -> str:
    """Return a policy as the documentation hands it out, for this bucket."""
    file = ROOT / "docs" / "policies" / POLICIES[name]
    return file.read_text(encoding="utf-8").replace("BUCKET", BUCKET)


def _rights(sites: Iterable[str]) -> dict[str, object]:
    """Return SeaweedFS's file of people and policies: one policy for all sites."""
    people = [(ADMIN, ""), (LENA, "researcher"), *((site, "sites") for site in sites)]
    return {
        "policies": [{"name": name, "content": policy_text(name)} for name in POLICIES],
        "identities": [
            {
                "name": user,
                "credentials": [{"accessKey": user, "secretKey": secret(user)}],
                "actions": [] if policy else ["Admin"],
                "policyNames": [policy] if policy else [],
            }
            for user, policy in people
        ],
    }
