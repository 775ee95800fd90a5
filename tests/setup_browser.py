"""Finds a Chromium for the tests, and fetches one if there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
ROOT = Path(__file__).parent.parent


def find_browser() -> str | None:
    """Return the browser's path: KIOSK_BROWSER, Playwright's own, or the system's."""
    if given := os.environ.get("KIOSK_BROWSER"):
        return given
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if Path(own).is_file():
        return own
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def fetch_browser() -> None:
    """Fetch a browser: Playwright's download first, then the system's package."""
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False)
    if find_browser() is None:
        print("That was no browser for this machine; taking the system's own.", flush=True)
        subprocess.run(["sh", str(ROOT / ".ci" / "need"), "chromium"], check=True)


def browser_arguments() -> list[str]:
    """Return the flags that keep Chromium quiet, and let root run it."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-sync",
             "--no-first-run", "--force-color-profile=srgb"]  # fmt: skip
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    return [*quiet, "--no-sandbox"] if root else quiet


if __name__ == "__main__":
    if find_browser() is None:
        print("There is no browser for the tests yet; fetching one.", flush=True)
        fetch_browser()
    if find_browser() is None:
        sys.exit("No browser could be had. Please install Chromium, or set KIOSK_BROWSER.")
