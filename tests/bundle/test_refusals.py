"""Lena believes no file before every part of it is right, and no file can stop her."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.bundle import layout
from kiosk.bundle.read import BadBundle, read_bundle
from kiosk.study import archive
from kiosk.survey.form import parse_form
from kiosk.survey.loader import parse_survey
from tests.bundle import bundle_in, repacked, unpacked, written
from tests.store import FORM, SURVEY, envelope_of

FORM_FILE = f"{layout.REPORTS}diary{layout.FORM_SUFFIX}"
NOTHING = b"PK\x05\x06" + bytes(18)


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A bundle that all tests of this file look at and none changes."""
    return bundle_in(tmp_path_factory.mktemp("sent"))


def test_what_was_frozen_is_read_back(sent: Path) -> None:
    found = read_bundle(sent)
    assert found.study.id == "small"
    assert found.survey.hash == parse_survey(SURVEY).hash
    assert len(found.envelopes) == 1
    assert found.reports["diary"].form == parse_form(FORM)


def test_a_bundle_of_the_first_format_is_read_as_edition_one(sent: Path, tmp_path: Path) -> None:
    unsaid = dict.fromkeys(("edition", "said_no", "left_early", "tickets", "idle_minutes"), ...)
    old = read_bundle(repacked(tmp_path, unpacked(sent), format=1, **unsaid))
    assert (old.sheet["edition"], old.sheet["said_no"], old.sheet["tickets"]) == (1, None, False)
    assert len(old.envelopes) == 1


def test_a_bundle_that_knows_nothing_of_paper_is_read_as_one_without(
    sent: Path, tmp_path: Path
) -> None:
    old = read_bundle(repacked(tmp_path, unpacked(sent), paper=...))
    assert old.sheet["paper"] is False


@settings(deadline=None)
@given(st.data())
def test_a_flipped_bit_anywhere_is_noticed(sent: Path, data: st.DataObject) -> None:
    content = bytearray(sent.read_bytes())
    content[data.draw(st.integers(0, len(content) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    path = written(sent.parent / "flipped", bytes(content), sent.name)
    with pytest.raises(BadBundle):
        read_bundle(path)


@settings(deadline=None)
@given(st.data())
def test_a_truncated_file_is_noticed(sent: Path, data: st.DataObject) -> None:
    content = sent.read_bytes()
    cut = content[: data.draw(st.integers(0, len(content) - 1))]
    with pytest.raises(BadBundle):
        read_bundle(written(sent.parent / "cut", cut, sent.name))


@pytest.mark.parametrize(("before", "after"), [(b"", b"more"), (b"more", b""), (b"", NOTHING)])
def test_added_bytes_are_noticed(sent: Path, tmp_path: Path, before: bytes, after: bytes) -> None:
    with pytest.raises(BadBundle):
        read_bundle(written(tmp_path, before + sent.read_bytes() + after, sent.name))


def test_a_bundle_under_the_name_of_another_is_refused(sent: Path, tmp_path: Path) -> None:
    with pytest.raises(BadBundle, match="name"):
        read_bundle(written(tmp_path, sent.read_bytes(), layout.name_of("small", b"another")))


@pytest.mark.parametrize(
    "name",
    ["notes.txt", "../evil", "/etc/passwd", "responses/../../evil.age", "responses/x.age",
     "responses/", "WORKSHOP.JSON", "reports/../evil.age", "reports/Evil.toml", "reports/evil",
     f"reports/{'e' * 33}.age", f"responses/{'0' * 32}.age/..", f"responses/{'A' * 32}.age"],
)  # fmt: skip
def test_a_file_that_does_not_belong_there_is_refused(
    sent: Path, tmp_path: Path, name: str
) -> None:
    with pytest.raises(BadBundle, match="does not belong there"):
        read_bundle(repacked(tmp_path / "x", unpacked(sent) | {name: b"evil"}))
    assert not list(tmp_path.rglob("*evil*"))


@pytest.mark.parametrize("name", [layout.SHEET, layout.STUDY, layout.SURVEY, archive.SUMS])
def test_a_missing_file_is_noticed(sent: Path, tmp_path: Path, name: str) -> None:
    files = {key: content for key, content in unpacked(sent).items() if key != name}
    if name == archive.SUMS:
        path = written(tmp_path, archive.zipped(files))
    else:
        path = repacked(tmp_path, files)
    with pytest.raises(BadBundle):
        read_bundle(path)


def test_an_envelope_that_was_taken_out_or_exchanged_is_noticed(sent: Path, tmp_path: Path) -> None:
    files = unpacked(sent)
    name = next(name for name in files if name.startswith("responses/"))
    without = {key: content for key, content in files.items() if key != name}
    for changed in (without, files | {name: envelope_of(1300)}):
        with pytest.raises(BadBundle, match="checksums do not agree"):
            read_bundle(written(tmp_path, archive.zipped(changed)))


def test_a_zip_bomb_is_refused_before_it_goes_off(sent: Path, tmp_path: Path) -> None:
    files = unpacked(sent)
    large = files | {f"responses/{0:032x}.age": bytes(4_000_001)}
    many = files | {f"responses/{n:032x}.age": bytes(4_000_000) for n in range(51)}
    for bomb in (large, many):
        with pytest.raises(BadBundle, match="larger than"):
            read_bundle(repacked(tmp_path, bomb))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("format", 0), ("format", 3), ("edition", ...), ("edition", -1), ("edition", True),
        ("edition", "2"), ("tickets", 1), ("tickets", None), ("idle_minutes", -1),
        ("idle_minutes", None), ("paper", 1), ("paper", None),
        ("said_no", "1"), ("said_no", -1), ("left_early", 1.0),
        ("survey", {"hash": "0" * 64}), ("survey", "small"), ("title", 7),
        ("month", ...), ("month", "2026-11-22"), ("month", "November"), ("workshop", "=1+1"),
        ("headcount", "12"), ("headcount", True), ("headcount", -1), ("languages", [7]),
        ("languages", "en"), ("counters", {"complete": "=1+1"}), ("counters", {"complete": -1}),
        ("counters", {"complete": []}), ("counters", []),
    ],
)  # fmt: skip
def test_a_sheet_that_is_not_in_order_is_refused(
    sent: Path, tmp_path: Path, field: str, value: Any
) -> None:
    with pytest.raises(BadBundle):
        read_bundle(repacked(tmp_path, unpacked(sent), **{field: value}))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        (layout.SHEET, b"[]"), (layout.SHEET, b"{"), (layout.SHEET, b"\xff"),
        (layout.SHEET, b"[" * 100_000), (layout.STUDY, b"id = 1"), (layout.STUDY, b"\xff"),
        (layout.SURVEY, b""), (layout.SURVEY, b"a = [" + b"[" * 100_000),
        (layout.SURVEY, SURVEY.replace('"1"', "2026-11-22").encode()),
    ],
    ids=range(9),
)  # fmt: skip
def test_a_part_that_cannot_be_read_is_refused_without_a_trace(
    sent: Path, tmp_path: Path, name: str, content: bytes
) -> None:
    with pytest.raises(BadBundle):
        read_bundle(repacked(tmp_path, unpacked(sent) | {name: content}))


@pytest.mark.parametrize("form", [None, b"", b"id = 1", b"\xff", SURVEY.encode(), b"[" * 100_000])
def test_a_self_report_without_its_form_is_refused(
    sent: Path, tmp_path: Path, form: bytes | None
) -> None:
    files = {name: content for name, content in unpacked(sent).items() if name != FORM_FILE}
    with pytest.raises(BadBundle):
        read_bundle(repacked(tmp_path, files | ({} if form is None else {FORM_FILE: form})))


def test_a_self_report_under_the_name_of_another_form_is_refused(
    sent: Path, tmp_path: Path
) -> None:
    files = unpacked(sent)
    renamed = {name.replace("reports/diary", "reports/plan"): files[name] for name in files}
    assert set(renamed) != set(files)
    with pytest.raises(BadBundle, match="diary"):
        read_bundle(repacked(tmp_path, renamed))


def test_what_is_no_bundle_at_all_is_refused_without_a_trace(sent: Path, tmp_path: Path) -> None:
    content = bytearray(sent.read_bytes())
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 9] |= 8  # the name is said to be UTF-8
    content[entry + 46] = 0xFF  # and is none
    for index, junk in enumerate((b"", b"not a zip", NOTHING, bytes(content))):
        with pytest.raises(BadBundle):
            read_bundle(written(tmp_path, junk, f"{index}.bundle.zip"))
    for path in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(BadBundle):
            read_bundle(path)
