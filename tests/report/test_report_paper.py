"""The study it began with: 98 people, six activities in three countries, 20 answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.cli.report import report as report_command
from kiosk.report.among import Among, NobodyAmong
from kiosk.report.page import Report, make_report
from tests.report.people import Activity, collected, held, page, people

# Place, people present, people who left before anybody could ask them, answers.
ACTIVITIES = (
    Activity("Oslo, Norway", 22, 8, 5),
    Activity("Bergen, Norway", 14, 4, 4),
    Activity("Aarhus, Denmark", 18, 7, 4),
    Activity("Aarhus, Denmark", 16, 5, 3),
    Activity("Gent, Belgium", 15, 5, 2),
    Activity("Gent, Belgium", 13, 4, 2),
)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return held(tmp_path_factory.mktemp("paper"), ACTIVITIES, people(20))


def words_of(report: Report) -> str:
    return re.sub(r"\s+", " ", " ".join(page(report).tree.itertext()))


def results_of(report: Report) -> bool:
    return 'id="questions"' in report.html


def test_it_is_the_case_of_the_paper() -> None:
    assert sum(a.present for a in ACTIVITIES) == 98
    assert sum(a.present - a.left_early for a in ACTIVITIES) == 65
    assert sum(a.answers for a in ACTIVITIES) == 20


def test_the_response_box_says_twenty_of_sixty_five_who_were_asked(dataset: Path) -> None:
    text = words_of(make_report(dataset))
    assert "20 of 65 (31%) who were asked sent their answers" in text
    assert "RR1 complete, of all present" in text
    assert re.search(r"RR2 complete or partial, of all present \d+ of 98 \(\d+%\)", text)


def test_it_prints_what_the_authors_said_of_it(dataset: Path) -> None:
    text = words_of(make_report(dataset))
    assert text.count("These are weak indications.") >= 2
    assert "Staff were in the building" in text
    assert "Nothing is tested for significance and no places are ranked" in text


def test_no_single_workshop_can_be_broken_out(dataset: Path) -> None:
    whole = make_report(dataset)
    assert results_of(whole)
    for number in range(len(ACTIVITIES)):
        one = make_report(dataset, among=Among(workshop=f"{number:016x}"))
        assert not one.shown
        assert not results_of(one)
        assert "could be guessed" in words_of(one)
        assert not re.search(r"q\d\d", words_of(one))


@pytest.mark.parametrize(
    ("site", "shown"),
    [("Oslo, Norway", False), ("Aarhus, Denmark", True), ("Gent, Belgium", False)],
)
def test_a_place_is_shown_from_six_answers_on_and_never_for_publication(
    dataset: Path, site: str, shown: bool
) -> None:
    made = make_report(dataset, among=Among(site=site))
    assert results_of(made) is made.shown is shown
    assert not made.publishable
    assert site in words_of(made)
    if shown:
        assert "Do not publish" in words_of(made)


def test_every_narrowing_obeys_the_same_bounds(dataset: Path) -> None:
    """Whatever is chosen together, fewer than six are never shown and fewer than ten marked."""
    sites = ["", *{a.site for a in ACTIVITIES}]
    months = ["", "2026-03", "2026-04", "2026-05"]
    for among in (Among(site=site, month=month) for site in sites for month in months):
        try:
            made = make_report(dataset, among=among)
        except NobodyAmong:
            continue
        assert results_of(made) == (made.responses >= 6)
        assert ("Do not publish: fewer" in words_of(made)) == (6 <= made.responses < 10)


def test_who_asks_for_what_no_workshop_has_is_told_so(tmp_path: Path) -> None:
    dataset = collected(tmp_path, people(12), tool="")
    with pytest.raises(NobodyAmong, match=r"no workshop with tool “Padlet”; none has a tool\.$"):
        make_report(dataset, among=Among(tool="Padlet"))


def test_the_command_narrows_and_says_what_there_is(dataset: Path, tmp_path: Path) -> None:
    def told(**chosen: str) -> Mapping[str, object]:
        options = [part for name, value in chosen.items() for part in (f"--{name}", value)]
        run = CliRunner().invoke(report_command, [str(dataset), "--out", str(tmp_path), *options])
        return {"code": run.exit_code, "output": run.output}

    assert "7 responses from 2 workshops" in str(told(site="Aarhus, Denmark")["output"])
    nowhere = told(site="Atlantis")
    assert nowhere["code"] == 2
    assert "There is no workshop with site “Atlantis”; there are: Aarhus" in re.sub(
        r"\s+", " ", str(nowhere["output"])
    )
    assert told(site="Oslo, Norway", month="2026-05")["code"] == 2
