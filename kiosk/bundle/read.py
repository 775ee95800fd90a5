"""Reads a bundle and believes nothing of it before its checksums, name and sheet agree."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.bundle import layout
from kiosk.bundle.sheet import BadSheet, check_sheet, modern
from kiosk.study import archive, receipts
from kiosk.study.model import Study, parse_study
from kiosk.study.rehearsal import MARK
from kiosk.survey.form import parse_form
from kiosk.survey.loader import parse_survey
from kiosk.survey.model import Form, Survey
from kiosk.survey.problems import SurveyProblems

LARGEST_FILE = 4_000_000
LARGEST_WHOLE = 200_000_000
NAME = re.compile(
    r"workshop\.json|study\.toml|survey\.toml|SHA256SUMS"
    r"|responses/[0-9a-f]{32}\.age|reports/[a-z][a-z0-9_-]{0,31}\.(age|toml)"
)
BOUNDS = archive.Bounds(
    re.compile(f"{NAME.pattern}|{re.escape(MARK)}"), LARGEST_FILE, LARGEST_WHOLE, most_files=50_000
)
HASH_IN_NAME = re.compile(r"-([0-9a-f]{32})\b")


class BadBundle(Exception):
    """The file is no bundle, or it is damaged; the message says how."""


@dataclass(frozen=True)
class SealedReport:
    """A facilitator's self-report: the form as it was asked, its file, and the sealed answers."""

    form: Form
    form_file: str
    envelope: bytes


@dataclass(frozen=True)
class Bundle:
    """A checked bundle. `envelopes` maps random name -> age file, `reports` form id -> report.

    `survey_file` and `study_file` are the texts of both files as they were sealed.
    """

    name: str
    sheet: Mapping[str, Any]
    study: Study
    survey: Survey
    survey_file: str
    envelopes: Mapping[str, bytes]
    reports: Mapping[str, SealedReport]
    study_file: str = ""


def read_bundle(path: Path) -> Bundle:
    """Return the bundle in `path`. Raises BadBundle unless every part of it is right."""
    if path.name.endswith(receipts.SUFFIX):
        raise BadBundle("it is a receipt for the site, not a bundle.")
    data = _bytes_of(path)
    try:
        files = archive.contents(data, BOUNDS)
    except archive.BadArchive as problem:
        raise BadBundle(str(problem)) from problem
    if MARK in files:
        raise BadBundle(f"{MARK}: please open it with “kiosk study rehearse”.")
    _check_name(path.name, data)
    given = files.pop(archive.SUMS, b"")
    if given != archive.sums(files):
        raise BadBundle("its checksums do not agree: the file is damaged or was changed.")
    missing = {layout.SHEET, layout.STUDY, layout.SURVEY} - set(files)
    if missing:
        raise BadBundle(f"it lacks {', '.join(sorted(missing))}.")
    return _checked(path, files)


def _checked(path: Path, files: dict[str, bytes]) -> Bundle:
    try:
        sheet = modern(json.loads(files[layout.SHEET]))
        survey_file = files[layout.SURVEY].decode()
        survey = parse_survey(survey_file)
        study_file = files[layout.STUDY].decode()
        study = parse_study(study_file, Path(layout.STUDY))
        check_sheet(sheet, survey)
        reports = _reports(files)
    except BadSheet as problem:
        raise BadBundle(str(problem)) from problem
    except (ValueError, RecursionError, SurveyProblems) as problem:
        raise BadBundle(f"its sheet, study or survey cannot be read: {problem}") from problem
    envelopes = {name: files[path] for name, path in _inside(files, layout.ENVELOPES).items()}
    return Bundle(path.name, sheet, study, survey, survey_file, envelopes, reports, study_file)


def _inside(files: Mapping[str, bytes], folder: str) -> dict[str, str]:
    """Return name -> path of the envelopes in a folder of the bundle."""
    return {
        path.removeprefix(folder).removesuffix(layout.ENVELOPE_SUFFIX): path
        for path in files
        if path.startswith(folder) and path.endswith(layout.ENVELOPE_SUFFIX)
    }


def _reports(files: Mapping[str, bytes]) -> dict[str, SealedReport]:
    """Return form id -> report. Raises ValueError if a report's form is missing or another."""
    reports = {}
    for name, path in _inside(files, layout.REPORTS).items():
        form_file = files.get(f"{layout.REPORTS}{name}{layout.FORM_SUFFIX}", b"").decode()
        form = parse_form(form_file)
        if form.id != name:
            raise ValueError(f"the form “{form.id}” is called “{name}”")
        reports[name] = SealedReport(form, form_file, files[path])
    return reports


def _check_name(name: str, data: bytes) -> None:
    """Refuse a file whose name promises another content; a wholly renamed one proves itself."""
    promised = HASH_IN_NAME.search(name)
    if promised and promised[1] not in layout.name_of("", data):
        raise BadBundle("its name does not fit its content: the file is damaged or was changed.")


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_WHOLE:
            raise BadBundle("it is larger than any bundle can be.")
        return path.read_bytes()
    except OSError as problem:
        raise BadBundle(f"it cannot be read: {problem}.") from problem
