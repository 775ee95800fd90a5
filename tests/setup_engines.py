"""Sees to it that other engines are there: WebKitGTK, Firefox ESR, and a Chromium of 2018."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
# program -> the Debian package it is in
PACKAGES = {"WebKitWebDriver": "webkit2gtk-driver", "firefox-esr": "firefox-esr", "Xvfb": "xvfb"}
# What the old Chromium needs of the system, where Firefox has not brought it.
LIBRARIES = {
    "libGL.so.1": "libgl1", "libEGL.so.1": "libegl1", "libnss3.so": "libnss3",
    "libXcomposite.so.1": "libxcomposite1", "libXcursor.so.1": "libxcursor1",
    "libXdamage.so.1": "libxdamage1", "libXrandr.so.2": "libxrandr2", "libXtst.so.6": "libxtst6",
    "libXi.so.6": "libxi6", "libX11-xcb.so.1": "libx11-xcb1", "libXrender.so.1": "libxrender1",
    "libxcb-glx.so.0": "libxcb-glx0", "libfontconfig.so.1": "libfontconfig1",
}  # fmt: skip
# It was built for these machines alone; make test puts it beside the environment's own packages.
HAS_OLD_CHROMIUM = sys.platform == "linux" and platform.machine() == "x86_64"
OLD_CHROMIUM = Path(os.environ.get("KIOSK_OLD_CHROMIUM") or Path(sys.prefix) / "engines")


def known_libraries() -> str:
    """Return what the system's loader knows, as it lists it."""
    loader = shutil.which("ldconfig", path=f"{os.environ.get('PATH', '')}:/sbin:/usr/sbin")
    command = [loader or "ldconfig", "-p"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def missing() -> list[str]:
    """Return the Debian packages that are not here yet."""
    wanted = {package for name, package in PACKAGES.items() if shutil.which(name) is None}
    if HAS_OLD_CHROMIUM:
        known = known_libraries()
        wanted |= {LIBRARIES[name] for name in LIBRARIES if f"\t{name} " not in known}
    return sorted(wanted)


def fetch_old_chromium() -> None:
    """Put Qt and its WebEngine where only the test that asks for it finds it."""
    print("Fetching the old Chromium (120 MB).", flush=True)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
               "--no-deps", "--ignore-requires-python", "--upgrade", "--target", str(OLD_CHROMIUM),
               "--require-hashes", "-r", str(ROOT / "tests" / "engines.lock")]  # fmt: skip
    subprocess.run(command, check=True)


if __name__ == "__main__":
    if wanted := missing():
        print(f"Fetching engines that show pages to the tests: {', '.join(wanted)}.", flush=True)
        subprocess.run(["sh", str(ROOT / ".ci" / "need"), *wanted], check=True)
    if wanted := missing():
        sys.exit(f"Please install {', '.join(wanted)}, then try again.")
    if HAS_OLD_CHROMIUM and not (OLD_CHROMIUM / "PyQt5").is_dir():
        fetch_old_chromium()
