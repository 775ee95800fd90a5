"""What every engine can do: show an address, run a script, touch what can be seen."""

from __future__ import annotations

import json
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
PATIENCE = 60  # seconds until something that must come has come
# The page's window, or the one inside a kiosk screen; and an element of it, in reach of a finger.
FIND = """
const frame = document.getElementById('person'), inside = frame ? frame.contentWindow : window;
const found = inside.document.querySelector(%s);
"""
# Brought into the window, and painted there: a finger follows what the eye sees.
SHOW = """
found.scrollIntoView({block: 'center'});
window.painted = false;
const frames = window.requestAnimationFrame.bind(window);
frames(() => frames(() => { window.painted = true; }));
"""
CENTRE = """
const box = found.getBoundingClientRect();
const shift = frame ? frame.getBoundingClientRect() : {left: 0, top: 0};
return [shift.left + box.left + box.width / 2, shift.top + box.top + box.height / 2];
"""
# A page that is still coming shows what its script does not hear yet.
SEEN = """
return Boolean(found && found.getClientRects().length && inside.document.readyState !== 'loading');
"""
AGAIN = 5.0  # seconds after which people touch again what did nothing
# The half second in which a new screen takes no touch passes at once.
HURRY = """
for (const page of [window, inside]) {
  const real = page.hurried || page.performance.now.bind(page.performance);
  page.hurried = real;
  page.ahead = (page.ahead || 0) + %d;
  page.performance.now = () => real() + page.ahead;
}
"""


def until(ask: Callable[[], T | None], what: str = "it") -> T:
    """Ask until the answer is yes."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := ask():
            return answer
        time.sleep(0.02)
    raise AssertionError(f"{what} never came")


class Engine(ABC):
    """One browser with one window."""

    @abstractmethod
    def goes(self, address: str) -> None:
        """Show a page."""

    @abstractmethod
    def runs(self, body: str) -> Any:
        """Run the body of a function in the page and return what it returns, as JSON."""

    @abstractmethod
    def clicks(self, x: int, y: int) -> None:
        """Press and release at a place in the window."""

    @abstractmethod
    def stop(self) -> None:
        """End the browser."""

    def asks(self, selector: str, body: str) -> Any:
        """Run a body in which `found` is the first element that fits, `inside` its window."""
        return self.runs(FIND % json.dumps(selector) + body)

    def sees(self, selector: str) -> bool:
        return bool(self.asks(selector, SEEN))

    def waits_for(self, selector: str) -> None:
        until(lambda: self.sees(selector), selector)

    def touches_until(self, selector: str, brings: str) -> None:
        """Touch once; and again, as people do, while it is there and has not brought the next."""
        last = -AGAIN

        def brought() -> bool:
            nonlocal last
            if not self.sees(brings) and self.sees(selector) and time.monotonic() > last + AGAIN:
                last = time.monotonic()
                self.touches(selector)
            return self.sees(brings)

        until(brought, brings)

    def touches(self, selector: str) -> None:
        """Touch the middle of what one sees, as soon as the page takes a touch."""
        self.waits_for(selector)
        self.asks(selector, HURRY % 520)
        self.asks(selector, SHOW)
        until(lambda: self.runs("return window.painted"), "a painted page")
        x, y = self.asks(selector, CENTRE)
        self.clicks(round(x), round(y))

    def lets_pass(self, milliseconds: int) -> None:
        """Let the page believe that time has passed."""
        self.asks("body", HURRY % milliseconds)
