"""Lena opens the dataset with whatever she has, and every program reads the same numbers."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package
from pyrage import x25519

from kiosk.dataset.cells import csv_bytes, harmless
from kiosk.dataset.collect import collect
from kiosk.dataset.formats import FORMATS, source
from kiosk.dataset.pool import Pool
from kiosk.dataset.write import write_dataset
from kiosk.opening.new_study import NewStudy
from kiosk.survey.model import Survey
from tests.dataset import bundle_of, folder_bytes, opens, table, written
from tests.survey import COLUMNS, FORM, edited

ITEMS = [f"q{number:02}" for number in range(1, 16)]
WORKSHOP_COLUMNS = [
    "workshop", "edition", "title", "site", "month", "tool", "headcount", "said_no", "left_early",
    "complete", "partial", "under_half", "declined", "timed_out", "tickets", "idle_minutes",
    "paper", "languages_offered", "translation_states", "survey", "survey_version", "survey_hash",
    "asked_version", "asked_hash", "scale", "scale_order", "faces",
]  # fmt: skip
SENT = [dict.fromkeys(ITEMS, value) for value in (1, 5, 97, 98)] + [{"q01": 3}, {}]
PAYLOADS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\0=1")
CSVS = sorted(name for name in FORMATS if name.endswith(".csv"))


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory, study: NewStudy) -> list[Path]:
    data = tmp_path_factory.mktemp("kiosk")
    sites = [opens(data, study, site=site).sends(SENT) for site in ("Bjørvika", "العربية")]
    sites[0].writes(FORM, {"came": 12, "level": 2, "groups_3": 1, "words": "Fine.\nBra!"})
    return [site.packs() for site in sites]


@pytest.fixture(scope="module")
def pool(bundles: list[Path], identity: x25519.Identity) -> Pool:
    pool, skipped = collect(bundles, identity)
    assert not skipped
    return pool


@pytest.fixture(scope="module")
def folder(pool: Pool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dataset")
    write_dataset(pool, out)
    return out


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    return table((folder / name).read_bytes())


def test_every_format_is_written_and_nothing_else(folder: Path) -> None:
    assert set(folder_bytes(folder)) == {*FORMATS, "SHA256SUMS"}


def test_the_checksums_are_right(folder: Path) -> None:
    files = folder_bytes(folder)
    lines = files.pop("SHA256SUMS").decode().splitlines()
    assert lines == [f"{hashlib.sha256(files[n]).hexdigest()}  {n}" for n in sorted(files)]


def test_responses_are_plain_ascii_so_that_no_encoding_can_hurt(folder: Path) -> None:
    content = (folder / "responses.csv").read_bytes()
    assert max(content) < 128
    assert content.startswith(b"rid,workshop,q01,")
    assert content.count(b"\n") == 1 + 2 * len(SENT)


@pytest.mark.parametrize("name", CSVS)
def test_a_csv_file_has_no_bom_a_header_and_one_kind_of_line_end(folder: Path, name: str) -> None:
    content = (folder / name).read_bytes()
    assert not content.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert len({len(row) for row in rows(folder, name)}) == 1


def test_every_cell_of_an_item_is_a_value_or_a_missing_code(folder: Path) -> None:
    cells = [row[item] for row in rows(folder, "responses.csv") for item in ITEMS]
    assert len(cells) == 2 * len(SENT) * 15
    assert set(cells) == {"1", "3", "5", "97", "98", "99"}
    assert set(cells) <= set(map(str, (1, 2, 3, 4, 5, 96, 97, 98, 99)))


def test_a_workshop_tells_who_was_there_and_how_it_was_held(
    study: NewStudy, identity: x25519.Identity, data: Path
) -> None:
    plain = opens(data, study).sends([{}])
    other = opens(data, study, tickets=True, idle_minutes=0).counts(12, 2, 1)
    pool, _ = collect([plain.packs(), other.packs()], identity)
    found = {row["workshop"]: row for row in table(written("workshops.csv", pool))}
    names = ("headcount", "said_no", "left_early", "tickets", "idle_minutes", "edition")
    cells = [[found[site.workshop.id][name] for name in names] for site in (plain, other)]
    assert cells == [["", "", "", "0", "3", "1"], ["12", "2", "1", "1", "0", "1"]]


def test_no_column_could_join_people_across_workshops(folder: Path, survey: Survey) -> None:
    columns = {name: list(rows(folder, name)[0]) for name in CSVS}
    assert columns == {
        "responses.csv": ["rid", "workshop", *ITEMS],
        "responses_long.csv": ["rid", "workshop", "item", "value", "missing"],
        "workshops.csv": WORKSHOP_COLUMNS,
        "items.csv": ["item", "kind", "theme", "construct", "background",
                      *(f"text_{tag}" for tag in survey.languages)],
        "self_reports.csv": ["workshop", "visit_version", "visit_language", "visit_finished",
                             *COLUMNS],
        "codebook.csv": ["variable", "theme", "construct", "value", "missing",
                         *(f"label_{tag}" for tag in survey.languages)],
        "self_reports_codebook.csv": ["column", "form", "kind", "value", "text_en", "text_nb",
                                      "label_en", "label_nb"],
    }  # fmt: skip


def test_rows_stand_in_the_order_of_random_ids(folder: Path) -> None:
    for name, key in (("responses.csv", "rid"), ("workshops.csv", "workshop")):
        ids = [row[key] for row in rows(folder, name)]
        assert ids == sorted(ids)
        assert len(set(ids)) == len(ids)


def test_bundles_in_another_order_give_the_same_bytes(
    folder: Path, bundles: list[Path], identity: x25519.Identity, tmp_path: Path
) -> None:
    for number, order in enumerate((bundles[::-1], [*bundles, *bundles])):
        write_dataset(collect(order, identity)[0], tmp_path / str(number))
        assert folder_bytes(tmp_path / str(number)) == folder_bytes(folder)


def test_a_workshop_tells_its_counts_and_its_month_and_no_day(folder: Path, pool: Pool) -> None:
    row = rows(folder, "workshops.csv")[0]
    counts = [row[name] for name in ("complete", "partial", "under_half", "declined", "headcount")]
    assert counts == ["3", "0", "3", "0", ""]
    assert row["languages_offered"] == "en ar ti"
    assert row["translation_states"] == "en:source ar:machine-draft ti:machine-draft"
    assert {row["site"] for row in rows(folder, "workshops.csv")} == {"Bjørvika", "العربية"}
    assert re.fullmatch(r"\d{4}-\d\d", row["month"])
    for name, content in folder_bytes(folder).items():
        days = {day.decode() for day in re.findall(rf"{row['month']}-\d\d".encode(), content)}
        of_translations = {step.on for step in pool.survey.steps}
        assert days <= (of_translations if name == source.SURVEY else set()), name


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_spreadsheet_takes_a_title_site_or_tool_for_a_formula(
    study: NewStudy, identity: x25519.Identity, data: Path, payload: str
) -> None:
    theme = ('theme = "enjoyment"', f"theme = {json.dumps(payload)}")
    text = edited(theme).replace("\\u0000", "\\u0001")
    words = {"title": payload, "site": payload, "tool": payload, "survey_file": text}
    pool, _ = collect([bundle_of(data, study, [{"q01": 5}], **words)], identity)
    (row,) = table(written("workshops.csv", pool))
    safe = f"'{payload.replace(chr(0), '')}"
    assert [row[name] for name in ("title", "site", "tool")] == [safe] * 3
    assert row["under_half"] == "1", "numbers stay"
    for name in ("items.csv", "codebook.csv"):
        assert not [r for r in table(written(name, pool)) if r["theme"].startswith(PAYLOADS)]


def test_numbers_stay_numbers_and_harmless_text_stays_as_it_was() -> None:
    assert csv_bytes(["n", "t"], [[-5, "a-5"], [None, "-5"]]) == b"n,t\n-5,a-5\n,'-5\n"
    for text in ("Draw", "5", "", " =1", "a=1", "Bjørvika", "ትግርኛ"):
        assert harmless(text) == text


@pytest.mark.parametrize("text", ["a,b", 'say "hi"', "two\nlines", "old\rMac", "Windows\r\nend"])
def test_any_text_comes_back_out_of_a_csv_cell(text: str) -> None:
    assert table(csv_bytes(["a", "b"], [[text, 1], ["x", 2]])) == [
        {"a": text, "b": "1"}, {"a": "x", "b": "2"},
    ]  # fmt: skip


def test_frictionless_validates_the_package_and_all_its_tables(folder: Path) -> None:
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "type", "message"])
    rows = {task.name: task.stats["rows"] for task in report.tasks}
    assert rows == {"responses": 2 * len(SENT), "workshops": 2, "self_reports": 1, "items": 15}


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("responses.csv", r"(?m)^[0-9a-f]{32},[0-9a-f]{16},", "0,unknown,"),
        ("responses.csv", r",3,", ",three,"),
        ("responses.csv", r"q07,", "q77,"),
        ("responses.csv", r",3,", ",7,"),
        ("workshops.csv", r"en ar ti,en:", "en ar ti en:"),
        ("items.csv", r"q02,", "q01,"),
        ("self_reports.csv", r"(?m)^[0-9a-f]{16},", "unknown,"),
        ("self_reports.csv", r",12,", ",twelve,"),
        ("self_reports.csv", r",2,,", ",7,,"),
    ],
    ids=[
        "dangling key",
        "text",
        "column",
        "value",
        "cell",
        "double",
        "no workshop",
        "no number",
        "no option",
    ],
)
def test_frictionless_would_notice_a_broken_table(
    folder: Path, tmp_path: Path, name: str, old: str, new: str
) -> None:
    shutil.copytree(folder, tmp_path, dirs_exist_ok=True)
    text = (tmp_path / name).read_text(encoding="utf-8")
    broken = re.sub(old, new, text, count=1)
    assert broken != text
    (tmp_path / name).write_text(broken, encoding="utf-8")
    assert not Package(str(tmp_path / "datapackage.json")).validate().valid


def test_a_program_that_knows_data_packages_reads_missing_codes_as_missing(folder: Path) -> None:
    package = Package(str(folder / "datapackage.json"))
    responses: Any = package.get_resource("responses")
    written = rows(folder, "responses.csv")
    for cells, row in zip(written, responses.read_rows(), strict=True):
        for item in ITEMS:
            assert row[item] == (None if int(cells[item]) > 5 else int(cells[item]))


def test_every_value_has_its_label_in_the_package(folder: Path, survey: Survey) -> None:
    package: dict[str, Any] = json.loads((folder / "datapackage.json").read_bytes())
    responses, workshops, _, items = package["resources"]
    schema = responses["schema"]
    labels = [{"value": o.value, "label": o.label["en"]} for o in survey.scale.options]
    for field, item in zip(schema["fields"][2:], survey.items, strict=True):
        assert (field["name"], field["title"]) == (item.id, item.text["en"])
        assert (field["categories"], field["categoriesOrdered"]) == (labels, True)
    assert [entry["value"] for entry in schema["missingValues"]] == ["96", "97", "98", "99"]
    assert all(entry["label"] for entry in schema["missingValues"])
    assert schema["primaryKey"] == ["rid"]
    assert schema["foreignKeys"][0]["reference"]["resource"] == workshops["name"]
    assert items["path"] == "items.csv"
