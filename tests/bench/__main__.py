"""`python -m tests.bench`: measure the real kiosk and print each figure beside its bar."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.bench import (
    collecting,
    costs,
    crowd,
    object_storage,
    pages,
    peers,
    sends,
    touches,
    unattended,
)
from tests.bench.browser import FAST, SLOW, Speed, launch
from tests.bench.figures import Figure, Part, median, side_by_side, table
from tests.bench.kiosks import Kiosk, on_a_copy, running
from tests.bench.machine import limits, machine
from tests.setup_browser import find_browser
from tests.week import Load

MEMORY_BAR_MB, START_BAR_SECONDS, DAYS = 80.0, 2.0, 7


@dataclass(frozen=True)
class Effort:
    """How much is measured."""

    starts: int
    stored: int
    sends: int
    at_once: tuple[int, ...]
    loads: int
    paths: tuple[str, ...]
    walks: int
    speeds: tuple[Speed, ...]
    sites: int
    stored_sites: tuple[int, int]
    week: Load


FULL = Effort(
    5,
    1000,
    600,
    sends.AT_ONCE,
    3,
    ("", "/en", "/ar", "/ti"),
    4,
    (FAST, SLOW),
    1000,
    (100, 1000),
    Load(workshops=3, people=15, polls=360),
)
QUICK = Effort(2, 1000, 150, (30,), 1, ("/en",), 1, (SLOW,), 50, (10, 50), Load(3, 3, 6))


def main() -> None:
    """Measure, print, and write JSON if asked."""
    options = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    options.add_argument("--json", type=Path, metavar="FILE", help="write the figures there too")
    options.add_argument("--quick", action="store_true", help="fewer of everything, about a minute")
    asked = options.parse_args()
    path = find_browser()
    if path is None:
        sys.exit("There is no browser to measure with: python -m tests.setup_browser")
    begun = time.perf_counter()
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(prefix="bench-") as folder:
        browser = launch(playwright, path)
        about = machine(browser.version)
        print("\n".join(f"{name}: {fact}" for name, fact in about.items()), flush=True)
        print(f"peers: {peers.VERSIONS}", flush=True)
        parts = measure(browser, Path(folder), QUICK if asked.quick else FULL)
        browser.close()
    print(table(parts))
    print(f"\nSide by side:\n\n{side_by_side(parts)}")
    print(f"\n{time.perf_counter() - begun:.0f} s in all")
    if asked.json is not None:
        figures = [{"part": part.heading} | figure.as_json()
                   for part in parts for figure in part.figures]  # fmt: skip
        text = json.dumps({"machine": about, "figures": figures}, indent=2, ensure_ascii=False)
        asked.json.write_text(text + "\n", encoding="utf-8")


def measure(browser: Browser, folder: Path, effort: Effort) -> list[Part]:
    """Measure everything; the browser meets the kiosk that has just borne the load."""
    parts = [limits(folder)]
    with running("demo", folder / "empty") as kiosk:
        code = kiosk.code
    footprint = [_start(folder / "empty", code, effort.starts)]
    ground = sends.Ground(folder / "empty", folder / "filled", code, effort.stored, effort.sends)
    sends.fill(ground)
    parts.append(sends.on_empty(ground, effort.at_once))
    with sends.on_filled(ground, effort.at_once) as (kiosk, part):
        parts += [part, *_browse(kiosk, browser, effort)]
        footprint.append(Figure("resident memory after all this", kiosk.resident_mb, "MB",
                                MEMORY_BAR_MB, peers=peers.MEMORY))  # fmt: skip
    with on_a_copy(folder / "filled", code, "crowd") as kiosk:
        parts.append(crowd.measure(kiosk))
    parts += [costs.of_server(folder), unattended.measure(DAYS, effort.week)]
    desk = collecting.measure(folder / "desk", effort.sites, few=10, many=100)
    storage = object_storage.measure(folder / "storage", *effort.stored_sites)
    return [*parts, Part("Footprint", footprint), desk, storage]


def _browse(kiosk: Kiosk, browser: Browser, effort: Effort) -> list[Part]:
    return [
        pages.weigh(kiosk, browser, effort.paths),
        pages.time_pages(kiosk, browser, effort.loads, effort.paths, effort.speeds),
        touches.measure(kiosk, browser, effort.walks, effort.speeds),
        costs.of_page(kiosk, browser),
    ]


def _start(data: Path, code: str, times: int) -> Figure:
    taken: list[float] = []
    for _ in range(times):
        with running("serve", data, code) as kiosk:
            taken.append(kiosk.start_seconds)
    return Figure("start to first 200 on /healthz", median(taken), "s", START_BAR_SECONDS,
                  note=f"median of {times}, worst {max(taken):.2f}")  # fmt: skip


if __name__ == "__main__":
    main()
