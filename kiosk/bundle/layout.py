"""What lies where in a bundle, and the fixed bytes that make equal bundles equal files."""

from __future__ import annotations

import hashlib

FORMAT = 2
SHEET = "workshop.json"
SURVEY = "survey.toml"
STUDY = "study.toml"
ENVELOPES = "responses/"
ENVELOPE_SUFFIX = ".age"
REPORTS = "reports/"
FORM_SUFFIX = ".toml"
SUFFIX = ".bundle.zip"
PATTERN = "*.bundle*.zip"  # browsers rename a second download to “… (1).zip”


def name_of(study_id: str, data: bytes) -> str:
    """Return the file name of a bundle: its study and its content."""
    return f"{study_id}-{hashlib.sha256(data).hexdigest()[:32]}{SUFFIX}"
