"""Amina's answers come in as she gave them; whatever is no answer to this survey is refused."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.survey.answers import OUTCOMES, Refused, answered, completeness, read_answers
from kiosk.survey.kinds import allowed_values
from kiosk.survey.loader import load_survey
from kiosk.survey.model import NO_ANSWER_WANTED, SKIPPED, Survey
from tests.conftest import SURVEY_FILE

SURVEY = load_survey(SURVEY_FILE)
ALLOWED = sorted(allowed_values(SURVEY, SURVEY.items[0]))
IDS = [item.id for item in SURVEY.items]
ANSWERS = st.dictionaries(st.sampled_from(IDS), st.sampled_from(ALLOWED))


def as_sent(answers: dict[str, int]) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in answers.items()]


def with_skips(given_answers: int) -> dict[str, int]:
    return {name: 3 if number < given_answers else SKIPPED for number, name in enumerate(IDS)}


@settings(deadline=None)
@given(ANSWERS)
def test_all_that_was_answered_comes_in_and_all_the_rest_is_skipped(
    answers: dict[str, int],
) -> None:
    read = read_answers(SURVEY, as_sent(answers))
    assert list(read) == IDS, "always every item, in the survey's order"
    assert {name: value for name, value in read.items() if name in answers} == answers
    assert all(read[name] == SKIPPED for name in IDS if name not in answers)


@settings(deadline=None)
@given(ANSWERS, st.text(max_size=20))
def test_the_practice_answer_is_let_go_whatever_it_is(answers: dict[str, int], raw: str) -> None:
    assert read_answers(SURVEY, [("practice", raw), *as_sent(answers)]) == read_answers(
        SURVEY, as_sent(answers)
    )


@settings(deadline=None)
@given(st.sampled_from(IDS), st.integers())
def test_a_value_is_kept_or_refused_and_never_changed(name: str, value: int) -> None:
    if value in ALLOWED:
        assert read_answers(SURVEY, [(name, str(value))])[name] == value
    else:
        with pytest.raises(Refused):
            read_answers(SURVEY, [(name, str(value))])


@settings(deadline=None)
@given(st.text(max_size=4).filter(lambda raw: raw not in map(str, ALLOWED)))
def test_what_is_no_value_is_refused_or_was_the_same_number(raw: str) -> None:
    try:
        value = read_answers(SURVEY, [("q01", raw)])["q01"]
    except Refused:
        return
    assert raw == f"{value:02}", "only a leading nought is let pass"


@pytest.mark.parametrize(
    "raw", ["", " 1", "1 ", "+1", "1.0", "٣", "³", "one", "0", "6", "96", "99", "100", "1\n"]
)
def test_what_no_screen_offers_is_refused(raw: str) -> None:
    with pytest.raises(Refused):
        read_answers(SURVEY, [("q01", raw)])


@pytest.mark.parametrize("name", ["q16", "Q01", "q1", "", "rid", "workshop", "q01 "])
def test_an_unknown_item_is_refused(name: str) -> None:
    with pytest.raises(Refused):
        read_answers(SURVEY, [(name, "3")])


@pytest.mark.parametrize("second", ["4", "5"])
def test_an_item_answered_twice_is_refused_even_with_the_same_value(second: str) -> None:
    with pytest.raises(Refused):
        read_answers(SURVEY, [("q01", "4"), ("q01", second)])


def test_nothing_that_was_sent_stands_in_the_refusal() -> None:
    for fields in ([("marker-name", "3")], [("q01", "marker-value")], [("q01", "73")]):
        with pytest.raises(Refused) as refused:
            read_answers(SURVEY, fields)
        assert "marker" not in str(refused.value)
        assert "73" not in str(refused.value)


@pytest.mark.parametrize(
    ("given_answers", "expected"),
    [
        (15, "complete"), (12, "complete"), (11, "partial"), (8, "partial"), (7, "under_half"),
        (0, "under_half"),
    ],
)  # fmt: skip
def test_a_response_is_complete_from_80_percent_and_partial_from_50(
    given_answers: int, expected: str
) -> None:
    assert completeness(with_skips(given_answers)) == expected
    assert expected in OUTCOMES


def test_just_eighty_and_just_fifty_percent_count_for_the_higher_class() -> None:
    ten = {f"q{number}": 5 for number in range(10)}
    eight = ten | {"q0": SKIPPED, "q1": SKIPPED}
    five = {name: 5 if number < 5 else SKIPPED for number, name in enumerate(ten)}
    assert completeness(eight) == "complete"
    assert completeness(five) == "partial"


def test_does_not_fit_is_an_answer_and_a_refusal_is_none() -> None:
    answers = with_skips(15) | {"q01": 97, "q02": NO_ANSWER_WANTED, "q03": SKIPPED}
    assert answered(answers) == 13


@pytest.mark.parametrize("tag", SURVEY.languages)
def test_no_participant_reads_a_digit_under_a_face(survey: Survey, tag: str) -> None:
    labels = [option.label[tag] for option in (*survey.scale.options, *survey.missing)]
    assert not [label for label in labels if any(sign.isdigit() for sign in label)]
