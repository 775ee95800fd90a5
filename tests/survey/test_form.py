"""Kari fills in a form about her workshop, over two evenings; nothing that fits is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.survey.form import (
    PHASES,
    columns,
    fits,
    form_files,
    is_form,
    parse_form,
    read_form,
    read_report,
)
from kiosk.survey.library import surveys
from kiosk.survey.loader import parse_survey
from kiosk.survey.problems import Problem, SurveyProblems
from tests.conftest import SURVEY_FILE
from tests.survey import COLUMNS, FORM, OPTIONS, SOURCE, asked

VISIT = parse_form(FORM)
FITTING = {
    "groups_1": st.just("1"), "groups_3": st.just("1"), "level": st.sampled_from("123"),
    "helpers_school": st.sampled_from("123"), "mood": st.sampled_from("12345"),
    "came": st.integers(0, 40).map(str), "words": st.text(max_size=50).filter(str.strip),
}  # fmt: skip
SENT = st.tuples(
    st.one_of(st.sampled_from(COLUMNS), st.text(max_size=12)),
    st.one_of(st.sampled_from(["1", "4", "0", "٣", "-5", "99", "", "1.0"]), st.text(max_size=30)),
)


def changed(old: str, new: str) -> str:
    assert old in FORM
    return FORM.replace(old, new, 1)


def problems_of(source: str) -> list[Problem]:
    with pytest.raises(SurveyProblems) as refused:
        parse_form(source)
    return refused.value.problems


def test_a_form_fills_one_column_a_question_or_one_for_each_box_and_row() -> None:
    found = columns(VISIT)
    assert list(found) == COLUMNS
    assert [found[name].kind for name in ("groups_2", "helpers_ngo")] == ["several", "grid"]


def test_an_evenings_work_is_read_column_by_column() -> None:
    sent = {"groups_1": "1", "helpers_ngo": "3", "level": "2", "mood": "5", "came": " 12 ",
            "words": " It rained.\r\nAll stayed. "}  # fmt: skip
    answers, wrong = read_report(VISIT, sent.items())
    assert wrong == {}
    assert answers == {"groups_1": 1, "helpers_ngo": 3, "level": 2, "mood": 5, "came": 12,
                       "words": "It rained.\nAll stayed."}  # fmt: skip
    assert fits(VISIT, answers)


def test_a_form_may_be_left_open_wherever_one_likes() -> None:
    open_fields = [(name, "") for name in COLUMNS] + [("words", " \n "), ("_form", "x")]
    assert read_report(VISIT, open_fields) == ({}, {})
    assert fits(VISIT, {})


@pytest.mark.parametrize(
    ("column", "raw"),
    [
        ("groups_1", "2"), ("groups_1", "on"), ("groups_1", "0"), ("helpers_school", "4"),
        ("helpers_school", "one"), ("level", "0"), ("level", "99"), ("level", "-1"), ("mood", "6"),
        ("mood", "³"), ("came", "41"), ("came", "-5"), ("came", "1.5"), ("came", "ten"),
        ("came", "9" * 5000), ("words", "x" * 2001), ("words", "a\0b"),
    ],
    ids=repr,
)  # fmt: skip
def test_what_does_not_fit_is_given_back_as_it_was_written(column: str, raw: str) -> None:
    assert read_report(VISIT, [("mood", "3"), (column, raw)])[1] == {column: raw}
    assert not fits(VISIT, {column: raw})


@pytest.mark.parametrize("value", ["4", "5"])
def test_a_choice_has_its_own_options_and_not_the_faces_of_other_questions(value: str) -> None:
    for column in ("level", "helpers_ngo"):
        assert read_report(VISIT, [(column, value)]) == ({}, {column: value})


@pytest.mark.parametrize(
    ("raw", "value"), [("0", 0), ("40", 40), ("007", 7), ("٣", 3), ("１２", 12)]
)
def test_a_number_may_be_written_in_the_writers_own_digits(raw: str, value: int) -> None:
    assert read_report(VISIT, [("came", raw)]) == ({"came": value}, {})


@pytest.mark.parametrize(
    "answers",
    [
        {"rid": 1}, {"level": True}, {"level": 4}, {"level": "2"}, {"groups_1": 0}, {"came": 41},
        {"came": "12"}, {"came": 1.0}, {"came": None}, {"words": 5}, {"words": " untidy "},
        {"words": ["x"]}, {"words": "x" * 2001}, {"groups_1": "1"}, {"helpers": 1},
    ],
    ids=repr,
)  # fmt: skip
def test_answers_from_elsewhere_are_believed_only_if_the_form_could_give_them(
    answers: dict[str, object],
) -> None:
    assert not fits(VISIT, answers)


@given(st.lists(SENT, max_size=30))
def test_whatever_is_sent_is_read_or_given_back_and_stops_nobody(
    sent: list[tuple[str, str]],
) -> None:
    answers, wrong = read_report(VISIT, sent)
    assert fits(VISIT, answers)
    assert set(answers) | set(wrong) <= set(COLUMNS)
    assert all((name, raw) in sent for name, raw in wrong.items())


@given(st.fixed_dictionaries({}, optional=FITTING))
def test_what_fits_comes_back_the_same_after_a_second_evening(sent: dict[str, str]) -> None:
    answers, wrong = read_report(VISIT, sent.items())
    assert set(answers) == set(sent) - set(wrong)
    assert set(wrong) <= {"words"}, "a text may hold what no text holds"
    again = read_report(VISIT, [(name, str(value)) for name, value in answers.items()])
    assert again == (answers, {})


def test_all_problems_of_a_form_are_told_at_once() -> None:
    source = FORM
    for old, new in (
        ('phase = "same_day"', 'phase = "sometimes"'),
        ('intro.nb = "Hvordan var det?"\n', ""),
        ('id = "mood"', 'id = "level"'),
        ("max = 40", ""),
        ('"Words?"', '"Words about {tool}?"'),
        ('id = "ngo"', 'id = "NGO"'),
        ("value = 5", "value = 7"),
    ):
        assert old in source
        source = source.replace(old, new, 1)
    found = problems_of(source)
    places = {problem.where for problem in found}
    assert {"phase", "intro", "item level", "item came", "item words › text", "scale › option"} < (
        places
    )
    assert "item helpers_NGO" in places
    assert all(problem.remedy.endswith((".", "?")) for problem in found)


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('title.nb = "Besøket"', "", "title"),
        ('kind = "number"', 'kind = "numbr"', "item came › kind"),
        ("max = 40", 'max = "many"', "item came › max"),
        ("max = 40", "max = -1", "item came"),
        ('id = "mood"', 'id = "workshop"', "item workshop"),
        ('id = "mood"', 'id = "groups_1"', "item groups_1"),
        ('id = "visit"', 'id = "../visit"', "id"),
        (asked("mood", "smiley"), asked("mood", "yesno"), "item mood"),
        (asked("words", "text"), asked("words", "text", OPTIONS), "item words"),
        ('translation.nb = "machine-draft"', 'translation.nb = "good"', "translation › nb"),
    ],
)
def test_a_slip_in_a_form_is_told_with_its_place(old: str, new: str, where: str) -> None:
    assert where in [problem.where for problem in problems_of(changed(old, new))]


def test_faces_need_a_scale() -> None:
    without = FORM[: FORM.index("[scale]")] + FORM[FORM.index("[[item]]") :]
    assert "scale" in [problem.where for problem in problems_of(without)]
    no_faces = without.replace(asked("mood", "smiley"), "")
    assert parse_form(no_faces).scale.options == ()


def test_a_grid_needs_rows() -> None:
    rows = FORM[FORM.index("[[item.row]]") : FORM.index("[[item.option]]", FORM.index("ngo"))]
    (problem,) = problems_of(FORM.replace(rows, ""))
    assert problem.where == "item helpers"
    assert "[[item.row]]" in problem.what


@pytest.mark.parametrize("source", ["", "item = 3", "[item]", "a = " + "[" * 5_000])
def test_a_file_of_another_shape_is_refused_without_a_trace(source: str) -> None:
    form, problems = read_form(source)
    assert problems.errors
    assert form is None or form.items == ()


def test_a_form_is_told_from_a_survey() -> None:
    assert is_form(FORM)
    assert not is_form(SOURCE)
    assert not is_form("this is no TOML")
    with pytest.raises(SurveyProblems):
        parse_survey(FORM)
    with pytest.raises(SurveyProblems):
        parse_form(SURVEY_FILE.read_text(encoding="utf-8"))


def test_a_reviewed_translation_is_the_same_form_and_another_word_is_another() -> None:
    assert parse_form(changed('"machine-draft"', '"reviewed"')).hash == VISIT.hash
    assert parse_form(changed("Besøket", "Turen")).hash != VISIT.hash


def test_the_shipped_forms_open_before_on_the_day_and_after() -> None:
    forms = [parse_form(source) for source in form_files().values()]
    assert list(form_files()) == ["planning", "implementation", "evaluation"]
    assert tuple(form.phase for form in forms) == PHASES
    every = [column for form in forms for column in columns(form)]
    assert len(set(every)) == len(every), "no two columns of the dataset have one name"


def test_no_form_is_offered_to_participants(tmp_path_factory: pytest.TempPathFactory) -> None:
    assert not set(surveys(tmp_path_factory.mktemp("data"))) & set(form_files())
