"""The cast and their tools: Amina answers, Kari leads, Lena collects, Ola may do nothing."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright
from pyrage import x25519
from werkzeug.test import TestResponse

from kiosk.app import create_app
from kiosk.bundle.freeze import freeze
from kiosk.config import Config
from kiosk.dataset.collect import collect
from kiosk.dataset.pool import Pool
from kiosk.opening.keys import open_key
from kiosk.opening.new_study import NewStudy, make_study
from kiosk.paths import bundled
from kiosk.sound import library
from kiosk.store.workshop import Plan, Workshop
from kiosk.store.workshops import Workshops
from kiosk.study.model import install
from kiosk.survey.loader import load_survey
from kiosk.survey.model import Survey
from kiosk.web.staff import pin
from tests.once import compiled_once, texts_once
from tests.page import Page
from tests.server import RealKiosk
from tests.setup_browser import browser_arguments, find_browser
from tests.study import recovery_words

PASSPHRASE = "correct horse battery staple"
SURVEY_FILE = bundled("surveys") / "workshop.toml"
JSON = {"Accept": "application/json"}
PIN = "kaffe og kaker"
SIGN = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


# The same examples every time: a test that fails, fails for everybody and until it is mended.
settings.register_profile("fixed", derandomize=True)
settings.load_profile("fixed")


def new_submission_id() -> str:
    return secrets.token_urlsafe(18)


@pytest.fixture(autouse=True)
def nothing_shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Clips that `make sounds` has made here are not there in tests."""
    monkeypatch.setattr(library, "shipped", lambda: tmp_path / "shipped")


@pytest.fixture(autouse=True, scope="session")
def quick_apps() -> Iterator[None]:
    """An app is made for each test: what does not differ is worked out once, and a PIN is cheap."""
    with pytest.MonkeyPatch.context() as patch:
        texts_once(patch)
        compiled_once(patch)
        patch.setattr(pin, "COST", 2)
        yield


@pytest.fixture(scope="session")
def survey() -> Survey:
    return load_survey(SURVEY_FILE)


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> NewStudy:
    """A study with its keys. Made once: locking a key takes seconds on purpose."""
    folder = tmp_path_factory.mktemp("study")
    return make_study(folder, "The study", "The University", "ask@example.org", PASSPHRASE)


@pytest.fixture(scope="session")
def browser_path() -> str:
    path = find_browser()
    assert path, "no Chromium: run make test, or python -m tests.setup_browser"
    return path


@pytest.fixture(scope="session")
def browser(browser_path: str) -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=browser_arguments())
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def identity(study: NewStudy) -> x25519.Identity:
    return open_key(study.key, PASSPHRASE)


@pytest.fixture
def words(study: NewStudy, tmp_path: Path) -> Path:
    """The 24 words of the recovery sheet, typed into a file."""
    file = tmp_path / "words.txt"
    file.write_text(" ".join(recovery_words(study)), encoding="utf-8")
    return file


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def app(data: Path) -> Iterator[Flask]:
    app = create_app(Config(data=data, address="192.0.2.7"))
    yield app
    app.extensions["intake"].stop()


@dataclass
class Kari:
    """The facilitator, at the kiosk's own keyboard."""

    workshops: Workshops
    study: NewStudy

    def plans(self, **changes: Any) -> Workshop:
        values: dict[str, Any] = {
            "study": self.study.file.read_text(encoding="utf-8"),
            "survey": "workshop",
            "survey_file": SURVEY_FILE.read_text(encoding="utf-8"),
        }
        plan: dict[str, Any] = {
            "title": "Draw with Procreate",
            "site": "The library",
            "tool": "Procreate",
            "languages": load_survey(SURVEY_FILE).languages,
            "ends_at": datetime.now() + timedelta(hours=2),
        }
        values |= {name: changes.pop(name) for name in list(changes) if name in values}
        return self.workshops.plan(**values, plan=Plan(**(plan | changes)))

    def opens(self, **changes: Any) -> Workshop:
        return self.workshops.open(self.plans(**changes).code)

    def closes(self, workshop: Workshop) -> Path:
        self.workshops.close(workshop.code)
        return freeze(self.workshops, workshop.code)


@dataclass
class Visitor:
    """Somebody with a browser; every page they fetch is checked."""

    client: FlaskClient
    headers: dict[str, str] = field(default_factory=dict)

    def gets(self, path: str, status: int = 200, **options: Any) -> Page:
        response = self.client.get(path, headers=self.headers, **options)
        assert response.status_code == status, response.text[:500]
        return Page(response.text, dict(response.headers))

    def sends(
        self, workshop: Workshop, answers: Any, tag: str = "ar",
        submission_id: str | None = None, **headers: str,
    ) -> TestResponse:  # fmt: skip
        given = list(answers.items()) if isinstance(answers, dict) else list(answers)
        fields = [("submission_id", submission_id or new_submission_id()), *given]
        body = "&".join(f"{name}={value}" for name, value in fields)
        return self.client.post(
            f"/w/{workshop.code}/{tag}", data=body, headers=JSON | self.headers | headers,
            content_type="application/x-www-form-urlencoded",
        )  # fmt: skip


@dataclass
class Desk(Visitor):
    """A browser at the staff pages; it fills in forms as the pages hand them out."""

    pin: str = PIN
    home: str = "/staff/"

    @property
    def sign(self) -> str:
        """What every form of this browser's session carries, read from the page it may see."""
        shown = self.client.get(self.home, headers=self.headers, follow_redirects=True)
        found = SIGN.search(shown.text)
        assert found, "every page has a form"
        return found[1]

    def posts(self, path: str, status: int = 303, **fields: Any) -> TestResponse:
        """Send a form; a field may be None (left out), a list (several) or a file."""
        given = {"csrf": self.sign} | fields
        values = {name: value for name, value in given.items() if value is not None}
        sent = self.client.post(path, data=values, headers=self.headers)
        assert sent.status_code == status, sent.text[:500]
        if sent.mimetype == "text/html" and not sent.location:
            Page(sent.text, dict(sent.headers))
        return sent

    def does(self, path: str, **fields: Any) -> Page:
        """Send a form and go where it leads, as a browser does."""
        return self.gets(self.posts(path, **fields).headers["Location"])

    def chooses_pin(self, pin: str | None = None) -> TestResponse:
        """Choose the PIN at the very first start, and be signed in by that."""
        self.pin = pin or self.pin
        return self.posts("/staff/first", pin=self.pin, again=self.pin)

    def signs_in(self, pin: str | None = None, status: int = 303) -> TestResponse:
        return self.posts("/staff/sign-in", status, pin=self.pin if pin is None else pin)

    def signs_out(self) -> TestResponse:
        return self.posts("/staff/sign-out")

    def is_in(self) -> bool:
        """Whether the staff pages open for this browser now."""
        answer = self.client.get("/staff/", headers=self.headers)
        assert answer.status_code in (200, 303), answer.status_code
        return answer.status_code == 200


@dataclass
class Lena:
    """The researcher, who alone has the key."""

    identity: x25519.Identity

    def collects(self, *sources: Path) -> Pool:
        pool, skipped = collect(sources, self.identity)
        assert not skipped, skipped
        return pool


@pytest.fixture
def kari(app: Flask, data: Path, study: NewStudy) -> Kari:
    install(study.file, data)
    return Kari(app.extensions["workshops"], study)


@pytest.fixture
def desk(app: Flask) -> Desk:
    """Kari's browser at the kiosk itself: the PIN is chosen, she is signed in."""
    desk = Desk(app.test_client())
    desk.chooses_pin()
    return desk


@pytest.fixture
def amina(app: Flask) -> Visitor:
    return Visitor(app.test_client(use_cookies=False))


@pytest.fixture
def ola(app: Flask) -> Visitor:
    return Visitor(app.test_client(), {"X-Forwarded-For": "127.0.0.1"})


@pytest.fixture
def lena(identity: x25519.Identity) -> Lena:
    return Lena(identity)


@pytest.fixture
def kiosk(data: Path, study: NewStudy) -> Iterator[RealKiosk]:
    """A kiosk of one's own, to cut and kill."""
    running = RealKiosk(data, study.file)
    yield running
    running.stop()
