"""Checks what no single table of a survey file can tell: ids, values, placeholders, order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kiosk.paths import bundled
from kiosk.survey.kinds import KINDS
from kiosk.survey.model import (
    DOES_NOT_FIT,
    NO_ANSWER_WANTED,
    Form,
    Option,
    Questionnaire,
    Survey,
    Text,
)
from kiosk.survey.problems import Problems

PLACEHOLDERS = ("{university}", "{n}", "{m}", "{t}", "{contact}", "{tool}")
RESERVED = ("practice", "submission_id", "outcome", "rid", "workshop", "ticket", "screen")
NEEDED_IN_ITEM = {
    "rows": "at least one [[item.row]]",
    "most": "a max, the largest number that fits",
}
MOST_OPTIONS = 7
ID = re.compile(r"[a-z][a-z0-9_-]{0,31}")
ID_REMEDY = "Please use small letters a–z, digits, _ and -, a letter first."


def check_whole(survey: Survey, problems: Problems) -> None:
    """Note every problem of a survey as a whole."""
    _check_ids(survey, problems)
    _check_values(survey, problems)
    _check_kinds(survey, problems)
    _check_placeholders(survey, problems)
    for item in (survey.practice, *survey.items):
        if item.kind in KINDS and not KINDS[item.kind].for_participants:
            problems.error(
                f"item {item.id}", f"“{item.kind}” is a kind for facilitators' forms.",
                "Participants are asked closed questions only; please choose another kind.",
            )  # fmt: skip
        if len(item.options) > MOST_OPTIONS:
            problems.error(f"item {item.id} › option", f"there are {len(item.options)}.",
                           f"Please give at most {MOST_OPTIONS} options.")  # fmt: skip
    for line in survey.consent:
        if line.when not in ("", "timer"):
            problems.unknown_key(f"consent {line.id} › when", line.when, ["timer"])


def check_form(form: Form, problems: Problems) -> None:
    """Note every problem of a facilitator's form as a whole."""
    _check_ids(form, problems)
    _check_kinds(form, problems)
    if form.scale.options:
        _check_scale(form, problems)
    columns = Counter(
        column
        for item in form.items
        if item.kind in KINDS
        for column in KINDS[item.kind].columns(item)
    )
    for name, times in columns.items():
        if times > 1 or not ID.fullmatch(name):
            problems.error(f"item {name}", "this is no usable name of one column.", ID_REMEDY)
    for where, text in _item_texts(form):
        if any("{" in line for line in text.by_language.values()):
            problems.error(where, "forms take no {…}.", "Please write the words themselves.")


def check_icons(survey: Survey, problems: Problems) -> None:
    """Note every consent line whose icon the kiosk does not have."""
    icons = {path.stem for path in (bundled("static") / "icons").glob("*.svg")}
    for line in survey.consent:
        if line.icon not in icons:
            problems.unknown_key(f"consent {line.id} › icon", line.icon, icons)


def _check_ids(survey: Questionnaire, problems: Problems) -> None:
    for where, name in (("id", survey.id), *((f"item {i.id}", i.id) for i in survey.items)):
        if not ID.fullmatch(name) or (where != "id" and name in RESERVED):
            problems.error(
                where,
                f"“{name}” is no usable id.",
                ID_REMEDY,
            )
    for name, times in Counter(item.id for item in survey.items).items():
        if times > 1:
            problems.error(f"item {name}", f"the id stands {times} times.", "Please change one.")


def _check_scale(survey: Questionnaire, problems: Problems) -> None:
    if [option.value for option in survey.scale.options] != [1, 2, 3, 4, 5]:
        problems.error(
            "scale › option",
            "the values are not 1, 2, 3, 4, 5.",
            "Please give five options, 1 (most negative) first.",
        )
    if survey.scale.order not in ("asc", "desc"):
        problems.error(
            "scale › order",
            f"“{survey.scale.order}” is not known.",
            'Please write "asc" or "desc".',
        )


def _check_values(survey: Survey, problems: Problems) -> None:
    _check_scale(survey, problems)
    if [option.value for option in survey.missing] != [DOES_NOT_FIT, NO_ANSWER_WANTED]:
        problems.error("missing", "the values are not 97 and 98.", "Please give both, 97 first.")
    if survey.yesno and [option.value for option in survey.yesno] != [1, 0]:
        problems.error("yesno", "the values are not 1 and 0.", "Please give 1 (yes), then 0 (no).")


def _check_kinds(survey: Questionnaire, problems: Problems) -> None:
    for item in survey.items:
        need = KINDS[item.kind].needs if item.kind in KINDS else ""
        if need in NEEDED_IN_ITEM and not getattr(item, need):
            problems.error(
                f"item {item.id}",
                f"a “{item.kind}” question needs {NEEDED_IN_ITEM[need]}.",
                "Please add it.",
            )
        elif need == "scale" and not survey.scale.options:
            problems.error("scale", "there are questions with faces.", "Please add a [scale].")
        elif need and not getattr(survey, need, True):
            problems.error(
                f"item {item.id}",
                f"a “{item.kind}” question needs [[{need}]].",
                f"Please add [[{need}]] with value and label.",
            )


def _check_placeholders(survey: Survey, problems: Problems) -> None:
    for where, text in _texts(survey):
        for tag, line in text.by_language.items():
            for name in re.findall(r"\{\w*\}", line):
                if name not in PLACEHOLDERS:
                    problems.unknown_key(f"{where} › {tag}", name, PLACEHOLDERS)
    for where, text in _labels(survey):
        if any("{" in line for line in text.by_language.values()):
            problems.error(where, "labels take no {…}.", "Please write the words themselves.")


def _texts(survey: Survey) -> Iterator[tuple[str, Text]]:
    yield "title", survey.title
    yield "practice › text", survey.practice.text
    yield "thanks › title", survey.thanks_title
    yield "thanks › text", survey.thanks_text
    for line in survey.consent:
        yield f"consent {line.id} › text", line.text
    yield from _item_texts(survey)


def _item_texts(survey: Questionnaire) -> Iterator[tuple[str, Text]]:
    for item in survey.items:
        yield f"item {item.id} › text", item.text
        if item.hint:
            yield f"item {item.id} › hint", item.hint


def _labels(survey: Survey) -> Iterator[tuple[str, Text]]:
    yield "tool", survey.tool
    groups: dict[str, tuple[Option, ...]] = {
        "scale › option": survey.scale.options,
        "missing": survey.missing,
        "yesno": survey.yesno,
    }
    groups |= {f"item {item.id} › option": item.options for item in survey.items}
    for where, options in groups.items():
        for option in options:
            yield f"{where} {option.value} › label", option.label
