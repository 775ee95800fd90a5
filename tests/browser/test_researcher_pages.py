"""Lena goes through every page of hers, in each of the staff's languages; we look closely."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page

from kiosk.config import Config
from kiosk.dataset.collect import collect
from kiosk.dataset.write import write_dataset
from kiosk.opening.keys import new_identity, words
from kiosk.opening.new_study import NewStudy
from kiosk.serve import Server
from kiosk.web.researcher import export, opened
from kiosk.web.researcher.desk import Desk
from tests.browser.axe import violations
from tests.browser.test_pages import resize
from tests.browser.test_staff_pages import JUDGED, Inspector
from tests.conftest import PASSPHRASE
from tests.server import RealDoor, free_port
from tests.study import recovery_words
from tests.web import Clock
from tests.web.researcher import Gate, door, hold_workshops

NAME = "digital-workshops-in-libraries-a1b2c3-0123456789abcdef0123456789abcdef.bundle.zip"


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory, study: NewStudy) -> Path:
    """Four usable bundles of sites, and one that is damaged."""
    folder = hold_workshops(tmp_path_factory.mktemp("sites"), study)
    (folder / NAME).write_bytes(b"PK\x03\x04 once this was a bundle")
    return folder


@dataclass
class Visit:
    """Lena's way through all that her pages can show."""

    page: Page
    url: str
    app: Flask
    inspector: Inspector
    study: NewStudy
    clock: Clock

    @property
    def desk(self) -> Desk:
        desk: Desk = self.app.extensions["desk"]
        return desk

    def looks(self, name: str) -> None:
        self.inspector.looks(name)

    def goes(self, path: str = "") -> None:
        self.page.goto(f"{self.url}/researcher/{path}")

    def sends(self, action: str) -> None:
        """Touch the button of the form that goes to `action`."""
        with self.page.expect_navigation():
            self.page.locator(f"form[action$='/{action}']:visible button").click()

    def shows(self, typed: str) -> None:
        """Open the field for the words, type them, and send."""
        if not self.page.locator("#words").is_visible():
            self.page.locator("main summary").last.click()
        self.page.locator("#words").fill(typed)
        with self.page.expect_navigation():
            self.page.locator("form:has(#words) button").click()

    def walk(self, opening: Gate, writing: Gate) -> None:
        self.comes_in(opening)
        self.reads()
        self.takes_the_dataset(writing)
        self.finds_nothing()
        self.leaves()

    def comes_in(self, gate: Gate) -> None:
        self.page.goto(self.url)
        self.looks("sign-in")
        self.shows("abandon survey-kiosk")
        self.looks("sign-in, wrong words")
        self.app.extensions["key"] = self.study.key
        self.desk.patience_seconds = 0
        self.goes("sign-in")
        self.looks("sign-in, the key is here")
        self.shows(" ".join(recovery_words(self.study)))
        assert gate.reached.wait(60)
        self.looks("opening")
        assert self.desk.opening
        self.desk.opening.stop()
        gate.opens.set()
        self.page.locator("form[action$='/open']").wait_for()  # the page noticed by itself
        self.page.wait_for_load_state()
        self.looks("stopped")
        self.sends("open")
        self.page.locator(".figures").wait_for()
        self.page.wait_for_load_state()
        self.looks("workshops")

    def reads(self) -> None:
        self.goes("reports/")
        self.looks("reports")
        with self.page.expect_popup() as popup:
            self.page.locator("main .primary").click()
        report = popup.value
        report.wait_for_load_state()
        for size in JUDGED:
            resize(report, size)
            self.inspector.finds(("report", size), violations(report))
        drawn = report.evaluate("getComputedStyle(document.querySelector('svg.sprite')).position")
        assert drawn == "absolute", "its own styles are allowed"
        report.close()
        self.goes("reports/group?site=De+Krook")
        self.looks("too few")

    def takes_the_dataset(self, gate: Gate) -> None:
        self.goes("dataset/")
        self.looks("dataset")
        self.sends("make")
        assert gate.reached.wait(60)
        self.looks("making the dataset")
        gate.opens.set()
        self.page.locator("a[download]").wait_for()
        self.page.wait_for_load_state()
        self.looks("dataset, ready")

    def finds_nothing(self) -> None:
        self.goes("nothing")
        self.looks("message")
        self.desk.patience_seconds = 60
        self.desk.sources = (Path("nowhere"),)
        self.goes()
        self.sends("open")
        self.looks("nothing yet")

    def leaves(self) -> None:
        self.sends("sign-out")
        self.looks("signed out")
        self.shows(words(new_identity()))
        self.clock.passes(self.desk.idle_seconds)
        self.goes()
        self.looks("signed out by itself")


@pytest.mark.parametrize("tag", ["en", "fr"])  # the others are shorter
def test_every_researchers_page(
    tag: str, bundles: Path, study: NewStudy, data: Path, browser: Browser,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    opening, writing, clock = Gate(collect), Gate(write_dataset), Clock()
    monkeypatch.setattr(opened, "collect", opening)
    monkeypatch.setattr(export, "write_dataset", writing)
    app = door(data, bundles, clock=clock)
    config = Config(data=data, host="127.0.0.1", port=free_port())
    stop = Server(app, config).in_background()
    context = browser.new_context(locale=tag)
    page = context.new_page()
    inspector = Inspector(page, tag)
    url = f"http://127.0.0.1:{config.port}"
    Visit(page, url, app, inspector, study, clock).walk(opening, writing)
    assert not inspector.faults, "\n".join(inspector.faults)
    assert len(inspector.seen) == len(set(inspector.seen)) >= 14
    context.close()
    stop()


@pytest.fixture
def real(data: Path, bundles: Path) -> Iterator[RealDoor]:
    data.mkdir()
    running = RealDoor(data, bundles)
    yield running
    running.stop()


def test_without_javascript_and_by_keyboard_lena_reads_takes_the_dataset_and_leaves_nothing(
    real: RealDoor, study: NewStudy, browser: Browser, tmp_path: Path
) -> None:
    # No touch may miss: without scripts the browser library cannot tell where one came down.
    context = browser.new_context(java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(real.url)
    page.locator("#key").set_input_files(study.key)
    page.locator("#passphrase").fill(PASSPHRASE)
    page.locator("#passphrase").press("Enter")
    page.locator(".figures").wait_for(timeout=60_000)  # by the refreshing page, if it took long
    assert len(real.rooms()) == 1
    page.get_by_role("link", name="Read the report").press("Enter")
    with page.expect_popup() as popup:
        page.get_by_role("link", name="Read the report").press("Enter")
    popup.value.get_by_role("heading", name="Question by question").wait_for()
    page.get_by_role("link", name="Dataset").press("Enter")
    page.get_by_role("button", name="Make the dataset").press("Enter")
    with page.expect_download() as download:
        page.get_by_role("link", name="Save the dataset").press("Enter")
    download.value.save_as(tmp_path / "saved.zip")
    with zipfile.ZipFile(tmp_path / "saved.zip") as archive:
        assert "responses.csv" in archive.namelist()
    page.get_by_role("button", name="Sign out").press("Enter")
    page.locator(".said").wait_for()
    assert real.rooms() == []
    context.close()


def test_whoever_ends_the_server_ends_the_session_and_nothing_is_left(
    real: RealDoor, study: NewStudy, browser: Browser
) -> None:
    page = browser.new_page()
    page.goto(real.url)
    page.locator("main summary").last.click()
    page.locator("#words").fill(" ".join(recovery_words(study)))
    page.locator("form:has(#words) button").click()
    page.locator(".figures").wait_for()
    assert len(real.rooms()) == 1
    assert real.stop() == 0
    assert list(real.temporary.iterdir()) == []
    page.close()
