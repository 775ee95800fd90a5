"""The shared screen: warns before it forgets, hands on, is left by its code, keeps what waits."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from kiosk.opening.new_study import NewStudy
from kiosk.paths import bundled
from kiosk.store.workshop import Workshop
from kiosk.store.workshops import Workshops
from kiosk.web.catalogue import Catalogue
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, TABLET, UPRIGHT, Meet
from tests.browser.person import Person, soon
from tests.server import RealKiosk

MINUTE = 60_000
Shows = Callable[..., Page]


@pytest.fixture(scope="session")
def screen_kiosk(tmp_path_factory: pytest.TempPathFactory, study: NewStudy) -> Iterator[RealKiosk]:
    """A kiosk whose one workshop stays open for these tests."""
    running = RealKiosk(tmp_path_factory.mktemp("screen") / "data", study.file)
    yield running
    running.stop()


def workshop_of(kiosk: RealKiosk) -> Workshop:
    return Workshops(kiosk.data).get(kiosk.code)


def address_of(kiosk: RealKiosk) -> str:
    return f"{kiosk.url}/w/{kiosk.code}/screen/{workshop_of(kiosk).screen_key}"


@pytest.fixture
def shows(browser: Browser) -> Iterator[Shows]:
    """Show a kiosk screen; nothing but the kiosk can be reached from it, and its clock is ours."""
    contexts = []

    def show(kiosk: RealKiosk, size: dict[str, int] = TABLET, **options: object) -> Page:
        context = browser.new_context(viewport=size, has_touch=True, **options)  # type: ignore[arg-type]  # as given
        contexts.append(context)
        page = context.new_page()
        page.clock.install()
        page.goto(address_of(kiosk))
        page.frame_locator("#person").locator("ul.languages").wait_for()
        return page

    yield show
    for context in contexts:
        context.close()


class Someone(Person):
    """The person at a screen; the half second after each change passes at once."""

    def waits(self, milliseconds: int = 520) -> None:
        self.page.clock.fast_forward(milliseconds)

    def begins(self) -> None:
        self.comes()
        self.starts()

    def is_warned(self) -> bool:
        return self.view.locator("#idle").is_visible()


def someone(page: Page, tag: str = "en") -> Someone:
    return Someone(page, "", "", tag, fast=False, on_screen=True)


def timed_out(kiosk: RealKiosk) -> int:
    return workshop_of(kiosk).counters["timed_out"]


def test_the_warning_comes_a_minute_before_and_can_be_answered_as_often_as_one_likes(
    screen_kiosk: RealKiosk, shows: Shows
) -> None:
    page = shows(screen_kiosk)
    amina = someone(page, "ar")
    amina.begins()
    amina.chooses(4, "practice")
    before = timed_out(screen_kiosk)
    for _ in range(12):
        page.clock.run_for(2 * MINUTE - 2000)
        assert not amina.is_warned(), "two minutes pass in peace"
        page.clock.run_for(4000)
        assert amina.is_warned()
        page.clock.run_for(50_000)
        amina.view.locator("#stay").tap()
        assert not amina.is_warned()
    assert amina.view.locator("#s-practice input:checked").count() == 1, "nothing is lost"
    assert timed_out(screen_kiosk) == before


def test_the_warning_is_said_once_and_counted_down_for_eyes_alone(
    screen_kiosk: RealKiosk, shows: Shows
) -> None:
    page = shows(screen_kiosk)
    person = someone(page, "fa")
    person.begins()
    page.clock.run_for(2 * MINUTE + 1000)
    dialog = person.view.locator("#idle")
    texts = Catalogue(bundled("translations")).texts.by_locale["fa"]
    assert dialog.locator("h2").inner_text() == texts.gettext("Are you still there?")
    assert dialog.get_attribute("aria-labelledby") == "idle-title"
    assert dialog.get_attribute("aria-describedby") == "idle-text"
    count_down = person.view.locator("#count-down")
    assert count_down.get_attribute("aria-hidden") == "true"
    said = set()
    seen = set()
    for _ in range(30):
        said.add(person.view.locator("#idle-status").inner_text())
        seen.add(count_down.inner_text())
        page.clock.run_for(1000)
    assert len(said) == 1, "a screen reader is not told every second"
    assert len(seen) > 20
    assert all(set(number) <= set("۰۱۲۳۴۵۶۷۸۹") for number in seen), "in the reader's own digits"
    assert not violations(page)


def test_whoever_walks_away_leaves_nothing_and_is_counted_once(
    screen_kiosk: RealKiosk, shows: Shows
) -> None:
    page = shows(screen_kiosk)
    person = someone(page, "nb")
    before = timed_out(screen_kiosk)
    person.begins()
    person.practises()
    person.answers([5] * 6)
    page.clock.run_for(3 * MINUTE + 2000)
    person.view.locator("ul.languages").wait_for()
    page.clock.run_for(10 * MINUTE)
    soon(page, lambda: timed_out(screen_kiosk) == before + 1)
    again = someone(page, "nb")
    again.begins()
    again.practises()
    assert again.view.locator("input:checked").count() == 1, "only the practice just done"


def test_who_only_looked_is_not_counted(screen_kiosk: RealKiosk, shows: Shows) -> None:
    page = shows(screen_kiosk)
    before = timed_out(screen_kiosk)
    someone(page, "fr").comes()
    page.clock.run_for(4 * MINUTE)
    page.frame_locator("#person").locator("ul.languages").wait_for()
    assert timed_out(screen_kiosk) == before


def test_the_start_tells_of_the_limit_and_phones_have_none(
    screen_kiosk: RealKiosk, shows: Shows, meet: Meet
) -> None:
    person = someone(shows(screen_kiosk))
    person.comes()
    limit = "If you do not touch the screen for 3 minutes, your answers are deleted."
    assert limit in person.view.locator("#s-consent").inner_text()
    phone = meet(screen_kiosk, "en", PHONE)
    phone.comes()
    assert limit not in phone.page.locator("#s-consent").inner_text()
    phone.starts()
    phone.chooses(5, "practice")
    phone.page.clock.run_for(60 * MINUTE)
    assert phone.sees("s-practice")
    assert not phone.page.locator("#idle").count()


def test_the_clock_stands_while_something_is_read_aloud(
    screen_kiosk: RealKiosk, shows: Shows
) -> None:
    page = shows(screen_kiosk)
    person = someone(page)
    person.begins()
    person.view.locator("html").evaluate(
        "() => Object.defineProperty(speechSynthesis, 'speaking', {get: () => parent.talks})"
    )
    page.evaluate("window.talks = true")
    page.clock.run_for(20 * MINUTE)
    assert not person.is_warned()
    page.evaluate("window.talks = false")
    page.clock.run_for(2 * MINUTE + 2000)
    assert person.is_warned()


def test_the_thank_you_stays_twenty_seconds_and_then_hands_on_by_itself(
    screen_kiosk: RealKiosk, shows: Shows
) -> None:
    page = shows(screen_kiosk)
    person = someone(page, "uk")
    person.goes_the_whole_way([5] * 15)
    page.clock.run_for(21_000)
    assert person.sees("thanks")
    page.clock.run_for(15_000)
    person.view.locator("ul.languages").wait_for()


def test_no_thank_you_hands_on_too(screen_kiosk: RealKiosk, shows: Shows) -> None:
    page = shows(screen_kiosk)
    person = someone(page, "so")
    person.comes()
    person.touches("#s-consent [data-do=decline]")
    person.view.locator("#declined [data-next-person]").tap()
    person.view.locator("ul.languages").wait_for()


def test_changing_the_language_needs_no_kiosk_and_keeps_the_answers(
    kiosk: RealKiosk, shows: Shows
) -> None:
    page = shows(kiosk)
    kiosk.kill()
    person = someone(page, "ti")
    person.begins()
    person.chooses(2, "practice")
    person.touches("#language")
    person.view.locator("#languages a[hreflang='ar']").tap()
    person.view.locator("html[lang='ar']").wait_for()
    person.waits()
    assert person.view.locator("#practice-2").is_checked()
    page.clock.run_for(2 * MINUTE + 2000)
    assert person.is_warned(), "the warning speaks Arabic, too"


def test_nothing_stays_on_the_screen_once_all_is_sent(
    screen_kiosk: RealKiosk, shows: Shows
) -> None:
    page = shows(screen_kiosk)
    someone(page, "ru").goes_the_whole_way([3] * 15)
    stored = page.evaluate(
        "async () => [(await indexedDB.databases()).length, localStorage.length,"
        " sessionStorage.length, document.cookie]"
    )
    assert stored == [0, 0, 0, ""]


def test_where_storage_is_refused_answers_wait_in_the_page(kiosk: RealKiosk, shows: Shows) -> None:
    page = shows(kiosk)
    page.evaluate("() => { indexedDB.open = () => { throw new Error('refused'); }; }")
    kiosk.kill()
    person = someone(page)
    person.goes_the_whole_way([4] * 15)
    kiosk.start()
    page.clock.run_for(15_000)
    soon(page, lambda: workshop_of(kiosk).sent == 1)


def test_a_mended_plan_reaches_the_screen_by_itself(kiosk: RealKiosk, shows: Shows) -> None:
    page = shows(kiosk)
    workshop = workshop_of(kiosk)
    plan = workshop.plan
    mended = type(plan)("Another title", plan.site, plan.tool, ("ar", "en"), plan.ends_at)
    Workshops(kiosk.data).change(kiosk.code, mended)
    page.clock.run_for(25_000)
    inside = page.frame_locator("#person")
    inside.get_by_text("Another title").wait_for()
    assert inside.locator("a[hreflang]").count() == 2


def test_a_closed_workshop_lets_the_last_person_finish(kiosk: RealKiosk, shows: Shows) -> None:
    page = shows(kiosk)
    person = someone(page)
    person.begins()
    person.practises()
    Workshops(kiosk.data).close(kiosk.code)
    page.clock.run_for(15_000)
    person.answers([5] * 15)
    person.sends()
    person.is_thanked()
    person.waits()
    person.view.locator("#thanks [data-next-person]").tap()
    page.locator("#closed").wait_for()
    assert workshop_of(kiosk).sent == 1
    Workshops(kiosk.data).open(kiosk.code)
    page.clock.run_for(15_000)
    page.frame_locator("#person").locator("ul.languages").wait_for()


@pytest.mark.parametrize("wrong", ["", "0", "12345678", "<b>"])
def test_only_the_code_leads_out(screen_kiosk: RealKiosk, shows: Shows, wrong: str) -> None:
    page = shows(screen_kiosk)
    address = page.url
    page.locator("#leave").tap()
    page.locator("#exit-code").fill(wrong or " ")
    page.get_by_role("button", name="Leave").tap()
    page.locator("#exit-problem").wait_for()
    assert page.url == address
    page.get_by_role("button", name="Stay").tap()
    assert not page.locator("#exit").is_visible()


def test_staff_leave_by_the_code_even_when_the_kiosk_is_away(
    kiosk: RealKiosk, shows: Shows
) -> None:
    page = shows(kiosk)
    code = workshop_of(kiosk).exit_code
    page.locator("#leave").tap()
    page.locator("#exit-code").fill(code)
    page.get_by_role("button", name="Leave").tap()
    page.wait_for_url(lambda url: "/screen/" not in url)


def test_the_lock_is_on_the_first_page_only(screen_kiosk: RealKiosk, shows: Shows) -> None:
    page = shows(screen_kiosk)
    assert page.locator("#leave").is_visible()
    someone(page).comes()
    assert not page.locator("#leave").is_visible()


@pytest.mark.parametrize("size", [TABLET, UPRIGHT], ids=["landscape", "upright"])
def test_a_double_touch_on_next_person_chooses_no_language(
    screen_kiosk: RealKiosk, shows: Shows, size: dict[str, int]
) -> None:
    page = shows(screen_kiosk, size)
    person = someone(page, "en")
    person.comes()
    person.touches("#s-consent [data-do=decline]")
    page.clock.pause_at(page.evaluate("Date.now()") / 1000 + 1)  # seconds
    box = person.view.locator("#declined [data-next-person]").bounding_box()
    assert box
    person.view.locator("#declined [data-next-person]").tap()
    person.view.locator("ul.languages").wait_for()
    page.touchscreen.tap(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    for link in page.frame_locator("#person").locator("a[hreflang]").all()[:3]:
        link.tap()
    assert page.frame_locator("#person").locator("ul.languages").is_visible()


def test_a_screen_without_script_leads_to_the_plain_form(
    screen_kiosk: RealKiosk, browser: Browser
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address_of(screen_kiosk))
    page.get_by_role("link", name="Open the survey").click()
    assert page.url.endswith(f"/w/{screen_kiosk.code}")
    context.close()
