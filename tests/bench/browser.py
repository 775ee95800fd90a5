"""A phone: Chromium with a small touch screen, a slow processor and a slow network if wanted."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, Playwright

from tests.setup_browser import browser_arguments

RECORDER = (Path(__file__).parent / "recorder.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Speed:
    """How fast the phone and its network are."""

    name: str
    cpu_slowdown: int
    latency_ms: int
    bytes_per_second: int

    def set(self, session: CDPSession) -> None:
        session.send("Emulation.setCPUThrottlingRate", {"rate": self.cpu_slowdown})
        session.send("Network.emulateNetworkConditions", {
            "offline": False, "latency": self.latency_ms,
            "downloadThroughput": self.bytes_per_second, "uploadThroughput": self.bytes_per_second,
        })  # fmt: skip


FAST = Speed("fast", 1, 0, -1)
SLOW = Speed("slow", 6, 150, 200_000)
SPEEDS_SAY = "slow: processor slowed 6 times, 1.6 Mbps, 150 ms; fast: as this machine is"


@dataclass
class Traffic:
    """What came over the wire, by address: [encoded body and headers, uncompressed]."""

    bytes_of: dict[str, list[int]] = field(default_factory=dict)
    _addresses: dict[str, str] = field(default_factory=dict)

    def watch(self, session: CDPSession) -> None:
        session.on("Network.requestWillBeSent", self._asked)
        session.on("Network.dataReceived", self._came)
        session.on("Network.loadingFinished", self._finished)

    def _asked(self, event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        if not url.startswith("data:"):
            self._addresses[event["requestId"]] = url
            self.bytes_of[url] = [0, 0]

    def _came(self, event: dict[str, Any]) -> None:
        if url := self._addresses.get(event["requestId"]):
            self.bytes_of[url][1] += event["dataLength"]

    def _finished(self, event: dict[str, Any]) -> None:
        if url := self._addresses.get(event["requestId"]):
            self.bytes_of[url][0] = int(event["encodedDataLength"])


def launch(playwright: Playwright, path: str) -> Browser:
    return playwright.chromium.launch(executable_path=path, args=browser_arguments())


@contextmanager
def phone(browser: Browser, speed: Speed, probes: bool = False) -> Iterator[tuple[Page, Traffic]]:
    """Open a page on a phone with nothing in its cache. `probes`: it touches Start by itself."""
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, device_scale_factor=2,
        is_mobile=True, has_touch=True, bypass_csp=True,
    )  # fmt: skip
    try:
        context.add_init_script(f"window.benchProbes = {str(probes).lower()};")
        context.add_init_script(RECORDER)
        page, traffic = context.new_page(), Traffic()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        traffic.watch(session)
        speed.set(session)
        yield page, traffic
    finally:
        context.close()


def visit(page: Page, url: str) -> None:
    """Load a page; what is measured on the page of an error would be no figure of the kiosk."""
    answer = page.goto(url, wait_until="load")
    if answer is None or not answer.ok:
        raise RuntimeError(f"{url} could not be loaded: {page.title()}")
