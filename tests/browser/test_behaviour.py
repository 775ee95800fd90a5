"""How the page behaves under real fingers: tremor, doubt, second thoughts, a lost network."""

from __future__ import annotations

import json
from typing import Any

import pytest
from playwright.sync_api import Page

from kiosk.languages import LANGUAGES
from tests.browser.conftest import PHONE, TABLET, UPRIGHT, Meet
from tests.browser.person import soon
from tests.server import RealKiosk, run_kiosk

STORED = """async () => ({
    cookie: document.cookie, local: localStorage.length, session: sessionStorage.length,
    databases: (await indexedDB.databases()).length })"""


def spoken(page: Page) -> list[dict[str, Any]]:
    """What the browser tells a screen reader."""
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    return [node for node in tree["nodes"] if not node["ignored"]]


def checked(page: Page) -> list[str]:
    return list(page.evaluate("Array.from(document.querySelectorAll('input:checked'), i => i.id)"))


def test_one_question_a_screen_with_one_heading_and_nothing_chosen(
    open_kiosk: RealKiosk, meet: Meet
) -> None:
    amina = meet(open_kiosk, "ar", PHONE)
    amina.comes()
    amina.starts()
    amina.practises()
    page = amina.page
    assert amina.screen == "s-q01"
    headings = [node for node in spoken(page) if node["role"]["value"] == "heading"]
    (level,) = [p["value"]["value"] for p in headings[0]["properties"] if p["name"] == "level"]
    assert (len(headings), level) == (1, 1)
    assert page.get_by_role("radio").count() == 7
    assert page.get_by_role("group").count() == 1
    assert not [name for name in checked(page) if not name.startswith("practice")]
    assert page.title() == page.locator("#s-q01").get_attribute("data-title")


def test_choosing_changes_nothing_else(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk)
    amina.comes()
    amina.starts()
    amina.chooses(2, "practice")
    amina.waits(3000)
    assert amina.screen == "s-practice"


def test_a_double_tap_on_next_moves_one_page_only(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk)
    amina.comes()
    amina.starts()
    amina.chooses(2, "practice")
    amina.page.locator("#nav [data-do=next]").tap()
    amina.page.locator("#nav [data-do=next]").tap()
    amina.face(3, "q01").tap()
    assert amina.screen == "s-q01"
    assert checked(amina.page) == ["practice-2"], "nor does the tap fall on the next question"


def test_a_held_enter_moves_one_page_only(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk)
    amina.comes()
    amina.starts()
    amina.page.keyboard.press("Tab")
    amina.page.keyboard.press("Space")
    for _ in range(5):
        amina.page.keyboard.down("Enter")
        amina.waits()
    amina.page.keyboard.up("Enter")
    assert amina.screen == "s-q01"


def test_next_without_an_answer_asks_once(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk)
    amina.comes()
    amina.starts()
    amina.practises()
    amina.next()
    assert amina.screen == "s-q01"
    message = amina.page.locator("#message")
    assert message.inner_text() == "You did not choose. Choose an answer, or skip."
    assert amina.page.evaluate("document.activeElement.id") == "message"
    amina.next()
    assert amina.screen == "s-q02"
    assert amina.page.locator("#status").text_content() == "You skipped this question."


def test_an_answer_can_be_changed_and_taken_back(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk)
    amina.comes()
    amina.starts()
    amina.practises()
    amina.answers([5])
    amina.back()
    assert "q01-5" in checked(amina.page), "the earlier answer is still there"
    amina.chooses(1, "q01")
    assert "q01-5" not in checked(amina.page)
    amina.skip()
    assert not [name for name in checked(amina.page) if name.startswith("q01")]


def test_the_browsers_own_back_and_forward_work(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk)
    amina.comes()
    amina.starts()
    amina.practises()
    amina.answers([3, 4])
    amina.page.go_back()
    assert amina.screen == "s-q02"
    amina.page.go_back()
    assert amina.screen == "s-q01"
    assert "q01-3" in checked(amina.page)
    amina.page.go_forward()
    amina.page.go_forward()
    assert amina.screen == "s-q03"


def test_help_hides_the_answers_first(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk, "ti")
    amina.comes()
    amina.starts()
    amina.practises()
    amina.answers([3])
    place = amina.page.locator("#help-button").bounding_box()
    amina.chooses(5, "q02")
    assert amina.page.locator("#help-button").bounding_box() == place, "same place on every page"
    amina.touches("#help-button")
    assert amina.screen == "help"
    assert amina.page.locator("input").count() == 0, "answers are not in the page"
    amina.touches("#help [data-do=back]")
    assert "q02-5" in checked(amina.page)


def test_the_review_counts_and_shows_answers_only_when_asked(
    open_kiosk: RealKiosk, meet: Meet
) -> None:
    amina = meet(open_kiosk)
    amina.comes()
    amina.starts()
    amina.practises()
    amina.answers([4] * 12 + [97, 98, 99])
    page = amina.page
    assert page.locator("#count").inner_text() == "You answered 13 of 15."
    assert "Mostly yes" not in page.locator("#s-review").inner_text()
    amina.touches("#show-answers")
    lines = page.locator("#answers li").all_inner_texts()
    assert len(lines) == 15
    assert "Mostly yes" in lines[0]
    assert "Not answered" in lines[14]
    page.locator("#answers li").nth(2).get_by_role("button").tap()
    assert amina.screen == "s-q03"


def test_after_send_nothing_is_left_and_back_shows_no_answer(
    open_kiosk: RealKiosk, meet: Meet
) -> None:
    amina = meet(open_kiosk)
    amina.goes_the_whole_way([5] * 15)
    assert amina.page.evaluate(STORED) == {"cookie": "", "local": 0, "session": 0, "databases": 0}
    assert amina.page.locator("input").count() == 0
    for _ in range(5):
        amina.page.go_back()
        assert not checked(amina.page)
        assert amina.screen == "thanks"


def test_no_thank_you_is_respected(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk, "ar")
    amina.comes()
    with amina.page.expect_response(lambda answer: answer.status == 201):
        amina.touches("[data-do=decline]")
    assert amina.screen == "declined"
    assert amina.page.locator("input").count() == 0


def test_sliding_off_a_face_chooses_nothing(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk)
    amina.comes()
    amina.starts()
    box = amina.face(5, "practice").bounding_box()
    assert box
    mouse = amina.page.mouse
    mouse.move(box["x"] + 20, box["y"] + 20)
    mouse.down()
    mouse.move(box["x"] - 300, box["y"] + 400)
    mouse.up()
    assert not checked(amina.page)


def test_without_the_server_the_answers_wait_and_arrive_once(kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(kiosk, "ar", PHONE)
    amina.comes()
    amina.starts()
    amina.practises()
    amina.answers([2] * 15)
    kiosk.kill()
    amina.sends()
    amina.page.locator("#waiting").wait_for()
    assert amina.page.locator("#waiting h2").inner_text() != "Your answers are not sent yet."
    amina.page.close()
    kiosk.start()
    later = amina.page.context.new_page()
    with later.expect_response(lambda answer: answer.status == 201):
        later.goto(f"{kiosk.url}/w/{kiosk.code}/ar")
    soon(later, lambda: later.evaluate(STORED)["databases"] == 0)
    assert '"sent": 1' in _listed(kiosk)


def _listed(kiosk: RealKiosk) -> str:
    return json.dumps(run_kiosk("workshop", "list", data=kiosk.data))


def test_a_workshop_that_closed_meanwhile_says_so(kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(kiosk, "nb")
    amina.comes()
    amina.starts()
    amina.practises()
    amina.answers([2] * 15)
    kiosk.closes()
    amina.sends()
    amina.page.locator("#problem").wait_for()
    assert amina.page.locator("#problem-title").inner_text() != "This workshop is closed."
    assert amina.page.locator("input").count() == 0


@pytest.mark.parametrize("size", [PHONE, UPRIGHT, TABLET], ids=["phone", "upright", "tablet"])
@pytest.mark.parametrize("tag", ["en", "ar", "fa", "ti"])
def test_the_face_that_is_seen_is_the_value_that_is_sent(
    tag: str, size: dict[str, int], open_kiosk: RealKiosk, meet: Meet
) -> None:
    amina = meet(open_kiosk, tag, size)
    amina.comes()
    amina.starts()
    amina.practises()
    boxes = [amina.face(value, "q01").bounding_box() for value in (1, 2, 3, 4, 5)]
    along = "y" if size["width"] < 900 else "x"
    places = [box[along] for box in boxes if box]  # type: ignore[literal-required]
    falling = along == "x" and LANGUAGES[tag].dir == "rtl"
    assert places == sorted(places, reverse=falling), "negative first, in reading direction (M7)"
    amina.answers([1, 2, 3, 4, 5, 97, 98, 99, 1, 2, 3, 4, 5, 97, 98])
    with amina.page.expect_request("**/w/*/*") as sent:
        amina.sends()
    body = sent.value.post_data or ""
    pairs = [pair.split("=") for pair in body.split("&") if pair.startswith("q")]
    expected = [1, 2, 3, 4, 5, 97, 98, None, 1, 2, 3, 4, 5, 97, 98]
    assert pairs == [[f"q{n:02}", str(v)] for n, v in enumerate(expected, start=1) if v]
    assert "practice" not in body


def test_keyboard_alone_takes_few_presses(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk)
    amina.comes()
    amina.page.locator("#s-consent [data-go]").focus()
    amina.page.keyboard.press("Enter")
    amina.waits()
    amina.page.keyboard.press("Space")
    amina.page.keyboard.press("Enter")
    amina.waits()
    presses = amina.answers_by_keyboard([1, 2, 3, 4, 5] * 3)
    assert presses <= 50
    assert amina.screen == "s-review"


def test_the_script_makes_no_request_between_load_and_send(
    open_kiosk: RealKiosk, meet: Meet
) -> None:
    amina = meet(open_kiosk)
    amina.comes()
    amina.page.wait_for_load_state("networkidle")
    asked: list[str] = []
    amina.page.on("request", lambda request: asked.append(request.url))
    amina.starts()
    amina.practises()
    amina.answers([4] * 15)
    assert not asked
    amina.sends()
    amina.is_thanked()
    assert len(asked) == 1


def test_an_old_browser_in_which_the_script_fails_gets_the_plain_form(
    open_kiosk: RealKiosk, meet: Meet
) -> None:
    amina = meet(open_kiosk, "ar", fast=False)
    amina.page.add_init_script("history.replaceState = () => { throw new Error('old'); };")
    amina.page.goto(f"{open_kiosk.url}/w/{open_kiosk.code}/ar")
    assert amina.page.locator("fieldset:visible").count() == 16
    assert amina.page.locator("#send").is_visible()


def test_while_answers_wait_neither_back_nor_another_language_sends_them_twice(
    kiosk: RealKiosk, meet: Meet
) -> None:
    amina = meet(kiosk, "en")
    amina.comes()
    amina.starts()
    amina.practises()
    amina.answers([4] * 15)
    page = amina.page
    page.route("**/w/**", lambda route: route.abort() if route.request.method == "POST"
               else route.continue_())  # fmt: skip
    amina.sends()
    page.locator("#waiting").wait_for()
    amina.waits()
    page.go_back()
    assert amina.screen == "waiting"
    amina.waits()
    amina.touches("#language")
    page.locator("#languages a[hreflang='ar']").tap()
    page.locator("html[lang='ar']").wait_for()
    assert amina.screen == "waiting"
    assert not page.locator("#send").is_visible()
    page.unroute("**/w/**")
    amina.tries_again()
    amina.is_thanked()
    assert '"sent": 1' in _listed(kiosk)
