"""Freezes a closed workshop into its bundle, and only then lets the envelopes go."""

from __future__ import annotations

import io
import os
import tempfile
import zipfile
from pathlib import Path

from kiosk.bundle import layout
from kiosk.bundle.read import read_bundle
from kiosk.bundle.sheet import sheet_of
from kiosk.store.database import forget_time
from kiosk.store.workshops import Workshop, Workshops
from kiosk.study.model import parse_study
from kiosk.study.sealing import canonical
from kiosk.survey.loader import parse_survey


class StillOpen(Exception):
    """Only a closed workshop can be frozen."""


def freeze(workshops: Workshops, code: str) -> Path:
    """Return the bundle of a closed workshop; made once, then always the same file.

    The envelopes leave the database only after the bundle was read back whole from the disk.
    """
    workshop = workshops.get(code)
    folder = workshops.data / "bundles"
    if workshop.bundle:
        return folder / workshop.bundle
    if workshop.is_open:
        raise StillOpen(f"The workshop “{code}” is still open. Please close it first.")
    study_id = parse_study(workshop.study, Path("study.toml")).id
    data = pack(contents(workshop, workshops.envelopes(workshop)))
    path = folder / layout.name_of(study_id, data)
    write_durably(path, data)
    read_bundle(path)
    workshops.bundled(workshop, path.name)
    return path


def contents(workshop: Workshop, envelopes: list[tuple[bytes, bytes]]) -> dict[str, bytes]:
    """Return name -> bytes of everything in the bundle, checksums last."""
    files = {
        layout.SHEET: canonical(sheet_of(workshop, parse_survey(workshop.survey_file))),
        layout.STUDY: workshop.study.encode(),
        layout.SURVEY: workshop.survey_file.encode(),
    }
    for key, envelope in envelopes:
        files[f"{layout.ENVELOPES}{key.hex()}{layout.ENVELOPE_SUFFIX}"] = envelope
    return files | {layout.SUMS: layout.sums(files)}


def pack(files: dict[str, bytes]) -> bytes:
    """Return the ZIP of `files`: sorted, without times, the same bytes for the same content."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, layout.ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            archive.writestr(info, files[name])
    return buffer.getvalue()


def write_durably(path: Path, data: bytes) -> None:
    """Write a file so that a power cut leaves either all of it or nothing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    Path(file.name).replace(path)
    if os.name == "posix":
        folder = os.open(path.parent, os.O_RDONLY)
        os.fsync(folder)
        os.close(folder)
    forget_time(path)
