"""ZIPs that mean harm: too large once unpacked, names that lead elsewhere, names that stand twice.

Each is refused in a sentence, soon, in little memory, and nothing is written beside its place.
"""

from __future__ import annotations

import io
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from kiosk.study.archive import SUMS, sums
from tests.fuzz.mutate import BAD_NAMES, Files, written
from tests.fuzz.targets import Parser

READERS = ("bundle", "rehearsal", "pack", "sounds", ".xlsx")
STRICT = ("bundle", "rehearsal", "pack")  # every name in these is one of ours
MOST_MEMORY = 150_000_000  # bytes
ZEROS = bytes(4_000_000)


def files_of(parser: Parser) -> Files:
    with zipfile.ZipFile(io.BytesIO(parser.seeds[0])) as archive:
        return [(name, archive.read(name)) for name in archive.namelist() if name != SUMS]


def sealed(files: Files, way: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP whose checksums are right, whatever is in it."""
    return written([*files, (SUMS, sums(dict(files)))], way)


def refusal(parser: Parser, content: bytes) -> str:
    """Return the sentence with which a ZIP is refused; it must be, and in little memory."""
    tracemalloc.start()
    try:
        with pytest.raises(parser.refuses) as told:
            parser.read(content)
        assert tracemalloc.get_traced_memory()[1] < MOST_MEMORY
    finally:
        tracemalloc.stop()
    return str(told.value)


@pytest.mark.parametrize("name", READERS)
def test_what_unpacks_to_gigabytes_is_refused_before_it_does(
    name: str, known: dict[str, Parser]
) -> None:
    files = files_of(known[name])
    bombs = [(f"responses/{number:032x}.age", ZEROS * 4) for number in range(16)]
    single = [*files, (files[-1][0] + "x" if name == ".xlsx" else bombs[0][0], ZEROS * 12)]
    for bomb in (written([*files, *bombs]), written(single)):
        assert len(bomb) < 1_000_000
        assert "larger" in refusal(known[name], bomb) or name in STRICT


@pytest.mark.parametrize("name", READERS)
def test_a_zip_that_says_it_is_small_and_is_not_is_refused(
    name: str, known: dict[str, Parser]
) -> None:
    files = files_of(known[name])
    bomb = bytearray(sealed([*files[:-1], (files[-1][0], ZEROS * 12)]))
    for place in _sizes_of(bomb, files[-1][0]):
        struct.pack_into("<L", bomb, place, 100)
    assert refusal(known[name], bytes(bomb))


def _sizes_of(content: bytearray, name: str) -> list[int]:
    """Return where a ZIP says how large a file is, in the file's own head and in the list."""
    places, at = [], -1
    for mark, size, before in ((b"PK\x03\x04", 22, 30), (b"PK\x01\x02", 24, 46)):
        while (at := content.find(mark, at + 1)) >= 0:
            if content[at + before :].startswith(name.encode()):
                places.append(at + size)
    return places


@pytest.mark.parametrize("name", STRICT)
def test_more_files_than_there_can_be_are_refused(name: str, known: dict[str, Parser]) -> None:
    many = [(f"responses/{number:032x}.age", b"") for number in range(50_001)]
    with pytest.raises(known[name].refuses):
        known[name].read(written(many))


@pytest.mark.parametrize("bad", BAD_NAMES, ids=repr)
@pytest.mark.parametrize("name", STRICT)
def test_a_name_that_is_none_of_ours_is_refused(
    name: str, bad: str, known: dict[str, Parser], inside: Path
) -> None:
    told = refusal(known[name], sealed([*files_of(known[name]), (bad, b"evil")]))
    assert "does not belong there" in told
    assert not list(inside.parent.rglob("*evil*"))


def test_recordings_are_put_nowhere_but_under_their_own_names(
    known: dict[str, Parser], inside: Path
) -> None:
    """A folder of recordings may hold any name; none of them becomes a place on the disk."""
    sounds = known["sounds"]
    for bad in BAD_NAMES:
        try:
            sounds.read(sealed([*files_of(sounds), (bad, b"evil")]))
        except sounds.refuses:
            continue
    assert not list(inside.parent.rglob("*evil*"))
    assert [path.name for path in inside.iterdir()] == ["here"]


@pytest.mark.parametrize("name", READERS)
def test_a_name_that_stands_twice_is_refused(name: str, known: dict[str, Parser]) -> None:
    files = files_of(known[name])
    assert "does not belong there" in refusal(known[name], sealed([*files, files[0]]))


@pytest.mark.parametrize("name", READERS)
@pytest.mark.parametrize("way", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_what_no_kiosk_packs_is_not_unpacked(name: str, way: int, known: dict[str, Parser]) -> None:
    assert "no kiosk packs" in refusal(known[name], sealed(files_of(known[name]), way))


@pytest.mark.parametrize("name", STRICT)
def test_a_link_to_another_file_stays_a_few_bytes(
    name: str, known: dict[str, Parser], inside: Path
) -> None:
    """A ZIP can say that a file is a symbolic link; nobody here follows it or makes one."""
    files, buffer = files_of(known[name]), io.BytesIO()
    target = next(one for one, _ in files if one.endswith(".toml"))
    files = [(one, b"/etc/passwd" if one == target else data) for one, data in files]
    with zipfile.ZipFile(buffer, "w") as archive:
        for one, data in [*files, (SUMS, sums(dict(files)))]:
            info = zipfile.ZipInfo(one)
            info.external_attr = (0o120777 if one == target else 0o600) << 16
            archive.writestr(info, data)
    assert "root:" not in refusal(known[name], buffer.getvalue())
    assert not [path for path in inside.rglob("*") if path.is_symlink()]
