"""Takes the screenshots of every page for the documentation: `make pictures`."""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from kiosk.opening.new_study import make_study
from tests.browser.conftest import PHONE, TABLET
from tests.browser.person import Person
from tests.conftest import PASSPHRASE
from tests.server import RealKiosk
from tests.setup_browser import browser_arguments, find_browser

FOLDER = Path(__file__).parent.parent / "docs" / "pictures"
LANGUAGES = ("en", "ar", "ti")
SIZES = {"phone": PHONE, "tablet": TABLET}
COLOURS = 64


class Photographer:
    """Follows one person and takes a small picture of each page."""

    def __init__(self, person: Person, name: str) -> None:
        self.person = person
        self.name = name

    def takes(self, page: str) -> None:
        """Save what the person sees now."""
        self.person.page.evaluate("document.fonts.ready.then(() => scrollTo(0, 0))")
        picture = Image.open(io.BytesIO(self.person.page.screenshot()))
        small = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        small.save(FOLDER / f"{page}-{self.name}.png", optimize=True)


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


def take_all(browser: Browser, kiosk: RealKiosk) -> None:
    """Take every picture in every language at every size."""
    for tag in LANGUAGES:
        for name, size in SIZES.items():
            context = browser.new_context(
                viewport={"width": size["width"], "height": size["height"]},
                has_touch=True,
                locale=tag,
            )
            amina = Person(context.new_page(), kiosk.url, kiosk.code, tag)
            follow(amina, Photographer(amina, f"{tag}-{name}"))
            context.close()


def main() -> None:
    """Start a kiosk of its own, and a browser, and take the pictures."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = find_browser() or sys.exit("There is no browser. Please run: make pictures")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        study = make_study(Path(folder) / "study", "The study", "The University",
                           "ask@example.org", PASSPHRASE)  # fmt: skip
        kiosk = RealKiosk(Path(folder) / "data", study.file)
        browser = playwright.chromium.launch(executable_path=path, args=browser_arguments())
        try:
            take_all(browser, kiosk)
        finally:
            browser.close()
            kiosk.stop()


if __name__ == "__main__":
    main()
