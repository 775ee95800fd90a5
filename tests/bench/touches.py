"""What a participant feels: from the finger's lift to the frame that shows what it did."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from playwright.sync_api import Browser, Page

from tests.bench import peers
from tests.bench.browser import FAST, SLOW, SPEEDS_SAY, Speed, phone, visit
from tests.bench.figures import Figure, Part, median, share
from tests.bench.kiosks import Kiosk

QUIET_MS = 520  # the page ignores taps within 500 ms of a change of screen
NEXT_BARS = {FAST: (16.0, 30.0), SLOW: (30.0, 50.0)}
SEND_BAR = {FAST: 60.0, SLOW: 400.0}
FACE_BAR = 50.0
# The least that a touch can take by this measure: a page of one word and one button.
BARE = """data:text/html,<meta name="viewport" content="width=device-width">
<p class="screen" hidden>One</p><button style="width:200px;height:200px"
onclick="const word = document.querySelector('p'); word.hidden = !word.hidden">Touch</button>"""
BARE_TOUCHES = 16


@dataclass
class Felt:
    """Milliseconds from pointerup to paint, by what was touched."""

    face: list[float] = field(default_factory=list)
    next: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    send: list[float] = field(default_factory=list)


def measure(kiosk: Kiosk, browser: Browser, walks: int, speeds: Iterable[Speed]) -> Part:
    """Walk through the whole survey, again and again, at each speed."""
    figures: list[Figure] = []
    for speed in speeds:
        felt = Felt()
        for _ in range(walks):
            _walk(kiosk, browser, speed, felt)
        figures += [*_figures(speed, felt), _floor(browser, speed)]
    return Part("Touch to paint: pointerup's timeStamp to the task after the first frame with "
                f"the change ({SPEEDS_SAY})", figures)  # fmt: skip


def _figures(speed: Speed, felt: Felt) -> list[Figure]:
    middle, most = NEXT_BARS[speed]
    touches = f"{len(felt.next)} touches"
    return [
        Figure(f"Next to next question, {speed.name}: p50", median(felt.next), "ms", middle,
               peers=peers.NEXT_MIDDLE[speed]),
        Figure(f"Next to next question, {speed.name}: p95", share(felt.next, 95), "ms", most,
               note=touches, peers=peers.NEXT_MOST[speed]),
        Figure(f"of it from our script's start to paint, {speed.name}: p95", share(felt.ours, 95),
               "ms", most, note=f"p50 {median(felt.ours):.1f} ms; the rest is the browser's"),
        Figure(f"face to its mark, {speed.name}: p50", median(felt.face), "ms"),
        Figure(f"face to its mark, {speed.name}: p95", share(felt.face, 95), "ms", FACE_BAR,
               note=touches),
        Figure(f"Send to thank-you, stored, {speed.name}: median", median(felt.send), "ms",
               SEND_BAR[speed], note=f"{len(felt.send)} sends, worst {max(felt.send):.0f} ms",
               peers=peers.SEND[speed]),
    ]  # fmt: skip


def _floor(browser: Browser, speed: Speed) -> Figure:
    with phone(browser, speed) as (page, _):
        page.goto(BARE)
        taken: list[float] = []
        for _number in range(BARE_TOUCHES):
            page.wait_for_timeout(100)
            taken.append(_touch(page, "button"))
            page.evaluate("document.querySelector('p').hidden = true")
    return Figure(f"for comparison, a page of one word, {speed.name}: p50", median(taken), "ms",
                  note=f"p95 {share(taken, 95):.1f} ms; the measure's floor")  # fmt: skip


def _walk(kiosk: Kiosk, browser: Browser, speed: Speed, felt: Felt) -> None:
    """Start, practise, answer everything, send."""
    with phone(browser, speed) as (page, _):
        visit(page, kiosk.url("/en"))
        page.wait_for_timeout(QUIET_MS)
        _touch(page, '[data-go="s-practice"]')
        for number in range(page.locator(".question").count()):
            page.wait_for_timeout(QUIET_MS)
            felt.face.append(_touch(page, f".question:not([hidden]) input >> nth={number % 3}"))
            felt.next.append(_touch(page, '[data-do="next"]'))
            felt.ours.append(float(page.evaluate("bench.paints.at(-1).ours")))
        page.wait_for_timeout(QUIET_MS)
        felt.send.append(_touch(page, "#send"))
        if not page.locator("#thanks").is_visible():
            raise RuntimeError("The walk did not end with a thank-you.")


def _touch(page: Page, selector: str) -> float:
    """Touch what is there, and return the milliseconds until the change was painted."""
    before = page.evaluate("bench.paints.length")
    page.locator(selector).tap(force=True)
    page.wait_for_function("before => bench.paints.length > before", arg=before)
    return float(page.evaluate("bench.paints.at(-1).ms"))
