"""All readers, in a folder beside which nothing may ever appear."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyrage import x25519

from kiosk.opening.new_study import NewStudy
from tests.fuzz.targets import Parser, Place, parsers


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("fuzz") / "inside"


@pytest.fixture(scope="module")
def known(inside: Path, study: NewStudy, identity: x25519.Identity) -> dict[str, Parser]:
    (inside / "here").mkdir(parents=True)
    return parsers(Place(inside / "here", study, identity))
