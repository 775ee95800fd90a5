"""A bundle goes to each kind of server, Lena collects it there, and her receipt comes back."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import pytest

from kiosk.opening.new_study import NewStudy
from kiosk.sync.logins import Login, Logins
from tests.cli import kiosk
from tests.conftest import PASSPHRASE
from tests.sync.apache import PASSWORD, Apache
from tests.sync.kiosks import Library
from tests.sync.seaweed import BERGEN, LENA, Seaweed, secret
from tests.sync.sshd import running

pytest_plugins = ["tests.sync.webdav_inbox"]


@dataclass(frozen=True)
class Road:
    """An address as the study writes it, who comes, and whether the kiosk may read its receipt."""

    address: str
    kari: Login
    lena: Login
    reads: bool


def by_webdav(apache: Apache, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> Road:
    monkeypatch.setenv("SSL_CERT_FILE", str(apache.authority.file))
    (inbox / BERGEN).mkdir()
    (inbox / BERGEN).chmod(0o777)
    address = f"webdavs://localhost:{apache.port}/{inbox.name}/{{site}}"
    kari = Login("counting", PASSWORD, site=BERGEN)
    return Road(address, kari, Login("lena", PASSWORD), reads=False)


def by_s3(weed: Seaweed) -> Road:
    kari = Login(BERGEN, secret(BERGEN), site=BERGEN)
    return Road(weed.address(), kari, Login(LENA, secret(LENA)), reads=True)


class Travel:
    """Kari's kiosk, Lena's desk, and the road between."""

    def __init__(self, road: Road, study: NewStudy, folder: Path) -> None:
        self.road, self.study, self.folder = road, study, folder
        self.library = Library(folder / "kiosk", study, road.address)
        self.lenas = folder / "lena"
        Logins(self.lenas).keep(road.address, road.lena)
        Logins(self.library.data).keep(road.address, road.kari)
        (folder / "passphrase").write_text(PASSPHRASE)

    def there_and_back(self) -> None:
        workshop = self.library.packs("Draw", 5, 4, 2)
        sent = kiosk("sync", "--json", "--data", self.library.data)
        assert (sent.code, sent.json["sent"]) == (0, [workshop.code]), sent.out + sent.err
        for fetched in (1, 0):
            report = self.collects()
            assert (report["responses"], report["fetched"]) == (3, fetched)
        with (self.folder / "dataset" / "responses.csv").open(encoding="utf-8-sig") as file:
            assert sorted(row["q01"] for row in csv.DictReader(file)) == ["2", "4", "5"]
        back = kiosk("sync", "--json", "--data", self.library.data).json
        assert back["arrived"] == ([workshop.code] if self.road.reads else [])
        taken = kiosk("sync", "receipt", self.folder / "all.receipt.json", "--data",
                      self.library.data)  # fmt: skip
        assert taken.out == f"arrived and checked: {workshop.code}\n"
        assert self.library.state(workshop) == "arrived"

    def collects(self) -> dict[str, int]:
        told = kiosk(
            "collect", self.road.address, "--key", self.study.key, "--passphrase-file",
            self.folder / "passphrase", "--out", self.folder / "dataset", "--receipts",
            "--receipts-file", self.folder / "all.receipt.json", "--json", "--data", self.lenas,
        )  # fmt: skip
        assert told.code == 0, told.out + told.err
        report: dict[str, int] = told.json
        return report


def test_by_webdav(
    apache: Apache, inbox: Path, study: NewStudy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Travel(by_webdav(apache, inbox, monkeypatch), study, tmp_path).there_and_back()


def test_by_s3(study: NewStudy, tmp_path: Path) -> None:
    weed = Seaweed(tmp_path / "server", [BERGEN])  # of its own: Lena sees all that lies there
    try:
        Travel(by_s3(weed), study, tmp_path).there_and_back()
    finally:
        weed.kill()


def test_by_sftp(study: NewStudy, tmp_path: Path) -> None:
    with running() as sshd:
        sshd.empty()
        address = (
            f"sftp://{sshd.user}@127.0.0.1:{sshd.ports['open']}/inbox"
            f"?host-key={quote(sshd.fingerprint())}"
        )
        login = Login(password=sshd.password)
        Travel(Road(address, login, login, reads=True), study, tmp_path).there_and_back()


def test_by_a_folder(study: NewStudy, tmp_path: Path) -> None:
    (tmp_path / "inbox").mkdir()
    address = (tmp_path / "inbox").as_uri()
    Travel(Road(address, Login(), Login(), reads=True), study, tmp_path).there_and_back()
