"""A millimetre is one: on screens that were measured with a bank card, everything has its size."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator

from tests.browser.axe import violations
from tests.browser.conftest import TABLET, Meet
from tests.browser.person import Person
from tests.browser.test_kiosk_screen import Shows, screen_kiosk, shows, someone, workshop_of
from tests.browser.test_pages import CAPITAL, SIDEWAYS, TABLET_MM, boxes, smallest_gap
from tests.server import RealKiosk

__all__ = ["screen_kiosk", "shows"]  # fixtures
CARD = 85.6  # mm: how wide a bank card is
# Common screens as their browsers see them: width, height, and CSS pixels for a real millimetre.
DEVICES = [
    (1180, 820, 5.2),  # a tablet of 10.9 inches
    (744, 1133, 6.42),  # a small one of 8.3 inches
    (1280, 800, 5.87),  # a cheap one of 10.1 inches
    (1366, 768, 3.94),  # an old laptop of 15.6 inches
    (1536, 864, 4.96),  # a new one of 14 inches
]


def test_kari_fits_a_tablet_to_a_bank_card_once(screen_kiosk: RealKiosk, shows: Shows) -> None:
    page = shows(screen_kiosk)
    page.clock.run_for(11_000)
    page.locator("#leave").tap()
    page.locator("#exit-code").fill(workshop_of(screen_kiosk).exit_code)
    page.locator("#sizes").tap()
    card = page.locator(".bank-card")
    card.wait_for()
    assert violations(page) == []
    assert card_width(card) == pytest.approx(CARD * TABLET_MM, abs=1)
    for _ in range(9):
        page.get_by_role("button", name="Larger").tap()
    page.keyboard.press("-")
    page.keyboard.press("+")
    width = card_width(card)
    assert width == pytest.approx(CARD * TABLET_MM + 9 * 8 - 4 + 2, abs=1), (
        "coming back, steps shrink"
    )
    page.get_by_role("button", name="Use this size").tap()
    assert "keeps this size" in page.get_by_role("status").inner_text()
    page.get_by_role("link", name="Show the shared screen").tap()
    amina = someone(page)
    amina.begins()
    face = amina.face(3, "practice").bounding_box()
    assert face
    assert face["height"] >= 20 * width / CARD
    assert inside(amina, "getComputedStyle(document.documentElement).getPropertyValue('--mm')") == (
        f"{width / CARD:.3f}px"
    )
    page.goto(page.url + "/sizes")
    page.get_by_role("button", name="Back to the usual size").tap()
    assert page.evaluate("localStorage.length") == 0
    assert card_width(card) == pytest.approx(CARD * TABLET_MM, abs=1)


def card_width(card: Locator) -> float:
    box = card.bounding_box()
    assert box
    return box["width"]


def inside(person: Person, expression: str) -> str:
    return str(person.view.locator("html").evaluate(f"() => {expression}"))


def test_on_a_fitted_screen_the_sizes_are_true(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk)
    page = amina.page
    page.goto(f"{open_kiosk.url}/healthz")
    for width, height, mm in DEVICES:
        page.set_viewport_size({"width": width, "height": height})
        page.evaluate("(mm) => localStorage.setItem('kiosk-mm', `${mm}px`)", mm)
        page.goto(f"{open_kiosk.url}/w/{open_kiosk.code}/en")
        amina.waits()
        looks = boxes(page, "[data-look]")
        assert min(min(box["w"], box["h"]) for box in looks) >= 15 * mm - 0.5
        amina.starts()
        options = boxes(page, ".option")
        assert min(min(box["w"], box["h"]) for box in options) >= 20 * mm - 0.5, (width, mm)
        controls = boxes(page, ".bar .button")
        assert min(min(box["w"], box["h"]) for box in controls) >= 15 * mm - 0.5, (width, mm)
        assert smallest_gap(options) >= 3 * mm - 0.5
        for text in boxes(page, "h2, .word, .bar .button > span:not(.hidden)"):
            assert text["font"] * CAPITAL >= 4.9 * mm - 0.1, (width, mm)
        assert page.evaluate(SIDEWAYS) == [], (width, mm)


def test_a_screen_that_keeps_nothing_says_so(screen_kiosk: RealKiosk, shows: Shows) -> None:
    page = shows(screen_kiosk, TABLET)
    page.add_init_script("Storage.prototype.setItem = () => { throw new Error('private'); };")
    page.goto(page.url + "/sizes")
    page.get_by_role("button", name="Use this size").tap()
    assert "can keep nothing" in page.get_by_role("status").inner_text()
