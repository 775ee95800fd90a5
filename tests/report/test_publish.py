"""Lena publishes tables, and publishes again: nobody learns what a few people answered."""

from __future__ import annotations

import csv
import json
import os
import shutil
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from playwright.sync_api import Browser

from kiosk.cli.publish import publish as publish_command
from kiosk.languages import LANGUAGES, STAFF_LANGUAGES
from kiosk.report.pools import pools
from kiosk.report.read import read_dataset
from kiosk.report.safe.attacker import verify
from kiosk.report.safe.registry import Registry
from kiosk.report.safe.tables import ALL, HIDDEN, Place, SafeTable, Shown, hashed
from tests.browser.axe import violations
from tests.report.people import Values, all_say, collected, page_of, people
from tests.report.test_report_page import YESNO_AND_CHOICE
from tests.survey import edited

FILES = {"tables.csv", "groups.csv", "items.csv", "codebook.csv", "tables.html", "README.txt",
         "SHA256SUMS"}  # fmt: skip
CHOICE = edited(
    ('id = "q15"\nkind = "smiley"',
     'id = "q15"\nkind = "choice"\noption = [' + ", ".join(
         f'{{value = {n}, label = {{'
         + ", ".join(f'{tag} = "{n}{tag}"' for tag in LANGUAGES)
         + "}}" for n in (1, 2, 3)) + "]"),
)  # fmt: skip


def lena(dataset: Path, out: Path, *options: str) -> Result:
    return CliRunner().invoke(publish_command, [str(dataset), "--out", str(out), *options])


def published(dataset: Path, out: Path, *options: str) -> dict[str, Any]:
    run = lena(dataset, out, "--json", *options)
    assert run.exit_code == 0, run.output
    return dict(json.loads(run.stdout))


def refused(dataset: Path, out: Path, *options: str) -> str:
    before = {path: path.read_bytes() for path in out.parent.rglob("*") if path.is_file()}
    run = lena(dataset, out, *options)
    assert run.exit_code == 2, run.output
    after = {path: path.read_bytes() for path in out.parent.rglob("*") if path.is_file()}
    assert after == before, "a refusal leaves everything as it was"
    return " ".join(run.output.split())


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_back(dataset: Path, out: Path, by: str = ALL) -> list[SafeTable]:
    """Return what an attacker reads in the published files, who knows who was where."""
    counted = pools(read_dataset(dataset), by)
    labels = [row["group"] for row in rows(out / "groups.csv")]
    members: dict[str, dict[str, int]] = {label: {} for label in labels}
    for label, meetings in counted.meetings.items():
        for group in {ALL, label if label in labels else "other"} & set(labels):
            members[group] |= {meeting.id: counted.people[meeting.id] for meeting in meetings}
    tables = []
    for sheet in counted.sheets:
        asked = {shop for group in sheet.counts.groups for shop in group.members}
        groups = {
            label: hashed({shop: n for shop, n in some.items() if shop in asked})
            for label, some in members.items()
        }
        items = {question.id for question in sheet.questions}
        mine = [row for row in rows(out / "tables.csv") if row["item"] in items]
        cells = {
            Place(row["item"], row["group"], tuple(map(int, row["values"].split()))):
                HIDDEN if row["status"] == "hidden" else Shown(int(row["people"]))
            for row in mine
        }  # fmt: skip
        columns = tuple(dict.fromkeys(place.column for place in cells))
        rounded = 2 if any(row["status"] == "rounded" for row in mine) else 0
        tables.append(SafeTable("read", groups, columns, cells, rounded))
    return tables


def some(n: int, differ: int = 3) -> list[Values]:
    """Return people who differ in a few questions only, which is soon computed."""
    return [[*line[:differ], *[4] * (15 - differ)] for line in people(n)]


@pytest.fixture
def everybody() -> list[Values]:
    return some(20)


def not_asked(answers: list[Values], workshops: int, *, last_question_in: int) -> list[Values]:
    """Return the same people, where some of the workshops had no last question."""
    return [
        [*line[:14], 96 if place % workshops < last_question_in else line[14]]
        for place, line in enumerate(answers)
    ]


def test_a_question_that_not_everybody_was_asked_is_of_those_who_were(tmp_path: Path) -> None:
    """A few were asked another version: they do not turn up as people who did not answer."""
    answers = not_asked(some(24), 6, last_question_in=1)
    dataset = collected(tmp_path / "dataset", answers, workshops=6)
    published(dataset, tmp_path / "tables")
    told = {row["item"]: row for row in rows(tmp_path / "tables" / "tables.csv")}
    assert (told["q14"]["n"], told["q15"]["n"]) == ("24", "20")
    assert not [row for row in rows(tmp_path / "tables" / "tables.csv") if "96" in row["values"]]
    for table in read_back(dataset, tmp_path / "tables"):
        assert verify(table) == []


def test_a_question_that_too_few_were_asked_is_left_out_and_named(tmp_path: Path) -> None:
    answers = not_asked(some(24), 6, last_question_in=4)
    dataset = collected(tmp_path / "dataset", answers, workshops=6)
    published(dataset, tmp_path / "tables")
    assert {row["item"] for row in rows(tmp_path / "tables" / "tables.csv")} == {
        f"q{number:02}" for number in range(1, 15)
    }
    assert "Too few people were asked q15." in (tmp_path / "tables" / "README.txt").read_text()
    html = (tmp_path / "tables" / "tables.html").read_text(encoding="utf-8")
    assert "Too few people were asked these questions:" in html


def test_lena_publishes_a_pool_and_an_attacker_learns_nothing(tmp_path: Path) -> None:
    dataset = collected(tmp_path / "dataset", people(20), workshops=6)
    value = published(dataset, tmp_path / "tables")
    assert (value["responses"], value["groups"]) == (20, {"all": 20})
    assert {path.name for path in (tmp_path / "tables").iterdir()} == FILES
    [table] = read_back(dataset, tmp_path / "tables")
    assert verify(table) == []
    assert 0 < value["hidden"] < value["numbers"] == 15 * 8
    assert len(table.cells) == value["numbers"]


@pytest.mark.parametrize("method", ["suppress", "bands"])
def test_nobody_computes_anything_from_the_files_of_two_publications(
    tmp_path: Path, method: str
) -> None:
    dataset = collected(tmp_path / "dataset", some(60, differ=1), workshops=6)
    published(dataset, tmp_path / "all", "--method", method)
    published(dataset, tmp_path / "site", "--method", method, "--by", "site")
    [first] = read_back(dataset, tmp_path / "all")
    [second] = read_back(dataset, tmp_path / "site", "site")
    assert list(second.groups) == ["Library 1", "Library 2", "Library 3", ALL]
    assert verify(first) == []
    later = SafeTable("read", second.groups, second.columns, second.cells, second.rounded, False)
    assert verify(later, [first]) == []


def test_rounded_numbers_are_marked_and_tell_nothing(tmp_path: Path) -> None:
    dataset = collected(tmp_path / "dataset", people(60), workshops=6)
    published(dataset, tmp_path / "tables", "--method", "round", "--by", "site")
    found = rows(tmp_path / "tables" / "tables.csv")
    assert {row["status"] for row in found} == {"rounded"}
    assert all(int(row["people"]) % 3 == 0 and row["base"] == "" for row in found)
    [table] = read_back(dataset, tmp_path / "tables", "site")
    assert verify(table) == []


def test_three_more_answers_must_wait_and_six_more_are_enough(tmp_path: Path) -> None:
    answers = some(40)
    dataset = collected(tmp_path / "dataset", answers[:30], workshops=3)
    published(dataset, tmp_path / "spring")
    collected(dataset, answers[:33], workshops=3)
    said = refused(dataset, tmp_path / "summer")
    assert "differs from “all” of “spring” by 3 answers" in said
    assert "wait until 3 more have come" in said
    assert not (tmp_path / "summer").exists()
    collected(dataset, answers[:36], workshops=3)
    assert published(dataset, tmp_path / "summer")["responses"] == 36
    names = [name for name, _ in Registry.read(tmp_path / "released.json").released]
    assert names == ["spring", "summer"]


def test_twenty_answers_from_six_workshops_are_never_shown_in_groups_under_ten(
    tmp_path: Path, everybody: list[Values]
) -> None:
    dataset = collected(tmp_path / "dataset", everybody, workshops=6, headcount=11)
    for by in ("site", "month", "tool"):
        value = published(dataset, tmp_path / by, "--by", by)
        assert min(value["groups"].values()) >= 10
        [whole] = [row for row in rows(tmp_path / by / "groups.csv") if row["group"] == ALL]
        assert whole == {"group": "all", "workshops": "6", "present": "66", "n": "20"}
    note = "Not shown apart, because there are too few answers: “Library 1”, “Library 2”"
    assert note in (tmp_path / "site" / "README.txt").read_text(encoding="utf-8")


def test_small_places_go_together_and_uncounted_heads_stay_unknown(tmp_path: Path) -> None:
    dataset = collected(tmp_path / "dataset", some(48), workshops=12, headcount=None)
    text = (dataset / "workshops.csv").read_text(encoding="utf-8")
    few = text.replace("Library 2", "other", 1).replace("Library 3", "=cmd()")
    (dataset / "workshops.csv").write_text(few, encoding="utf-8")
    published(dataset, tmp_path / "tables", "--by", "site")
    found = rows(tmp_path / "tables" / "groups.csv")
    assert [row["group"] for row in found] == ["'=cmd()", "Library 1", "other", "all"], "harmless"
    assert {row["present"] for row in found} == {""}
    assert min(int(row["n"]) for row in found) >= 10
    readme = (tmp_path / "tables" / "README.txt").read_text(encoding="utf-8")
    assert "“other” is “Library 2”, “other (site)”" in readme


def test_no_person_and_no_workshop_can_be_found_in_any_file(
    tmp_path: Path, everybody: list[Values]
) -> None:
    dataset = collected(tmp_path / "dataset", everybody, workshops=2, title="Marker of a meeting")
    secret = {row["rid"] for row in rows(dataset / "responses.csv")}
    secret |= {row["workshop"] for row in rows(dataset / "workshops.csv")} | {"Marker"}
    published(dataset, tmp_path / "tables", "--by", "site")
    for path in [*(tmp_path / "tables").iterdir(), tmp_path / "released.json",
                 tmp_path / "exports.log"]:  # fmt: skip
        text = path.read_text(encoding="utf-8")
        assert not [word for word in secret if word in text], path.name
    assert json.loads((tmp_path / "released.json").read_text())["secret"] not in "".join(
        path.read_text(encoding="utf-8") for path in (tmp_path / "tables").iterdir()
    )


def test_nine_people_are_too_few(tmp_path: Path) -> None:
    dataset = collected(tmp_path / "dataset", people(9))
    assert "There are only 9 answers, and 10 are needed." in refused(dataset, tmp_path / "tables")


def test_a_dataset_in_which_nobody_answered_is_told_to_be_too_small(tmp_path: Path) -> None:
    dataset = collected(tmp_path / "dataset", [], workshops=2)
    assert "There are only 0 answers, and 10 are needed." in refused(dataset, tmp_path / "tables")


def test_a_hidden_number_is_told_from_nobody(tmp_path: Path) -> None:
    firsts = [5] * 20 + [4] * 12 + [2] * 5 + [1] * 3
    dataset = collected(tmp_path / "dataset", all_say(40, q1=firsts, q2=[*[5] * 39, 1]))
    published(dataset, tmp_path / "tables")
    said = {(r["item"], r["values"]): r for r in rows(tmp_path / "tables" / "tables.csv")}
    assert (said["q01", "3"]["people"], said["q01", "3"]["status"]) == ("0", "exact")
    assert (said["q02", "1"]["people"], said["q02", "1"]["status"]) == ("", "hidden")
    assert (said["q01", "5"]["base"], said["q02", "5"]["base"]) == ("40", "")
    found = page_of((tmp_path / "tables" / "tables.html").read_text(encoding="utf-8"))
    first, second = ([found.text(cell) for cell in row.iter("td")] for row in found.all("tr")[3:5])
    assert first == ["40", "40", "3", "5", "0", "12", "20", "0", "0", "0"]
    assert ":hidden" in second


@pytest.mark.parametrize(("survey", "values"), [(YESNO_AND_CHOICE, (0, 1)), (CHOICE, (1, 2, 3))])
def test_other_kinds_of_question_are_tables_of_their_own(
    tmp_path: Path, survey: str, values: Sequence[int]
) -> None:
    answers = [[*line[:14], values[n % len(values)]] for n, line in enumerate(some(48))]
    dataset = collected(tmp_path / "dataset", answers, survey_file=survey)
    published(dataset, tmp_path / "tables")
    faces, other = read_back(dataset, tmp_path / "tables")
    assert faces.columns == ((1,), (2,), (3,), (4,), (5,), (97,), (98,), (99,))
    assert other.columns == (*((value,) for value in values), (97,), (98,), (99,))
    assert verify(other) == []
    mine = [row for row in rows(tmp_path / "tables" / "tables.csv") if row["item"] == "q15"]
    assert [row["people"] for row in mine] == [str(48 // len(values))] * len(values) + ["0"] * 3
    readme = (tmp_path / "tables" / "README.txt").read_text(encoding="utf-8")
    assert "because of tables that were released before" not in readme
    published(dataset, tmp_path / "bands", "--method", "bands")
    faces, other = read_back(dataset, tmp_path / "bands")
    assert faces.columns == ((1, 2), (3,), (4, 5), (97, 98, 99))
    assert other.columns == (*((value,) for value in values), (97, 98, 99))


def test_the_same_again_gives_the_same_bytes(tmp_path: Path) -> None:
    dataset = collected(tmp_path / "dataset", some(60, differ=1), workshops=3)
    for times in range(2):
        published(dataset, tmp_path / f"all{times}", "--name", "all")
        published(dataset, tmp_path / f"site{times}", "--by", "site", "--name", "sites")
    for name in FILES:
        for what in ("all", "site"):
            first, second = (tmp_path / f"{what}{times}" / name for times in range(2))
            assert first.read_bytes() == second.read_bytes(), name
    names = [name for name, _ in Registry.read(tmp_path / "released.json").released]
    assert names == ["all", "sites"]


def test_the_list_of_released_tables_is_for_its_owner_and_written_last(
    tmp_path: Path, everybody: list[Values], monkeypatch: pytest.MonkeyPatch
) -> None:
    dataset = collected(tmp_path / "dataset", everybody)
    kept = tmp_path / "safe place" / "list.json"

    def full(*_: object) -> None:
        raise OSError("No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr("kiosk.dataset.write._sums", full)
        assert "cannot be written" in refused(dataset, tmp_path / "tables", "--released", str(kept))
    assert not kept.exists()
    value = published(dataset, tmp_path / "tables", "--released", str(kept))
    assert value["released"] == str(kept)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == ["list.json"]
    kept.write_text("[]", encoding="utf-8")
    assert "is not a list of released tables" in refused(
        dataset, tmp_path / "tables", "--released", str(kept)
    )


def test_what_was_published_is_on_the_disk_before_any_table_is(
    tmp_path: Path, everybody: list[Values], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut right afterwards must not leave an empty list: it is all the protection."""
    dataset = collected(tmp_path / "dataset", everybody)
    flushed: list[tuple[str, bool]] = []
    real = os.fsync

    def noted(number: int) -> None:
        kept = "file" if stat.S_ISREG(os.fstat(number).st_mode) else "folder"
        flushed.append((kept, (tmp_path / "tables" / "tables.csv").exists()))
        real(number)

    monkeypatch.setattr(os, "fsync", noted)
    published(dataset, tmp_path / "tables")
    assert flushed == [("file", False), ("folder", True)]


def test_tables_do_not_lie_beside_rows_nor_the_secret_beside_tables(
    tmp_path: Path, everybody: list[Values]
) -> None:
    dataset = collected(tmp_path / "dataset", everybody)
    assert "holds responses.csv, which is not for publication" in refused(dataset, dataset)
    (tmp_path / "tables" / "responses_long.parquet" / "month=2026-03").mkdir(parents=True)
    said = refused(dataset, tmp_path / "tables")
    assert "holds responses_long.parquet, which is not for publication" in said
    shutil.rmtree(tmp_path / "tables")
    (tmp_path / "tables").mkdir()
    inside = str(tmp_path / "tables" / "released.json")
    assert "must not be published" in refused(dataset, tmp_path / "tables", "--released", inside)
    (tmp_path / "tables" / ".collect").mkdir()
    assert "holds .collect" in refused(dataset, tmp_path / "tables")
    (tmp_path / "tables" / ".collect").rmdir()
    (tmp_path / "tables" / "report.html").touch()  # it has the exact numbers
    assert "holds report.html" in refused(dataset, tmp_path / "tables")


def test_a_damaged_dataset_is_named(tmp_path: Path, everybody: list[Values]) -> None:
    dataset = collected(tmp_path / "dataset", everybody)
    (dataset / "responses.csv").write_text("rid\n", encoding="utf-8")
    assert "responses.csv has other columns" in refused(dataset, tmp_path / "tables")


def test_the_log_says_what_was_published_and_no_answer(
    tmp_path: Path, everybody: list[Values]
) -> None:
    dataset = collected(tmp_path / "dataset", everybody, workshops=2)
    published(dataset, tmp_path / "tables", "--method", "bands")
    [line] = (tmp_path / "exports.log").read_text(encoding="utf-8").splitlines()
    assert "wrote 'tables' level=publication survey=workshop-" in line
    assert line.endswith("by=all method=bands responses=20 workshops=2")


@pytest.mark.parametrize("tag", STAFF_LANGUAGES)
def test_the_page_speaks_the_languages_of_the_report_and_axe_finds_nothing(
    tmp_path: Path, browser: Browser, tag: str
) -> None:
    dataset = collected(tmp_path / "dataset", some(45), workshops=6)
    published(dataset, tmp_path / "tables", "--by", "month", "--lang", tag, "--method", "bands")
    file = tmp_path / "tables" / "tables.html"
    found = page_of(file.read_text(encoding="utf-8"))
    assert found.tree.attrib["lang"] == tag
    assert len(found.all("table")) == 1 + 15
    assert all(table.find("caption") is not None for table in found.all("table"))
    assert ("Group" in {found.text(cell) for cell in found.all("th")}) is (tag == "en")
    page = browser.new_page(viewport={"width": 1180, "height": 900})
    page.goto(file.as_uri())
    assert violations(page) == []
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.close()
