"""The first page on a phone that has never seen the kiosk: its weight, and when it is there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from playwright.sync_api import Browser

from tests.bench import peers
from tests.bench.browser import FAST, SLOW, SPEEDS_SAY, Speed, Traffic, phone, visit
from tests.bench.figures import Figure, Part, median
from tests.bench.kiosks import Kiosk

PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"
PAINT_BAR = {FAST: 150.0, SLOW: 700.0}
TOUCH_BAR = {FAST: None, SLOW: 900.0}
WEIGHT_BAR, STRETCH, PLAIN_BAR, FURTHER_BAR = 25_000, 14_000, 100_000, 2


@dataclass(frozen=True)
class Load:
    """One load: milliseconds from the start of the navigation, and what came over the wire."""

    painted: float
    ready: float
    taken: float
    traffic: Traffic


def weigh(kiosk: Kiosk, browser: Browser, paths: Iterable[str]) -> Part:
    """Measure requests and bytes of the first pages."""
    figures: list[Figure] = []
    for path in paths:
        traffic = _load(browser, kiosk.url(path), FAST, to_the_end=True).traffic.bytes_of
        name = f"/w/<code>{path}"
        wire, plain = traffic.pop(kiosk.url(path))
        figures += [
            Figure(f"{name}: further requests", len(traffic), "", FURTHER_BAR,
                   peers=peers.FURTHER),
            Figure(f"{name}: page on the wire, headers too", wire, "bytes", WEIGHT_BAR,
                   peers=peers.WIRE,
                   note=f"stretch {STRETCH:,}: {'met' if wire <= STRETCH else 'not met'}"),
            Figure(f"{name}: page uncompressed", plain, "bytes", PLAIN_BAR,
                   peers=peers.PLAIN),
        ]  # fmt: skip
        for url, (size, _) in sorted(traffic.items()):
            figures.append(Figure(f"{name}: {url.rsplit('/', 1)[1]} on the wire", size, "bytes"))
    return Part("First page, phone 360x640, nothing cached", figures)


def time_pages(
    kiosk: Kiosk, browser: Browser, times: int, paths: Sequence[str], speeds: Sequence[Speed]
) -> Part:
    """Measure when the first pages are painted, and when the first touch counts."""
    figures: list[Figure] = []
    for speed in speeds:
        for path in paths:
            loads = [_load(browser, kiosk.url(path), speed) for _ in range(times)]
            figures += _times(f"/w/<code>{path}, {speed.name}", speed, loads, bool(path))
        bare = [_load(browser, kiosk.bare_url, speed).painted for _ in range(times)]
        figures.append(
            Figure(
                f"for comparison, a page of two letters, {speed.name}: first paint",
                median(bare),
                "ms",
                note="/healthz; the measure's floor",
            )
        )
    return Part(f"First page: times, medians of {times} ({SPEEDS_SAY})", figures)


def _times(name: str, speed: Speed, loads: list[Load], is_survey: bool) -> list[Figure]:
    figures = [Figure(f"{name}: first contentful paint", median(load.painted for load in loads),
                      "ms", PAINT_BAR[speed], peers=peers.PAINT[speed])]  # fmt: skip
    if is_survey:
        figures += [
            Figure(f"{name}: page painted, script listens",
                   median(max(load.painted, load.ready) for load in loads), "ms"),
            Figure(f"{name}: first touch counts", median(load.taken for load in loads), "ms",
                   TOUCH_BAR[speed], note="a touch on Start moves on",
                   peers=peers.TOUCH[speed]),
        ]  # fmt: skip
    return figures


def _load(browser: Browser, url: str, speed: Speed, *, to_the_end: bool = False) -> Load:
    with phone(browser, speed, probes=True) as (page, traffic):
        visit(page, url)
        page.wait_for_function(PAINTED)
        if page.locator("#survey").count():
            page.wait_for_function("bench.taken")
        if to_the_end:
            page.wait_for_load_state("networkidle")
        painted, ready, taken = page.evaluate(f"[{PAINTED}, bench.ready, bench.taken]")
    return Load(painted, ready, taken, traffic)
