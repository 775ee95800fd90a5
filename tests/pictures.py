"""Takes the screenshots of every page for the documentation: `make pictures`."""

from __future__ import annotations

import io
import os
import secrets
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from kiosk.opening.new_study import NewStudy, make_study
from kiosk.report.page import make_report
from kiosk.report.publication import publication
from kiosk.report.publication_page import tables_page
from kiosk.report.safe.registry import Registry
from kiosk.store.sendings import Sendings, Sent
from kiosk.store.workshops import Workshops
from tests.browser.conftest import PHONE, TABLET
from tests.browser.desk import Desk
from tests.browser.person import Person
from tests.conftest import PASSPHRASE
from tests.report.people import collected, held, people
from tests.report.test_report_paper import ACTIVITIES
from tests.server import RealDoor, RealKiosk
from tests.setup_browser import browser_arguments, find_browser
from tests.web.researcher import hold_workshops

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
STAFF = FOLDER / "staff"
RESEARCH = FOLDER / "research"
WIDE = {"width": 1024, "height": 1200}
LANGUAGES = ("en", "ar", "ti")
SIZES = {"phone": PHONE, "tablet": TABLET}
COLOURS = 64
TARGET = "webdavs://files.example.org/inbox"
ADDRESS = "192.168.1.20"  # what a library's network may look like


class Photographer:
    """Stands beside a screen and takes a small picture of each page."""

    def __init__(self, page: Page, folder: Path, name: str = "") -> None:
        self.page, self.folder, self.name = page, folder, name

    def takes(self, page: str) -> None:
        """Save what the screen shows now."""
        self.page.evaluate("document.fonts.ready.then(() => scrollTo(0, 0))")
        self.keeps(page, Image.open(io.BytesIO(self.page.screenshot())))

    def keeps(self, page: str, picture: Image.Image) -> None:
        """Save a picture with few colours."""
        small = picture.convert("RGB").quantize(COLOURS, kmeans=1, dither=Image.Dither.NONE)
        small.save(self.folder / f"{page}{self.name}.png", optimize=True)


def follow(amina: Person, photographer: Photographer) -> None:
    """Go through the survey and every page around it."""
    page = amina.page
    page.goto(f"{amina.url}/w/{amina.code}")
    photographer.takes("start")
    amina.comes()
    photographer.takes("consent")
    amina.starts()
    photographer.takes("practice")
    amina.practises()
    amina.answers([4, 5])
    amina.next()
    photographer.takes("not-chosen")
    amina.answers_from(3, [5, 4])
    amina.chooses(4, "q05")
    photographer.takes("question")
    amina.next()
    amina.answers_from(6, [3, 5, 4, 4, 97, 5, 2, 4, 5, 98])
    photographer.takes("review")
    amina.touches("#show-answers")
    photographer.takes("answers")
    amina.touches("#help-button")
    photographer.takes("help")
    amina.touches("#help [data-do=back]")
    amina.touches("#language")
    photographer.takes("languages")
    amina.back()
    page.route("**/w/**", lambda route: route.abort())
    amina.sends()
    page.locator("#waiting").wait_for()
    photographer.takes("waiting")
    page.unroute("**/w/**")
    amina.tries_again()
    amina.is_thanked()
    photographer.takes("thanks")
    page.goto(f"{amina.url}/w/{amina.code}/{amina.tag}/goodbye")
    photographer.takes("declined")
    page.goto(f"{amina.url}/w/wrong")
    photographer.takes("error")


def take_survey(browser: Browser, kiosk: RealKiosk) -> None:
    """Take every picture of the survey in some languages at some sizes."""
    for tag in LANGUAGES:
        for name, size in SIZES.items():
            context = browser.new_context(
                viewport={"width": size["width"], "height": size["height"]},
                has_touch=True,
                locale=tag,
            )
            amina = Person(context.new_page(), kiosk.url, kiosk.code, tag)
            follow(amina, Photographer(amina.page, FOLDER, f"-{tag}-{name}"))
            context.close()


def follow_to_the_opening(kari: Desk, photographer: Photographer) -> None:
    """Watch Kari plan a workshop, prepare and open it."""
    page = kari.page
    kari.starts_for_the_first_time()
    kari.plans("Draw with Procreate")
    photographer.takes("planned")
    page.goto(f"{kari.url}/staff/w/{kari.code}/edit")
    photographer.takes("plan")
    page.goto(f"{kari.url}/staff/w/{kari.code}/report/planning")
    photographer.takes("report")
    kari.looks()
    kari.opens()
    page.goto(f"{kari.url}/staff/w/{kari.code}/sheet")
    page.locator("#wifi_name").fill("Library guests")
    page.locator("#wifi_password").fill("books and cakes")
    page.get_by_role("button", name="Put on the sheet").click()
    page.get_by_text("books and cakes").wait_for()
    photographer.takes("sheet")
    pdf = pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True))
    photographer.keeps("sheet-printed", pdf[0].render().to_pil())
    page.goto(f"{kari.url}/staff/w/{kari.code}/wall")
    photographer.takes("wall")
    page.goto(f"{kari.url}/staff/check")
    photographer.takes("check")


def follow_to_the_end(kari: Desk, kiosk: RealKiosk, photographer: Photographer) -> None:
    """Watch Kari while people answer, and when she closes and packs."""
    page = kari.page
    screen = Workshops(kiosk.data).get(kari.code).screen_key
    for number in range(11):
        answer: dict[str, str | float | bool] = {
            "submission_id": secrets.token_urlsafe(18),
            "screen": screen,
        }
        answer |= {f"q{n:02}": str(1 + (number + n) % 5) for n in range(1, 16)}
        page.request.post(f"{kiosk.here}/w/{kari.code}/en", form=answer)
    page.request.post(f"{kiosk.here}/w/{kari.code}/screen/{screen}/status",
                      form={"screen": "tablet", "waiting": "0"})  # fmt: skip
    kari.looks()
    assert kari.sent == 11
    photographer.takes("open")
    kari.counts_and_closes(present=18, said_no=2)
    photographer.takes("closed")
    kari.packs()
    photographer.takes("packed")
    follow_what_was_sent(kari, kiosk, photographer)
    page.goto(f"{kari.url}/staff/")
    photographer.takes("list")
    kari.plans("Photos on the phone")
    kari.opens()
    page.get_by_role("button", name="Use this screen as the kiosk").click()
    page.frame_locator("#person").locator("ul.languages").wait_for()
    photographer.takes("screen")


def follow_what_was_sent(kari: Desk, kiosk: RealKiosk, photographer: Photographer) -> None:
    """Show one workshop that arrived, one that was sent, one that waits, and one just closed."""
    packed = [kari.code]
    for title in ("Photos and videos", "Maps on the phone"):
        kari.plans(title)
        kari.opens()
        kari.counts_and_closes(present=9)
        kari.packs()
        packed.append(kari.code)
    kari.plans("E-mail for beginners")
    kari.opens()
    kari.counts_and_closes(present=7)
    for file in (kiosk.data / "studies").glob("*.toml"):
        file.write_text(
            f'target = "{TARGET}"\n{file.read_text(encoding="utf-8")}', encoding="utf-8"
        )
    sendings = Sendings(kiosk.data)
    for code in packed[:2]:
        workshop = Workshops(kiosk.data).get(code)
        name = workshop.bundle or ""
        sendings.note(workshop, Sent(name, TARGET, name, "read-back"))
        if code == packed[0]:
            sendings.note_arrival(workshop, name, "2026-05-31")
    kari.page.goto(f"{kari.url}/staff/sending/")
    photographer.takes("sending")


def take_staff(browser: Browser, kiosk: RealKiosk) -> None:
    """Take a picture of each of the facilitator's pages."""
    context = browser.new_context(
        viewport={"width": TABLET["width"], "height": TABLET["height"]}, locale="en"
    )
    kari = Desk(context.new_page(), kiosk.here)
    photographer = Photographer(kari.page, STAFF)
    follow_to_the_opening(kari, photographer)
    follow_to_the_end(kari, kiosk, photographer)
    context.close()


def take_research(browser: Browser, folder: Path, study: NewStudy) -> None:
    """Take a picture of the report, of tables for publication, and of the researcher's pages."""
    page = browser.new_page(viewport=WIDE)  # type: ignore[arg-type]  # a dict will do
    photographer = Photographer(page, RESEARCH)
    dataset = held(folder / "paper", ACTIVITIES, people(20))
    tables = publication(collected(folder / "places", people(98), workshops=9), Registry("picture"),
                         name="places", by="site", method="bands")  # fmt: skip
    for name, html in (("report", make_report(dataset).html), ("tables", tables_page(tables))):
        file = folder / f"{name}.html"
        file.write_text(html, encoding="utf-8")
        page.goto(file.as_uri())
        photographer.takes(name)
    (folder / "lena").mkdir()
    door = RealDoor(folder / "lena", hold_workshops(folder / "sites", study))
    try:
        page.goto(door.url)
        page.locator("#key").set_input_files(study.key)
        page.locator("#passphrase").fill(PASSPHRASE)
        page.get_by_role("button", name="Open the key").first.click()
        page.locator(".figures").wait_for()
        photographer.takes("workshops")
        page.get_by_role("link", name="Reports").click()
        photographer.takes("reports")
    finally:
        door.stop()
    page.close()


@contextmanager
def running(folder: Path, study: NewStudy, **options: bool) -> Iterator[RealKiosk]:
    """Run a kiosk of its own for a while."""
    kiosk = RealKiosk(folder, study.file, **options)  # type: ignore[arg-type]  # flags only
    try:
        yield kiosk
    finally:
        kiosk.stop()


def main(wanted: list[str]) -> None:
    """Start a kiosk and a browser, and take the pictures: `survey`, `staff`, `research`, or all."""
    for made in (STAFF, RESEARCH):
        made.mkdir(parents=True, exist_ok=True)
    path = find_browser() or sys.exit("There is no browser. Please run: make pictures")
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        folder = Path(temporary)
        study = make_study(folder / "study", "The study", "The University",
                           "ask@example.org", PASSPHRASE)  # fmt: skip
        browser = playwright.chromium.launch(executable_path=path, args=browser_arguments())
        if "survey" in wanted:
            with running(folder / "survey", study) as kiosk:
                take_survey(browser, kiosk)
        if "staff" in wanted:
            os.environ |= {"KIOSK_ADDRESS": ADDRESS, "KIOSK_SEND": "false"}
            with running(folder / "staff", study, opened=False, lan=True) as kiosk:
                take_staff(browser, kiosk)
        if "research" in wanted:
            take_research(browser, folder, study)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:] or ["survey", "staff", "research"])
