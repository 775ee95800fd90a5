"""Reads a dataset folder as `kiosk collect` writes it; only responses.csv grows with people."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kiosk.dataset.cells import plain
from kiosk.report.dataset import BadDataset, Dataset, Meeting, Question, Texts
from kiosk.survey.answers import OUTCOMES
from kiosk.survey.kinds import KINDS

# All that a report reads of a dataset.
FILES = ("responses.csv", "workshops.csv", "items.csv", "codebook.csv", "datapackage.json")
Row = Mapping[str, str]
INSTRUMENT = ("survey", "survey_version", "survey_hash", "scale", "scale_order", "faces")


def read_dataset(folder: Path) -> Dataset:
    """Return the dataset in a folder. Raises BadDataset."""
    try:
        package = _package(folder)
        rows = list(table(folder / "workshops.csv"))
        title = str(package["title"])
        languages = tuple(_tags(next(table(folder / "items.csv")), "text_"))
        main = "en" if "en" in languages else languages[0]
        return Dataset(
            folder,
            title,
            dict(package.get("titles") or {main: title}),
            languages,
            dict(package.get("translation", {})),
            _instrument(rows),
            _questions(folder, rows[0]["scale_order"] == "desc"),
            tuple(_meeting(row) for row in rows),
        )
    except (KeyError, ValueError, IndexError, TypeError, StopIteration) as problem:
        raise BadDataset(
            f"{folder} is no dataset of “kiosk collect”, or a file in it was changed: {problem!r}."
        ) from problem


def table(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a CSV file, one at a time. Raises BadDataset."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, strict=True):
                if None in row or None in row.values():
                    raise BadDataset(f"{path} has a row of another length than its header.")
                yield row
    except (OSError, UnicodeDecodeError, csv.Error) as problem:
        raise BadDataset(f"{path} cannot be read: {problem}.") from problem


def _package(folder: Path) -> dict[str, Any]:
    try:
        package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        raise BadDataset(f"{folder} holds no datapackage.json that can be read.") from problem
    return dict(package)


def _instrument(rows: list[dict[str, str]]) -> dict[str, str]:
    """Return what all workshops share. Raises BadDataset if they asked differently (R11)."""
    found = {tuple(row[name] for name in INSTRUMENT) for row in rows}
    if len(found) > 1:
        raise BadDataset(
            "workshops.csv tells of different surveys; they do not go into one report."
        )
    return dict(zip(INSTRUMENT, found.pop(), strict=True))


def _questions(folder: Path, reverse: bool) -> tuple[Question, ...]:
    labels: dict[str, tuple[dict[int, Texts], dict[int, Texts]]] = {}
    for row in table(folder / "codebook.csv"):
        answers, missing = labels.setdefault(row["variable"], ({}, {}))
        (missing if row["missing"] == "1" else answers)[int(row["value"])] = _tags(row, "label_")
    return tuple(
        _question(row, *labels[row["item"]], reverse) for row in table(folder / "items.csv")
    )


def _question(
    row: Row, answers: dict[int, Texts], missing: dict[int, Texts], reverse: bool
) -> Question:
    if row["kind"] not in KINDS or not answers:
        raise ValueError(row["item"])
    order = sorted(answers, reverse=reverse and KINDS[row["kind"]].ordinal)
    return Question(
        row["item"],
        row["kind"],
        plain(row["construct"]),
        _tags(row, "text_"),
        {value: answers[value] for value in order},
        dict(sorted(missing.items())),
    )


def _meeting(row: Row) -> Meeting:
    return Meeting(
        row["workshop"],
        plain(row["site"]),
        row["month"],
        plain(row["tool"]),
        tuple(row["languages_offered"].split()),
        _counted(row["headcount"]),
        _counted(row["said_no"]),
        _counted(row["left_early"]),
        {name: int(row[name]) for name in OUTCOMES},
        row.get("asked_hash", row["survey_hash"]) != row["survey_hash"],
    )


def _counted(cell: str) -> int | None:
    """Return what somebody counted, or None if the cell is empty."""
    return int(cell) if cell else None


def _tags(row: Row, start: str) -> dict[str, str]:
    """Return language tag -> text of the columns that begin with `start`, the empty left out."""
    return {
        name.removeprefix(start): plain(cell)
        for name, cell in row.items()
        if name.startswith(start) and cell
    }
