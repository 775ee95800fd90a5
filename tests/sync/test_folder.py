"""A folder as a target: this disk, a stick, a folder in step with a server."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.sync.address import parse_address
from kiosk.sync.logins import Login
from kiosk.sync.problem import Reason, SendProblem
from kiosk.sync.target import Place, Target
from kiosk.sync.targets import open_target
from tests.sync.contract import CONTENT, NAME, EveryTarget


def folder_at(path: Path) -> Target:
    place = Place(parse_address(path.as_uri()), Login(), path / "known_hosts")
    return open_target(place)


class TestFolder(EveryTarget):
    @pytest.fixture
    def target(self, tmp_path: Path) -> Target:
        inbox = tmp_path / "an inbox"
        inbox.mkdir()
        return folder_at(inbox)

    def test_a_stick_that_is_not_there_is_told_so(self, tmp_path: Path) -> None:
        with pytest.raises(SendProblem) as told:
            folder_at(tmp_path / "stick").put(NAME, CONTENT)
        assert told.value.reason is Reason.MISSING
        assert not (tmp_path / "stick").exists(), "no folder is made where a stick should be"
