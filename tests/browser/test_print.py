"""What leaves the screen: paper and projector. Phones read the codes there, and people the rest."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations

import pypdfium2
import pytest
import zxingcpp
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page

from kiosk.languages import LANGUAGES, STAFF_LANGUAGES
from kiosk.opening.new_study import NewStudy
from kiosk.qr import QUIET_ZONE, qr_path
from kiosk.store.workshops import Workshops
from tests.browser.conftest import Meet
from tests.browser.desk import Desk
from tests.browser.test_pages import resize
from tests.browser.test_staff_pages import PASSWORD, PROJECTORS, TITLE, WIFI
from tests.colour import contrast
from tests.server import RealKiosk

QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
# What phones must read, by the rules of https://github.com/zxing/zxing/wiki/Barcode-Contents
WIFI_TEXT = r"WIFI:T:WPA;S:Bibliotek\; \"gjest\"\: \\ 5\, nede;P:les\:mer\;\"nå\"\\\,til;;"
POINTS_PER_MM = 72 / 25.4
A4 = (210, 297)
DOTS_PER_MM = 8  # about 200 dpi, a plain office printer
CAPITAL = 0.714  # height of Noto's capitals and digits, in em
MIN_QR_MM, MIN_POINTS = 30, 14
WHITE, DARK = 250, 110
INKS = """() => Array.from(document.querySelectorAll('.paper *')).filter((e) =>
    Array.from(e.childNodes).some((n) => n.nodeType === 3 && n.data.trim()))
    .map((e) => getComputedStyle(e).color)"""


@dataclass(frozen=True)
class Code:
    """A QR code as a phone sees it: what it says, where it lies in the picture (without margin)."""

    text: str
    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        return self.right - self.left


def codes(picture: Image.Image) -> list[Code]:
    """Read all codes in a picture, from left to right and top to bottom."""
    found = []
    for one in zxingcpp.read_barcodes(picture.convert("L"), formats=QR):
        corner, end = one.position.top_left, one.position.bottom_right
        found.append(Code(one.text, corner.x, corner.y, end.x, end.y))
    return sorted(found, key=lambda code: (round(code.top, -1), code.left))


def seen(page: Page) -> list[Code]:
    return codes(Image.open(io.BytesIO(page.screenshot())))


class Paper:
    """What the printer makes of a page, in black and white."""

    def __init__(self, page: Page) -> None:
        self.pdf = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
        scale = DOTS_PER_MM / POINTS_PER_MM
        self.pictures = [
            sheet.render(scale=scale, grayscale=True).to_pil().convert("L") for sheet in self.pdf
        ]

    @property
    def sizes_mm(self) -> list[tuple[int, int]]:
        return [
            (round(sheet.get_width() / POINTS_PER_MM), round(sheet.get_height() / POINTS_PER_MM))
            for sheet in self.pdf
        ]

    def points(self, text: str, number: int = 0) -> float:
        """Return the size of the letters in which a text is printed."""
        sheet = self.pdf[number].get_textpage()
        found = sheet.search(text, match_case=True).get_next()
        assert found, f"{text} is not on the sheet"
        boxes = [sheet.get_charbox(index) for index in range(found[0], sum(found))]
        return float(max(top - bottom for _, bottom, _, top in boxes)) / CAPITAL

    def text_beside(self, code: Code, number: int) -> str:
        """Return what stands to the right of a code, up to the next one."""
        sheet, (_, height) = self.pdf[number], self.sizes_mm[number]
        left, top, right, bottom = (
            where / DOTS_PER_MM * POINTS_PER_MM
            for where in (code.right, code.top, code.right + 1.6 * code.width, code.bottom)
        )
        up = height * POINTS_PER_MM
        return str(sheet.get_textpage().get_text_bounded(left, up - bottom, right, up - top))


def has_its_quiet_zone(code: Code, picture: Image.Image) -> bool:
    """Tell whether four modules around a code are white."""
    module = code.width / (qr_path(code.text).size - 2 * QUIET_ZONE)
    margin, edge = round(QUIET_ZONE * module) - 1, 2
    around = picture.crop((code.left - margin, code.top - margin,
                           code.right + margin, code.bottom + margin))  # fmt: skip
    inside = (margin - edge, margin - edge,
              around.width - margin + edge, around.height - margin + edge)  # fmt: skip
    around.paste(255, inside)
    return darkest(around) >= WHITE


def darkest(picture: Image.Image) -> int:
    """Return the darkest grey in a picture, from 0 to 255."""
    return next(grey for grey, pixels in enumerate(picture.histogram()) if pixels)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, study: NewStudy) -> Iterator[RealKiosk]:
    data = tmp_path_factory.mktemp("print") / "data"
    running = RealKiosk(data, study.file, opened=False, lan=True)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def desk(library: RealKiosk, browser: Browser) -> Iterator[Desk]:
    """Kari, with a workshop open in all languages, and a Wi-Fi that somebody named with relish."""
    context = browser.new_context(locale="en", viewport={"width": 1024, "height": 768})
    desk = Desk(context.new_page(), library.here)
    desk.starts_for_the_first_time()
    desk.plans(TITLE, tickets=True)
    desk.opens()
    goes(desk, "sheet")
    desk.page.locator("#wifi_name").fill(WIFI)
    desk.page.locator("#wifi_password").fill(PASSWORD)
    desk.page.get_by_role("button", name="Put on the sheet").click()
    desk.page.get_by_text(PASSWORD).wait_for()
    yield desk
    context.close()


def goes(desk: Desk, name: str = "") -> None:
    desk.page.goto(f"{desk.url}/staff/w/{desk.code}/{name}")


@contextmanager
def speaking(page: Page, tag: str) -> Iterator[None]:
    """Let the staff pages speak a language for a while."""
    chooses(page, tag)
    try:
        yield
    finally:
        chooses(page, "en")


def chooses(page: Page, tag: str) -> None:
    page.locator(".speaks summary").click()
    page.locator(f".speaks button[lang='{tag}']").click()
    page.locator(f"html[lang='{tag}']").wait_for()


def address(desk: Desk, library: RealKiosk) -> str:
    return f"{library.url}/w/{desk.code}"


@pytest.mark.parametrize("tag", STAFF_LANGUAGES)
def test_the_sheet_is_one_page_whatever_the_language(tag: str, desk: Desk) -> None:
    goes(desk, "sheet")
    with speaking(desk.page, tag):
        assert desk.page.locator(".invitations li").count() == len(LANGUAGES)
        assert Paper(desk.page).sizes_mm == [A4]


def test_phones_read_the_sheet_in_black_and_white(desk: Desk, library: RealKiosk) -> None:
    goes(desk, "sheet")
    (picture,) = Paper(desk.page).pictures
    found = codes(picture)
    assert [code.text for code in found] == [WIFI_TEXT, address(desk, library)]
    for code in found:
        assert code.width / DOTS_PER_MM >= MIN_QR_MM
        assert has_its_quiet_zone(code, picture)


def test_people_without_a_camera_read_the_sheet(desk: Desk, library: RealKiosk) -> None:
    goes(desk, "sheet")
    paper = Paper(desk.page)
    host, path = address(desk, library).removeprefix("http://").split("/", 1)
    for text in (host, f"/{path}", PASSWORD):
        assert paper.points(text) >= MIN_POINTS, text


def test_without_colour_the_words_are_dark_and_the_faces_differ(desk: Desk) -> None:
    goes(desk, "sheet")
    desk.page.emulate_media(media="print")
    for ink in desk.page.evaluate(INKS):
        red, green, blue = map(int, re.findall(r"\d+", ink)[:3])
        assert contrast(f"#{red:02x}{green:02x}{blue:02x}", "#fff") >= 7
    desk.page.emulate_media(media="null")
    (picture,) = Paper(desk.page).pictures
    drawn = [face.point(lambda grey: 255 * (grey > DARK)) for face in faces_on(picture)]
    assert len(drawn) == 5
    for one, other in combinations(drawn, 2):
        differing = ImageChops.difference(one, other).histogram()[255]
        assert differing / (one.width * one.height) > 0.02, "their lines differ, not their colours"


def faces_on(picture: Image.Image) -> list[Image.Image]:
    """Cut the faces out of the sheet: they stand in a row to the right of the second code."""
    code = codes(picture)[-1]
    right = picture.width - 5 * DOTS_PER_MM
    row = picture.crop((code.right + 6 * DOTS_PER_MM, code.top, right, code.bottom))
    empty = [darkest(row.crop((x, 0, x + 1, row.height))) for x in range(row.width)]
    starts = [x for x in range(1, row.width) if empty[x] < WHITE <= empty[x - 1]]
    ends = [x for x in range(1, row.width) if empty[x - 1] < WHITE <= empty[x]]
    cut = [row.crop((start, 0, end, row.height)) for start, end in zip(starts, ends, strict=True)]
    return [face.crop(ImageChops.invert(face).getbbox()).resize((100, 100)) for face in cut]


def test_every_ticket_leads_to_its_own_address_and_none_is_cut(
    desk: Desk, library: RealKiosk
) -> None:
    drawn = desk.draws_tickets(30)
    paper = Paper(desk.page)
    assert set(paper.sizes_mm) == {A4}
    read = []
    for number, picture in enumerate(paper.pictures):
        for code in codes(picture):
            ticket = re.sub(r"\s", "", paper.text_beside(code, number))[: len(drawn[0])]
            assert code.text == f"{address(desk, library)}?ticket={ticket.lower()}"
            assert code.width / DOTS_PER_MM >= MIN_QR_MM
            assert has_its_quiet_zone(code, picture)
            read.append(ticket)
    assert read == drawn


@pytest.mark.parametrize("size", PROJECTORS)
def test_phones_read_the_wall(size: tuple[int, int], desk: Desk, library: RealKiosk) -> None:
    goes(desk, "wall")
    resize(desk.page, size)
    found = seen(desk.page)
    assert [code.text for code in found] == [WIFI_TEXT, address(desk, library)]
    for code in found:
        assert code.width >= size[1] / 6, "large enough for the last row"


def test_a_tablet_and_a_phone_read_the_staff_pages(
    desk: Desk, library: RealKiosk, meet: Meet
) -> None:
    key = Workshops(library.data).get(desk.code).screen_key
    desk.looks()
    resize(desk.page, (1024, 1600))
    start, screen = (code.text for code in seen(desk.page))
    assert start == address(desk, library)
    assert screen == desk.screen_address == f"{start}/screen/{key}"
    desk.page.goto("about:blank")  # a workshop's page would load again when a screen comes
    tablet = meet(library).page
    tablet.goto(screen)
    tablet.frame_locator("#person").locator("ul.languages").wait_for()

    desk.page.goto(f"{desk.url}/staff/check")
    (hello,) = seen(desk.page)
    assert hello.text == f"http://{desk.page.locator('.address').inner_text()}"
