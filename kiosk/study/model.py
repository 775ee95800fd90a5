"""`study.toml`: one research project, with the public halves of its keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kiosk.files import make_folder, write_whole
from kiosk.study import logo
from kiosk.study.receipts import is_receipt_key
from kiosk.study.sealing import is_recipient
from kiosk.survey.problems import Problems, SurveyProblems
from kiosk.survey.table import Table
from kiosk.survey.whole import ID, ID_REMEDY
from kiosk.toml import BadToml, read_toml

FILE = "study.toml"
TARGET = re.compile(r"(?!file:)[a-z][a-z0-9+.-]*://[^\s/][^\s]*|file:///[^\s]+")
PASSWORD = re.compile(r"[a-z0-9+.-]+://[^/@:]*:[^/]*@")


class NoStudy(Exception):
    """The kiosk holds no (or no such, or more than one) study; the message says what to do."""


@dataclass(frozen=True)
class Recipient:
    """The public half of a key (an age X25519 recipient) and what the key is for.

    `receipts` checks what its owner signs (Ed25519, base64); "" in studies that were made earlier.
    """

    role: str
    key: str
    receipts: str = ""


@dataclass(frozen=True)
class Study:
    """One study. `organisation` and `contact` stand in the consent text.

    `target` is the address to which bundles go and `logo` the name of a PNG file; both may be "".
    """

    id: str
    title: str
    organisation: str
    contact: str
    recipients: tuple[Recipient, ...]
    target: str = ""
    logo: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The public keys that every response is sealed to."""
        return tuple(recipient.key for recipient in self.recipients)

    @property
    def receipt_keys(self) -> tuple[str, ...]:
        """The public keys of those whose receipts are believed; may be none."""
        return tuple(recipient.receipts for recipient in self.recipients if recipient.receipts)


def load_study(path: Path) -> Study:
    """Read a study file (or the folder it lies in). Raises SurveyProblems with all errors."""
    file = path / FILE if path.is_dir() else path
    try:
        source = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise _unreadable(file, problem) from problem
    return parse_study(source, file)


def parse_study(source: str, file: Path) -> Study:
    """Return the study in the TOML text `source`; `file` is only for the problems' texts."""
    try:
        values = read_toml(source)
    except BadToml as problem:
        raise _unreadable(file, problem) from problem
    problems = Problems()
    top = Table(values, "", problems)
    study = Study(
        id=top.string("id"),
        title=top.string("title"),
        organisation=top.string("organisation"),
        contact=top.string("contact"),
        recipients=tuple(_recipient(row) for row in top.tables("recipient")),
        target=top.string("target", ""),
        logo=top.string("logo", ""),
    )
    logo.check_name(study.logo, problems)
    _check_target(study.target, problems)
    if isinstance(values.get("id"), str) and not ID.fullmatch(study.id):
        problems.error("id", f"“{study.id}” is no usable id.", ID_REMEDY)
    top.done()
    if problems.errors:
        raise SurveyProblems(problems.errors)
    return study


def _check_target(target: str, problems: Problems) -> None:
    if PASSWORD.match(target):
        problems.error(
            "target",
            "it has a password in it, and everybody who has the study could read that.",
            "Please leave it out. Sites type it once, or it is packed: kiosk study pack --login.",
        )
    elif target and not TARGET.fullmatch(target):
        problems.error(
            "target",
            f"“{target}” is no address to send to.",
            "Please write it in full, such as webdavs://files.example.org/inbox.",
        )


def _recipient(row: Table) -> Recipient:
    recipient = Recipient(row.string("role", "main"), row.string("key"), row.string("receipts", ""))
    if not is_recipient(recipient.key):
        row.problems.error(row.place("key"), "this is no age public key.",
                           "Please copy it again; it begins with “age1”.")  # fmt: skip
    if recipient.receipts and not is_receipt_key(recipient.receipts):
        row.problems.error(row.place("receipts"), "this is no key that checks receipts.",
                           "Please copy the whole line again: 44 signs, the last one is “=”, or "
                           "take it out.")  # fmt: skip
    row.done()
    return recipient


def _unreadable(file: Path, problem: Exception) -> SurveyProblems:
    problems = Problems()
    problems.error(str(file), f"the file cannot be read: {problem}.", "Please check its place.")
    return SurveyProblems(problems.found)


def installed(data: Path) -> dict[str, Path]:
    """Return the studies on this kiosk: id -> file."""
    return {path.stem: path for path in sorted((data / "studies").glob("*.toml"))}


def install(source: Path, data: Path) -> Study:
    """Copy a study file alone into the kiosk's data folder, after checking it."""
    load_study(source)
    file = source / FILE if source.is_dir() else source
    return install_text(file.read_text(encoding="utf-8"), data)


def install_text(source: str, data: Path) -> Study:
    """Keep a study, given as TOML text, in the kiosk's data folder. Raises SurveyProblems."""
    study = parse_study(source, Path(FILE))
    make_folder(data / "studies")
    write_whole(data / "studies" / f"{study.id}.toml", source.encode())
    return study


def pick_study(data: Path, study_id: str | None) -> Study:
    """Return the named study, or the only one there is. Raises NoStudy with what to do."""
    studies = installed(data)
    if study_id is None and len(studies) == 1:
        return load_study(next(iter(studies.values())))
    if study_id in studies:
        return load_study(studies[study_id])
    if not studies:
        raise NoStudy(
            "This kiosk holds no study yet. Ask the researchers for their study file, then run: "
            "kiosk study install study.toml"
        )
    raise NoStudy(f"Please say which study: --study {' or --study '.join(studies)}.")
