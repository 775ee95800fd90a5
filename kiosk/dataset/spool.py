"""Opens a bundle once, and keeps what was in it as a file of its own in the work folder.

The file's name is the bundle's content, so a bundle that was opened before is known whatever it is
called. Its first line tells of the bundle (JSON), each further line is one response.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from pyrage import x25519

from kiosk.bundle import layout
from kiosk.bundle.read import HASH_IN_NAME, BadBundle, Bundle, read_bundle
from kiosk.bundle.sheet import modern
from kiosk.dataset.private import private_folder, sha256_of, whole_file
from kiosk.dataset.rows import line_of
from kiosk.opening.envelopes import BadEnvelope, NotForThisKey, open_envelope
from kiosk.opening.keys import public
from kiosk.opening.reports import OpenedReport, open_report
from kiosk.study.model import Study, parse_study
from kiosk.survey.form import parse_form
from kiosk.survey.loader import parse_survey
from kiosk.survey.model import Form, Survey

FORMAT = 1
SUFFIX = ".opened"


@dataclass(frozen=True)
class Skipped:
    """A file, or one envelope in it, that is not in the dataset, and why."""

    name: str
    why: str

    def __str__(self) -> str:
        """Return one line for the researcher."""
        return f"{self.name}: {self.why}"


@dataclass(frozen=True)
class Opened:
    """A bundle that this key opens: everything but its responses, and the file that has these.

    `path` is where the bundle itself lies.
    """

    bundle: Bundle
    reports: tuple[OpenedReport, ...]
    skipped: tuple[Skipped, ...]
    file: Path
    path: Path

    @property
    def sha256(self) -> str:
        """The bundle's content, in hex."""
        return self.file.name.removesuffix(SUFFIX)

    def lines(self) -> Iterator[bytes]:
        """Yield the responses, as lines, in no particular order."""
        with self.file.open("rb") as file:
            next(file)
            yield from file


def spool_of(work: Path, identity: x25519.Identity) -> Path:
    """Return the folder, made if missing, for what this key opens with this version."""
    key = hashlib.sha256(public(identity).encode()).hexdigest()[:16]
    return private_folder(private_folder(work) / f"{FORMAT}-{key}")


def open_bundle(path: Path, spool: Path, key: str) -> str | Skipped:
    """Return the name of the file in `spool` that has what `key` opens in a bundle.

    What was opened before is not opened again.
    """
    try:
        content = sha256_of(path)
    except OSError as problem:
        return Skipped(path.name, f"it cannot be read: {problem.strerror}.")
    file = spool / f"{content}{SUFFIX}"
    promised = HASH_IN_NAME.search(path.name)
    try:
        if not _was_written(file) or (promised and promised[1] not in content):
            _write(path, file, x25519.Identity.from_str(key))
    except (BadBundle, NotForThisKey) as problem:
        return Skipped(path.name, str(problem))
    return file.name


def read_opened(file: Path, path: Path) -> Opened:
    """Return what `open_bundle` kept of the bundle that lies at `path` now."""
    name = path.name
    with file.open("rb") as lines:
        head = json.loads(next(lines))
    survey_file, study_file = (_kept(file.parent / head[part]) for part in ("survey", "study"))
    sheet = modern(head["sheet"])
    bundle = Bundle(name, sheet, _study(study_file), _survey(survey_file), survey_file, {}, {},
                    study_file)  # fmt: skip
    reports = tuple(_report(file, sheet["workshop"], told) for told in head["reports"])
    skipped = (Skipped(f"{name}, {part}", why) for part, why in head["skipped"])
    return Opened(bundle, reports, tuple(skipped), file, path)


def _was_written(file: Path) -> bool:
    """Say whether a file is there with its content: a power cut can leave its name alone."""
    return file.exists() and file.stat().st_size > 0


def _write(path: Path, file: Path, identity: x25519.Identity) -> None:
    """Open the bundle in `path` into `file`. Raises BadBundle or NotForThisKey."""
    bundle = read_bundle(path)
    if public(identity) not in bundle.study.keys:
        raise NotForThisKey("it is sealed to other keys than this one.")
    skipped: list[tuple[str, str]] = []
    lines = list(_responses(bundle, identity, skipped))
    head = {
        "sheet": bundle.sheet,
        "survey": _keep(file.parent, bundle.survey_file),
        "study": _keep(file.parent, bundle.study_file),
        "reports": list(_reports(bundle, identity, file.parent, skipped)),
        "skipped": skipped,
    }
    with whole_file(file) as spooled:
        spooled.write(json.dumps(head).encode() + b"\n")
        spooled.writelines(lines)


def _responses(
    bundle: Bundle, identity: x25519.Identity, skipped: list[tuple[str, str]]
) -> Iterator[bytes]:
    for name, envelope in bundle.envelopes.items():
        try:
            yield line_of(open_envelope(envelope, bundle, identity))
        except (BadEnvelope, NotForThisKey) as problem:
            skipped.append((f"response {name[:8]}…", f"{problem}."))


def _reports(
    bundle: Bundle, identity: x25519.Identity, spool: Path, skipped: list[tuple[str, str]]
) -> Iterator[Mapping[str, Any]]:
    for name in bundle.reports:
        try:
            report = open_report(name, bundle, identity)
        except (BadEnvelope, NotForThisKey) as problem:
            skipped.append((f"self-report {name}", f"{str(problem).rstrip('.')}."))
            continue
        yield {"form": _keep(spool, report.form_file), "language": report.language,
               "finished": report.finished, "answers": dict(report.answers)}  # fmt: skip


def _report(file: Path, workshop: str, told: Mapping[str, Any]) -> OpenedReport:
    source = _kept(file.parent / told["form"])
    form = _form(source)
    return OpenedReport(workshop, form, form.hash, told["language"], told["finished"],
                        told["answers"], source)  # fmt: skip


def _keep(spool: Path, text: str) -> str:
    """Keep a text that many bundles share, once; return its name."""
    data = text.encode()
    name = f"{hashlib.sha256(data).hexdigest()}.toml"
    if not (spool / name).exists():
        with whole_file(spool / name) as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    return name


@lru_cache(64)
def _kept(path: Path) -> str:
    return path.read_bytes().decode()


@lru_cache(64)
def _survey(source: str) -> Survey:
    return parse_survey(source)


@lru_cache(64)
def _study(source: str) -> Study:
    return parse_study(source, Path(layout.STUDY))


@lru_cache(64)
def _form(source: str) -> Form:
    return parse_form(source)
