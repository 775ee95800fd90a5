"""Lena writes a survey; the loader freezes it, or tells her everything that is wrong with it."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from kiosk.languages import LANGUAGES
from kiosk.survey.library import NoSuchSurvey, find_survey
from kiosk.survey.loader import load_survey, parse_survey, read_survey
from kiosk.survey.model import Survey
from kiosk.survey.problems import Problem, SurveyProblems
from tests.conftest import SURVEY_FILE
from tests.survey import SOURCE, edited

FIRST_ITEM = '[[item]]\nid = "q01"'
ITEMS = SOURCE[SOURCE.index(FIRST_ITEM) : SOURCE.index("[thanks.title]")]


def problems_of(source: str) -> list[Problem]:
    with pytest.raises(SurveyProblems) as refused:
        parse_survey(source)
    return refused.value.problems


def only_problem(*changes: tuple[str, str]) -> Problem:
    (problem,) = problems_of(edited(*changes))
    return problem


def test_the_shipped_survey_has_fifteen_items_in_twenty_four_languages(survey: Survey) -> None:
    assert [item.id for item in survey.items] == [f"q{number:02}" for number in range(1, 16)]
    assert survey.languages == tuple(LANGUAGES)
    assert len(survey.languages) == 24
    assert {item.kind for item in survey.items} == {"smiley"}


def test_the_shipped_translations_own_up_to_being_machine_drafts(survey: Survey) -> None:
    states = dict(survey.translation)
    assert states.pop("en") == "source"
    assert set(states.values()) == {"machine-draft"}


def test_every_shipped_text_is_there_in_every_language(survey: Survey) -> None:
    texts = [item.text for item in (*survey.items, survey.practice)]
    texts += [option.label for option in (*survey.scale.options, *survey.missing)]
    texts += [line.text for line in survey.consent]
    texts += [survey.title, survey.tool, survey.thanks_title, survey.thanks_text]
    for text in texts:
        assert all(text[tag].strip() for tag in survey.languages)


def test_a_loaded_survey_cannot_be_changed(survey: Survey) -> None:
    for part in (survey, survey.items[0], survey.scale, survey.scale.options[0], survey.title):
        for name in [field.name for field in fields(part)]:
            with pytest.raises(FrozenInstanceError):
                setattr(part, name, None)


def test_the_hash_is_the_same_when_a_translation_was_only_reviewed() -> None:
    shipped = parse_survey(SOURCE)
    reviewed = parse_survey(edited(('nb = "machine-draft"', 'nb = "reviewed"')))
    assert reviewed.translation["nb"] == "reviewed"
    assert reviewed.hash == shipped.hash
    assert parse_survey(f"# only a remark\n{SOURCE}").hash == shipped.hash


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("I liked this workshop.", "I loved this workshop."),
        ('nb = "Takk!"', 'nb = "Tusen takk!"'),
        ('order = "asc"', 'order = "desc"'),
        ('theme = "enjoyment"', 'theme = "fun"'),
    ],
)
def test_the_hash_changes_with_anything_that_is_asked(survey: Survey, old: str, new: str) -> None:
    assert parse_survey(edited((old, new))).hash != survey.hash


def test_all_problems_are_told_at_once_each_with_its_place_and_remedy() -> None:
    found = problems_of(
        edited(
            ("minutes = 2", 'minutes = "two"'),
            ('nb = "machine-draft"', 'nb = "finished"'),
            ('order = "asc"', 'order = "random"'),
            ("value = 98", "value = 95"),
            ("{tool} is useful", "{thing} is useful"),
            ('id = "q15"', 'id = "q14"'),
        )
    )
    places = {problem.where for problem in found}
    assert {"minutes", "translation › nb", "scale › order", "missing"} <= places
    assert {"item q07 › text › en", "item q14"} <= places
    assert len(found) == 6
    assert all(problem.level == "error" for problem in found)
    assert all(problem.remedy.endswith((".", "?")) for problem in found)


@pytest.mark.parametrize(
    ("old", "new", "where", "meant"),
    [
        ('theme = "enjoyment"', 'them = "enjoyment"', "item q01", "theme"),
        ('kind = "smiley"\ntheme = "e', 'kind = "smily"\ntheme = "e', "item q01 › kind", "smiley"),
        ("{tool} is", "{tol} is", "item q07 › text › en", "{tool}"),
        ("\nminutes = 2", "\nminuts = 2", "the file", "minutes"),
        ('fa-AF = "machine-draft"', 'fa-AF = "machine-draft"\nfa_AR = "source"', "translation",
         "fa-AF"),
        ('"Thank you!"', '"Thank you, {univercity}!"', "thanks › title › en", "{university}"),
    ],
)  # fmt: skip
def test_what_is_misspelt_is_answered_with_what_was_meant(
    old: str, new: str, where: str, meant: str
) -> None:
    problem = only_problem((old, new))
    assert problem.where == where
    assert problem.remedy == f"Did you mean “{meant}”?"


def test_a_missing_translation_names_the_language_and_the_item(survey: Survey) -> None:
    line = f'ar = "{survey.items[2].text["ar"]}"\n'
    problem = only_problem((line, ""))
    assert problem.where == "item q03 › text"
    assert "“ar”" in problem.what
    assert 'ar = "…"' in problem.remedy


def test_a_text_in_a_language_that_the_survey_does_not_have_is_named() -> None:
    problem = only_problem(('en = "I liked', 'sv = "Jag gillade det."\nen = "I liked'))
    assert problem.where == "item q01 › text"
    assert "“sv”" in problem.what


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('id = "q01"', 'id = "Q 01"', "item Q 01"),
        ('id = "q01"', 'id = "practice"', "item practice"),
        ('id = "q01"', 'id = "submission_id"', "item submission_id"),
        ('id = "q01"', 'id = "outcome"', "item outcome"),
        ('id = "q01"', 'id = "rid"', "item rid"),
        ('id = "q01"', 'id = "workshop"', "item workshop"),
        ('id = "workshop"', 'id = "../workshop"', "id"),
        ('id = "workshop"', 'id = "works\u202ehop"', "id"),
        ('id = "workshop"', "id = 7", "id"),
        ('version = "1"', "version = 2026-11-22", "version"),
        ("value = 5", "value = 6", "scale › option"),
        ("value = 1", "value = true", "scale › option"),
        ("value = 97", "value = -1", "missing"),
        ("minutes = 2", "minutes = 2.5", "minutes"),
        ("I liked this workshop.", "I liked {}.", "item q01 › text › en"),
        ('kind = "smiley"\ntheme = "enj', 'kind = "yesno"\ntheme = "enj', "item q01"),
        ('kind = "smiley"\ntheme = "enj', 'kind = "choice"\ntheme = "enj', "item q01 › option"),
        ('en = "source"', 'tlh = "source"\nen = "source"', "translation"),
    ],
)
def test_bad_ids_values_and_placeholders_are_refused(old: str, new: str, where: str) -> None:
    assert where in [problem.where for problem in problems_of(edited((old, new)))]


@pytest.mark.parametrize("key", ["item", "consent"])
def test_an_empty_list_is_as_bad_as_a_missing_one(key: str) -> None:
    without = SOURCE.replace(ITEMS, "") if key == "item" else SOURCE
    if key == "consent":
        first, last = SOURCE.index("[[consent]]"), SOURCE.index("# Shown first")
        without = SOURCE[:first] + SOURCE[last:]
    assert key in [problem.where for problem in problems_of(without)]
    assert key in [problem.where for problem in problems_of(f"{key} = []\n{without}")]


def test_participants_are_asked_no_free_text() -> None:
    problem = only_problem(('kind = "smiley"\ntheme = "enj', 'kind = "text"\ntheme = "enj'))
    assert problem.where == "item q01"
    assert problem.what == "“text” is a kind for facilitators' forms."
    assert "closed questions only" in problem.remedy


def test_a_slip_in_the_toml_is_told_with_its_line() -> None:
    problem = only_problem(('id = "workshop"\n', "id = workshop\n"))
    assert problem.where == "the survey"
    assert "line 4" in problem.what


@pytest.mark.parametrize("source", ["", "scale = 3", "item = 3", "translation = ['en']", "[item]"])
def test_a_file_of_another_shape_is_refused_without_a_trace(source: str) -> None:
    assert problems_of(source)


def test_a_file_nested_too_deeply_to_read_is_refused_without_a_trace() -> None:
    survey, problems = read_survey("a = " + "[" * 5_000)
    assert survey is None
    assert problems.errors


def test_a_file_that_is_no_text_is_refused_with_its_name(tmp_path: Path) -> None:
    for name, content in (("latin.toml", "é".encode("latin-1")), ("none.toml", None)):
        if content is not None:
            (tmp_path / name).write_bytes(content)
        with pytest.raises(SurveyProblems, match=name):
            load_survey(tmp_path / name)


def test_a_survey_is_found_by_its_name_and_the_kiosks_own_comes_first(tmp_path: Path) -> None:
    assert find_survey("workshop", tmp_path) == SURVEY_FILE
    own = tmp_path / "surveys" / "workshop.toml"
    own.parent.mkdir()
    own.write_text(SOURCE, encoding="utf-8")
    assert find_survey("workshop", tmp_path) == own
    assert find_survey(str(SURVEY_FILE), tmp_path) == SURVEY_FILE


@pytest.mark.parametrize("name", ["nothing", "../surveys/workshop", "/etc/hosts", ""])
def test_a_survey_that_is_not_there_is_answered_with_those_that_are(
    name: str, tmp_path: Path
) -> None:
    with pytest.raises(NoSuchSurvey, match="There are: workshop"):
        find_survey(name, tmp_path)
