"""Checks what no single table of a survey file can tell: ids, values, placeholders, order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from kiosk.paths import bundled
from kiosk.survey.kinds import KINDS
from kiosk.survey.model import DOES_NOT_FIT, NO_ANSWER_WANTED, Option, Survey, Text
from kiosk.survey.problems import Problems

PLACEHOLDERS = ("{university}", "{n}", "{m}", "{t}", "{contact}", "{tool}")
RESERVED = ("practice", "submission_id", "outcome", "rid", "workshop")
ID = re.compile(r"[a-z][a-z0-9_-]{0,31}")
ID_REMEDY = "Please use small letters a–z, digits, _ and -, a letter first."


def check_whole(survey: Survey, problems: Problems) -> None:
    """Note every problem of a survey as a whole."""
    _check_ids(survey, problems)
    _check_values(survey, problems)
    _check_kinds(survey, problems)
    _check_placeholders(survey, problems)
    for line in survey.consent:
        if line.when not in ("", "timer"):
            problems.unknown_key(f"consent {line.id} › when", line.when, ["timer"])


def check_icons(survey: Survey, problems: Problems) -> None:
    """Note every consent line whose icon the kiosk does not have."""
    icons = {path.stem for path in (bundled("static") / "icons").glob("*.svg")}
    for line in survey.consent:
        if line.icon not in icons:
            problems.unknown_key(f"consent {line.id} › icon", line.icon, icons)


def _check_ids(survey: Survey, problems: Problems) -> None:
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


def _check_values(survey: Survey, problems: Problems) -> None:
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
    if [option.value for option in survey.missing] != [DOES_NOT_FIT, NO_ANSWER_WANTED]:
        problems.error("missing", "the values are not 97 and 98.", "Please give both, 97 first.")
    if survey.yesno and [option.value for option in survey.yesno] != [1, 0]:
        problems.error("yesno", "the values are not 1 and 0.", "Please give 1 (yes), then 0 (no).")


def _check_kinds(survey: Survey, problems: Problems) -> None:
    for item in survey.items:
        need = KINDS[item.kind].needs if item.kind in KINDS else ""
        if need and not getattr(survey, need):
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
    for item in survey.items:
        yield f"item {item.id} › text", item.text


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
