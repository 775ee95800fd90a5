"""A translation goes one step at a time, by people with initials, and turns stale by itself."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from kiosk.languages import LANGUAGES
from kiosk.survey.loader import load_survey, parse_survey
from kiosk.survey.problems import SurveyProblems
from kiosk.translate.files import CannotTranslate, Files
from kiosk.translate.steps import Wish, move, states_of
from kiosk.translations import state_in
from tests.conftest import SURVEY_FILE
from tests.translate.conftest import reads, rewords

DAY = date(2026, 5, 31)
WAY = (("translated", ("AB", "CD")), ("reviewed", ("EF",)), ("adjudicated", ("AB", "EF")),
       ("pretested", ("GH",)))  # fmt: skip


def goes(files: Files, state: str, *by: str, comment: str = "read it all") -> dict[str, str]:
    return move(files, Wish(state, by, comment, DAY))


def refused(files: Files, state: str, *by: str, comment: str = "read it all") -> str:
    before = files.survey_path.read_bytes(), files.po_path.read_bytes()
    with pytest.raises(CannotTranslate) as told:
        goes(files, state, *by, comment=comment)
    assert (files.survey_path.read_bytes(), files.po_path.read_bytes()) == before
    return str(told.value)


def test_a_translation_goes_all_the_way_and_every_step_is_kept(arabic: Files) -> None:
    before = arabic.survey.hash
    for state, by in WAY:
        goes(arabic, state, *by)
        assert states_of(arabic) == {"survey": state, "interface": state}
    steps = [step for step in arabic.survey.steps if step.languages == ("ar",)]
    assert [(step.state, step.by) for step in steps] == list(WAY)
    assert {(step.on, step.comment) for step in steps} == {("2026-05-31", "read it all")}
    head = arabic.po_path.read_text(encoding="utf-8").partition("msgid")[0]
    assert head.startswith("# State: pretested\n")
    assert "# Step: translated, 2026-05-31, AB CD: read it all\n" in head
    assert arabic.survey.hash == before, "who read it does not make it another survey"
    assert len(arabic.messages) > 50


@pytest.mark.parametrize("state", ["reviewed", "adjudicated", "pretested"])
def test_a_machine_draft_cannot_jump(arabic: Files, state: str) -> None:
    assert "its next step is “translated”" in refused(arabic, state, "AB", "CD")


def test_translated_means_by_two_people_and_reviewed_by_a_third(arabic: Files) -> None:
    assert "two people" in refused(arabic, "translated", "AB")
    assert "two people" in refused(arabic, "translated", "AB", "ab")
    goes(arabic, "translated", "AB", "CD")
    assert "somebody else" in refused(arabic, "reviewed", "cd")


def test_initials_and_a_comment_are_asked_for(arabic: Files) -> None:
    assert "initials" in refused(arabic, "translated")
    assert "initials" in refused(arabic, "translated", "A]\nB", "CD")
    assert "--comment" in refused(arabic, "translated", "AB", "CD", comment=" ")


def test_a_comment_may_hold_any_sign(arabic: Files) -> None:
    goes(arabic, "translated", "AB", "CD", comment='“رأي" \\ # = \n[[x]]')
    (step,) = [step for step in arabic.survey.steps if step.languages == ("ar",)]
    assert step.comment == '“رأي" \\ # = [[x]]'
    assert state_in(arabic.po_path.read_text(encoding="utf-8")) == "translated"


def test_the_interface_catches_up_while_the_survey_stays(folder: Path, arabic: Files) -> None:
    rewords(arabic, 'ar = "machine-draft"', 'ar = "reviewed"')
    assert goes(arabic, "translated", "AB", "CD") == {"interface": "translated"}
    assert states_of(arabic) == {"survey": "reviewed", "interface": "translated"}
    assert states_of(reads(folder, "fr"))["interface"] == "machine-draft"


def test_a_translation_may_go_back_but_not_stay_for_nothing(arabic: Files) -> None:
    goes(arabic, "translated", "AB", "CD")
    assert "already" in refused(arabic, "translated", "AB", "CD")
    goes(arabic, "machine-draft", "EF", comment="another dialect")
    assert states_of(arabic)["survey"] == "machine-draft"


def test_a_changed_english_text_makes_all_languages_stale_for_it(arabic: Files) -> None:
    for state, by in WAY[:2]:
        goes(arabic, state, *by)
    rewords(arabic, "I liked this workshop.", "I loved this workshop.")
    survey = arabic.survey
    assert set(survey.stale.values()) == {("item.q01",)}
    assert set(survey.stale) == set(LANGUAGES) - {"en"}
    assert "item.q01" in refused(arabic, "adjudicated", "AB")
    assert "item.q01" in refused(arabic, "reviewed", "EF")
    goes(arabic, "translated", "AB", "CD", comment="q01 anew")
    assert "ar" not in arabic.survey.stale
    assert "fr" in arabic.survey.stale


def test_a_question_that_moves_or_goes_makes_nothing_stale(arabic: Files) -> None:
    values = tomllib.loads(arabic.survey_path.read_text(encoding="utf-8"))
    source = arabic.survey_path.read_text(encoding="utf-8")
    start, end = source.index('[[item]]\nid = "q02"'), source.index('[[item]]\nid = "q03"')
    arabic.survey_path.write_text(source[:start] + source[end:], encoding="utf-8")
    assert len(arabic.survey.items) == len(values["item"]) - 1
    assert not arabic.survey.stale


def test_no_translation_that_ships_is_stale() -> None:
    survey = load_survey(SURVEY_FILE)
    assert not survey.stale, "English changed: translate anew, then kiosk translate state … --set"
    assert {tag for step in survey.steps for tag in step.languages} == set(LANGUAGES) - {"en"}


@pytest.mark.parametrize(("old", "new", "place"), [
    ('on = "2026', 'on = "yesterday', "review 1 › on"),
    ('languages = ["nb"', 'languages = ["xx"', "review 1 › languages"),
    ('state = "machine-draft"', 'state = "good"', "review 1 › state"),
    ('source = "', 'source = "oops ', "review 1 › source"),
])  # fmt: skip
def test_a_step_that_somebody_broke_by_hand_is_told(old: str, new: str, place: str) -> None:
    source = SURVEY_FILE.read_text(encoding="utf-8")
    head, mark, tail = source.rpartition("[[review]]")
    with pytest.raises(SurveyProblems, match=place):
        parse_survey(head + mark + tail.replace(old, new, 1))
