"""Other eyes: the system's own colours, no motion, 400 %, and faces without any colour."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from playwright.sync_api import Page

from kiosk.paths import bundled
from kiosk.web.assets import style
from tests.browser.conftest import Meet
from tests.browser.seen import difference, marks_all_around
from tests.browser.test_pages import PHONE_MM, SIDEWAYS, longest
from tests.server import RealKiosk

ZOOMED_FOUR_TIMES = {"width": 320, "height": 256}  # 1280 × 1024 at 400 %


def test_forced_colours_and_reduced_motion(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk, forced_colors="active", reduced_motion="reduce")
    amina.comes()
    amina.page.evaluate("""() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync('.card, .icon { transition: all 1s; animation: turn 1s infinite; }'
            + '@keyframes turn { to { rotate: 1turn; } }');
        document.adoptedStyleSheets = [sheet];
    }""")
    amina.starts()
    marks_all_around(amina, 2, "practice")
    amina.next()
    marks_all_around(amina, 97, "q01")
    around, box = amina.page.locator("main"), amina.face(5, "q01").bounding_box()
    before = around.screenshot()
    amina.page.keyboard.press("Shift+Tab")
    assert amina.page.evaluate("document.activeElement.id") == "q01-5"
    assert box
    assert difference(around, before) >= 2 * 2 * (box["width"] + box["height"]), "the focus"
    assert amina.page.evaluate("document.getAnimations().length") == 0, "whatever is added to it"


@pytest.mark.parametrize("tag", ["ar", longest()])
def test_at_four_hundred_per_cent_nothing_is_lost(
    tag: str, open_kiosk: RealKiosk, meet: Meet
) -> None:
    amina = meet(open_kiosk, tag, ZOOMED_FOUR_TIMES)
    page = amina.page
    page.goto(f"{open_kiosk.url}/w/{open_kiosk.code}")
    all_can_be_reached(page)
    amina.comes()
    all_can_be_reached(page)
    amina.starts()
    all_can_be_reached(page)
    amina.practises()
    amina.next()
    all_can_be_reached(page)
    amina.answers([4] * 15)
    amina.touches("#show-answers")
    all_can_be_reached(page)
    amina.touches("#help-button")
    all_can_be_reached(page)


def all_can_be_reached(page: Page) -> None:
    """See that nothing scrolls sideways, and that each control can be scrolled to and is on top."""
    assert page.evaluate(SIDEWAYS) == []
    covered = page.evaluate("""() => Array.from(document.querySelectorAll('a, button, input'))
        .filter((e) => e.offsetParent && !e.disabled)
        .filter((e) => getComputedStyle(e).visibility === 'visible').filter((e) => {
            e.scrollIntoView({ block: 'center' });
            const box = e.getBoundingClientRect();
            const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
            return !e.contains(top) || box.x < 0 || box.right > innerWidth;
        }).map((e) => e.outerHTML.slice(0, 120))""")
    assert covered == []


# Draws each face without its head (they share it), and returns where there is ink. All are drawn
# once more half a pixel aside, as another screen or printer might.
MASKS = """async ([faces, size]) => {
    const draw = async (svg, aside) => {
        const image = new Image(size, size);
        image.src = 'data:image/svg+xml,' + encodeURIComponent(svg);
        await image.decode();
        const canvas = document.createElement('canvas');
        canvas.width = canvas.height = size;
        const brush = canvas.getContext('2d');
        brush.fillStyle = 'white';
        brush.fillRect(0, 0, size, size);
        brush.drawImage(image, aside, aside, size, size);
        const { data } = brush.getImageData(0, 0, size, size);
        const light = (n) => 0.3 * data[n] + 0.59 * data[n + 1] + 0.11 * data[n + 2];
        return Array.from({ length: size * size }, (_, n) => Number(light(4 * n) < 80));
    };
    return Promise.all([0, 0.5].map((aside) => Promise.all(faces.map((svg) => draw(svg, aside)))));
}"""
Mask = list[int]


def apart(first: Mask, second: Mask, size: int) -> int:
    """Return how many pixels differ where the two fit best, within two pixels each way."""
    moves = [size * down + right for down in range(-2, 3) for right in range(-2, 3)]
    return min(
        sum(a != b for a, b in zip(first, second[by:] + second[:by], strict=True)) for by in moves
    )


@pytest.mark.parametrize("look", ["usual", "strong"])
def test_faces_differ_in_black_and_white_at_twelve_millimetres(
    look: str, open_kiosk: RealKiosk, meet: Meet
) -> None:
    """Two drawings are further apart than both can be from what a screen makes of them (M10).

    Were they nearer, one and the same picture could have come from either. The nearest are 2 and 3.
    """
    faces = [(bundled("static") / "icons" / f"face-{n}.svg").read_text() for n in range(1, 6)]
    bald = [svg.replace('stroke="#1A1A1A" stroke-width="4"', "", 1) for svg in faces]
    if look == "strong":
        (bold,) = re.findall(r"--bold:(\d)", str(style()))
        bald = [re.sub(r'stroke-width="\d"', f'stroke-width="{bold}"', svg) for svg in bald]
    size = round(12 * PHONE_MM)
    usual, aside = meet(open_kiosk).page.evaluate(MASKS, [bald, size])
    blur = [apart(one, other, size) for one, other in zip(usual, aside, strict=True)]
    for one, other in combinations(range(5), 2):
        between = apart(usual[one], usual[other], size)
        print(look, one + 1, other + 1, between, blur[one] + blur[other])
        assert between > blur[one] + blur[other], (one + 1, other + 1)
