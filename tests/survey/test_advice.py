"""Lena is warned of wording that people misread, and of questions that give people away."""

from __future__ import annotations

import pytest

from kiosk.survey.advice import NEGATIONS, advise
from kiosk.survey.loader import parse_survey
from kiosk.survey.model import Survey
from kiosk.survey.problems import Problems
from tests.survey import edited


def warnings_of(survey: Survey, group: int | None = None) -> list[str]:
    problems = Problems()
    advise(survey, problems, group)
    assert not problems.errors, "advice never stops anybody"
    return [str(problem) for problem in problems.found]


def warned(new: str, old: str = "I liked this workshop.") -> str:
    (warning,) = warnings_of(parse_survey(edited((old, new))))
    return warning


def test_the_shipped_survey_needs_no_advice(survey: Survey) -> None:
    assert warnings_of(survey) == []
    assert warnings_of(survey, group=10) == []


def test_a_long_statement_is_warned_of() -> None:
    assert "13 words" in warned("I liked this workshop so very much that I came twice this week.")


@pytest.mark.parametrize("word", ["and", "or"])
def test_two_ideas_in_one_statement_are_warned_of(word: str) -> None:
    assert "two ideas" in warned(f"I liked the room {word} the coffee.")


@pytest.mark.parametrize("line", ["I did not like it.", "It was never boring.", "I can't do it!"])
def test_a_negation_is_warned_of_because_the_face_would_contradict_the_word(line: str) -> None:
    assert "turns the statement round" in warned(line)


@pytest.mark.parametrize("tag", sorted(NEGATIONS))
def test_negations_are_known_in_every_language(survey: Survey, tag: str) -> None:
    word = NEGATIONS[tag].split()[0].removesuffix("-")
    warning = warned(f"{word}.", survey.items[0].text[tag])
    assert warning.startswith(f"warning: item q01 › text › {tag}: “{word}.”")


def test_every_language_of_the_survey_has_its_negations(survey: Survey) -> None:
    assert set(NEGATIONS) == set(survey.languages)


def test_a_french_n_apostrophe_is_a_negation() -> None:
    warning = warned('fr = "Je n’aime l’atelier."', 'fr = "J’ai aimé cet atelier."')
    assert "“n’aime”" in warning


@pytest.mark.parametrize(
    "line", ["How old are you?", "My nationality is known here.", "I like my job more now."]
)
def test_a_question_that_gives_people_away_is_warned_of(line: str) -> None:
    assert "give a person away" in warned(line)


def test_a_second_background_question_is_warned_of() -> None:
    one = ('theme = "enjoyment"', 'background = true\ntheme = "enjoyment"')
    two = ('theme = "inclusion"', 'background = true\ntheme = "inclusion"')
    assert warnings_of(parse_survey(edited(one))) == []
    (warning,) = warnings_of(parse_survey(edited(one, two)))
    assert "more than one background question" in warning


def test_a_small_group_is_warned_of(survey: Survey) -> None:
    (warning,) = warnings_of(survey, group=9)
    assert "9 people" in warning
