"""Kari closes a workshop; what travels to Lena is whole, and always the same."""

from __future__ import annotations

import hashlib
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from kiosk.bundle import layout
from kiosk.bundle.freeze import StillOpen, freeze
from kiosk.bundle.read import read_bundle
from kiosk.store.intake import Intake, Submission
from kiosk.store.workshop import Headcount, Workshop
from kiosk.store.workshops import NoSuchWorkshop, Workshops
from kiosk.study import archive
from kiosk.survey.loader import parse_survey
from tests.bundle import unpacked
from tests.conftest import new_submission_id
from tests.store import SURVEY, envelope_of, opens, plans, rows, submission

PEOPLE = 5
FIELDS = {"format", "edition", "workshop", "title", "site", "tool", "month", "headcount",
          "said_no", "left_early", "tickets", "idle_minutes", "paper", "counters",
          "languages", "survey"}  # fmt: skip


@pytest.fixture
def workshop(data: Path) -> Workshop:
    """A closed workshop in which five people sent their answers and one said no."""
    workshop, intake = opens(data), Intake(data)
    for _ in range(PEOPLE):
        intake.store(submission(workshop, envelope_of(1300)))
    intake.store(Submission(workshop.id, new_submission_id(), "declined"))
    intake.stop()
    workshops = Workshops(data)
    workshops.count(workshop.code, Headcount(present=7, said_no=2, left_early=0))
    return workshops.close(workshop.code)


@pytest.fixture
def bundle(workshop: Workshop, data: Path) -> Path:
    return freeze(Workshops(data), workshop.code)


def envelopes(data: Path) -> list[bytes]:
    return [row[0] for row in rows(data, "SELECT envelope FROM responses")]


def test_only_a_closed_workshop_can_be_frozen(data: Path) -> None:
    for workshop in (opens(data), plans(data)):
        with pytest.raises(StillOpen, match=workshop.code):
            freeze(Workshops(data), workshop.code)
    with pytest.raises(NoSuchWorkshop):
        freeze(Workshops(data), "nope")
    assert not (data / "bundles").exists()


def test_the_same_content_gives_the_same_bytes_and_the_same_name(
    workshop: Workshop, data: Path, tmp_path: Path
) -> None:
    twin = tmp_path / "twin"
    shutil.copytree(data, twin)
    first, second = (freeze(Workshops(place), workshop.code) for place in (data, twin))
    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()
    files = unpacked(first)
    assert archive.zipped(dict(reversed(files.items()))) == first.read_bytes()


def test_a_bundle_is_named_by_its_study_and_its_content(bundle: Path) -> None:
    digest = hashlib.sha256(bundle.read_bytes()).hexdigest()
    assert bundle.name == f"small-{digest[:32]}.bundle.zip"


def test_freezing_again_gives_the_same_file_untouched(
    bundle: Path, workshop: Workshop, data: Path
) -> None:
    content = bundle.read_bytes()
    Workshops(data).close(workshop.code)
    assert freeze(Workshops(data), workshop.code) == bundle
    assert bundle.read_bytes() == content
    assert [path.name for path in bundle.parent.iterdir()] == [bundle.name]


def test_the_envelopes_stay_in_the_database_until_the_bundle_is_safe(
    workshop: Workshop, data: Path
) -> None:
    before = envelopes(data)
    assert len(before) == PEOPLE
    (data / "bundles").write_text("a file stands where the folder should be", encoding="utf-8")
    with pytest.raises(OSError, match="bundles"):
        freeze(Workshops(data), workshop.code)
    assert envelopes(data) == before
    (data / "bundles").unlink()
    path = freeze(Workshops(data), workshop.code)
    assert envelopes(data) == []
    assert sorted(read_bundle(path).envelopes.values()) == sorted(before)


def test_the_sheet_says_what_lena_needs_and_gives_no_day_and_no_time(
    bundle: Path, workshop: Workshop
) -> None:
    sheet = read_bundle(bundle).sheet
    assert set(sheet) == FIELDS
    assert (sheet["edition"], sheet["tickets"], sheet["idle_minutes"]) == (1, False, 3)
    assert [sheet[name] for name in ("headcount", "said_no", "left_early")] == [7, 2, 0]
    assert sheet["month"] == workshop.opened_on[:7]
    assert sheet["counters"] == workshop.counters
    assert (sheet["counters"]["complete"], sheet["counters"]["declined"]) == (PEOPLE, 1)
    assert sheet["languages"] == ["en"]
    assert sheet["survey"]["hash"] == parse_survey(SURVEY).hash
    text = unpacked(bundle)[layout.SHEET].decode()
    assert not re.search(r"\d{4}-\d\d-\d\d|\d\d:\d\d", text)


def test_the_entries_stand_in_name_order_with_one_date(bundle: Path) -> None:
    with zipfile.ZipFile(bundle) as opened:
        entries = opened.infolist()
        assert opened.comment == b""
    names = [entry.filename for entry in entries]
    assert names == sorted(names)
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {(entry.extra, entry.comment) for entry in entries} == {(b"", b"")}
    assert len([name for name in names if name.startswith("responses/")]) == PEOPLE


def test_the_checksums_are_those_that_sha256sum_reads(bundle: Path) -> None:
    files = unpacked(bundle)
    lines = files.pop(archive.SUMS).decode().splitlines()
    expected = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}" for name in sorted(files)]
    assert lines == expected
