"""An upload link is a right: a dataset that is passed on must not hand it out."""

from __future__ import annotations

import tomllib
from itertools import permutations
from pathlib import Path

import pytest

from kiosk.dataset.formats.source import STUDY
from kiosk.dataset.study_file import without_target
from kiosk.dataset.write import write_dataset
from kiosk.opening.new_study import NewStudy
from kiosk.study.model import parse_study
from tests.conftest import Lena
from tests.dataset import bundle_of, folder_bytes
from tests.dataset.datasets import Meeting, lightly, merged, pool_of
from tests.store import STUDY as STUDY_FILE

TOKEN = "Zq7Xk2mB9sToken"
LINK = f"https://files.example.org/s/{TOKEN}"
ROOM = [{"q01": 5}, {"q01": 2}]


def sent_to(study_file: str, address: str) -> str:
    return f'target = "{address}"\n{study_file}'


def test_no_file_of_a_dataset_holds_the_upload_link(
    data: Path, study: NewStudy, lena: Lena, tmp_path: Path
) -> None:
    source = study.file.read_text(encoding="utf-8")
    bundle = bundle_of(data, study, ROOM, study_file=sent_to(source, LINK))
    write_dataset(lena.collects(bundle), tmp_path / "dataset", parquet=True)
    files = folder_bytes(tmp_path / "dataset")
    assert [name for name, content in files.items() if TOKEN.encode() in content] == []
    told = tomllib.loads(files[STUDY].decode())
    assert told == tomllib.loads(source), "everything else is there"


@pytest.mark.parametrize(
    "line",
    [
        f'target = "{LINK}"',
        f"'target' = '''{LINK}'''",
        rf'"t\u0061rget" = "{LINK}"',
        f'"target"= """\\\n  {LINK}"""  # until May',
        f'# the old one: {LINK}2\ntarget = "{LINK}"',
    ],
)
def test_the_link_goes_however_it_is_written(line: str) -> None:
    bare = without_target(f"{line}\n{STUDY_FILE}")
    assert TOKEN not in bare
    assert tomllib.loads(bare) == tomllib.loads(STUDY_FILE)
    assert parse_study(bare, Path(STUDY)) == parse_study(STUDY_FILE, Path(STUDY))


def test_a_study_without_a_link_stays_as_it_was_byte_for_byte() -> None:
    odd = f"# on target!\r\n{STUDY_FILE}".replace("title", "title  ")
    assert without_target(odd) == odd
    assert without_target(without_target(sent_to(odd, LINK))) == without_target(sent_to(odd, LINK))


def test_datasets_whose_sites_send_to_different_places_still_merge(tmp_path: Path) -> None:
    parts = [
        lightly(
            pool_of([Meeting(number, people=frozenset({number + 1}))], study_file=file),
            tmp_path / f"part-{number}",
        )
        for number, file in enumerate(
            (STUDY_FILE, sent_to(STUDY_FILE, f"{LINK}a"), sent_to(STUDY_FILE, f"{LINK}b"))
        )
    ]
    results = [
        merged(order, tmp_path / f"merged-{number}")
        for number, order in enumerate(permutations(parts))
    ]
    assert all(files == results[0] for files in results)
    assert TOKEN.encode() not in results[0][STUDY]
    assert len(results[0]["responses.csv"].splitlines()) == 1 + 3


def test_one_collection_takes_bundles_that_were_sent_to_different_places(
    data: Path, study: NewStudy, lena: Lena, tmp_path: Path
) -> None:
    source = study.file.read_text(encoding="utf-8")
    for letter in "ab":
        bundle_of(data, study, ROOM, study_file=sent_to(source, LINK + letter))
    pool = lena.collects(data)
    assert (len(pool), len(pool.workshops())) == (4, 2)
