"""What Lena sees and takes away: workshops, reports on six people or more, the whole dataset."""

from __future__ import annotations

import errno
import itertools
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask

from kiosk.dataset.collect import collect
from kiosk.dataset.write import write_dataset
from kiosk.opening.new_study import NewStudy, make_study
from kiosk.study.rehearsal import MARK
from kiosk.web.researcher import desk as desk_module
from kiosk.web.researcher import export, opened
from kiosk.web.researcher.desk import Desk
from kiosk.web.researcher.job import Job, Stopped
from tests.cli import kiosk
from tests.conftest import PASSPHRASE
from tests.dataset import bundle_of, folder_bytes, opens
from tests.page import Page
from tests.study import recovery_words
from tests.survey import edited
from tests.web import alert, words
from tests.web.researcher import ALL, HOME, ROOMS, Gate, Lena, door, hold_workshops, rooms

GROUP = f"{HOME}reports/group"
TOO_FEW = "These are too few people."


@pytest.fixture(scope="module")
def bundles(tmp_path_factory: pytest.TempPathFactory, study: NewStudy) -> Path:
    return hold_workshops(tmp_path_factory.mktemp("sites"), study)


@pytest.fixture(scope="module")
def other_study(tmp_path_factory: pytest.TempPathFactory) -> NewStudy:
    folder = tmp_path_factory.mktemp("other")
    return make_study(folder, "Another study", "Elsewhere", "x@example.org", PASSPHRASE)


@pytest.fixture(autouse=True)
def own_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))


Opens = Callable[..., Lena]


@pytest.fixture
def visits(data: Path, study: NewStudy) -> Iterator[Opens]:
    """Lena at a door to these sources, not signed in yet."""
    apps: list[Flask] = []

    def visit(*sources: Path) -> Lena:
        apps.append(door(data, *sources))
        return Lena(apps[-1].test_client(), study=study)

    yield visit
    for app in apps:
        app.extensions["desk"].forget()


@pytest.fixture
def lena(visits: Opens, bundles: Path) -> Lena:
    lena = visits(bundles)
    lena.comes_in()
    return lena


def cells(page: Page) -> dict[str, list[str]]:
    """Return the tables of a page: first cell -> the others."""
    rows = [[page.text(cell) for cell in row] for row in page.all("tr")]
    return {first: others for first, *others in rows}


# --- what there is ------------------------------------------------------------------------------
def test_she_sees_every_workshop_with_its_bundle_and_how_many_answered(
    lena: Lena, bundles: Path
) -> None:
    page = lena.gets(HOME)
    assert f"{ALL} responses Workshops: {len(ROOMS)}" in words(page)
    for number, (site, _, n) in enumerate(ROOMS):
        (row,) = [row for row in cells(page).items() if f"Workshop {number}" in row[0]]
        assert site in row[0]
        assert row[1][1:] == ["1", str(n)], "the edition, the responses"
    assert {path.name for path in bundles.iterdir()} == {
        page.text(code) for code in page.all("code") if page.text(code).endswith(".zip")
    }
    assert "could not be used" not in page.html


def test_a_workshop_that_was_packed_twice_is_one_row_with_both_bundles(
    visits: Opens, data: Path, study: NewStudy, tmp_path: Path
) -> None:
    site = opens(data, study).sends([{"q01": 5}] * 6)
    shutil.copy(site.packs(), tmp_path)
    site.sends([{"q01": 1}], from_screen=True).packs()
    page = visits(data / "bundles", tmp_path).comes_in()
    _, (name, (_, *numbers)) = cells(page).items()
    assert name.count(".bundle.zip") == 2
    assert numbers == ["2", "7"], "the newest edition, each response once"


def test_damaged_files_and_other_keys_are_named_with_the_reason(
    visits: Opens, bundles: Path, other_study: NewStudy, tmp_path: Path
) -> None:
    first = min(bundles.iterdir())
    damaged = bytearray(first.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (tmp_path / first.name).write_bytes(bytes(damaged))
    foreign = bundle_of(tmp_path / "foreign", other_study, [{"q01": 5}])
    with zipfile.ZipFile(tmp_path / "test.bundle.zip", "w") as rehearsal:
        rehearsal.writestr(MARK, "")
    (tmp_path / "no.bundle.zip").write_bytes(b"This was a ZIP once.")
    page = visits(bundles, tmp_path).comes_in()
    told = [page.text(item) for item in page.all("li")]
    assert any("sealed to another key than yours" in line and foreign.name in line for line in told)
    for name in (first.name, "no.bundle.zip"):
        assert any(line.startswith("It is damaged, or was changed.") and name in line
                   for line in told)  # fmt: skip
    assert any("It is a rehearsal" in line and "test.bundle.zip" in line for line in told)
    assert f"{ALL} responses" in words(page), "all others are there"


def test_different_surveys_and_an_empty_folder_are_told_in_sentences(
    visits: Opens, bundles: Path, study: NewStudy, data: Path, tmp_path: Path
) -> None:
    edited_file = edited(("version = ", 'version = "99" # '))
    bundle_of(data, study, [{"q01": 5}], survey_file=edited_file)
    page = visits(bundles, data / "bundles").comes_in()
    assert "ask different questions" in alert(page)
    assert "version 99" in page.html
    lena = visits(tmp_path / "nothing")
    assert "There is no bundle here yet" in alert(lena.comes_in())
    assert lena.client.get(f"{HOME}reports/").location == HOME
    assert lena.client.get(f"{HOME}dataset/").location == HOME
    assert lena.client.get(GROUP).location == HOME


def test_what_comes_later_is_found_by_looking_again(
    visits: Opens, data: Path, study: NewStudy
) -> None:
    lena = visits(data / "bundles")
    bundle_of(data, study, [{"q01": 5}] * 2)
    assert "2 responses" in words(lena.comes_in())
    bundle_of(data, study, [{"q01": 5}] * 3)
    lena.posts(f"{HOME}open")
    assert "5 responses" in words(lena.waits())


# --- reports ------------------------------------------------------------------------------------
def choices() -> Iterator[dict[str, str]]:
    """Yield every combination of place, tool, month and none of them."""
    sites = ["", *{site for site, _, _ in ROOMS}, "Nowhere"]
    tools = ["", *{tool for _, tool, _ in ROOMS if tool}]
    for site, tool, month in itertools.product(sites, tools, ["", "now", "1999-01"]):
        chosen = {"site": site, "tool": tool, "month": month}
        yield {name: value for name, value in chosen.items() if value}


def size(chosen: dict[str, str]) -> int:
    """Return how many people a choice is about, from what we know ourselves."""
    if chosen.get("month") == "1999-01":
        return 0
    return sum(
        n for site, tool, n in ROOMS
        if chosen.get("site", site) == site and chosen.get("tool", tool) == tool
    )  # fmt: skip


def test_no_group_of_fewer_than_six_can_be_read_whatever_is_combined(lena: Lena) -> None:
    assert lena.desk.opened
    month = lena.desk.opened.dataset.meetings[0].month
    seen = set()
    for chosen in choices():
        n = size(chosen)
        asked = chosen | ({"month": month} if chosen.get("month") == "now" else {})
        answer = lena.client.get(f"{GROUP}?{urlencode(asked)}")
        seen.add(answer.status_code)
        assert answer.status_code == (200 if n >= 6 else 404 if n == 0 else 403), (chosen, n)
        if n < 6:
            assert '<svg class="bar' not in answer.text
            assert TOO_FEW in answer.text or "There is no such group" in answer.text
        else:
            assert ("Do not publish" in answer.text) == (n < 10), chosen
    assert seen == {200, 403, 404}
    for meeting in lena.desk.opened.dataset.meetings:
        n = lena.desk.opened.sizes[meeting.id]
        answer = lena.client.get(GROUP, query_string={"workshop": meeting.id})
        assert answer.status_code == (200 if n >= 6 else 403)


def test_the_list_of_groups_says_which_are_too_small_and_not_how_small(lena: Lena) -> None:
    page = lena.gets(f"{HOME}reports/")
    rows = cells(page)
    assert rows["De Krook"] == ["fewer than 6", "not shown"]
    assert rows["Dokk1"] == ["7 do not publish", "Read Dokk1 (opens in a new tab)"]
    assert rows["Deichman"] == ["12", "Read Deichman (opens in a new tab)"]
    assert f"Responses: {ALL}" in words(page)
    addresses = [link.attrib["href"] for link in page.all("a") if "group" in link.attrib["href"]]
    assert not any("Krook" in address for address in addresses)
    for address in addresses:
        assert lena.client.get(address).status_code == 200


def test_a_report_is_one_page_that_may_use_its_own_styles_alone(lena: Lena) -> None:
    answer = lena.client.get(GROUP, query_string={"site": "Dokk1"})
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy
    Page(answer.text, dict(answer.headers))
    lena.posts(f"{HOME}language", language="fr")
    assert lena.gets(GROUP).tree.attrib["lang"] == "fr"


# --- the dataset --------------------------------------------------------------------------------
@pytest.mark.parametrize("labels", ["en", "nb"])
def test_the_zip_holds_byte_for_byte_what_the_command_writes(
    labels: str, lena: Lena, bundles: Path, study: NewStudy, tmp_path: Path
) -> None:
    key = tmp_path / "words.txt"
    key.write_text(" ".join(recovery_words(study)), encoding="utf-8")
    out = tmp_path / "dataset"
    told = kiosk("collect", bundles, "--key", key, "--out", out, "--labels", labels, "--json")
    assert told.code == 0
    assert lena.takes_the_dataset(labels) == folder_bytes(out)


def test_each_export_is_one_line_in_the_log_without_an_answer(lena: Lena, data: Path) -> None:
    log = data / "exports.log"
    lena.gets(f"{HOME}dataset/")
    assert not log.exists()
    lena.takes_the_dataset()
    lena.client.get(f"{HOME}dataset/file").close()
    (line,) = log.read_text(encoding="utf-8").splitlines()
    assert "level=analysis study=the-study-" in line
    assert f"responses={ALL} workshops={len(ROOMS)}" in line
    assert "q01" not in line
    page = lena.gets(f"{HOME}dataset/")
    assert str(log) in [page.text(code) for code in page.all("code")]


def test_without_the_line_in_the_log_nothing_is_exported(lena: Lena, data: Path) -> None:
    data.mkdir(parents=True)
    (data / "exports.log").mkdir()
    lena.posts(f"{HOME}dataset/make", labels="en")
    assert lena.desk.export
    lena.desk.export.wait(60)
    assert "nothing was exported" in alert(lena.gets(f"{HOME}dataset/"))
    lena.gets(f"{HOME}dataset/file", 404)


def test_labels_are_in_a_language_that_the_survey_has(lena: Lena) -> None:
    lena.posts(f"{HOME}dataset/make", 400, labels="xx")
    assert lena.desk.export is None
    lena.gets(f"{HOME}dataset/file", 404)


# --- work that goes on --------------------------------------------------------------------------
def test_she_sees_how_far_the_opening_has_come_and_can_stop_it(
    visits: Opens, bundles: Path, study: NewStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(collect)
    monkeypatch.setattr(opened, "collect", gate)
    lena = visits(bundles)
    lena.desk.patience_seconds = 0
    lena.shows(words=" ".join(recovery_words(study)))
    assert gate.reached.wait(60)
    page = lena.gets(HOME)
    assert page.h1 == "Opening the bundles"
    assert f"1 of {len(ROOMS)}" in words(page)
    assert '<noscript><meta http-equiv="refresh"' in page.html, "also without JavaScript"
    told = lena.client.get(f"{HOME}status").get_json()
    assert told == {"state": "working", "done": 1, "all": len(ROOMS)}
    assert lena.client.get(f"{HOME}reports/").location == HOME
    assert lena.desk.opening
    lena.desk.opening.stop()
    gate.opens.set()
    lena.posts(f"{HOME}stop")
    lena.desk.opening.wait(60)
    assert lena.gets(HOME).h1 == "Stopped"
    lena.posts(f"{HOME}open")
    assert f"{ALL} responses" in words(lena.waits())


def test_the_dataset_shows_how_far_it_has_come_too(
    lena: Lena, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(write_dataset)
    monkeypatch.setattr(export, "write_dataset", gate)
    lena.desk.patience_seconds = 0
    lena.posts(f"{HOME}dataset/make", labels="en")
    assert gate.reached.wait(60)
    page = lena.gets(f"{HOME}dataset/")
    assert (page.h1, f"1 of {export.STEPS}" in words(page)) == ("Making the dataset", True)
    assert lena.client.get(f"{HOME}dataset/status").get_json()["state"] == "working"
    assert lena.desk.export
    lena.desk.export.stop()
    gate.opens.set()
    lena.posts(f"{HOME}dataset/stop")
    lena.desk.export.wait(60)
    assert lena.gets(f"{HOME}dataset/").h1 == "The dataset"
    lena.gets(f"{HOME}dataset/file", 404)


def test_signing_out_in_the_middle_of_the_work_leaves_nothing_either(
    visits: Opens, bundles: Path, study: NewStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Gate(collect)
    monkeypatch.setattr(opened, "collect", gate)
    monkeypatch.setattr(desk_module, "LONGEST_STEP_SECONDS", 0)
    lena = visits(bundles)
    lena.desk.patience_seconds = 0
    lena.shows(words=" ".join(recovery_words(study)))
    job = lena.desk.opening
    assert job
    assert gate.reached.wait(60)
    lena.leaves()
    assert rooms() == []
    gate.opens.set()
    job.wait(60)
    assert job.state in ("stopped", "failed")
    assert rooms() == []


def test_work_that_fails_unexpectedly_says_so_and_can_be_tried_again(
    visits: Opens, bundles: Path, monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    monkeypatch.setattr(opened, "collect", lambda *_, **__: 1 / 0)
    lena = visits(bundles)
    page = lena.comes_in()
    assert "Something went wrong here" in alert(page)
    assert "division" not in page.html, "who knows what such a message holds"
    assert "Work in the background failed." in caplog.text
    monkeypatch.setattr(opened, "collect", collect)
    lena.posts(f"{HOME}open")
    assert f"{ALL} responses" in words(lena.waits())


def test_a_job_holds_on_to_nothing_it_worked_with() -> None:
    def work(job: Job[str]) -> str:
        job.step()
        raise Stopped

    job = Job(work, 2)
    job.wait(60)
    assert (job.state, job.done) == ("stopped", 1)
    assert job.problem
    assert job.problem.__traceback__ is None


def test_without_a_key_a_desk_does_nothing(data: Path) -> None:
    desk = Desk((data,), data, 900)
    desk.open()
    desk.make_export("en")
    desk.forget()
    assert (desk.opening, desk.export, rooms()) == (None, None, [])


def test_a_full_disk_is_told_in_words_for_lena(lena: Lena, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(lena.desk, "open", full)
    told = lena.posts(f"{HOME}open", 507).text
    assert "The disk of this computer is full." in told
    assert "Your answers" not in told


class Door:
    """A lock; in the moment in which it is let go for the first time, somebody signs out."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.entered, self.is_over = desk, 0, False

    def __enter__(self) -> None:
        self.entered += 1

    def __exit__(self, *_: object) -> None:
        self.entered -= 1
        if not self.entered and not self.is_over:
            self.is_over = True
            self.desk.forget()


@pytest.mark.parametrize("begins", [lambda desk: desk.make_export("en"), Desk.open])
def test_who_signs_out_while_work_begins_breaks_no_page(
    lena: Lena, monkeypatch: pytest.MonkeyPatch, begins: Callable[[Desk], None]
) -> None:
    monkeypatch.setattr(lena.desk, "_lock", Door(lena.desk))
    begins(lena.desk)
    assert not lena.desk.has_key
