"""Fixtures: a running Apache, a new folder on it, and the kiosk that opens it as somebody."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kiosk.sync.address import parse_address
from kiosk.sync.logins import Login
from kiosk.sync.target import Place, Target
from kiosk.sync.targets import open_target
from tests.sync.apache import PASSWORD, Apache
from tests.sync.seeing import Open


@pytest.fixture(scope="session")
def apache() -> Iterator[Apache]:
    server = Apache()
    try:
        server.start()
        yield server
    finally:
        server.end()


@pytest.fixture
def inbox(apache: Apache) -> Path:
    return apache.new_folder()


@pytest.fixture
def at(apache: Apache, inbox: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Open the inbox as one of the people; who trusts the tests' authority."""
    monkeypatch.setenv("SSL_CERT_FILE", str(apache.authority.file))
    opened: list[Target] = []

    def open_as(
        user: str = "lena", password: str = PASSWORD, port: int = apache.port,
        scheme: str = "webdavs", path: str = f"/{inbox.name}",
    ) -> Target:  # fmt: skip
        address = parse_address(f"{scheme}://localhost:{port}{path}")
        opened.append(open_target(Place(address, Login(user, password), inbox / "none")))
        return opened[-1]

    yield open_as
    for one in opened:
        one.close()
