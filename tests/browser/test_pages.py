"""Every page in every language at every size: no axe finding, no scrolling, room for fingers."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from playwright.sync_api import Page

from kiosk.languages import LANGUAGES
from kiosk.survey.loader import load_survey
from tests.browser.axe import violations
from tests.browser.conftest import Meet
from tests.browser.person import Person
from tests.conftest import SURVEY_FILE
from tests.server import RealKiosk

Size = tuple[int, int]
NARROW = (320, 640)
PHONE = (360, 640)
ZOOMED = (512, 384)  # 1024 × 768 at 200 %
MAGNIFIED = (320, 256)  # 1280 × 1024 at 400 %
TABLETS = [(1024, 768), (1280, 800), (800, 1280), (1366, 768)]
ALL_SIZES = [NARROW, PHONE, ZOOMED, *TABLETS]
JUDGED = [NARROW, (800, 1280), (1024, 768)]
TABLET_MM, PHONE_MM = 5.2, 6.3
CAPITAL = 0.714  # height of Noto's capitals, in em

SIDEWAYS = """() => {
    const wide = (e) => e.scrollWidth > e.clientWidth + 1;
    const boxes = Array.from(document.querySelectorAll('h1, h2, p, .word, .button, .card, li'));
    const bad = boxes.filter((e) => e.offsetParent && !e.classList.contains('hidden') && wide(e));
    if (wide(document.documentElement)) bad.push(document.documentElement);
    return bad.map((e) => e.outerHTML.slice(0, 200));
}"""
TALL = "() => document.documentElement.scrollHeight - innerHeight"
BOXES = """(selector) => Array.from(document.querySelectorAll(selector))
    .filter((e) => e.getClientRects().length).map((e) => {
        const box = e.getBoundingClientRect(), style = getComputedStyle(e);
        return { x: box.x, y: box.y, w: box.width, h: box.height,
                 font: parseFloat(style.fontSize), line: parseFloat(style.lineHeight) };
    })"""
SPACED = """() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync('* { line-height: 1.5 !important; letter-spacing: .12em !important;'
        + 'word-spacing: .16em !important; } p { margin-block-end: 2em !important; }');
    document.adoptedStyleSheets = [sheet];
}"""
PLAIN = "() => { document.adoptedStyleSheets = []; }"
Box = dict[str, float]


def longest() -> str:
    """Return the language in which the questions and the words of the faces are longest."""
    survey = load_survey(SURVEY_FILE)
    texts = [*(item.text for item in survey.items), *(one.label for one in survey.scale.options)]
    return max(survey.languages, key=lambda tag: sum(len(text[tag]) for text in texts))


# Their pages are looked at in every size. The others are laid out in the two tightest, and axe
# judges each in one, by turns: what a size does to a page, it does in these languages.
EXTREMES = ("en", "ar", "ti", longest())


def sizes_of(tag: str) -> tuple[list[Size], list[Size]]:
    """Return in which sizes a language is judged by axe, and in which it is laid out."""
    if tag in EXTREMES:
        return JUDGED, ALL_SIZES
    turn = JUDGED[list(LANGUAGES).index(tag) % len(JUDGED)]
    return [turn], sorted({NARROW, turn, TABLETS[0]})


def boxes(page: Page, selector: str) -> list[Box]:
    return list(page.evaluate(BOXES, selector))


def resize(page: Page, size: Size) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})


def looks_right(person: Person, screen: str, *, scrolls: bool = False) -> None:
    """Check the page as it stands, at the sizes of its language."""
    page = person.page
    judged, laid_out = sizes_of(person.tag)
    for size in judged:
        resize(page, size)
        assert violations(page) == [], (screen, size)
    for size in laid_out:
        resize(page, size)
        assert page.evaluate(SIDEWAYS) == [], (screen, size)
        if size in TABLETS and not scrolls:
            assert page.evaluate(TALL) <= 0, f"{screen} scrolls at {size}"
    resize(page, NARROW)
    page.evaluate(SPACED)
    assert page.evaluate(SIDEWAYS) == [], (screen, "with wide text spacing")
    page.evaluate(PLAIN)


def reads_in_other_eyes(person: Person, screen: str) -> None:
    """Check the page in the colours of a system, and magnified four times."""
    page = person.page
    page.emulate_media(forced_colors="active")
    assert violations(page) == [], (screen, "forced colours")
    page.emulate_media(forced_colors="none")
    resize(page, MAGNIFIED)
    assert page.evaluate(SIDEWAYS) == [], (screen, "at 400 %")
    assert violations(page) == [], (screen, "at 400 %")


def has_room_for_fingers(person: Person) -> None:
    """Check one question's targets, gaps and letters on tablets and phones (A11, A12, M14)."""
    page = person.page
    for size in tablets(sizes_of(person.tag)[1]):
        resize(page, size)
        options = boxes(page, ".option")
        assert min(min(box["w"], box["h"]) for box in options) >= 20 * TABLET_MM - 0.5
        controls = boxes(page, ".bar .button")
        assert min(min(box["w"], box["h"]) for box in controls) >= 15 * TABLET_MM - 0.5
        assert smallest_gap(options) >= 3 * TABLET_MM - 0.5
        for text in boxes(page, "h2, .word, .bar .button > span:not(.hidden)"):
            assert text["font"] * CAPITAL >= 4.9 * TABLET_MM - 0.1
            assert text["line"] >= 1.5 * text["font"] - 0.1
        faces = boxes(page, ".face")
        assert len({(round(face["w"]), round(face["h"])) for face in faces}) == 1
    resize(page, PHONE)
    options = boxes(page, ".option")
    assert min(box["h"] for box in options) >= max(56, 12 * PHONE_MM - 0.5)
    assert min(box["w"] for box in options) >= PHONE[0] - 2 * 16 - 1, "the full width"
    assert smallest_gap(options) >= 3 * PHONE_MM - 0.5
    assert min(min(box["w"], box["h"]) for box in boxes(page, ".bar .button")) >= 44
    assert min(face["w"] for face in boxes(page, ".face")) >= 12 * PHONE_MM - 0.5


def tablets(sizes: Sequence[Size]) -> list[Size]:
    return [size for size in sizes if size in TABLETS]


def smallest_gap(found: list[Box]) -> float:
    gaps = []
    for number, one in enumerate(found):
        for other in found[number + 1 :]:
            beside = max(one["x"], other["x"]) - min(one["x"] + one["w"], other["x"] + other["w"])
            below = max(one["y"], other["y"]) - min(one["y"] + one["h"], other["y"] + other["h"])
            gaps.append(max(beside, below))
    return min(gaps)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_screen_of_the_survey(tag: str, open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk, tag)
    page = amina.page
    amina.comes()
    looks_right(amina, "consent")
    reads_in_other_eyes(amina, "consent")
    amina.starts()
    looks_right(amina, "practice")
    amina.practises()
    for number in range(1, 16):
        screen = f"q{number:02}"
        amina.chooses([1, 2, 3, 4, 5, 97, 98][number % 7], screen)
        for size in (NARROW, *tablets(sizes_of(tag)[1])):
            resize(page, size)
            assert page.evaluate(SIDEWAYS) == [], (screen, size)
            assert size == NARROW or page.evaluate(TALL) <= 0, f"{screen} scrolls at {size}"
        if number == 5 or (number == 11 and tag in EXTREMES):
            looks_right(amina, screen)
            has_room_for_fingers(amina)
            reads_in_other_eyes(amina, screen)
        if number == 15:
            amina.skip()
            amina.back()
            amina.next()
            looks_right(amina, "a question without an answer")
        amina.next()
    looks_right(amina, "review")
    reads_in_other_eyes(amina, "review")
    amina.touches("#show-answers")
    looks_right(amina, "review with answers", scrolls=True)
    amina.touches("#help-button")
    looks_right(amina, "help")
    amina.touches("#help [data-do=back]")
    amina.touches("#language")
    looks_right(amina, "languages")
    amina.back()
    page.route("**/w/**", lambda route: route.abort())
    amina.sends()
    page.locator("#waiting").wait_for()
    looks_right(amina, "waiting")
    page.unroute("**/w/**")
    amina.tries_again()
    amina.is_thanked()
    looks_right(amina, "thanks")


@pytest.mark.parametrize("tag", LANGUAGES)
def test_the_pages_around_the_survey(tag: str, open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk, tag, locale=tag)
    amina.comes()
    amina.touches("[data-do=decline]")
    amina.page.locator("#declined").wait_for()
    looks_right(amina, "declined")
    for path in ("thanks", "goodbye"):
        amina.page.goto(f"{open_kiosk.url}/w/{open_kiosk.code}/{tag}/{path}")
        looks_right(amina, path)
    amina.page.goto(f"{open_kiosk.url}/w/xxxxx")
    looks_right(amina, "wrong code")
    assert amina.page.locator("html").get_attribute("lang") == tag


def test_the_start_page(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk)
    amina.page.goto(f"{open_kiosk.url}/")
    looks_right(amina, "start")
    for size in (PHONE, *TABLETS):
        resize(amina.page, size)
        mm = PHONE_MM if size == PHONE else TABLET_MM
        assert min(box["h"] for box in boxes(amina.page, ".languages a")) >= 15 * mm - 0.5
        assert min(box["w"] for box in boxes(amina.page, ".qr")) >= 30 * mm - 0.5


def test_on_a_phone_one_sees_that_there_are_more_languages(
    open_kiosk: RealKiosk, meet: Meet
) -> None:
    amina = meet(open_kiosk)
    amina.page.goto(f"{open_kiosk.url}/")
    for size in (NARROW, PHONE):
        resize(amina.page, size)
        names, (arrow,) = boxes(amina.page, ".languages a"), boxes(amina.page, ".more .icon")
        assert max(name["y"] for name in names) > size[1], "some are out of sight"
        assert size[1] - 60 < arrow["y"] < size[1] - arrow["h"], "an arrow points to them"
        amina.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        last, (arrow,) = boxes(amina.page, ".languages a")[-1], boxes(amina.page, ".more .icon")
        assert arrow["y"] >= last["y"] + last["h"], "at the end it covers none"
        amina.page.evaluate("scrollTo(0, 0)")


@pytest.mark.parametrize("tag", ["en", "ar", "ru"])
def test_the_plain_form_without_javascript(tag: str, open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk, tag, fast=False, java_script_enabled=False)
    amina.page.goto(f"{open_kiosk.url}/w/{open_kiosk.code}/{tag}")
    assert amina.page.locator("fieldset:visible").count() == 16
    for hidden in ("#back", "#nav", "#waiting", "#problem", "#show-answers", "#count"):
        assert not amina.page.locator(hidden).is_visible()
    assert amina.page.locator("#send").is_visible()


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_forty_per_cent_longer_texts_still_fit(tag: str, open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk, tag)
    amina.comes()
    amina.starts()
    amina.practises()
    amina.page.evaluate("""() => {
        for (const e of document.querySelectorAll('#s-q01 .word, #s-q01 h2')) {
            const words = e.textContent.split(' ');
            const more = words.slice(0, Math.max(1, Math.round(words.length * 0.4)));
            e.textContent = [...words, ...more].join(' ');
        }
    }""")
    for size in TABLETS:
        resize(amina.page, size)
        assert amina.page.evaluate(TALL) <= 0, size
        assert amina.page.evaluate(SIDEWAYS) == [], size


def test_forced_colours_and_no_motion(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk, forced_colors="active", reduced_motion="reduce")
    amina.comes()
    amina.starts()
    amina.chooses(4, "practice")
    assert amina.page.evaluate("document.getAnimations().length") == 0
    chosen = amina.face(4, "practice").locator(".card")
    assert chosen.evaluate("(e) => getComputedStyle(e).outlineStyle") == "solid"
    assert chosen.locator(".mark").is_visible()


def test_a_chosen_answer_has_ring_tick_and_bold(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk, "ar")
    amina.comes()
    amina.starts()
    before = amina.face(2, "practice").screenshot()
    amina.chooses(2, "practice")
    card = amina.face(2, "practice").locator(".card")
    assert card.locator(".mark").is_visible()
    assert card.evaluate("(e) => getComputedStyle(e).fontWeight") == "700"
    assert "0px 0px 0px 4px" in card.evaluate("(e) => getComputedStyle(e).boxShadow")
    assert amina.face(2, "practice").screenshot() != before
    assert not amina.face(3, "practice").locator(".mark").is_visible()
