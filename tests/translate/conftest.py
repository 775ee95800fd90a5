"""A survey and an interface of one's own, to be changed at will."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kiosk.paths import bundled
from kiosk.translate.files import Files, files_of
from tests.conftest import SURVEY_FILE


def reads(folder: Path, tag: str = "ar") -> Files:
    return files_of(tag, str(folder / "my.toml"), folder, folder / "translations")


def rewords(files: Files, old: str, new: str) -> None:
    """Lena changes a text in the survey's file, by hand."""
    source = files.survey_path.read_text(encoding="utf-8")
    assert old in source
    files.survey_path.write_text(source.replace(old, new, 1), encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copy(SURVEY_FILE, tmp_path / "my.toml")
    for language in ("ar", "fr"):
        shutil.copytree(bundled("translations") / language, tmp_path / "translations" / language)
    return tmp_path


@pytest.fixture
def arabic(folder: Path) -> Files:
    return reads(folder)
