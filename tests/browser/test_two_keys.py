"""Hands that only step and select: everything is done with two switches, or two keys."""

from __future__ import annotations

from tests.browser.conftest import Meet
from tests.browser.person import Person
from tests.server import RealKiosk


class TwoKeys:
    """Somebody with one switch that steps on, and one that selects."""

    def __init__(self, person: Person) -> None:
        self.person, self.page = person, person.page

    def takes(self, selector: str) -> None:
        """Step forward until this has the focus, and select it."""
        for _ in range(60):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("(s) => document.activeElement.matches(s)", selector):
                break
        else:
            raise AssertionError(f"stepping never comes to {selector}")
        self.selects()

    def selects(self) -> None:
        self.page.keyboard.press("Space")
        self.person.waits()

    def has_not_lost_the_focus(self) -> None:
        assert self.page.evaluate("document.activeElement !== document.body")


def test_two_keys_carry_from_the_languages_to_send(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk, "ar")
    keys, page = TwoKeys(amina), amina.page
    page.goto(f"{open_kiosk.url}/w/{open_kiosk.code}")
    keys.takes("[data-look=strong]")
    keys.takes("a[hreflang=ar]")
    page.locator("#s-consent").wait_for()
    amina.waits()
    keys.has_not_lost_the_focus()
    keys.takes("[data-go]")
    keys.selects()
    assert page.locator("#practice-1").is_checked(), "the first face is where one arrives"
    keys.takes("#nav [data-do=next]")
    for number in range(1, 16):
        keys.has_not_lost_the_focus()
        value = [2, 5, 97, 98, 3][number % 5]
        if value != 2:
            keys.takes(f"#q{number:02}-{value}")
        else:
            keys.takes("#nav [data-do=skip]")
            continue
        assert page.locator(f"#q{number:02}-{value}").is_checked()
        keys.takes("#nav [data-do=next]")
    assert amina.screen == "s-review"
    for button, then in (("#show-answers", "hide-answers"), ("#hide-answers", "show-answers")):
        keys.takes(button)
        assert page.evaluate("document.activeElement.id") == then
    keys.takes("#help-button")
    keys.has_not_lost_the_focus()
    keys.takes("#help [data-do=back]")
    keys.has_not_lost_the_focus()
    keys.takes("#send")
    amina.is_thanked()
    keys.has_not_lost_the_focus()


def test_an_earlier_face_is_reached_by_stepping_on_around(
    open_kiosk: RealKiosk, meet: Meet
) -> None:
    amina = meet(open_kiosk)
    amina.comes()
    amina.starts()
    amina.chooses(5, "practice")
    keys = TwoKeys(amina)
    keys.takes("#practice-2")
    assert amina.page.locator("#practice-2").is_checked()
    amina.page.keyboard.press("Shift+Tab")
    assert amina.page.evaluate("document.activeElement.id") == "practice-1"
    amina.page.keyboard.press("ArrowRight")
    assert amina.page.locator("#practice-2").is_checked(), "arrows choose, as everywhere"
