"""Tests of bundles: a closed workshop travels as one file that proves itself."""

from __future__ import annotations

import json
import re
import zipfile
from pathlib import Path
from typing import Any

from kiosk.bundle import layout
from kiosk.bundle.freeze import freeze
from kiosk.store.intake import Intake
from kiosk.store.reports import SelfReports
from kiosk.store.workshops import Workshops
from kiosk.study import archive
from kiosk.study.sealing import canonical
from tests.store import envelope_of, opens, report, submission


def unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def repacked(folder: Path, files: dict[str, bytes], **sheet: Any) -> Path:
    """Write a bundle with right checksums and a right name, whatever is in it."""
    files = {name: content for name, content in files.items() if name != archive.SUMS}
    if sheet:
        changed = json.loads(files[layout.SHEET]) | sheet
        changed = {key: value for key, value in changed.items() if value is not ...}
        files[layout.SHEET] = canonical(changed)
    content = archive.packed(files)
    study = re.search(rb'^id = "(.*)"$', files.get(layout.STUDY, b""), re.MULTILINE)
    return written(folder, content, layout.name_of(study[1].decode() if study else "", content))


def written(folder: Path, content: bytes, name: str | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / (name or layout.name_of("small", content))
    path.write_bytes(content)
    return path


def bundle_in(data: Path) -> Path:
    """Hold a small workshop with one answer and one self-report; return its bundle."""
    workshop, intake = opens(data), Intake(data)
    intake.store(submission(workshop, envelope_of(1300)))
    intake.stop()
    SelfReports(data).save(workshop, report("It went well."))
    Workshops(data).close(workshop.code)
    return freeze(Workshops(data), workshop.code)
