"""Servers that are started once for all tests of a worker."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.sync.seaweed import BERGEN, OSLO, Seaweed


@pytest.fixture(scope="session")
def weed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seaweed]:
    server = Seaweed(tmp_path_factory.mktemp("seaweed"), (BERGEN, OSLO))
    yield server
    server.kill()
