"""Kari updates the kiosk between two workshops; everything is still in its place.

`released/` has the data folder of every released version, as text. `old_folder.py` writes one.
"""

from __future__ import annotations

import base64
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from pyrage import x25519

from kiosk.app import create_app
from kiosk.bundle.freeze import freeze
from kiosk.config import Config
from kiosk.store.database import FILE
from kiosk.store.reports import SelfReports
from kiosk.store.rescue import rescue
from kiosk.store.settings import Settings
from kiosk.store.workshops import Workshops
from kiosk.study.model import installed
from tests.conftest import Desk, Lena, Visitor
from tests.store import rows

HERE = Path(__file__).parent / "released"
CHANGES = Path(__file__).parents[2] / "CHANGELOG.md"
VERSIONS = re.findall(r"(?m)^## (\d+\.\d+\.\d+)", CHANGES.read_text(encoding="utf-8"))[1:]


@pytest.fixture(params=VERSIONS)
def version(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def old(version: str, data: Path) -> Path:
    """A data folder as that version left it."""
    source = HERE / version
    for path in sorted(path for path in source.rglob("*") if path.is_file()):
        target = data / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".base64":
            target.with_suffix("").write_bytes(base64.b64decode(path.read_bytes()))
        elif path.suffix == ".toml":
            target.write_bytes(path.read_bytes())
    with sqlite3.connect(data / FILE) as db:
        db.executescript((source / "kiosk.sql").read_text(encoding="utf-8"))
    db.close()
    return data


@pytest.fixture
def updated(old: Path) -> Iterator[Flask]:
    app = create_app(Config(data=old, address="192.0.2.7"))
    yield app
    app.extensions["at_end"]()


@pytest.fixture
def lena() -> Lena:
    """The researcher with the key of the study that these kiosks have."""
    key = (HERE / "identity.txt").read_text(encoding="utf-8").strip()
    return Lena(x25519.Identity.from_str(key))


def test_an_older_versions_kiosk_goes_on_where_it_was(
    updated: Flask, version: str, data: Path, lena: Lena
) -> None:
    store = Workshops(data)
    found = {one.title: one for one in store.all()}
    assert {title: one.sent for title, one in found.items()} == {"Monday": 2, "Tuesday": 3}
    assert found["Monday"].bundle
    assert list(installed(data)) == ["small"]
    tuesday = store.open(found["Tuesday"].code)
    amina = Visitor(updated.test_client())
    for letter in "cde":
        again = amina.sends(tuesday, {"q01": "5"}, "en", submission_id=letter * 24)
        assert again.status_code == 200, "what was acknowledged is known"
    assert amina.sends(tuesday, {"q01": "5"}, "en").status_code == 201
    store.close(tuesday.code)
    freeze(store, tuesday.code)
    pool = lena.collects(data / "bundles")
    assert sorted(one.values[0] for one in pool.responses()) == [1, 1, 2, 2, 3, 5]
    assert rows(data, "PRAGMA integrity_check") == [("ok",)]


def test_an_older_versions_damaged_folder_is_mended_and_updated_at_once(
    old: Path, version: str
) -> None:
    with (old / FILE).open("r+b") as file:
        file.truncate(file.seek(0, 2) - 1024)
    assert rescue(old)
    found = Workshops(old).all()
    assert all(one.screen_key and one.exit_code and one.survey_file for one in found)
    assert found or version == "0.1.0"
    assert rows(old, "PRAGMA integrity_check") == [("ok",)]


def test_what_staff_wrote_and_chose_is_still_there(
    updated: Flask, version: str, data: Path
) -> None:
    desk = Desk(updated.test_client())
    desk.chooses_pin()
    page = desk.gets("/staff/").html
    assert "Monday" in page
    assert "Tuesday" in page
    if version != "0.1.0":  # which knew no settings and no self-reports
        (tuesday,) = (one for one in Workshops(data).all() if one.title == "Tuesday")
        assert SelfReports(data).of(tuesday)["planning"].answers == {"p6": "We drew."}
        assert Settings(data).get("wifi_name") == "Library"
