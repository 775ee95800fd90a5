"""One kiosk for all browser tests of a worker, and people with screens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from kiosk.languages import LANGUAGES
from kiosk.opening.new_study import NewStudy
from tests.browser.listener import gives_clips
from tests.browser.person import Person
from tests.conftest import SURVEY_FILE
from tests.server import RealKiosk

PHONE = {"width": 360, "height": 640}
TABLET = {"width": 1024, "height": 768}
UPRIGHT = {"width": 800, "height": 1280}


@pytest.fixture(scope="session")
def open_kiosk(tmp_path_factory: pytest.TempPathFactory, study: NewStudy) -> Iterator[RealKiosk]:
    """A kiosk whose workshop stays open and that speaks every language; shared by all tests that
    only look, listen and answer."""
    running = RealKiosk(tmp_path_factory.mktemp("open") / "data", study.file)
    gives_clips(running.data, tuple(LANGUAGES))
    yield running
    running.stop()


@pytest.fixture(scope="session")
def quiet_kiosk(tmp_path_factory: pytest.TempPathFactory, study: NewStudy) -> Iterator[RealKiosk]:
    """A kiosk that asks a survey for which nobody has made a clip: only devices' voices speak."""
    data = tmp_path_factory.mktemp("quiet") / "data"
    (data / "surveys").mkdir(parents=True)
    asked = SURVEY_FILE.read_text(encoding="utf-8").replace('id = "workshop"', 'id = "quiet"', 1)
    (data / "surveys" / "quiet.toml").write_text(asked, encoding="utf-8")
    running = RealKiosk(data, study.file, survey="quiet")
    yield running
    running.stop()


@pytest.fixture
def library(data: Path, study: NewStudy) -> Iterator[RealKiosk]:
    """A kiosk that nobody has used yet, in the library's network."""
    running = RealKiosk(data, study.file, opened=False, lan=True)
    yield running
    running.stop()


Meet = Callable[..., Person]


@pytest.fixture
def meet(browser: Browser) -> Iterator[Meet]:
    """Meet somebody with a screen; nothing but the kiosk can be reached from it."""
    contexts: list[BrowserContext] = []

    def meet(kiosk: RealKiosk, tag: str = "en", size: dict[str, int] | None = None,
             *, fast: bool = True, code: str = "", **options: object) -> Person:  # fmt: skip
        touch = {"has_touch": True, "viewport": size or TABLET}
        context = browser.new_context(**(touch | options))  # type: ignore[arg-type]  # as given
        contexts.append(context)
        context.route("**/*", lambda route: route.abort())
        context.route(f"{kiosk.url}/**", lambda route: route.continue_())
        page: Page = context.new_page()
        return Person(page, kiosk.url, code or kiosk.code, tag, fast=fast)

    yield meet
    for context in contexts:
        context.close()
