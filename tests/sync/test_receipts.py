"""The kiosk looks for the receipt beside its bundle, with no more rights than it has."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.bundle import layout
from kiosk.study.receipts import name_for
from kiosk.sync.address import parse_address
from kiosk.sync.logins import Login
from kiosk.sync.problem import NotAllowed, Reason, SendProblem
from kiosk.sync.receipts import fetch_receipt
from kiosk.sync.target import Place, Target
from kiosk.sync.targets import open_target
from kiosk.sync.targets.folder import Folder

CONTENT = b"a bundle"
NAME = layout.name_of("a-study", CONTENT)


@pytest.fixture
def target(tmp_path: Path) -> Target:
    return open_target(Place(parse_address(tmp_path.as_uri()), Login(), tmp_path / "known_hosts"))


def test_a_receipt_comes_back_on_the_road_of_the_bundle(target: Target) -> None:
    other = NAME.replace(".bundle.zip", ".bundle-1f3a.zip")
    target.put(NAME, CONTENT)
    assert fetch_receipt(target, NAME) is None, "Lena has not collected yet"
    target.put(name_for(NAME), b"signed")
    assert fetch_receipt(target, NAME) == b"signed"
    assert fetch_receipt(target, other) == b"signed", "it was sent under its other name"
    assert fetch_receipt(target, f"site-7/{NAME}") is None


class WriteOnly(Folder):
    def get(self, name: str) -> bytes:
        raise NotAllowed(name)


class Away(Folder):
    def get(self, name: str) -> bytes:
        raise SendProblem(Reason.UNREACHABLE, name)


def test_a_login_that_may_only_write_waits_for_a_receipt_on_another_road(tmp_path: Path) -> None:
    assert fetch_receipt(WriteOnly(tmp_path), NAME) is None


def test_a_server_that_is_away_is_not_taken_for_no_receipt(tmp_path: Path) -> None:
    with pytest.raises(SendProblem) as told:
        fetch_receipt(Away(tmp_path), NAME)
    assert told.value.reason is Reason.UNREACHABLE
