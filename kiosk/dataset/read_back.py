"""Reads a dataset folder back, and believes nothing of it before its checksums agree (X17)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.bundle import layout
from kiosk.bundle.read import Bundle
from kiosk.bundle.sheet import BadSheet, check_sheet, modern
from kiosk.dataset.formats import responses, source
from kiosk.dataset.mapping import Items, Plan
from kiosk.dataset.private import sha256_of
from kiosk.opening.reports import OpenedReport
from kiosk.study import archive
from kiosk.study.model import parse_study
from kiosk.survey.form import fits, parse_form
from kiosk.survey.kinds import allowed_values
from kiosk.survey.loader import parse_survey
from kiosk.survey.model import NOT_SHOWN, SKIPPED, Survey
from kiosk.survey.problems import SurveyProblems

RESPONSES = "responses.csv"
NEEDED = (RESPONSES, source.SURVEY, source.STUDY, source.WORKSHOPS)
MISSING = (NOT_SHOWN, SKIPPED)
AGAIN = "Please make it again with “kiosk collect”."
SUM = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9_.]+(?:/[A-Za-z0-9_.=-]+){0,2})")


class CannotReadBack(Exception):
    """The folder is no whole dataset; the message names the file and says what to do."""


@dataclass(frozen=True)
class ReadBack:
    """A dataset as it was written: for each workshop a bundle without envelopes.

    `plan` says which version its columns are of, and which other versions were mapped to it.
    """

    name: str
    folder: Path
    bundles: tuple[Bundle, ...]
    reports: tuple[tuple[int, OpenedReport], ...]
    survey: Survey
    plan: Plan
    language: str

    @property
    def example(self) -> Bundle:
        """One bundle that asks the version of the dataset's columns."""
        return next(bundle for bundle in self.bundles if bundle.survey.hash == self.survey.hash)

    def lines(self) -> Iterator[bytes]:
        """Yield the responses, as lines. Raises CannotReadBack at one that cannot be."""
        workshops = "|".join({str(bundle.sheet["workshop"]) for bundle in self.bundles})
        cells = (
            "|".join(str(value) for value in (*allowed_values(self.survey, item), *MISSING))
            for item in self.survey.items
        )
        columns = "".join(f",(?:{cell})" for cell in cells)
        right = re.compile(f"[0-9a-f]{{32}},(?:{workshops}){columns}\n".encode())
        with (self.folder / RESPONSES).open("rb") as file:
            if next(file, b"") != ",".join(responses.columns(self.survey)).encode() + b"\n":
                raise CannotReadBack(f"{self.name}: {RESPONSES} has other columns than its survey.")
            for number, line in enumerate(file, start=2):
                if not right.fullmatch(line):
                    raise CannotReadBack(
                        f"{self.name}: {RESPONSES}, line {number} is no response to its survey."
                    )
                yield line


def read_back(folder: Path) -> ReadBack:
    """Return the dataset in a folder, without its responses. Raises CannotReadBack."""
    _check_sums(folder)
    try:
        return _read(folder)
    except (BadSheet, SurveyProblems, OSError, LookupError, ValueError, TypeError,
            AttributeError, RecursionError) as problem:  # fmt: skip
        raise CannotReadBack(
            f"{folder} is no dataset that this version can read back: {problem}. {AGAIN}"
        ) from problem


def _check_sums(folder: Path) -> None:
    """Raise CannotReadBack, naming every file that is not as it was written."""
    try:
        listed = (folder / archive.SUMS).read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError) as problem:
        raise CannotReadBack(
            f"{folder} is no dataset: it has no {archive.SUMS} that can be read."
        ) from problem
    found = [SUM.fullmatch(line) for line in listed]
    sums = {match[2]: match[1] for match in found if match}
    if None in found or set(NEEDED) - set(sums):
        raise CannotReadBack(
            f"{folder} has no folder “source” that its {archive.SUMS} tells of. A version before "
            f"“kiosk merge” wrote it, or somebody changed it. {AGAIN}"
        )
    changed = [name for name, wanted in sums.items() if _sum(folder / name) != wanted]
    if changed:
        raise CannotReadBack(
            f"{folder}: not as it was written: {', '.join(changed)}. Please take the dataset as "
            "it was, or make it again with “kiosk collect”."
        )


def _sum(path: Path) -> str:
    """Return a file's checksum; none if it cannot be read."""
    try:
        return sha256_of(path)
    except (OSError, ValueError):
        return ""


def _read(folder: Path) -> ReadBack:
    texts = {name: (folder / name).read_bytes().decode() for name in NEEDED[1:]}
    content = json.loads(texts[source.WORKSHOPS])
    if content["format"] != source.FORMAT:
        raise ValueError(f"{source.WORKSHOPS} is in another format")
    survey = parse_survey(texts[source.SURVEY])
    asked: dict[str, tuple[Survey, str]] = {survey.hash: (survey, texts[source.SURVEY])}
    items = dict[str, Items]()
    for told in content["mapped"]:
        other = parse_survey(told["survey_file"])
        asked[other.hash], items[other.hash] = (other, told["survey_file"]), told["items"]
    study = parse_study(texts[source.STUDY], Path(layout.STUDY))
    bundles = tuple(
        Bundle(str(folder), sheet, study, *_asked(sheet, asked), {}, {}, texts[source.STUDY])
        for sheet in map(modern, content["workshops"])
    )
    if survey.hash not in {bundle.survey.hash for bundle in bundles}:
        raise ValueError("no workshop was asked its survey")
    reports = tuple(_reports(content))
    return ReadBack(str(folder), folder, bundles, reports, survey, Plan(survey.hash, items),
                    content["language"])  # fmt: skip


def _asked(sheet: Mapping[str, Any], asked: Mapping[str, tuple[Survey, str]]) -> tuple[Survey, str]:
    """Return what a workshop was asked. Raises BadSheet, LookupError."""
    survey, survey_file = asked[sheet["survey"]["hash"]]
    check_sheet(sheet, survey)
    return survey, survey_file


def _reports(content: Mapping[str, Any]) -> Iterator[tuple[int, OpenedReport]]:
    forms = {name: parse_form(text) for name, text in content["forms"].items()}
    workshops = {sheet["workshop"] for sheet in content["workshops"]}
    for told in content["reports"]:
        form = forms[told["form"]]
        if told["workshop"] not in workshops or not fits(form, told["answers"]):
            raise ValueError(f"the self-report {form.id} does not belong to a workshop or form")
        report = OpenedReport(
            told["workshop"], form, form.hash, told["language"], bool(told["finished"]),
            told["answers"], content["forms"][told["form"]],
        )  # fmt: skip
        yield int(told["edition"]), report
