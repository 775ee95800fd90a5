"""Lena's study outgrows one machine: the long form as Parquet, by month, read with DuckDB."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from kiosk.dataset.formats import FOLDERS, parquet
from kiosk.dataset.formats.parquet import NAME
from kiosk.dataset.pool import Pool
from kiosk.dataset.write import write_dataset, write_folder
from kiosk.opening.new_study import NewStudy
from tests.cli import kiosk
from tests.dataset import bundle_of, folder_bytes, table
from tests.dataset.datasets import Meeting, pool_of
from tests.study import recovery_words

PEOPLE = 40


def two_months() -> Pool:
    """Three workshops in two months, one of them without a single answer."""
    pool = pool_of([Meeting(1, people=frozenset(range(1, PEOPLE)))], month="2026-05")
    other = pool_of(
        [Meeting(2, people=frozenset(range(PEOPLE, 60))), Meeting(3, people=frozenset())],
        month="2026-11",
    )
    for bundle in other.bundles:
        pool.admit(bundle)
    for response in other.responses():
        pool.add(response)
    return pool


def written(pool: Pool, out: Path) -> Path:
    write_folder({NAME: lambda path: parquet.write(pool, path)}, out)
    return out / NAME


def asked(folder: Path, sql: str) -> list[tuple[object, ...]]:
    """Ask DuckDB about a dataset's Parquet folder, which it sees as the table `answers`."""
    files = f"read_parquet('{folder}/*/*.parquet', hive_partitioning = true)"
    with duckdb.connect() as connection:
        return connection.execute(f"WITH answers AS (FROM {files}) {sql}").fetchall()


def test_every_row_is_that_of_the_long_csv_with_its_month(tmp_path: Path) -> None:
    pool, out = two_months(), tmp_path / "dataset"
    write_dataset(pool, out, parquet=True)
    month = {row["workshop"]: row["month"] for row in table((out / "workshops.csv").read_bytes())}
    expected = sorted(
        (row["rid"], row["workshop"], row["item"], int(row["value"]), row["missing"] == "1",
         pool.survey.hash, month[row["workshop"]])
        for row in table((out / "responses_long.csv").read_bytes())
    )  # fmt: skip
    found = asked(
        out / NAME,
        "SELECT rid, workshop, item, value, missing, survey, month FROM answers ORDER BY ALL",
    )
    assert found == expected
    assert len({row[6] for row in found}) == 2
    one_month = asked(out / NAME, "SELECT count(*) FROM answers WHERE month = '2026-05'")
    assert one_month == [((PEOPLE - 1) * len(pool.survey.items),)]


def test_the_checksums_cover_it_and_the_zip_has_it(
    data: Path, study: NewStudy, tmp_path: Path
) -> None:
    words, out = tmp_path / "words.txt", tmp_path / "dataset"
    words.write_text(" ".join(recovery_words(study)), encoding="utf-8")
    bundle = bundle_of(data, study, [{"q01": 5}])
    told = kiosk("collect", bundle, "--key", words, "--out", out, "--parquet", "--zip", "--json")
    assert told.code == 0
    parts = [path for path in folder_bytes(out) if path.endswith(".parquet")]
    assert [path.split("/")[0] for path in parts] == [NAME]
    assert all(path in (out / "SHA256SUMS").read_text(encoding="utf-8") for path in parts)
    shutil.unpack_archive(out.parent / "dataset.zip", tmp_path / "unpacked")
    assert folder_bytes(tmp_path / "unpacked") == folder_bytes(out)
    merged = kiosk("merge", out, "--out", tmp_path / "merged", "--parquet")
    assert merged.code == 0
    assert folder_bytes(tmp_path / "merged") == folder_bytes(out), "merging gives the same bytes"
    (out / parts[0]).write_bytes(b"changed")
    assert f"not as it was written: {parts[0]}" in kiosk("merge", out, "--out", tmp_path / "x").err


def test_each_run_replaces_it_whole(tmp_path: Path) -> None:
    out = tmp_path / "dataset"
    write_dataset(two_months(), out, parquet=True)
    write_dataset(pool_of([Meeting(1)], month="2026-12"), out, parquet=True)
    assert [path.name for path in (out / NAME).iterdir()] == ["month=2026-12"]
    assert not [path for path in out.iterdir() if path.name.startswith(".")]
    write_dataset(pool_of([Meeting(1)]), out)
    assert not (out / NAME).exists(), "an old one would tell something else than the tables"


def test_many_rows_go_into_several_parts_and_come_out_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = written(two_months(), tmp_path / "whole")
    assert written(two_months(), tmp_path / "again").exists()
    assert folder_bytes(tmp_path / "again") == folder_bytes(tmp_path / "whole")
    monkeypatch.setattr(parquet, "RESPONSES_IN_A_PART", 7)
    parts = written(two_months(), tmp_path / "parts")
    assert len(list((parts / "month=2026-05").iterdir())) == 6
    everything = "SELECT * FROM answers ORDER BY ALL"
    assert asked(parts, everything) == asked(whole, everything)


def test_the_readme_tells_of_it(tmp_path: Path) -> None:
    write_dataset(two_months(), tmp_path)
    readme = (tmp_path / "README.txt").read_text(encoding="utf-8")
    assert all(name in readme for name in FOLDERS)
