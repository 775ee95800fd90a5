"""Lena merges datasets: in any order, again and again, the same people stand there once."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.dataset.collect import collect
from kiosk.dataset.formats import FORMATS
from kiosk.dataset.formats.source import SURVEY, WORKSHOPS
from kiosk.dataset.merge import merge
from kiosk.dataset.read_back import CannotReadBack, read_back
from kiosk.dataset.write import write_dataset
from kiosk.opening.new_study import NewStudy
from kiosk.study import archive
from tests.cli import Told, kiosk
from tests.conftest import Lena
from tests.dataset import bundle_of, folder_bytes, opens, table
from tests.dataset.datasets import Meeting, lightly, merged, pool_of
from tests.store import STUDY
from tests.survey import FORM, SOURCE, edited

ROOM = [{f"q{n:02}": value for n in range(1, 16)} for value in (1, 2, 5, 97, 98)]
RAW = "=1+1"
# Whoever answers in workshop 1 has a number from 10 to 19, and so on; nobody is in two workshops.
MEETINGS = st.builds(
    lambda number, edition, people, wrote: Meeting(
        number, edition, frozenset(number * 10 + person for person in people), wrote
    ),
    st.integers(1, 3), st.integers(1, 2), st.sets(st.integers(0, 4)), st.booleans(),
)  # fmt: skip
DATASETS = st.tuples(st.lists(MEETINGS, min_size=1, max_size=3), st.sampled_from(["", "nb"]))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "merged"


@pytest.fixture
def site(data: Path, study: NewStudy, lena: Lena, tmp_path: Path) -> Callable[[str], Path]:
    """Hold a workshop, collect it, return its dataset with every file."""

    def made(place: str) -> Path:
        bundle = opens(data, study, site=place, title=RAW).sends(ROOM).writes(
            FORM, {"came": 7, "words": RAW}
        ).packs()  # fmt: skip
        write_dataset(lena.collects(bundle), tmp_path / place)
        return tmp_path / place

    return made


def merges(*datasets: object, out: Path) -> Told:
    return kiosk("merge", *datasets, "--out", out, "--json")


def resummed(folder: Path) -> None:
    """Let the checksums fit whatever is there, as somebody would who wants to be believed."""
    files = folder_bytes(folder)
    del files[archive.SUMS]
    (folder / archive.SUMS).write_bytes(archive.sums(files))


@given(st.lists(DATASETS, min_size=3, max_size=3))
@settings(max_examples=8, deadline=None)
def test_merging_is_commutative_associative_and_idempotent(
    described: list[tuple[list[Meeting], str]],
) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        here = Path(temporary)
        places = (here / str(number) for number in range(99))
        parts = [
            lightly(pool_of(meetings, language=language), next(places))
            for meetings, language in described
        ]
        at_once = next(places)
        everything = merged(parts, at_once)
        assert merged(parts[::-1], next(places)) == everything, "in any order"
        first, second, third = parts
        left, right = next(places), next(places)
        merged([first, second], left)
        merged([second, third], right)
        assert merged([left, third], next(places)) == everything, "in any grouping"
        assert merged([first, right], next(places)) == everything, "in any grouping"
        assert merged([*parts, *parts, at_once], next(places)) == everything, "again"
        whole = [meeting for meetings, _ in described for meeting in meetings]
        languages = {language for _, language in described}
        language = languages.pop() if len(languages) == 1 else ""
        expected = folder_bytes(lightly(pool_of(whole, language=language), next(places)))
        assert everything == expected, "and as if all had been collected at once"


@given(DATASETS)
@settings(max_examples=8, deadline=None)
def test_what_is_read_back_is_what_was_written(described: tuple[list[Meeting], str]) -> None:
    meetings, language = described
    with tempfile.TemporaryDirectory() as temporary:
        dataset = lightly(pool_of(meetings, language=language), Path(temporary) / "one")
        assert merged([dataset], Path(temporary) / "again") == folder_bytes(dataset)


def test_one_dataset_comes_out_as_it_was_in_every_file(
    site: Callable[[str], Path], out: Path
) -> None:
    dataset = site("Oslo")
    told = merges(dataset, out=out)
    assert (told.code, told.err) == (0, "")
    assert folder_bytes(out) == folder_bytes(dataset)
    assert set(folder_bytes(out)) == {*FORMATS, archive.SUMS}
    assert sorted(path.name for path in out.parent.glob("merged*")) == ["merged"]


def test_the_language_of_labels_is_kept_and_can_be_chosen_anew(
    data: Path, study: NewStudy, lena: Lena, out: Path, tmp_path: Path
) -> None:
    pool = lena.collects(bundle_of(data, study, ROOM))
    write_dataset(pool, tmp_path / "english")
    pool.language = "nb"
    write_dataset(pool, tmp_path / "norsk")
    assert merges(tmp_path / "norsk", out=out).code == 0
    assert folder_bytes(out) == folder_bytes(tmp_path / "norsk")
    assert merges(tmp_path / "norsk", "--labels", "en", out=out).code == 0
    assert folder_bytes(out) == folder_bytes(tmp_path / "english")
    told = merges(tmp_path / "norsk", "--labels", "sv", out=out)
    assert (told.code, "not there in “sv”" in told.err) == (2, True)


def test_two_sites_merged_are_two_sites_collected_and_the_counts_are_told(
    site: Callable[[str], Path], data: Path, lena: Lena, out: Path, tmp_path: Path
) -> None:
    oslo, gent = site("Oslo"), site("Gent")
    told = merges(oslo, gent, gent, "--zip", out=out)
    counts = [told.json[name] for name in ("responses", "workshops", "self_reports", "repeated")]
    assert counts == [2 * len(ROOM), 2, 2, len(ROOM)]
    assert (told.json["skipped"], told.json["mapped"]) == ([], [])
    write_dataset(lena.collects(data), tmp_path / "both")
    assert folder_bytes(out) == folder_bytes(tmp_path / "both")
    assert out.with_suffix(".zip").is_file()
    for_people = kiosk("merge", oslo, gent, "--out", out)
    assert for_people.out == f"10 responses and 2 self-reports from 2 workshops are in {out}\n"


def test_every_merge_is_logged_without_an_answer(site: Callable[[str], Path], out: Path) -> None:
    told = merges(site("Oslo"), out=out)
    (line,) = Path(told.json["log"]).read_text(encoding="utf-8").splitlines()
    assert "wrote 'merged'" in line
    assert line.endswith(f"responses={len(ROOM)} workshops=1")


def test_raw_text_survives_beside_the_text_that_no_spreadsheet_runs(
    site: Callable[[str], Path], out: Path
) -> None:
    merges(site("Oslo"), out=out)
    (row,) = table((out / "workshops.csv").read_bytes())
    (report,) = table((out / "self_reports.csv").read_bytes())
    source = json.loads((out / WORKSHOPS).read_bytes())
    assert (row["title"], report["words"]) == (f"'{RAW}", f"'{RAW}")
    assert source["workshops"][0]["title"] == RAW
    assert source["reports"][0]["answers"] == {"came": 7, "words": RAW}


def test_text_that_is_no_text_comes_back_too(tmp_path: Path, out: Path) -> None:
    half = "half a \ud83d sign"
    dataset = lightly(pool_of([Meeting(1)], title=half), tmp_path / "one")
    assert merged([dataset], out) == folder_bytes(dataset)
    assert read_back(out).bundles[0].sheet["title"] == half


def test_the_survey_and_the_study_stand_there_as_they_were_sealed(
    data: Path, study: NewStudy, lena: Lena, tmp_path: Path
) -> None:
    odd = edited(("# The participants", "#\tThe  participants")).replace("\n", "\r\n")
    write_dataset(lena.collects(bundle_of(data, study, ROOM, survey_file=odd)), tmp_path / "one")
    assert (tmp_path / "one" / SURVEY).read_bytes() == odd.encode()
    assert (tmp_path / "one" / "source/study.toml").read_bytes() == study.file.read_bytes()


@pytest.mark.parametrize("name", ["responses.csv", "data.sav", "source/survey.toml"])
def test_a_file_that_was_changed_is_named_and_nothing_is_written(
    site: Callable[[str], Path], out: Path, name: str
) -> None:
    dataset = site("Oslo")
    (dataset / name).write_bytes((dataset / name).read_bytes() + b"\n")
    told = merges(dataset, out=out)
    assert (told.code, told.out) == (2, "")
    assert f"not as it was written: {name}." in told.err
    (dataset / name).unlink()
    assert f"not as it was written: {name}." in merges(dataset, out=out).err
    assert not out.exists()


def test_what_is_no_dataset_is_refused_with_what_to_do(
    site: Callable[[str], Path], out: Path, tmp_path: Path
) -> None:
    old, other = tmp_path / "old", tmp_path / "other"
    shutil.copytree(site("Oslo"), old)
    shutil.rmtree(old / "source")
    resummed(old)
    other.mkdir()
    assert "make it again with “kiosk collect”" in merges(old, out=out).err
    assert f"{other} is no dataset: it has no SHA256SUMS" in merges(other, out=out).err
    assert not out.exists()


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("responses.csv", b",1\n", b",7\n"),
        ("responses.csv", b",1\n", b"\n"),
        ("responses.csv", b",q15", b",q16"),
        ("responses.csv", b",0000000000000001,", b",0000000000000009,"),
        (WORKSHOPS, b'"format": 1', b'"format": 7'),
        (WORKSHOPS, b'"month": "2026-05"', b'"month": "May"'),
        (WORKSHOPS, b'"came": 1', b'"came": 99'),
        (WORKSHOPS, b'"workshops": [', b'"workshops": 5, "x": ['),
        (SURVEY, b'version = "1"', b'version = "2"'),
        (SURVEY, b'id = "workshop"', b'id = "work shop"'),
        ("source/study.toml", b"age1", b"age2"),
    ],
)  # fmt: skip
def test_a_dataset_that_cannot_be_is_refused_even_if_its_checksums_agree(
    tmp_path: Path, out: Path, name: str, old: bytes, new: bytes
) -> None:
    meeting = Meeting(1, people=frozenset({1, 2, 3, 4, 5}), wrote=True)
    dataset = lightly(pool_of([meeting]), tmp_path / "one")
    content = (dataset / name).read_bytes()
    assert old in content
    (dataset / name).write_bytes(content.replace(old, new, 1))
    resummed(dataset)
    with pytest.raises(CannotReadBack) as refused:
        merged([dataset], out)
    assert str(dataset) in str(refused.value)


def test_another_study_is_refused_and_why_is_said(tmp_path: Path, out: Path) -> None:
    other = STUDY.replace('id = "', 'id = "other-', 1)
    assert other != STUDY
    ours = lightly(pool_of([Meeting(1)]), tmp_path / "ours")
    theirs = lightly(pool_of([Meeting(2)], study_file=other), tmp_path / "theirs")
    told = merges(ours, theirs, out=out)
    assert (told.code, told.out) == (2, "")
    assert "Please merge each study on its own." in told.err
    assert not out.exists()


def test_another_version_is_refused_and_the_way_to_map_it_is_named(
    tmp_path: Path, out: Path
) -> None:
    newer = edited(('version = "1"', 'version = "2"'))
    parts = [
        lightly(pool_of([Meeting(number)], survey_file=text), tmp_path / str(number))
        for number, text in ((1, SOURCE), (2, newer))
    ]
    for order in permutations(parts):
        told = merges(*order, out=out)
        assert told.code == 2
        assert all(
            word in told.err for word in ("version 1", "version 2", "--map", *map(str, parts))
        )
    assert not out.exists()


def test_survey_and_study_are_those_of_the_first_workshop_in_whatever_order(
    tmp_path: Path,
) -> None:
    reviewed = edited(('nb = "machine-draft"', 'nb = "reviewed"'))
    renamed = STUDY.replace('title = "', 'title = "Renamed: ', 1)
    assert renamed != STUDY
    parts = [
        lightly(pool_of([Meeting(number)], text, study), tmp_path / str(number))
        for number, text, study in ((1, SOURCE, renamed), (2, reviewed, STUDY))
    ]
    for number, order in enumerate(permutations(parts)):
        files = merged(order, tmp_path / f"merged-{number}")
        assert files[SURVEY].decode() == SOURCE
        assert files["source/study.toml"].decode() == renamed


def test_two_stories_of_one_workshop_are_refused(tmp_path: Path, out: Path) -> None:
    ours = lightly(pool_of([Meeting(1)]), tmp_path / "ours")
    theirs = lightly(pool_of([Meeting(1)], headcount=10), tmp_path / "theirs")
    told = merges(ours, theirs, out=out)
    assert (told.code, "says of a workshop something else" in told.err) == (2, True)


def test_a_merge_may_go_into_one_of_its_own_datasets(
    site: Callable[[str], Path], out: Path
) -> None:
    oslo, gent = site("Oslo"), site("Gent")
    merges(oslo, gent, out=out)
    assert merges(oslo, gent, out=oslo).code == 0
    assert folder_bytes(oslo) == folder_bytes(out)


def test_memory_does_not_grow_with_the_number_of_responses(tmp_path: Path) -> None:
    def dataset(people: int) -> Path:
        folder = lightly(pool_of([Meeting(1)]), tmp_path / str(people))
        header, line = (folder / "responses.csv").read_bytes().splitlines(keepends=True)
        with (folder / "responses.csv").open("wb") as file:
            file.write(header)
            file.writelines(rid.encode() + line[32:] for rid in _rids(people))
        resummed(folder)
        return folder

    def peak(people: int) -> int:
        part = read_back(dataset(people))
        tracemalloc.start()
        pool = merge([part], tmp_path)
        assert sum(1 for _ in pool.responses()) == people
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    few = peak(3_000)
    assert peak(40_000) - few < 1_500_000, "the rows themselves are 3 MB, as objects 20"


def _rids(number: int) -> Iterator[str]:
    return (hashlib.md5(str(n).encode(), usedforsecurity=False).hexdigest() for n in range(number))


def test_a_dataset_of_bundles_can_be_merged_with_one_that_has_later_editions(
    data: Path, study: NewStudy, lena: Lena, out: Path, tmp_path: Path
) -> None:
    late = opens(data, study).sends(ROOM)
    first = shutil.copy(late.packs(), tmp_path)
    write_dataset(collect([Path(first)], lena.identity)[0], tmp_path / "first")
    second = late.sends([{"q01": 4}], from_screen=True).counts(9, 0, 0).packs()
    write_dataset(collect([second], lena.identity)[0], tmp_path / "second")
    for order in permutations((tmp_path / "first", tmp_path / "second")):
        assert merges(*order, out=out).json["responses"] == len(ROOM) + 1
        (row,) = table((out / "workshops.csv").read_bytes())
        assert (row["edition"], row["headcount"]) == ("2", "9")
