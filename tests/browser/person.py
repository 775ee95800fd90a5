"""Somebody in front of a screen: does what people do, by touching what they see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import FrameLocator, Locator, Page

from kiosk.survey.model import SKIPPED

QUIET = 500
MISSING = (97, 98)
SHOWN = "Array.from(document.querySelectorAll('.screen')).find((s) => s.offsetParent).id"


def soon(page: Page, holds: Callable[[], bool]) -> None:
    """Wait until something comes to hold that the page does not wait for itself."""
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it never came to hold")


@dataclass
class Person:
    """A participant, with a phone or `on_screen`, at a kiosk screen that is shown already.

    With `fast`, the half second after each change passes at once.
    """

    page: Page
    url: str
    code: str
    tag: str
    fast: bool = True
    on_screen: bool = False
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda line: self.faults.append(line.text)
                     if line.type == "error" and "ERR_" not in line.text else None)  # fmt: skip
        if self.fast:
            self.page.clock.install()

    @property
    def view(self) -> Page | FrameLocator:
        """What the person sees: the page, or the frame inside a kiosk screen."""
        return self.page.frame_locator("#person") if self.on_screen else self.page

    def comes(self) -> None:
        """Open the start page (a kiosk screen shows it) and touch one's language."""
        if self.on_screen:
            self.view.locator("a[hreflang]").first.wait_for()
            self.waits()
        else:
            self.page.goto(f"{self.url}/w/{self.code}")
        self.view.locator(f"a[hreflang='{self.tag}']").tap()
        self.view.locator("#s-consent").wait_for()
        self.waits()

    def waits(self, milliseconds: int = QUIET + 20) -> None:
        if self.fast:
            self.page.clock.fast_forward(milliseconds)
        else:
            self.page.wait_for_timeout(milliseconds)

    def sees(self, screen: str) -> bool:
        return self.view.locator(f"#{screen}").is_visible()

    @property
    def screen(self) -> str:
        return str(self.page.evaluate(SHOWN))

    def touches(self, selector: str) -> None:
        self.view.locator(selector).tap()
        self.waits()

    def starts(self) -> None:
        self.touches("#s-consent [data-go]")

    def face(self, value: int, item: str) -> Locator:
        """The answer that shows this face (or these words), found by what is drawn on it."""
        screen = self.view.locator(f"#s-{item}")
        if value in MISSING:
            return screen.locator(".others .option").nth(value - 97)
        return screen.locator(f".option:has(use[href='#i-face-{value}'])")

    def chooses(self, value: int, item: str) -> None:
        self.face(value, item).tap()

    def next(self) -> None:
        self.touches("#nav [data-do=next]")

    def back(self) -> None:
        self.touches("#back")

    def skip(self) -> None:
        self.touches("#nav [data-do=skip]")

    def practises(self) -> None:
        self.chooses(4, "practice")
        self.next()

    def answers(self, values: list[int]) -> None:
        """Answer the questions by touch, from the first; 99 is skipped."""
        self.answers_from(1, values)

    def answers_from(self, first: int, values: list[int]) -> None:
        """Answer the questions by touch, from the given one."""
        for number, value in enumerate(values, start=first):
            if value == SKIPPED:
                self.skip()
            else:
                self.chooses(value, f"q{number:02}")
                self.next()

    def answers_without_script(self, values: list[int]) -> None:
        """Answer on the one long form."""
        for number, value in enumerate(values, start=1):
            if value != SKIPPED:
                self.chooses(value, f"q{number:02}")

    def answers_by_keyboard(self, values: list[int]) -> int:
        """Answer with arrow keys, space and Enter alone; return how many keys it took."""
        keys = 0
        for number, value in enumerate(values, start=1):
            row = [1, 2, 3, 4, 5, *MISSING]
            steps = ["Space"] if value == 1 else ["ArrowDown"] * row.index(value)
            for key in [*steps, "Enter"]:
                self.page.keyboard.press(key)
                keys += 1
            assert not self.sees(f"s-q{number:02}")
            self.waits()
        return keys

    def sends(self) -> None:
        self.view.locator("#send").tap()

    def tries_again(self) -> None:
        """Touch "Try again"; harmless if the page has just succeeded by itself."""
        self.view.locator("#waiting [data-do=again]").dispatch_event("click")

    def is_thanked(self) -> None:
        self.view.locator("#thanks").wait_for()
        assert not self.faults, self.faults

    def goes_the_whole_way(self, values: list[int]) -> None:
        self.comes()
        self.starts()
        self.practises()
        self.answers(values)
        self.sends()
        self.is_thanked()
