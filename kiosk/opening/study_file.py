"""Adds to a study file what an older version did not write, and leaves every other byte alone."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path

from pyrage import x25519

from kiosk.opening.keys import public
from kiosk.opening.receipts import receipt_key
from kiosk.study.model import FILE, Recipient, Study, parse_study
from kiosk.survey.problems import SurveyProblems


class NotAdded(Exception):
    """The study file was left as it is; the message says why, and what to do."""


@dataclass(frozen=True)
class Added:
    """The study file with the line in it, the recipient of the key, and whether it is new."""

    data: bytes
    recipient: Recipient
    new: bool


def add_receipts(data: bytes, identity: x25519.Identity) -> Added:
    """Return a study file that says how to check this identity's receipts.

    Raises NotAdded, or SurveyProblems if the file cannot be used.
    """
    study = _study(data)
    mine = next((one for one in study.recipients if one.key == public(identity)), None)
    if mine is None:
        raise NotAdded("This is none of the study's keys. Please take the key of this study.")
    known, wanted = mine.receipts, replace(mine, receipts=receipt_key(identity))
    if known == wanted.receipts:
        return Added(data, wanted, new=False)
    line = f'receipts = "{wanted.receipts}"'
    if known:
        raise NotAdded(
            "The study file names another receipts key beside this key. Nobody can have made it "
            f"from your key. Please find out who wrote it, then put this line in its place: {line}"
        )
    added = _inserted(data, wanted.key, line)
    if not _is_only_change(added, study, wanted):
        raise NotAdded(
            "The study file is written in another way than usual. Please open it and add this "
            f"to the recipient with the key {wanted.key}: {line}"
        )
    return Added(added, wanted, new=True)


def _study(data: bytes) -> Study:
    try:
        return parse_study(data.decode(), Path(FILE))
    except UnicodeDecodeError as problem:
        raise NotAdded(f"{FILE} is no UTF-8 text. Please save it as UTF-8.") from problem


def _inserted(data: bytes, key: str, line: str) -> bytes:
    """Return the file with one more line below that of the key, indented and ended alike."""
    pattern = rf"^([ \t]*)key[ \t]*=[ \t]*([\"']){key}\2[ \t]*(?:#[^\r\n]*)?(\r?\n|\Z)"
    found = re.search(pattern.encode(), data, re.MULTILINE)
    if found is None:
        return data
    indent, _, end = found.groups()
    own = indent + line.encode()
    return data[: found.end()] + (own + end if end else b"\n" + own) + data[found.end() :]


def _is_only_change(data: bytes, study: Study, wanted: Recipient) -> bool:
    """Tell whether the file now says just this about one recipient, and all else as before."""
    recipients = tuple(wanted if one.key == wanted.key else one for one in study.recipients)
    try:
        return _study(data) == replace(study, recipients=recipients)
    except SurveyProblems:
        return False
