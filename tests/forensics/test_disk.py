"""Ola copies the disk. He has no key; he reads every byte that lies there, name, size and time."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from kiosk.paths import FIXED_TIME
from kiosk.store.database import FILE
from tests.forensics.device import MARK
from tests.forensics.evening import Copy, Evening, Found

COPIES = (
    "before", "looked", "after 20", "after 21", "answered", "packed", "late", "packed again",
)  # fmt: skip
OUR_NAMES = re.compile(
    rf"\.|{FILE}(-journal)?|studies(/the-study-[0-9a-f]{{6}}\.toml)?|sounds(/.*)?|safe-copy(/{FILE})?"
    r"|bundles(/the-study-[0-9a-f]{6}-[0-9a-f]{32}\.bundle\.zip)?"
)
STAFF_PUT_THERE = ("studies", "sounds")
LEAF, INTERIOR = (10, 13), (2, 5)  # kinds of pages in SQLite's trees
POINTERS = 8  # bytes at most of numbers by which SQLite found something there


def test_nothing_that_a_device_says_of_itself_lies_in_any_file(evening: Evening) -> None:
    """Marks of all headers and addresses, refused and broken requests included (P1, P5)."""
    traces = [MARK.encode(), b"203.0.113.", b"127.7.", b"127.0.0.1"]
    for person in evening.people:
        traces += [one.encode() for one in (person.ticket, person.submission_id) if one]
    for name, copy in evening.copies.items():
        assert FILE in copy, name
        for path, found in copy.items():
            content = path.encode() + found.content
            left = [trace for trace in traces if trace in content]
            assert not left, f"{path}, {name}"


def test_answers_lie_nowhere_in_clear(evening: Evening) -> None:
    signs = [b'"answers"', b'"q01":', b'"rid"', b"q01="]
    signs += [written for person in evening.people for written in person.written]
    for name, copy in evening.copies.items():
        for path, found in copy.items():
            assert not [sign for sign in signs if sign in found.content], f"{path}, {name}"


def test_the_server_says_two_lines_at_its_start_and_no_word_more(evening: Evening) -> None:
    """Not of visitors, not of time, not of what was refused, too large or broken off (P5)."""
    first, second = evening.kiosk.output().splitlines()
    assert first.startswith("participants: http://")
    assert second == f"staff: http://127.0.0.1:{evening.kiosk.port}/staff/"


def test_no_temporary_file_is_ever_made_outside_the_data_folder(evening: Evening) -> None:
    """Not even for a moment, for a body that is too large or for rewriting the database."""
    assert list(evening.temporary_names.values()) == [[], []]
    assert "temporary" not in evening.kiosk.output()


def test_who_looks_and_listens_changes_not_a_byte(evening: Evening) -> None:
    """Pages, texts that are read aloud and fonts were fetched; the kiosk knows nothing of it."""
    assert evening.copies["looked"] == evening.copies["before"]


@pytest.mark.parametrize("name", COPIES)
def test_files_have_the_same_names_and_one_time_whatever_happened(
    evening: Evening, name: str
) -> None:
    """Folders too: when the last answer came, was packed, or came late, they do not tell (P8)."""
    copy = evening.copies[name]
    assert not [path for path in copy if not OUR_NAMES.fullmatch(path)]
    about_answers = {
        path: found.changed for path, found in copy.items() if not path.startswith(STAFF_PUT_THERE)
    }
    assert about_answers == dict.fromkeys(about_answers, FIXED_TIME)


@pytest.mark.parametrize("name", ["answered", "packed", "late", "packed again"])
def test_the_database_has_no_free_page_and_nothing_between_its_rows(
    evening: Evening, name: str
) -> None:
    content = evening.copies[name][FILE].content
    assert int.from_bytes(content[36:40]) == 0, "pages that wait to be used again"
    assert evening.copies[name][f"{FILE}-journal"].content == b""
    gaps = list(between_rows(content))
    assert gaps
    assert not [gap for gap in gaps if len(gap) > POINTERS]


def between_rows(content: bytes) -> Iterator[bytes]:
    """Yield what lies in the unused middle and in the holes of each page, but for zeros."""
    size = int.from_bytes(content[16:18])
    for start in range(0, len(content), size):
        page, head = content[start : start + size], 0 if start else 100
        if page[head] in LEAF + INTERIOR:
            rows, cells, hole = head_of(page, head)
            yield page[rows:cells].replace(b"\0", b"")
            while hole:
                after, length = (int.from_bytes(page[hole + n : hole + n + 2]) for n in (0, 2))
                yield page[hole + 4 : hole + length].replace(b"\0", b"")
                hole = after


def head_of(page: bytes, head: int) -> tuple[int, int, int]:
    """Return where a page's list of rows ends, where the rows begin, and its first hole."""
    hole, number, cells = (
        int.from_bytes(page[head + n : head + n + 2]) for n in (1, 3, 5)
    )  # fmt: skip
    length = 12 if page[head] in INTERIOR else 8
    return head + length + 2 * number, cells or len(page), hole


def test_the_same_look_finds_what_a_careless_database_leaves() -> None:
    """One page with a hole of four bytes' head and a word; the look above would not miss it."""
    page = bytearray(8192)
    page[16:18] = (8192).to_bytes(2)
    page[100:108] = bytes([13, 0x1F, 0, 0, 0, 0x1F, 0, 0])
    page[0x1F00:0x1F10] = bytes([0, 0, 0, 16]) + b"old envelope"
    page[4000:4004] = b"left"
    assert list(between_rows(bytes(page))) == [b"left", b"old envelope"]


def bundle_in(copy: Copy) -> Found:
    """Return the one bundle of a copy."""
    (found,) = (found for path, found in copy.items() if path.endswith(".bundle.zip"))
    return found
