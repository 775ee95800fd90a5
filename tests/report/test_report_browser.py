"""The report in a real browser: anybody can read it, on any screen, enlarged and on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from kiosk.languages import STAFF_LANGUAGES
from kiosk.report.faces import faces
from kiosk.report.page import make_report
from tests.browser.axe import violations
from tests.colour import contrast
from tests.report.people import collected, people

DESK = {"width": 1180, "height": 900}
ENLARGED = {"width": 320, "height": 256}  # what 1280 × 1024 leaves at 400 % (WCAG 1.4.10)
TOO_WIDE = """() => [...document.querySelectorAll('body *')].filter((e) => !e.closest('.scroll *')
    && e.getBoundingClientRect().right > innerWidth + 1).map((e) => e.outerHTML.slice(0, 120))"""
TYPE = """() => [...document.querySelectorAll('.bar text')].map(
    (e) => [parseFloat(getComputedStyle(e).fontSize), getComputedStyle(e).fontWeight])"""
OUTSIDE = """() => [...document.querySelectorAll('.bar')].flatMap((bar) => {
    const room = bar.getBoundingClientRect();
    return [...bar.querySelectorAll('text')].map((e) => e.getBoundingClientRect())
        .filter((box) => box.left < room.left - 1 || box.right > room.right + 1)
        .map((box) => [box.left, box.right]);
})"""
MET = """() => [...document.querySelectorAll('.bar')].flatMap((bar) => {
    const boxes = [...bar.querySelectorAll('text')].map((e) => e.getBoundingClientRect());
    return boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => a.left < b.right - 1
        && b.left < a.right - 1 && a.top < b.bottom - 6 && b.top < a.bottom - 6)
        .map((b) => [bar.querySelector('desc').textContent, a.left, b.left]));
})"""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    page = browser.new_page(viewport=DESK)  # type: ignore[arg-type]  # a dict will do
    page.route("http*://**", lambda route: pytest.fail(f"the report asked for {route.request.url}"))
    yield page
    page.close()


def opened(page: Page, folder: Path, n: int, tag: str = "en", *, split: bool = False) -> Page:
    dataset = collected(folder / f"{n}", people(n), workshops=1 + n // 15)
    file = folder / f"{n}-{tag}.html"
    file.write_text(make_report(dataset, tag, split=split).html, encoding="utf-8")
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("tag", ["en", "fr"])
@pytest.mark.parametrize("n", [5, 8, 98])
def test_axe_finds_nothing(page: Page, tmp_path: Path, n: int, tag: str) -> None:
    opened(page, tmp_path, n, tag)
    for size in (DESK, ENLARGED):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        assert violations(page) == []


@pytest.mark.parametrize("tag", STAFF_LANGUAGES)
def test_enlarged_to_400_percent_nothing_is_cut_off(page: Page, tmp_path: Path, tag: str) -> None:
    page.set_viewport_size(ENLARGED)  # type: ignore[arg-type]
    for n in (20, 98):
        opened(page, tmp_path, n, tag)
        assert page.evaluate(TOO_WIDE) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


@pytest.mark.parametrize("split", [False, True])
def test_numbers_in_bars_keep_their_size_and_their_place(
    page: Page, tmp_path: Path, split: bool
) -> None:
    opened(page, tmp_path, 98, split=split)
    for size in (DESK, ENLARGED):
        page.set_viewport_size(size)  # type: ignore[arg-type]
        found = page.evaluate(TYPE)
        assert len(found) > 100
        assert {tuple(style) for style in found} == {(19, "700")}, "large type, however narrow"
        assert page.evaluate(OUTSIDE) == []
        assert page.evaluate(MET) == []


def test_bars_can_be_read_without_colour(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path, 98)
    for face in faces().values():
        assert contrast("#1a1a1a", face.fill) >= 4.5, "large numbers on every piece (A16)"
    styles = page.evaluate(
        "() => [...document.querySelectorAll('.bar rect')].map((e) => getComputedStyle(e))"
        ".map((s) => [s.stroke, s.strokeWidth, s.fill])"
    )
    gaps = [style for style in styles if style[2] == "none"]
    assert {tuple(gap) for gap in gaps} == {("rgb(255, 255, 255)", "2px", "none")}, "white (R9)"
    assert not any("url" in style[2] for style in styles), "no pattern fills"
    outlines = {tuple(style[:2]) for style in styles if style[2] != "none"}
    assert outlines <= {("rgb(26, 26, 26)", "4px"), ("none", "4px")}


def test_on_paper_it_keeps_its_colours_and_its_cards_together(page: Page, tmp_path: Path) -> None:
    opened(page, tmp_path, 12)
    page.emulate_media(media="print")
    assert page.locator(".data").first.is_hidden()
    breaks = page.evaluate(
        "() => [...document.querySelectorAll('.question')].map("
        "(e) => getComputedStyle(e).breakInside)"
    )
    assert set(breaks) == {"avoid"}
    assert len(page.pdf(prefer_css_page_size=True)) > 10_000
