"""Larger text and stronger colours: for one person, from the first screen until the end."""

from __future__ import annotations

import io

import pytest
from PIL import Image
from playwright.sync_api import FrameLocator, Page

from tests.browser.axe import violations
from tests.browser.conftest import PHONE, Meet
from tests.browser.seen import marks_all_around
from tests.browser.spoken import names, tree
from tests.browser.test_kiosk_screen import MINUTE, Shows, screen_kiosk, shows, someone
from tests.browser.test_pages import PHONE_MM, SIDEWAYS
from tests.server import RealKiosk

__all__ = ["screen_kiosk", "shows"]  # fixtures
LONG_HEADERS = ("so", "ku", "uk", "de", "ti")
TORN = """() => {
    const torn = [], range = document.createRange();
    for (const span of document.querySelectorAll('header .button span')) {
        if (span.children.length || !span.checkVisibility()) continue;
        const text = span.firstChild, word = /\\S+/g;
        for (let found; text && (found = word.exec(text.data)); ) {
            range.setStart(text, found.index);
            range.setEnd(text, found.index + found[0].length);
            if (range.getClientRects().length > 1) torn.push(found[0]);
        }
    }
    return torn;
}"""
LAPPED = """() => {
    const boxes = [...document.querySelectorAll('header .button')]
        .filter((e) => e.checkVisibility()).map((e) => [e.id, e.getBoundingClientRect()]);
    return boxes.flatMap(([a, p], n) => boxes.slice(n + 1).filter(([, q]) =>
        p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 1
        && q.top < p.bottom - 1).map(([b]) => `${a} over ${b}`));
}"""


def look(view: Page | FrameLocator) -> set[str]:
    """Return which of the two looks is on."""
    classes = view.locator("html").get_attribute("class") or ""
    return set(classes.split()) & {"larger", "strong"}


def test_a_look_stays_until_send_and_no_longer(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk, "so", PHONE)
    page = amina.page
    page.goto(f"{open_kiosk.url}/w/{open_kiosk.code}")
    for name in ("larger", "strong"):
        button = page.locator(f"[data-look={name}]")
        box = button.bounding_box()
        assert box
        assert min(box["width"], box["height"]) >= 15 * PHONE_MM - 0.5
        button.tap()
    page.locator("a[hreflang=so]").tap()
    page.locator("#s-consent").wait_for()
    amina.waits()
    assert look(page) == {"larger", "strong"}
    amina.touches("#language")
    page.locator("#languages a[hreflang='ar']").tap()
    page.locator("html[lang='ar']").wait_for()
    amina.waits()
    assert look(page) == {"larger", "strong"}
    assert "?" not in page.url, "no address tells of it"
    amina.starts()
    assert not page.locator("#looks").is_visible()
    assert page.evaluate(SIDEWAYS) == []
    assert violations(page) == []
    size = page.locator("#s-practice .word").first.evaluate("e => getComputedStyle(e).fontSize")
    assert size == "30px", "half as large again as 20"
    amina.practises()
    amina.answers([3] * 15)
    amina.sends()
    amina.is_thanked()
    assert page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert page.evaluate("document.cookie") == ""
    page.goto(f"{open_kiosk.url}/w/{open_kiosk.code}/ar")
    assert look(page) == set()


@pytest.mark.parametrize("tag", LONG_HEADERS)
def test_larger_words_at_the_head_of_a_phone_keep_whole(
    tag: str, open_kiosk: RealKiosk, meet: Meet
) -> None:
    amina = meet(open_kiosk, tag, PHONE)
    amina.comes()
    amina.page.locator("[data-look=larger]").tap()
    assert amina.page.evaluate(TORN) == []
    assert amina.page.evaluate(LAPPED) == []
    amina.starts()
    assert amina.page.evaluate(TORN) == []
    assert amina.page.evaluate(LAPPED) == []
    assert amina.page.evaluate(SIDEWAYS) == []


def test_no_thank_you_ends_a_look_too(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk)
    amina.comes()
    amina.page.locator("[data-look=larger]").tap()
    amina.touches("[data-do=decline]")
    assert amina.screen == "declined"
    assert amina.page.evaluate("sessionStorage.length") == 0


def test_the_next_person_at_a_shared_screen_has_the_usual_look(
    screen_kiosk: RealKiosk, shows: Shows
) -> None:
    page = shows(screen_kiosk)
    amina = someone(page)

    def wants_both() -> None:
        amina.view.locator("a[hreflang]").first.wait_for()
        for name in ("larger", "strong"):
            amina.view.locator(f"[data-look={name}]").tap()

    wants_both()
    amina.begins()
    assert look(amina.view) == {"larger", "strong"}, "into the survey"
    page.clock.run_for(4 * MINUTE)
    amina.view.locator("ul.languages.names").first.wait_for()
    assert look(amina.view) == set(), "after somebody walked away"
    wants_both()
    page.clock.run_for(4 * MINUTE)
    assert look(amina.view) == set(), "after somebody left before choosing a language"
    wants_both()
    amina.comes()
    amina.touches("[data-do=decline]")
    assert look(amina.view) == {"larger", "strong"}, "the thank-you can be read"
    page.clock.run_for(1000)
    amina.view.locator("#declined [data-next-person]").tap()
    amina.view.locator("html:not(.larger) a[hreflang]").first.wait_for()
    assert look(amina.view) == set()
    assert page.evaluate("sessionStorage.length") == 0


def test_without_javascript_there_are_no_looks(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk, fast=False, java_script_enabled=False)
    for path in ("", "/en"):
        amina.page.goto(f"{open_kiosk.url}/w/{open_kiosk.code}{path}")
        assert not amina.page.locator("[data-look]").first.is_visible()


def test_who_asks_the_system_for_contrast_gets_it(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk, contrast="more")
    amina.comes()
    assert look(amina.page) == {"strong"}
    assert "Normal colours" in names(tree(amina.page), "button")
    amina.starts()
    assert violations(amina.page) == []
    marks_all_around(amina, 4, "practice")


def test_stronger_colours_draw_thicker_faces(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk)
    amina.comes()
    amina.starts()

    def ink() -> int:
        shot = amina.page.locator("#s-practice .face").nth(1).screenshot()
        return sum(Image.open(io.BytesIO(shot)).convert("L").histogram()[:64])

    before = ink()
    amina.page.evaluate("document.documentElement.classList.add('strong')")
    assert ink() > 1.3 * before
