"""Each kind of question reads its options, offers them, and has a template of its name."""

from __future__ import annotations

from pathlib import Path

import pytest

import kiosk.web
from kiosk.survey.kinds import KINDS, allowed_values, options_of
from kiosk.survey.loader import parse_survey
from kiosk.survey.model import Item, Survey
from kiosk.survey.problems import SurveyProblems
from tests.survey import edited

TEMPLATES = Path(str(kiosk.web.__file__)).parent / "templates" / "kinds"
ALL = sorted(KINDS)
PARTICIPANTS = [kind for kind in ALL if KINDS[kind].for_participants]
FACILITATORS = [kind for kind in ALL if not KINDS[kind].for_participants]


def option(table: str, value: int, survey: Survey) -> str:
    lines = "".join(f'{tag} = "{tag} {value}"\n' for tag in survey.languages)
    return f"[[{table}]]\nvalue = {value}\n[{table}.label]\n{lines}\n"


def source_with(kind: str, survey: Survey, choices: tuple[int, ...] = (1, 2, 3)) -> str:
    """Return the shipped survey with its first item changed to `kind`."""
    own = "".join(option("item.option", value, survey) for value in choices)
    shared = option("yesno", 1, survey) + option("yesno", 0, survey)
    return edited(
        ('kind = "smiley"\ntheme = "enjoyment"', f'kind = "{kind}"\ntheme = "enjoyment"'),
        ('[[item]]\nid = "q02"', f'{own if kind == "choice" else ""}[[item]]\nid = "q02"'),
        ("[thanks.title]", f"{shared}[thanks.title]"),
    )


def item_of(kind: str, survey: Survey) -> tuple[Survey, Item]:
    changed = parse_survey(source_with(kind, survey))
    return changed, changed.items[0]


@pytest.mark.parametrize("kind", ALL)
def test_a_kind_stands_in_the_registry_under_its_own_name(kind: str) -> None:
    assert KINDS[kind].name == kind


@pytest.mark.parametrize("kind", ALL)
def test_a_kind_has_a_template_of_its_name(kind: str) -> None:
    assert (TEMPLATES / f"{kind}.html").is_file()


def test_no_template_is_without_its_kind() -> None:
    assert {path.stem for path in TEMPLATES.glob("[!_]*.html")} == set(KINDS)


@pytest.mark.parametrize("kind", PARTICIPANTS)
def test_a_kind_reads_and_offers_its_options_in_every_language(kind: str, survey: Survey) -> None:
    changed, item = item_of(kind, survey)
    offered = options_of(changed, item)
    assert len(offered) >= 2
    assert len({option.value for option in offered}) == len(offered)
    for option in offered:
        assert all(option.label[tag] for tag in changed.languages)


@pytest.mark.parametrize("kind", PARTICIPANTS)
def test_a_kind_always_lets_people_say_that_it_does_not_fit_or_that_they_will_not_say(
    kind: str, survey: Survey
) -> None:
    changed, item = item_of(kind, survey)
    offered = {option.value for option in options_of(changed, item)}
    assert allowed_values(changed, item) == offered | {97, 98}
    assert not offered & {96, 97, 98, 99}


def test_participants_meet_closed_questions_only() -> None:
    assert PARTICIPANTS == ["choice", "smiley", "yesno"]


@pytest.mark.parametrize("kind", FACILITATORS)
def test_a_survey_with_a_kind_for_facilitators_is_refused(kind: str, survey: Survey) -> None:
    with pytest.raises(SurveyProblems) as refused:
        parse_survey(source_with(kind, survey))
    found = {(problem.where, problem.what) for problem in refused.value.problems}
    assert ("item q01", f"“{kind}” is a kind for facilitators' forms.") in found


@pytest.mark.parametrize("kind", FACILITATORS)
def test_practising_is_no_way_round_either(kind: str) -> None:
    with pytest.raises(SurveyProblems, match="practice"):
        parse_survey(edited(('[practice]\nkind = "smiley"', f'[practice]\nkind = "{kind}"')))


def test_a_smiley_question_has_the_five_values_of_the_one_scale(survey: Survey) -> None:
    assert [o.value for o in options_of(survey, survey.items[0])] == [1, 2, 3, 4, 5]


def test_a_yesno_question_has_one_for_yes_and_then_nought_for_no(survey: Survey) -> None:
    assert [o.value for o in options_of(*item_of("yesno", survey))] == [1, 0]


def test_a_choice_brings_its_own_options(survey: Survey) -> None:
    _, item = item_of("choice", survey)
    assert [o.value for o in item.options] == [1, 2, 3]


@pytest.mark.parametrize(
    "choices", [(1,), (1, 2, 3, 4, 5, 6, 7, 8), (1, 1), (0, 1), (1, 96), (-1, 1)]
)
def test_a_choice_needs_two_to_seven_different_values_below_the_missing_codes(
    choices: tuple[int, ...], survey: Survey
) -> None:
    with pytest.raises(SurveyProblems, match="item q01 › option"):
        parse_survey(source_with("choice", survey, choices))


def test_a_smiley_question_may_not_bring_options_of_its_own(survey: Survey) -> None:
    source = source_with("choice", survey).replace('kind = "choice"', 'kind = "smiley"')
    with pytest.raises(SurveyProblems, match="the key “option” is not known"):
        parse_survey(source)
