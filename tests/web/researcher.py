"""Lena at her browser: the researcher's pages, with the real bundles of some sites."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse

from kiosk.opening.new_study import NewStudy
from kiosk.web.researcher.app import create_researcher_app
from kiosk.web.researcher.desk import Desk as OneKey
from kiosk.web.researcher.room import PREFIX
from tests.conftest import Desk
from tests.dataset import bundle_of
from tests.page import Page
from tests.study import recovery_words
from tests.web import Clock

HOME = "/researcher/"
# What is called how, and how many came: groups of every size around six and ten.
ROOMS = (
    ("Dokk1", "Canva", 7), ("De Krook", "Procreate", 4), ("Deichman", "Procreate", 6),
    ("Deichman", "Canva", 5), ("Deichman", "", 1),
)  # fmt: skip
ALL = sum(n for _, _, n in ROOMS)


def hold_workshops(data: Path, study: NewStudy) -> Path:
    """Hold all workshops of `ROOMS`; return the folder with their bundles."""
    for number, (site, tool, n) in enumerate(ROOMS):
        given = [{"q01": 1 + (person + number) % 5, "q02": 4} for person in range(n)]
        bundle_of(data, study, given, site=site, tool=tool, title=f"Workshop {number}")
    return data / "bundles"


def rooms() -> list[Path]:
    """Return the private folders that are on the disk now."""
    return sorted(Path(tempfile.gettempdir()).glob(f"{PREFIX}*"))


@dataclass
class Lena(Desk):
    """Her browser; it fills in forms as the pages hand them out."""

    home: str = HOME
    study: NewStudy | None = None

    @property
    def desk(self) -> OneKey:
        desk: OneKey = self.client.application.extensions["desk"]
        return desk

    def shows(self, status: int = 303, **fields: Any) -> TestResponse:
        """Show a key: words, a passphrase, a file."""
        return self.posts(f"{HOME}sign-in", status, **fields)

    def shows_file(self, content: bytes, passphrase: str, status: int = 303) -> TestResponse:
        return self.shows(status, key=(io.BytesIO(content), "identity.age"), passphrase=passphrase)

    def comes_in(self) -> Page:
        """Sign in with the 24 words, which takes no time, and wait until all is opened."""
        assert self.study
        self.shows(words=" ".join(recovery_words(self.study)))
        return self.waits()

    def waits(self) -> Page:
        """Wait until all is opened, and look."""
        assert self.desk.opening
        self.desk.opening.wait(60)
        return self.gets(HOME)

    def leaves(self) -> TestResponse:
        return self.posts(f"{HOME}sign-out")

    def is_in(self) -> bool:
        return self.client.get(HOME).status_code == 200

    def takes_the_dataset(self, labels: str = "en") -> dict[str, bytes]:
        """Make the dataset and save it; return what is in the ZIP."""
        self.posts(f"{HOME}dataset/make", labels=labels)
        assert self.desk.export
        self.desk.export.wait(60)
        answer = self.client.get(f"{HOME}dataset/file")
        assert answer.status_code == 200, answer.text
        content = answer.data
        answer.close()
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}


def door(data: Path, *sources: Path, clock: Clock | None = None, key: Path | None = None) -> Flask:
    """Return the researcher's app for these folders."""
    return create_researcher_app(sources, data, key, clock=clock or Clock())


class Gate:
    """Lets work take one step, and then no further until it is opened."""

    def __init__(self, real: Callable[..., Any]) -> None:
        self.real, self.reached, self.opens = real, Event(), Event()

    def __call__(self, *arguments: Any, **steps: Callable[[], None]) -> Any:
        ((name, step),) = steps.items()

        def wait() -> None:
            step()
            self.reached.set()
            assert self.opens.wait(60)

        return self.real(*arguments, **{name: wait})
