"""The evening is held once; each test asks what it left."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.opening.new_study import NewStudy
from tests.forensics.evening import Evening


@pytest.fixture(scope="session")
def evening(tmp_path_factory: pytest.TempPathFactory, study: NewStudy) -> Iterator[Evening]:
    held = Evening(tmp_path_factory.mktemp("evening"), study)
    try:
        held.goes_by()
        yield held
    finally:
        held.kiosk.stop()
