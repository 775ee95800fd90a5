"""Freezes a closed workshop into its bundle, and only then lets the envelopes go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from kiosk.bundle import layout
from kiosk.bundle.read import BadBundle, read_bundle
from kiosk.bundle.sheet import sheet_of
from kiosk.files import DiskFull, forget_time, make_folder, sync_folder, write_whole
from kiosk.store.reports import SelfReport, SelfReports
from kiosk.store.workshop import Workshop
from kiosk.store.workshops import Workshops
from kiosk.study import archive
from kiosk.study.model import Study, parse_study
from kiosk.study.sealing import canonical, seal_report
from kiosk.survey.form import parse_form
from kiosk.survey.loader import parse_survey


class StillOpen(Exception):
    """Only a closed workshop can be frozen."""


def freeze(workshops: Workshops, code: str) -> Path:
    """Return the bundle of a closed workshop; made once, then the same file until something new.

    What came later (answers that waited on a screen out of reach, a self-report, a headcount) makes
    a new edition that holds everything and takes the place of the former. The envelopes leave the
    database only after the bundle was read back whole from the disk.
    """
    while True:
        workshop = workshops.get(code)
        if workshop.bundle and not workshop.changed:
            return workshops.data / "bundles" / workshop.bundle
        if workshop.state != "closed":
            raise StillOpen(f"The workshop “{code}” is not closed yet. Please close it first.")
        edition = workshops.next_edition(workshop)
        path = _frozen(workshops, replace(workshop, edition=edition))
        if path:
            return path


def forget_bundles(data: Path, workshop: Workshop) -> None:
    """Delete the bundle of a workshop, and any that a power cut left before it was noted."""
    folder = data / "bundles"
    for path in sorted(folder.glob(layout.PATTERN)):
        if path.name == workshop.bundle or _workshop_in(path) == workshop.id:
            path.unlink(missing_ok=True)
    if folder.is_dir():
        sync_folder(folder)
        forget_time(folder)


def _frozen(workshops: Workshops, workshop: Workshop) -> Path | None:
    """Return the bundle of this edition; None if somebody else was quicker."""
    folder = workshops.data / "bundles"
    former = folder / workshop.bundle if workshop.bundle else None
    waiting = workshops.envelopes(workshop)
    packed = _packed(former)
    study = parse_study(workshop.study, Path("study.toml"))
    reports = SelfReports(workshops.data).of(workshop)
    data = archive.packed(contents(workshop, study, (packed or {}) | waiting, reports))
    path = folder / layout.name_of(study.id, data)
    write_durably(path, data)
    read_bundle(path)
    if not _noted(workshops, workshop, path, waiting):
        path.unlink()
        return None
    if former and packed is not None:
        former.unlink()
        forget_time(folder)
    return path


def _noted(
    workshops: Workshops, workshop: Workshop, path: Path, envelopes: Mapping[bytes, bytes]
) -> bool:
    """Note a written bundle; where the disk has no room for that, take it away again."""
    try:
        return workshops.bundled(workshop, path.name, envelopes)
    except DiskFull:
        path.unlink()
        raise


def _packed(bundle: Path | None) -> dict[bytes, bytes] | None:
    """Return the envelopes in a former bundle; None if it has been taken away or is damaged."""
    if bundle is None or not bundle.is_file():
        return None
    try:
        envelopes = read_bundle(bundle).envelopes
    except (BadBundle, OSError):
        return None
    return {bytes.fromhex(key): envelope for key, envelope in envelopes.items()}


def _workshop_in(bundle: Path) -> str | None:
    """Return the id of the workshop that a file speaks of; None if it is no bundle."""
    try:
        return str(read_bundle(bundle).sheet["workshop"])
    except BadBundle:
        return None


def contents(
    workshop: Workshop, study: Study, envelopes: Mapping[bytes, bytes],
    reports: Mapping[str, SelfReport],
) -> dict[str, bytes]:  # fmt: skip
    """Return name -> bytes of everything in the bundle but the checksums."""
    files = {
        layout.SHEET: canonical(sheet_of(workshop, parse_survey(workshop.survey_file))),
        layout.STUDY: workshop.study.encode(),
        layout.SURVEY: workshop.survey_file.encode(),
    }
    for key, envelope in sorted(envelopes.items()):
        files[f"{layout.ENVELOPES}{key.hex()}{layout.ENVELOPE_SUFFIX}"] = envelope
    for name, report in reports.items():
        sealed = seal_report(parse_form(report.form_file), workshop.id, report.language,
                             report.answers, report.finished, study.keys)  # fmt: skip
        files[f"{layout.REPORTS}{name}{layout.ENVELOPE_SUFFIX}"] = sealed
        files[f"{layout.REPORTS}{name}{layout.FORM_SUFFIX}"] = report.form_file.encode()
    return files


def write_durably(path: Path, data: bytes) -> None:
    """Write a bundle so that a power cut leaves either all of it or nothing, and no time in it."""
    make_folder(path.parent)
    write_whole(path, data)
    forget_time(path)
    forget_time(path.parent)
