"""Lena opens the dataset in SPSS, Stata and R: the same numbers, labelled, missing as missing."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyreadstat
import pytest
from pyrage import x25519

from kiosk.dataset.collect import collect
from kiosk.dataset.described import short_names, shortened
from kiosk.dataset.formats import FORMATS
from kiosk.dataset.formats.dta import LETTERS
from kiosk.dataset.pool import NoSuchLanguage, Pool
from kiosk.dataset.write import write_dataset
from kiosk.opening.new_study import NewStudy
from kiosk.survey.model import Survey
from tests.dataset import bundle_of, folder_bytes, table, written
from tests.survey import edited

ITEMS = [f"q{number:02}" for number in range(1, 16)]
SENT = [dict.fromkeys(ITEMS, value) for value in (1, 5, 97, 98)] + [{"q01": 3}, {}]
QUOTES = "It's \"so\" `good' \\ $x 'ål' ትግ 🙂"
READ: dict[str, Callable[..., Any]] = {
    "data.sav": pyreadstat.read_sav, "data.dta": pyreadstat.read_dta,
}  # fmt: skip


@pytest.fixture(scope="module")
def pool(
    tmp_path_factory: pytest.TempPathFactory, study: NewStudy, identity: x25519.Identity
) -> Pool:
    data = tmp_path_factory.mktemp("kiosk")
    renamed = edited(
        ('id = "q02"', 'id = "q-02"'),
        ("I liked this", json.dumps(QUOTES, ensure_ascii=False)[1:-1]),
    )
    sent = [{name.replace("q02", "q-02"): v for name, v in one.items()} for one in SENT]
    pool, skipped = collect([bundle_of(data, study, sent, survey_file=renamed)], identity)
    assert not skipped
    return pool


@pytest.fixture(scope="module")
def folder(pool: Pool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dataset")
    write_dataset(pool, out)
    return out


def codes(folder: Path) -> list[list[str]]:
    return [list(row.values()) for row in table((folder / "responses.csv").read_bytes())]


def read(folder: Path, name: str, **options: Any) -> tuple[list[list[Any]], Any]:
    columns, about = READ[name](folder / name, output_format="dict", **options)
    return [list(row) for row in zip(*columns.values(), strict=True)], about


@pytest.mark.parametrize("name", READ)
def test_every_code_comes_back_with_its_reason(folder: Path, name: str) -> None:
    rows, about = read(folder, name, user_missing=True)
    assert about.column_names == ["rid", "workshop", "q01", "q_02", *ITEMS[2:]]
    back = {letter: str(code) for code, letter in LETTERS.items()}
    found = [
        [*row[:2], *(back.get(cell) or str(int(cell)) for cell in row[2:])] for row in rows
    ]  # fmt: skip
    assert found == codes(folder)


@pytest.mark.parametrize("name", READ)
def test_what_is_no_answer_is_missing_to_the_program(folder: Path, name: str) -> None:
    rows, _ = read(folder, name)
    expected = [[None if int(c) > 95 else int(c) for c in row[2:]] for row in codes(folder)]
    assert [row[2:] for row in rows] == expected


def test_spss_has_labels_measure_and_the_range_of_missing(folder: Path, survey: Survey) -> None:
    _, about = read(folder, "data.sav", user_missing=True)
    assert about.column_names_to_labels["q03"] == survey.items[2].text["en"]
    labels = {option.value: option.label["en"] for option in survey.scale.options}
    known = about.variable_value_labels["q01"]
    assert {value: known[value] for value in labels} == labels
    assert sorted(known) == [1, 2, 3, 4, 5, 96, 97, 98, 99]
    assert about.missing_ranges["q_02"] == [{"lo": 96, "hi": 99}]
    assert {about.variable_measure[n] for n in about.column_names[2:]} == {"ordinal"}
    assert about.original_variable_types["q01"] == "F2.0"


def test_stata_has_labels_for_answers_and_for_each_kind_of_missing(folder: Path) -> None:
    _, about = read(folder, "data.dta", user_missing=True)
    known = about.variable_value_labels["q01"]
    assert set(known) == {1, 2, 3, 4, 5, *LETTERS.values()}
    assert known["d"] == "not answered"


def test_the_time_of_writing_stands_nowhere(folder: Path, pool: Pool, tmp_path: Path) -> None:
    for name in READ:
        _, about = read(folder, name)
        assert about.creation_time.year == 1980, name
    with zipfile.ZipFile(folder / "data.xlsx") as book:
        assert b">1980-01-01T00:00:00Z<" in book.read("docProps/core.xml")
        assert {info.date_time[0] for info in book.infolist()} == {1980}
    write_dataset(pool, tmp_path)
    assert folder_bytes(tmp_path) == folder_bytes(folder)


def test_labels_are_in_lenas_language_if_the_survey_has_it(
    study: NewStudy, identity: x25519.Identity, data: Path, survey: Survey, tmp_path: Path
) -> None:
    pool, _ = collect([bundle_of(data, study, SENT)], identity)
    pool.language = "ar"
    write_dataset(pool, tmp_path)
    label = survey.scale.options[4].label["ar"]
    for name in READ:
        _, about = read(tmp_path, name)
        assert about.variable_value_labels["q01"][5] == label
    assert survey.items[0].text["ar"] in about.column_names_to_labels["q01"]
    package = json.loads((tmp_path / "datapackage.json").read_bytes())
    assert package["resources"][0]["schema"]["fields"][2]["title"] == survey.items[0].text["ar"]
    with pytest.raises(NoSuchLanguage, match="“sv”"):
        pool.language = "sv"


def test_names_and_labels_fit_into_every_program() -> None:
    names = short_names(["q-1", "q_1", "with", "to", "rid", "x" * 32])
    assert list(names.values()) == ["q_1", "q_1_2", "with_2", "to_2", "rid_2", "x" * 32]
    assert shortened("ل" * 200, 120).encode().__len__() <= 120
    assert shortened("ل" * 60, 120) == "ل" * 60
    assert shortened("ab", 2) == "ab"


def in_r(folder: Path, program: str, source: str | None = None) -> list[str]:
    """Run a program in R after the dataset's own script (or `source`), and return its lines."""
    rscript = shutil.which("Rscript")
    assert rscript, "Please install R: python -m tests.setup_r"
    if source is None:
        source = f'commandArgs <- function(...) "{folder}"; source("{folder}/scripts/load.R"); '
    run = subprocess.run(
        [rscript, "--vanilla", "-e", source + program], capture_output=True, text=True,
        check=False, env=os.environ | {"LC_ALL": "C.UTF-8"},
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    assert not run.stderr
    return run.stdout.splitlines()


def test_r_loads_codes_labels_and_reasons(folder: Path, survey: Survey) -> None:
    show = "write.table(t[3:5], quote = FALSE, row.names = FALSE, sep = '|')"
    tables = "list(responses, answers, reasons)"
    out = in_r(folder, f"for (t in {tables}) {show}; cat(is.ordered(answers$q01))")
    size = len(SENT) + 1
    responses, answers, reasons = (out[n * size : (n + 1) * size] for n in range(3))
    assert responses == ["q01|q_02|q03", *("|".join(row[2:5]) for row in codes(folder))]
    labels = {str(o.value): o.label["en"] for o in survey.scale.options}
    assert answers[1:] == ["|".join(labels.get(c, "NA") for c in r[2:5]) for r in codes(folder)]
    why = {str(o.value): o.label["en"] for o in survey.missing} | {"99": "not answered"}
    assert reasons[1:] == ["|".join(why.get(c, "NA") for c in r[2:5]) for r in codes(folder)]
    assert out[3 * size] == "TRUE"


def lines_of(rows: Sequence[Sequence[str]]) -> list[str]:
    return ["|".join(row) for row in rows]


def test_another_program_reads_the_file_for_spss_like_the_csv(folder: Path, survey: Survey) -> None:
    """R's library `foreign` descends from PSPP and shares no code with our writer."""
    program = (
        f"t <- read.spss('{folder}/data.sav', FALSE, TRUE, use.missings = FALSE);"
        "write.table(lapply(t, trimws), quote = FALSE, row.names = FALSE, sep = '|');"
        f"m <- read.spss('{folder}/data.sav', TRUE, TRUE);"
        "cat(as.character(m$q_02), sep = '\n'); cat(attr(t, 'variable.labels')[['q03']])"
    )
    out = in_r(folder, program, "library(foreign); ")
    rows, size = codes(folder), len(SENT) + 1
    assert out[1:size] == lines_of(rows)
    labels = {str(o.value): o.label["en"] for o in survey.scale.options}
    assert out[size : size + len(rows)] == [labels.get(row[3], "NA") for row in rows]
    assert out[-1] == survey.items[2].text["en"]


def test_another_program_reads_the_file_for_stata_like_the_csv(
    folder: Path, survey: Survey
) -> None:
    """R's library `readstata13` shares no code with our writer."""
    program = (
        f"t <- read.dta13('{folder}/data.dta', convert.factors = FALSE, missing.type = TRUE);"
        "why <- attr(t, 'missing');"
        "for (n in names(t)[-(1:2)]) t[[n]] <- "
        "ifelse(is.na(t[[n]]), 95 + as.integer(why[[n]]), t[[n]]);"
        "write.table(t, quote = FALSE, row.names = FALSE, sep = '|');"
        "cat(attr(t, 'var.labels')[[5]])"
    )
    out = in_r(folder, program, "library(readstata13); ")
    assert out[1:-1] == lines_of(codes(folder))
    assert out[-1] == survey.items[2].text["en"]


def test_r_stops_if_the_table_is_another_one(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    text = (tmp_path / "responses.csv").read_text().replace("q-02", "q77", 1)
    (tmp_path / "responses.csv").write_text(text)
    with pytest.raises(AssertionError, match="identical"):
        in_r(tmp_path, "")


def test_no_text_can_end_a_string_of_a_script(pool: Pool) -> None:
    script = written("scripts/load.R", pool)
    assert max(script) < 128
    quoted = next(i for i in pool.survey.items if "so" in i.text["en"] and "ål" in i.text["en"])
    for name, text in (
        ("scripts/load.sps", "'It''s \"so\" `good'' \\ $x ''ål'' ትግ 🙂"),
        ("scripts/load.do", "`\"It's \"so\" 'good' \\ \\$x 'ål' ትግ 🙂"),
        ("scripts/load.R", "It's \\U00000022so\\U00000022 `good' \\U0000005C $x"),
    ):
        line = next(x for x in written(name, pool).decode().splitlines() if text in x)
        assert quoted.id.replace("-", "_") in line


def test_spss_and_stata_scripts_name_every_item_and_every_missing_code(pool: Pool) -> None:
    sps, do = (written(f"scripts/load.{kind}", pool).decode() for kind in ("sps", "do"))
    assert "MISSING VALUES q01 q_02 q03" in sps
    assert "(96 THRU 99)." in sps
    assert do.count("(96 = .a) (97 = .b) (98 = .c) (99 = .d)") == len(ITEMS)
    assert "rename v4 q_02" in do
    assert all(line.isprintable() for line in (sps + do).splitlines())


def test_the_long_table_has_each_answer_once(folder: Path) -> None:
    rows = table((folder / "responses_long.csv").read_bytes())
    wide = {row["rid"]: row for row in table((folder / "responses.csv").read_bytes())}
    assert len(rows) == len(SENT) * 15
    for row in rows:
        assert row["value"] == wide[row["rid"]][row["item"]]
        assert row["missing"] == str(int(int(row["value"]) > 95))


def test_the_readme_tells_of_every_file_and_of_names_that_had_to_change(folder: Path) -> None:
    text = (folder / "README.txt").read_text(encoding="utf-8")
    assert all(f"  {name} " in text for name in (*FORMATS, "SHA256SUMS"))
    assert "q-02 is called q_02 there" in text
    assert "compare only with the same format" in text
