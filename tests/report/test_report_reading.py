"""The report believes nothing of a folder before it fits, and never holds all responses."""

from __future__ import annotations

import random
import time
import tracemalloc
from pathlib import Path

import pytest

from kiosk.dataset.cells import csv_bytes, plain
from kiosk.report.dataset import BadDataset
from kiosk.report.page import make_report
from kiosk.report.read import read_dataset, table
from tests.conftest import Lena
from tests.dataset import bundle_of
from tests.report.people import all_say, collected, people


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return collected(tmp_path / "dataset", people(12))


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_what_people_sent_through_a_kiosk_is_what_lena_reads(
    data: Path, study: object, lena: Lena, tmp_path: Path
) -> None:
    from kiosk.dataset.write import write_dataset
    from kiosk.opening.new_study import NewStudy

    assert isinstance(study, NewStudy)
    sent = [{f"q{i:02}": 4 for i in range(1, 16)}] * 5 + [{"q01": 5}, {"q01": 97}]
    pool = lena.collects(bundle_of(data, study, sent))
    write_dataset(pool, tmp_path / "out")
    html = make_report(tmp_path / "out").html
    assert "6 of 6 chose “Mostly yes” or “Yes, very much”." in html
    assert "5 of 7 answered. Results of fewer than 6 are not shown." in html
    assert "Answers sent: 7. How many people were present is not known." in html


def test_a_folder_that_is_no_dataset_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadDataset, match=r"datapackage\.json"):
        read_dataset(tmp_path)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("responses.csv", "rid,workshop,q01", "rid,workshop,q00"),
        ("responses.csv", ",4,", ",6,"),
        ("responses.csv", ",4,", ",+4,"),
        ("responses.csv", ",4,", ",4,4,"),
        ("responses.csv", "0000000000000000,", "00000000000000ff,"),
        ("responses.csv", "\n" + "0" * 31 + "1", "\n" + "0" * 32),
        ("items.csv", "q01,smiley", "q01,frowny"),
        ("items.csv", "q01,smiley", "q99,smiley"),
        ("codebook.csv", ",1,0,", ",one,0,"),
        ("workshops.csv", ",15,", ",many,"),
        ("workshops.csv", "headcount", "heads"),
        ("workshops.csv", "\n", ",more\n"),
        ("datapackage.json", '"title"', '"subtitle"'),
        ("datapackage.json", "{", "["),
    ],
)
def test_a_file_that_was_changed_is_refused(folder: Path, name: str, old: str, new: str) -> None:
    edit(folder / name, old, new)
    with pytest.raises(BadDataset):
        make_report(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "codebook.csv").unlink()
    with pytest.raises(BadDataset, match=r"codebook\.csv"):
        make_report(folder)


def test_different_surveys_do_not_go_into_one_report(tmp_path: Path) -> None:
    folder = collected(tmp_path, people(12), workshops=2)
    edit(folder / "workshops.csv", ",asc,1", ",desc,1")
    with pytest.raises(BadDataset, match="different surveys"):
        make_report(folder)


def test_what_a_spreadsheet_was_kept_from_running_reads_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "cells.csv"
    cells = ["=1+1", "-5", "'quoted'", "plain", "@home"]
    file.write_bytes(csv_bytes(["a", "b", "c", "d", "e"], [cells]))
    (row,) = table(file)
    assert [plain(cell) for cell in row.values()] == cells


def many(folder: Path, n: int) -> Path:
    """Return a dataset of one workshop with n responses, written line by line."""
    collected(folder, all_say(6), headcount=n, counters=dict.fromkeys(
        ("complete", "partial", "under_half", "declined", "timed_out"), 0))  # fmt: skip
    dice = random.Random(n)  # noqa: S311  # no secret
    with (folder / "responses.csv").open("w", encoding="utf-8", newline="") as file:
        file.write("rid,workshop," + ",".join(f"q{i:02}" for i in range(1, 16)) + "\n")
        for place in range(n):
            values = ",".join(map(str, dice.choices((5, 4, 3, 2, 1, 99), (9, 7, 3, 2, 1, 1), k=15)))
            file.write(f"{place:032x},{'0' * 16},{values}\n")
    return folder


def peak(folder: Path) -> int:
    """Return the most bytes that were held at once while a report was made."""
    tracemalloc.start()
    try:
        make_report(folder)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_responses(tmp_path: Path) -> None:
    few, lots = many(tmp_path / "few", 1_000), many(tmp_path / "lots", 100_000)
    make_report(few)
    began = time.perf_counter()
    assert make_report(lots).responses == 100_000
    assert time.perf_counter() - began < 30
    assert peak(many(tmp_path / "more", 20_000)) < peak(few) + 500_000
