"""Lena runs `kiosk collect`; she can tell from its exit code whether all is well."""

from __future__ import annotations

import io
import os
import re
import shutil
import time
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from kiosk.cli.dataset_out import WORK
from kiosk.dataset.formats import FORMATS
from kiosk.opening.keys import new_identity
from kiosk.opening.new_study import NewStudy
from tests.cli import Told, kiosk
from tests.conftest import PASSPHRASE
from tests.dataset import bundle_of, folder_bytes, opens, table
from tests.survey import FORM, edited

SENT = [{"q01": 5}, {"q01": 1}]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "dataset"


def collects(*sources: object, key: Path, out: Path) -> Told:
    return kiosk("collect", *sources, "--key", key, "--out", out, "--json")


def test_all_well_is_nought(data: Path, study: NewStudy, words: Path, out: Path) -> None:
    bundle_of(data, study, SENT)
    told = collects(data / "bundles", key=words, out=out)
    assert (told.code, told.err) == (0, "")
    assert (told.json["responses"], told.json["self_reports"]) == (2, 0)
    assert told.json["workshops"] == 1
    assert told.json["skipped"] == []
    files = {Path(file).relative_to(out).as_posix() for file in told.json["files"]}
    assert files == {*FORMATS, "SHA256SUMS"}
    rows = table((out / "responses.csv").read_bytes())
    assert sorted(row["q01"] for row in rows) == ["1", "5"]


def test_for_people_the_result_is_one_sentence(
    data: Path, study: NewStudy, words: Path, out: Path
) -> None:
    told = kiosk("collect", bundle_of(data, study, SENT), "--key", words, "--out", out)
    assert told.out == f"2 responses from 1 workshops are in {out}\n"


def test_lena_is_told_how_many_self_reports_came(
    data: Path, study: NewStudy, words: Path, out: Path
) -> None:
    bundle = opens(data, study).sends(SENT).writes(FORM, {"came": 2}).packs()
    told = kiosk("collect", bundle, "--key", words, "--out", out)
    assert told.out == f"2 responses and 1 self-reports from 1 workshops are in {out}\n"
    assert collects(bundle, key=words, out=out).json["self_reports"] == 1


def test_the_locked_key_is_opened_with_a_passphrase_file(
    data: Path, study: NewStudy, out: Path, tmp_path: Path
) -> None:
    phrase = tmp_path / "passphrase"
    phrase.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    bundle = bundle_of(data, study, SENT)
    told = kiosk(
        "collect", bundle, "--key", study.key, "--passphrase-file", phrase, "--out", out
    )  # fmt: skip
    assert (told.code, told.err) == (0, "")


def test_a_key_that_cannot_be_read_is_told_in_a_sentence(
    data: Path, study: NewStudy, out: Path
) -> None:
    broken = Path("/proc/self/mem")  # it is there, and reading it fails
    told = kiosk("collect", bundle_of(data, study, SENT), "--key", broken, "--out", out)
    assert told.code == 2
    assert f"The key file {broken} cannot be read" in told.err


def test_something_skipped_is_one_and_it_is_named_and_the_good_kept(
    data: Path, study: NewStudy, words: Path, out: Path
) -> None:
    bundle_of(data, study, SENT)
    bad = data / "bundles" / "bad.bundle.zip"
    bad.write_bytes(b"a stick was pulled out")
    told = collects(data, key=words, out=out)
    assert told.code == 1
    assert told.err.startswith("skipped bad.bundle.zip: ")
    assert told.json["skipped"] == [told.err.strip().removeprefix("skipped ")]
    assert len(table((out / "responses.csv").read_bytes())) == 2


def test_a_run_that_fails_is_two_and_leaves_the_dataset_as_it_was(
    data: Path, study: NewStudy, words: Path, out: Path, tmp_path: Path
) -> None:
    good = bundle_of(data, study, SENT)
    assert collects(good, key=words, out=out).code == 0
    before = folder_bytes(out)
    newer = edited(('version = "1"', 'version = "2"'))
    other = bundle_of(tmp_path / "newer", study, SENT, survey_file=newer)
    stranger, empty = tmp_path / "stranger.txt", tmp_path / "empty"
    stranger.write_text(str(new_identity()), encoding="utf-8")
    empty.mkdir()
    failing = {
        "Different questions": collects(good, other, key=words, out=out),
        "no bundle that this key opens": collects(good, key=stranger, out=out),
        "nothing was written": collects(empty, key=words, out=out),
        "holds no key": collects(good, key=good, out=out),
        "cannot be read": collects(good, key=tmp_path / "nothing", out=out),
        "does not exist": collects(tmp_path / "nothing", key=words, out=out),
    }
    for sentence, told in failing.items():
        assert (told.code, told.out) == (2, "")
        assert sentence in told.err
    assert folder_bytes(out) == before


def test_a_wrong_passphrase_is_two_and_nothing_is_written(
    data: Path, study: NewStudy, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_PASSPHRASE", "not the passphrase")
    told = collects(bundle_of(data, study, SENT), key=study.key, out=out)
    assert told.code == 2
    assert "does not open" in told.err
    assert not out.exists()


def test_an_output_folder_that_cannot_be_made_is_two_without_a_trace(
    data: Path, study: NewStudy, words: Path
) -> None:
    told = collects(bundle_of(data, study, SENT), key=words, out=words / "dataset")
    assert told.code == 2
    assert str(words) in told.err


def test_the_dataset_folder_holds_nothing_but_the_dataset(
    data: Path, study: NewStudy, words: Path, out: Path
) -> None:
    bundle = bundle_of(data, study, SENT)
    for _ in range(2):
        assert collects(bundle, key=words, out=out).code == 0
    assert set(folder_bytes(out)) == {*FORMATS, "SHA256SUMS"}
    assert {path.name for path in out.iterdir() if path.name.startswith(".")} == {WORK}


def test_what_a_killed_run_left_open_goes_the_day_after(
    data: Path, study: NewStudy, words: Path, out: Path
) -> None:
    """A run that is killed cannot tidy up; somebody else's may be under way in the same folder."""
    bundle_of(data, study, SENT)
    assert collects(data / "bundles", key=words, out=out).code == 0
    (spool,) = (out / WORK).glob("*-*/")
    before = folder_bytes(out)
    for place in (out, out / WORK, spool):
        for name, age in (("yesterday", 86_500), ("now", 60)):
            folder, file = place / f".sorting-{name}", place / f".writing-{name}"
            folder.mkdir()
            (folder / "sorted").write_bytes(b"opened answers")
            file.write_bytes(b"opened answers")
            for one in (folder, file):
                os.utime(one, (time.time() - age, time.time() - age))
    assert collects(data / "bundles", key=words, out=out).code == 0
    left = {path.name for path in out.rglob(".*-*")}
    assert left == {".sorting-now", ".writing-now"}
    for path in out.rglob(".*-now"):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    assert folder_bytes(out) == before


def test_fresh_keeps_nothing_that_was_opened(
    data: Path, study: NewStudy, words: Path, out: Path
) -> None:
    bundle = bundle_of(data, study, SENT)
    assert collects(bundle, key=words, out=out).code == 0
    before = folder_bytes(out)
    assert list((out / WORK).rglob("*.opened"))
    assert collects(bundle, "--fresh", key=words, out=out).code == 0
    assert not (out / WORK).exists()
    assert folder_bytes(out) == before


def test_where_nothing_could_be_opened_no_folder_is_left(
    tmp_path: Path, words: Path, out: Path
) -> None:
    (tmp_path / "bad.bundle.zip").write_bytes(b"")
    assert collects(tmp_path / "bad.bundle.zip", key=words, out=out).code == 2
    assert not out.exists()


def test_every_export_is_logged_without_an_answer(
    data: Path, study: NewStudy, words: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LOGNAME", "lena")
    bundle = bundle_of(data, study, SENT)
    told = collects(bundle, key=words, out=out)
    collects(bundle, key=words, out=out.parent / "again")
    assert told.json["log"] == str(out.parent / "exports.log")
    first, second = (out.parent / "exports.log").read_text(encoding="utf-8").splitlines()
    now, who, rest = first.split(" ", 2)
    assert datetime.fromisoformat(now).tzinfo
    assert who == "lena"
    assert re.fullmatch(
        r"wrote 'dataset' level=analysis study=\S+ survey=workshop-[0-9a-f]{12} "
        r"responses=2 workshops=1", rest,
    )  # fmt: skip
    assert "wrote 'again'" in second


def test_one_zip_holds_the_whole_dataset_and_is_always_the_same(
    data: Path, study: NewStudy, words: Path, out: Path
) -> None:
    bundle = bundle_of(data, study, SENT)
    packed = set()
    for _ in range(2):
        assert collects(bundle, "--zip", key=words, out=out).code == 0
        packed.add((out.parent / "dataset.zip").read_bytes())
    assert len(packed) == 1
    with zipfile.ZipFile(io.BytesIO(packed.pop())) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    assert found == folder_bytes(out)


def test_labels_in_a_language_that_the_survey_lacks_are_refused(
    data: Path, study: NewStudy, words: Path, out: Path
) -> None:
    bundle = bundle_of(data, study, SENT)
    told = collects(bundle, "--labels", "sv", key=words, out=out)
    assert told.code == 2
    assert "not there in “sv”. It is there in: en" in told.err
    assert collects(bundle, "--labels", "ar", key=words, out=out).code == 0
    assert "نعم" in (out / "scripts" / "load.sps").read_text(encoding="utf-8")
