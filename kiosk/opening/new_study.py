"""Makes a study: two keys, one of them on paper, and the file that sites receive."""

from __future__ import annotations

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

import tomli_w
from jinja2 import Environment, PackageLoader

from kiosk.opening.keys import lock, new_identity, public, words
from kiosk.opening.receipts import receipt_key
from kiosk.qr import qr_path
from kiosk.study.model import FILE, parse_study

PAGES = Environment(loader=PackageLoader("kiosk.opening"), autoescape=True, trim_blocks=True)


class StudyExists(Exception):
    """The folder holds a study already, whose keys must not be overwritten."""


@dataclass(frozen=True)
class NewStudy:
    """Where the three files of a new study lie."""

    key: Path
    sheet: Path
    file: Path


def make_study(
    folder: Path, title: str, organisation: str, contact: str, phrase: str, target: str = ""
) -> NewStudy:
    """Make the study's folder. Raises StudyExists, WrongKey or SurveyProblems, and writes nothing.

    StudyExists is raised rather than overwrite a key, SurveyProblems if `target` is no address.
    """
    made = NewStudy(folder / "identity.age", folder / "recovery-sheet.html", folder / FILE)
    if any(path.exists() for path in (made.key, made.sheet, made.file)):
        raise StudyExists(f"{folder} holds a study already. Please choose another folder.")
    main, recovery = new_identity(), new_identity()
    locked = lock(main, phrase)
    study = {
        "id": _new_id(title),
        "title": title,
        "organisation": organisation,
        "contact": contact,
        **({"target": target} if target else {}),
        "recipient": [
            {"role": role, "key": public(one), "receipts": receipt_key(one)}
            for role, one in (("main", main), ("recovery", recovery))
        ],
    }
    file = tomli_w.dumps(study)
    parse_study(file, made.file)
    folder.mkdir(parents=True, exist_ok=True)
    sheet = PAGES.get_template("recovery-sheet.html").render(
        study=study, words=words(recovery).split(), key=public(recovery), qr=qr_path(str(recovery))
    )
    _write_privately(made.key, locked)
    _write_privately(made.sheet, sheet.encode())
    made.file.write_text(file, encoding="utf-8")
    return made


def _new_id(title: str) -> str:
    plain = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:20] or "study"
    return f"{plain}-{secrets.token_hex(3)}"


def _write_privately(path: Path, data: bytes) -> None:
    """Write a new file that only its owner may read."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
