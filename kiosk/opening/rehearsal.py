"""Opens a site's rehearsal file with the researcher's real key, the way answers are opened."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from pyrage import x25519

from kiosk.bundle import layout
from kiosk.bundle.read import LARGEST_FILE, NAME, Bundle
from kiosk.bundle.sheet import BadSheet, check_sheet
from kiosk.opening.envelopes import BadEnvelope, NotForThisKey, open_envelope
from kiosk.opening.keys import public
from kiosk.store.rehearsal import code_of
from kiosk.study.archive import MAGIC, BadArchive, Bounds, unpacked
from kiosk.study.model import Study, parse_study
from kiosk.study.rehearsal import MARK
from kiosk.survey.loader import parse_survey
from kiosk.survey.problems import SurveyProblems

BOUNDS = Bounds(re.compile(f"{NAME.pattern}|{re.escape(MARK)}"), LARGEST_FILE, LARGEST_FILE)
AGAIN = "Please ask the site for a new rehearsal file."


class NotRehearsed(Exception):
    """The rehearsal did not work; the message says why, and what to do."""


@dataclass(frozen=True)
class Rehearsed:
    """A rehearsal that worked: the study, which of its keys opened it, and the site's code."""

    study: Study
    role: str
    code: str


def open_rehearsal(path: Path, identity: x25519.Identity) -> Rehearsed:
    """Return what a rehearsal file says to this key. Raises NotRehearsed, saying what is wrong."""
    bundle = _read(path)
    study, key = bundle.study, public(identity)
    roles = {recipient.key: recipient.role for recipient in study.recipients}
    if key not in roles:
        lists = ", ".join(f"{one.role} {one.key[:12]}…" for one in study.recipients)
        raise NotRehearsed(
            f"This key does not open it. The kiosk seals the answers of “{study.title}” to other "
            f"keys ({lists}) than this one ({key[:12]}…). Please take the key of that study, or "
            "send the site the right study file, before any workshop is held."
        )
    (envelope,) = bundle.envelopes.values()
    try:
        response = open_envelope(envelope, bundle, identity)
    except (BadEnvelope, NotForThisKey) as problem:
        raise NotRehearsed(
            f"The test answer does not open: {problem}. The study file names this key, but the "
            f"answer is not sealed to it. {AGAIN}"
        ) from problem
    return Rehearsed(study, roles[key], code_of(response.rid))


def _read(path: Path) -> Bundle:
    """Return the bundle inside a rehearsal file, checked like any other."""
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise NotRehearsed(f"{path} cannot be read. Please check its name.") from problem
    if not data.startswith(MAGIC):
        raise NotRehearsed(f"{path.name} is no rehearsal file. {AGAIN}")
    try:
        files = unpacked(data, BOUNDS)
        if MARK not in files:
            raise NotRehearsed(
                f"{path.name} is no rehearsal file. If it is the bundle of a workshop, “kiosk "
                "collect” opens it."
            )
        return _bundle(path.name, files)
    except (BadArchive, BadSheet, LookupError, ValueError, RecursionError, SurveyProblems) as why:
        raise NotRehearsed(f"{path.name} is damaged, or no rehearsal file: {why} {AGAIN}") from why


def _bundle(name: str, files: dict[str, bytes]) -> Bundle:
    """Return the bundle in these files. Raises LookupError, ValueError or what they raise."""
    survey_file = files[layout.SURVEY].decode()
    survey, sheet = parse_survey(survey_file), json.loads(files[layout.SHEET])
    check_sheet(sheet, survey)
    study = parse_study(files[layout.STUDY].decode(), Path(layout.STUDY))
    envelopes = {name: data for name, data in files.items() if name.startswith(layout.ENVELOPES)}
    if len(envelopes) != 1:
        raise ValueError("it does not hold just one test answer.")
    return Bundle(name, sheet, study, survey, survey_file, envelopes, {})
