"""What lies where in a bundle, and the fixed bytes that make equal bundles equal files."""

from __future__ import annotations

import hashlib

FORMAT = 2
SHEET = "workshop.json"
SURVEY = "survey.toml"
STUDY = "study.toml"
SUMS = "SHA256SUMS"
ENVELOPES = "responses/"
ENVELOPE_SUFFIX = ".age"
REPORTS = "reports/"
FORM_SUFFIX = ".toml"
SUFFIX = ".bundle.zip"
PATTERN = "*.bundle*.zip"  # browsers rename a second download to “… (1).zip”
ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def sums(files: dict[str, bytes]) -> bytes:
    """Return the checksum file of `files`, in the form that `sha256sum -c` reads."""
    lines = (
        f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in sorted(files.items())
    )
    return "".join(lines).encode()


def name_of(study_id: str, data: bytes) -> str:
    """Return the file name of a bundle: its study and its content."""
    return f"{study_id}-{hashlib.sha256(data).hexdigest()[:32]}{SUFFIX}"
