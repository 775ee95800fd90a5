"""The sheet for pens as a printer makes it, and typing sheets in without a mouse."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import combinations

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

from kiosk.languages import LANGUAGES, STAFF_LANGUAGES
from kiosk.opening.new_study import NewStudy
from tests.browser.axe import violations
from tests.browser.desk import Desk
from tests.browser.test_pages import resize
from tests.browser.test_print import A4, DARK, Paper, chooses, darkest
from tests.browser.test_staff_pages import JUDGED, TITLE
from tests.server import RealKiosk

MIN_FACE_MM, MIN_POINTS = 12, 12
PEN = 40  # the grey of a ballpoint's line
CLIPPED = """() => Array.from(document.querySelectorAll('main *')).filter(
    (e) => e.clientWidth && e.scrollWidth > e.clientWidth + 1
).map((e) => e.outerHTML.slice(0, 120))"""
SMALL = """(points) => Array.from(document.querySelectorAll('main *')).filter((e) =>
    Array.from(e.childNodes).some((n) => n.nodeType === 3 && n.data.trim())
    && parseFloat(getComputedStyle(e).fontSize) * 0.75 < points - 0.01).map((e) => e.outerHTML)"""
# The columns from where reading begins: the places of a row's faces and boxes, in millimetres.
FACES = """() => Array.from(document.querySelectorAll('.face')).map((e) => {
    const box = e.getBoundingClientRect(), mm = 25.4 / 96;
    return [box.x * mm, box.width * mm, box.height * mm];
})"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, study: NewStudy) -> Iterator[RealKiosk]:
    running = RealKiosk(tmp_path_factory.mktemp("paper") / "data", study.file, opened=False)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def desk(library: RealKiosk, browser: Browser) -> Iterator[Desk]:
    context = browser.new_context(locale="en", viewport={"width": 1024, "height": 768})
    desk = Desk(context.new_page(), library.here)
    desk.starts_for_the_first_time()
    desk.plans(TITLE)
    desk.opens()
    yield desk
    context.close()


def goes(desk: Desk, name: str = "") -> Page:
    desk.page.goto(f"{desk.url}/staff/w/{desk.code}/paper/{name}")
    return desk.page


def prints(desk: Desk, tag: str) -> Page:
    page = goes(desk, f"sheets/{tag}")
    page.evaluate("document.fonts.ready")
    return page


@pytest.mark.parametrize("tag", LANGUAGES)
def test_fifteen_questions_are_the_two_sides_of_one_sheet(tag: str, desk: Desk) -> None:
    page = prints(desk, tag)
    page.emulate_media(media="print")
    assert page.evaluate(CLIPPED) == []
    assert page.evaluate(SMALL, MIN_POINTS) == []
    page.emulate_media(media="null")
    paper = Paper(page)
    assert paper.sizes_mm == [A4, A4]
    one, two = LANGUAGES[tag].number(1), LANGUAGES[tag].number(2)
    for number, sheet in zip((one, two), paper.pdf, strict=True):
        assert f"{number}/{two}" in sheet.get_textpage().get_text_range()


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_faces_are_large_and_stand_in_reading_order(tag: str, desk: Desk) -> None:
    page = prints(desk, tag)
    page.emulate_media(media="print")
    faces = page.evaluate(FACES)
    assert len(faces) == 16 * 5
    assert all(width >= MIN_FACE_MM and height >= MIN_FACE_MM for _, width, height in faces)
    for row in (faces[start : start + 5] for start in range(0, len(faces), 5)):
        places = [place for place, _, _ in row]
        assert places == sorted(places, reverse=LANGUAGES[tag].dir == "rtl")
    page.emulate_media(media="null")


def test_without_colour_the_faces_differ_and_a_pen_shows_on_them(desk: Desk) -> None:
    page = prints(desk, "en")
    page.emulate_media(media="print")
    drawn = [Image.open(io.BytesIO(face.screenshot())).convert("L").resize((100, 100))
             for face in page.locator("tbody:nth-of-type(2) .face").all()]  # fmt: skip
    page.emulate_media(media="null")
    assert len(drawn) == 5
    for face in drawn:
        assert darkest(face.crop((46, 12, 54, 18))) > 4 * PEN, "the fill is light enough to mark"
    lines = [face.point(lambda grey: 255 * (grey > DARK)) for face in drawn]
    for one, other in combinations(lines, 2):
        differing = ImageChops.difference(one, other).histogram()[255]
        assert differing / 10_000 > 0.02, "their lines differ, not their colours"


def test_a_sheet_is_typed_with_the_keyboard_alone(desk: Desk) -> None:
    page = goes(desk)
    page.get_by_role("link", name="I did not lead this workshop").click()
    sent = typed_so_far(page)
    page.keyboard.type("5")
    page.keyboard.type("180943")
    page.keyboard.press("Backspace")
    page.keyboard.type("2")
    page.keyboard.press("Enter")
    assert chosen(page) == {
        "q01": "5",
        "q02": "1",
        "q03": "97",
        "q05": "98",
        "q06": "4",
        "q07": "2",
    }
    for _ in range(8, 15):
        page.keyboard.type("3")
    page.keyboard.type("3")
    assert page.evaluate("document.activeElement.id") == "store"
    page.keyboard.press("Enter")
    page.get_by_text("Stored. Next sheet.").wait_for()
    assert typed_so_far(page) == (sent[0] + 1, sent[1] + 1)
    assert chosen(page) == {}
    assert page.evaluate("document.activeElement.name") == "q01", "the next sheet can begin"


def test_going_back_shows_no_sheet_again(desk: Desk) -> None:
    page = goes(desk, "type")
    page.keyboard.type("4")
    before = page.locator("[name=submission_id]").input_value()
    page.locator("#store").click()
    page.get_by_text("Stored. Next sheet.").wait_for()
    page.go_back()
    page.locator("#store").wait_for()
    assert chosen(page) == {}
    assert page.locator("[name=submission_id]").input_value() != before


@pytest.mark.parametrize("tag", STAFF_LANGUAGES)
def test_the_pages_of_paper_are_accessible(tag: str, desk: Desk) -> None:
    desk.looks()
    chooses(desk.page, tag)
    for name in ("", "sheets", "sheets/ar", "type?note=stored"):
        page = goes(desk, name)
        for size in JUDGED if tag == "en" else JUDGED[:1]:
            resize(page, size)
            assert violations(page) == [], name
            assert page.evaluate("document.body.scrollWidth <= innerWidth"), (name, size)
    desk.looks()
    chooses(desk.page, "en")


def chosen(page: Page) -> dict[str, str]:
    boxes = page.locator(".typing input:checked").all()
    return {str(box.get_attribute("name")): box.input_value() for box in boxes}


def typed_so_far(page: Page) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", page.locator(".sheets-typed").inner_text())))
