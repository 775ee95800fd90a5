"""Who installs the package gets everything: texts, surveys, fonts; and needs no checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.translations import ROOT

PROGRAM = """
import kiosk.paths
from kiosk.paths import bundled
print(kiosk.paths.__file__, bundled('static'), sep='\\n')
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built and unpacked as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, capture_output=True, check=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def run(installed: Path, *words: str) -> str:
    environment = os.environ | {"PYTHONPATH": str(installed)}
    done = subprocess.run([sys.executable, *words], cwd=installed.parent, env=environment,
                          capture_output=True, text=True, check=True)  # fmt: skip
    return done.stdout


def test_the_installed_kiosk_uses_its_own_files(installed: Path) -> None:
    for line in run(installed, "-c", PROGRAM).splitlines():
        assert Path(line).is_relative_to(installed)


def test_the_wheel_carries_texts_surveys_icons_and_fonts(installed: Path) -> None:
    bundle = installed / "kiosk" / "_bundled"
    assert (bundle / "translations" / "fa_AF" / "LC_MESSAGES" / "messages.po").is_file()
    assert (bundle / "surveys" / "workshop.toml").is_file()
    assert (bundle / "static" / "icons" / "face-5.svg").is_file()
    assert (bundle / "static" / "fonts" / "ethiopic.woff2").is_file()
    assert (bundle / "docs" / "translation-notes.md").is_file(), "they stand on reviewers' sheets"
    assert (installed / "kiosk" / "translate" / "templates" / "sheet.html").is_file()
    assert (installed / "kiosk" / "web" / "templates" / "base.html").is_file()


def test_the_installed_command_works(installed: Path) -> None:
    report = json.loads(run(installed, "-m", "kiosk", "survey", "check", "workshop", "--json"))
    assert report["ok"]
