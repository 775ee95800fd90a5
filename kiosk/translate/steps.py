"""Brings a translation one step further (L8), with initials, day and comment; never two."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kiosk.languages import STATES
from kiosk.survey.loader import parse_survey
from kiosk.survey.model import Step, Survey
from kiosk.survey.texts import marks
from kiosk.translate.edit import quoted, set_texts
from kiosk.translate.files import CannotTranslate, Files, write_all

TRANSLATED, REVIEWED = "translated", "reviewed"
INITIALS = re.compile(r"\w[\w.-]{0,11}")
STATE_LINE = re.compile(r"^# State: .*$", re.MULTILINE)


@dataclass(frozen=True)
class Wish:
    """Where a translation is to go, who says so (initials), on which day, and why."""

    state: str
    by: tuple[str, ...]
    comment: str
    on: date


def states_of(files: Files) -> dict[str, str]:
    """Return part ("survey", "interface") -> how far it has come."""
    return {
        "survey": files.survey.translation[files.language.tag],
        "interface": files.interface_state,
    }


def move(files: Files, wish: Wish) -> dict[str, str]:
    """Bring survey and interface to a state; return part -> new state of those that moved.

    A part that is that far already stays; where none is behind, all go back. Raises CannotTranslate
    with the reason if a step would be skipped, or the right people did not take it.
    """
    survey, tag = files.survey, files.language.tag
    now, steps = states_of(files), files.steps
    moving = _moving(now, wish, fresh=tag in survey.stale or not steps)
    _check_people(wish, steps)
    if "survey" in moving:
        _check_stale(survey, tag, wish)
    _write(files, wish, moving)
    return dict.fromkeys(moving, wish.state)


def _moving(now: Mapping[str, str], wish: Wish, *, fresh: bool) -> list[str]:
    """Return the parts that move. `fresh`: the survey may confirm the state it is in."""
    to = STATES.index(wish.state)
    behind = [part for part, state in now.items() if STATES.index(state) < to]
    for part in behind:
        following = STATES[STATES.index(now[part]) + 1]
        if following != wish.state:
            raise CannotTranslate(
                f"The {part} is “{now[part]}”; its next step is “{following}”. "
                "No step can be left out."
            )
    back = [part for part, state in now.items() if STATES.index(state) > to]
    if behind or back:
        return behind or back
    if fresh:
        return ["survey"]
    raise CannotTranslate(f"It is “{wish.state}” already. Nothing was changed.")


def _check_stale(survey: Survey, tag: str, wish: Wish) -> None:
    """Refuse to bring a stale language further: what has changed must be translated first."""
    changed = survey.stale.get(tag, ())
    top = min(STATES.index(survey.translation[tag]), STATES.index(TRANSLATED))
    if changed and STATES.index(wish.state) > top:
        raise CannotTranslate(
            f"The source of these texts has changed: {', '.join(changed)}. Please translate them "
            f"anew, then set the language to “{STATES[top]}”."
        )


def _check_people(wish: Wish, steps: Sequence[Step]) -> None:
    """Check initials: two independent translators, and a reviewer who is neither."""
    people = {one.upper() for one in wish.by}
    if not people or not all(INITIALS.fullmatch(one) for one in wish.by):
        raise CannotTranslate("Please give initials of up to twelve letters, such as: --by AB")
    if wish.state == TRANSLATED and len(people) < 2:
        raise CannotTranslate(
            "“translated” means by two people, independently. Please give both: --by AB --by CD"
        )
    last = next((one for one in reversed(steps) if one.state == TRANSLATED), None)
    if wish.state == REVIEWED and last and people <= {one.upper() for one in last.by}:
        raise CannotTranslate(
            f"{' and '.join(wish.by)} translated it. Please have it reviewed by somebody else."
        )
    if not wish.comment.strip():
        raise CannotTranslate("Please say in a few words what was done: --comment “…”")


def _write(files: Files, wish: Wish, moving: Sequence[str]) -> None:
    contents: dict[Path, str] = {}
    if "survey" in moving:
        tag = files.language.tag
        text = set_texts(files.survey_file, {("translation", tag): wish.state})
        text = with_step(text, (tag,), wish, list(marks(files.values).values()))
        parse_survey(text, files.survey_path.name)
        contents[files.survey_path] = text
    if "interface" in moving:
        contents[files.po_path] = _with_head(files.catalogue, wish)
    write_all(contents)


def with_step(source: str, languages: Sequence[str], wish: Wish, seen: Sequence[str]) -> str:
    """Return a survey's file with one [[review]] more at its end; `seen` are the texts' marks."""
    lines = (
        "[[review]]",
        f"languages = [{', '.join(map(quoted, languages))}]",
        f"state = {quoted(wish.state)}",
        f"by = [{', '.join(map(quoted, wish.by))}]",
        f"on = {quoted(wish.on.isoformat())}",
        f"comment = {quoted(' '.join(wish.comment.split()))}",
        f"source = {quoted(' '.join(seen))}",
    )
    return source.rstrip("\n") + "\n\n" + "\n".join(lines) + "\n"


def _with_head(text: str, wish: Wish) -> str:
    """Return a catalogue whose head tells the new state, and all the steps one below the other."""
    comment = " ".join(wish.comment.split())
    step = f"# Step: {wish.state}, {wish.on.isoformat()}, {' '.join(wish.by)}: {comment}"
    head, blank, rest = text.partition("msgid ")
    if not STATE_LINE.search(head):
        head = f"# State: {STATES[1]}\n{head}"
    head = STATE_LINE.sub(lambda _: f"# State: {wish.state}", head, count=1)
    return f"{head.rstrip()}\n{step}\n{blank}{rest}"
