"""Kari's afternoon: from the first start to the packed workshop, with all that can happen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from kiosk.opening.new_study import NewStudy
from tests.browser.conftest import PHONE, TABLET, Meet
from tests.browser.desk import PIN, Desk
from tests.browser.person import Person
from tests.browser.test_workshop import answers_of, read
from tests.conftest import PASSPHRASE
from tests.server import RealKiosk, run_kiosk
from tests.setup_browser import browser_arguments

ITEMS = [f"q{n:02}" for n in range(1, 16)]
TAGS = ["ar", "ti", "en", "ckb", "uk", "so", "tr", "ps", "ku", "fa-AF"]


@pytest.fixture
def desk(library: RealKiosk, browser: Browser) -> Iterator[Desk]:
    """Kari, at the kiosk's own computer."""
    context = browser.new_context(locale="en")
    yield Desk(context.new_page(), library.here)
    context.close()


class Tablet:
    """A tablet with a disk: switched off and on again, it knows what browsers keep there."""

    def __init__(self, browser: Browser, path: str, profile: Path) -> None:
        self._type, self._path, self._profile = browser.browser_type, path, profile
        self._context: BrowserContext | None = None
        self.faults: list[str] = []

    def opens(self, address: str) -> Page:
        """Switch it on and open an address, as its browser does by itself with its last page."""
        self._context = self._type.launch_persistent_context(
            str(self._profile), executable_path=self._path, args=browser_arguments(),
            viewport={"width": TABLET["width"], "height": TABLET["height"]}, has_touch=True,
        )  # fmt: skip
        page = self._context.pages[0]
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.clock.install()
        page.goto(address)
        return page

    def is_switched_off(self) -> None:
        if self._context:
            self._context.close()
            self._context = None


@pytest.fixture
def tablet(browser: Browser, browser_path: str, tmp_path: Path) -> Iterator[Tablet]:
    owned = Tablet(browser, browser_path, tmp_path / "tablet")
    yield owned
    owned.is_switched_off()


class Fast(Person):
    """A person at a screen whose clock is moved by hand."""

    def waits(self, milliseconds: int = 520) -> None:
        self.page.clock.fast_forward(milliseconds)


def next_person(page: Page, library: RealKiosk, tag: str) -> Fast:
    return Fast(page, library.url, "", tag, fast=False, on_screen=True)


def answers_and_hands_on(person: Fast, values: list[int]) -> None:
    """Answer everything and touch "Next person"; the languages are there again."""
    person.goes_the_whole_way(values)
    person.waits()
    person.view.locator("#thanks [data-next-person]").tap()
    person.view.locator("ul.languages").wait_for()


def test_karis_afternoon(
    library: RealKiosk, desk: Desk, tablet: Tablet, meet: Meet, study: NewStudy, tmp_path: Path
) -> None:
    chosen: list[list[int]] = []

    def new_answers() -> list[int]:
        chosen.append(answers_of(100 + len(chosen)))
        return chosen[-1]

    desk.starts_for_the_first_time()
    desk.plans()
    desk.opens()
    desk.looks()
    address = desk.screen_address
    page = tablet.opens(address)

    # The first three at the tablet, with the kiosk in reach.
    for tag in TAGS[:3]:
        answers_and_hands_on(next_person(page, library, tag), new_answers())

    # The next one tries to see what the last one answered.
    for _ in range(5):
        page.go_back()
        assert page.url == address
        assert not page.frame_locator("#person").locator("input:checked").count()
    page.frame_locator("#person").locator("ul.languages").wait_for()

    # Three phones; one of them says no.
    for tag in ("ar", "so"):
        phone = meet(library, tag, PHONE, code=desk.code)
        phone.goes_the_whole_way(new_answers())
        assert not phone.page.context.cookies()
    declines = meet(library, "uk", PHONE, code=desk.code)
    declines.comes()
    declines.touches("#s-consent [data-do=decline]")
    declines.page.locator("#declined").wait_for()
    desk.looks()
    assert desk.sent == 5

    # The kiosk is out of reach: ten people go on, each in another language.
    library.kill()
    for number, tag in enumerate(TAGS):
        if number == 5:
            tablet.is_switched_off()
            page = tablet.opens(address)
        answers_and_hands_on(next_person(page, library, tag), new_answers())
    library.start()

    # All ten arrive by themselves; the staff page says when nothing waits any more.
    desk.looks()
    page.clock.run_for(15_000)
    desk.page.locator("[data-count=sent]", has_text="15").wait_for()

    # One walks away at question seven.
    leaves = next_person(page, library, "nb")
    leaves.comes()
    leaves.starts()
    leaves.practises()
    leaves.answers([5] * 6)
    page.clock.run_for(121_000)
    leaves.view.locator("#idle").wait_for()
    page.clock.run_for(61_000)
    leaves.view.locator("ul.languages").wait_for()
    answers_and_hands_on(next_person(page, library, "da"), new_answers())

    desk.looks()
    assert (desk.sent, desk.count("declined"), desk.count("timed_out")) == (16, 1, 1)
    desk.counts_and_closes(present=20, said_no=2)
    assert "80 %" in desk.page.locator("section.figures").inner_text()
    name = desk.packs()
    assert not tablet.faults, tablet.faults

    out = tmp_path / "dataset"
    run_kiosk("collect", str(library.data / "bundles" / name), "--key", str(study.key),
              "--out", str(out), data=library.data, passphrase=PASSPHRASE)  # fmt: skip
    rows = read(out / "responses.csv")
    wanted = sorted(tuple(map(str, values)) for values in chosen)
    assert sorted(tuple(row[item] for item in ITEMS) for row in rows) == wanted
    (workshop,) = read(out / "workshops.csv")
    assert (workshop["headcount"], workshop["declined"], workshop["timed_out"]) == ("20", "1", "1")


def test_with_tickets_everybody_answers_once_and_nobody_is_named(
    library: RealKiosk, desk: Desk, tablet: Tablet, meet: Meet, browser: Browser
) -> None:
    desk.starts_for_the_first_time()
    desk.plans(tickets=True)
    desk.opens()
    desk.looks()
    address = desk.screen_address
    first, second, *_ = desk.draws_tickets(6)

    # Amina scans her ticket; the code leads to the languages, the ticket travels along.
    amina = meet(library, "ar", PHONE, code=desk.code)
    amina.page.goto(f"{library.url}/w/{desk.code}?ticket={first.lower()}")
    amina.page.locator("a[hreflang='ar']").tap()
    amina.page.locator("#s-consent").wait_for()
    amina.waits()
    amina.starts()
    amina.practises()
    amina.answers([5] * 15)
    amina.sends()
    amina.is_thanked()

    # Somebody else types theirs, without JavaScript, as it stands on the paper.
    types = meet(library, "en", PHONE, code=desk.code, fast=False, java_script_enabled=False)
    types.page.goto(f"{library.url}/w/{desk.code}")
    types.page.locator("#ticket").fill(f" {second[:3]} {second[3:]}")
    types.page.get_by_role("button").tap()
    types.page.locator("a[hreflang='en']").tap()
    types.answers_without_script([4] * 15)
    types.sends()
    types.page.get_by_role("heading", name="Thank you").wait_for()

    # A used ticket and an invented one are told before anybody answers in vain.
    for ticket, says in ((first, "used already"), ("AAAAAA", "do not know this ticket")):
        again = meet(library, "en", PHONE, code=desk.code, locale="en")
        again.page.goto(f"{library.url}/w/{desk.code}?ticket={ticket}")
        assert says in again.page.locator("h1").inner_text()

    # The shared screen asks for none.
    answers_and_hands_on(next_person(tablet.opens(address), library, "uk"), [3] * 15)
    desk.looks()
    assert desk.sent == 3
    assert "6 drawn so far, 2 used" in desk.page.locator("main").inner_text()
    desk.counts_and_closes(present=3)
    desk.packs()


def test_kari_lends_her_own_screen_and_takes_it_back_with_her_pin(
    library: RealKiosk, desk: Desk
) -> None:
    desk.starts_for_the_first_time()
    desk.plans()
    desk.opens()
    desk.looks()
    desk.page.get_by_role("button", name="Use this screen as the kiosk").click()
    desk.page.frame_locator("#person").locator("ul.languages").wait_for()
    other = desk.page.context.new_page()
    other.goto(f"{desk.url}/staff/")
    assert other.locator("#pin").is_visible(), "the staff pages are locked meanwhile"
    other.close()
    desk.page.locator("#leave").click()
    desk.page.locator("#exit-code").fill(PIN)
    desk.page.get_by_role("button", name="Leave").click()
    desk.page.wait_for_url(lambda url: "/staff/w/" in url)
    assert desk.sent == 0
