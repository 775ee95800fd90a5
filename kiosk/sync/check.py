"""Tries a target out, as far as the rights go, and says in plain words what works."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from kiosk.sync.problem import NotAllowed, NotThere, Reason, SendProblem
from kiosk.sync.target import Place, Target
from kiosk.sync.targets import open_target

NAME = "survey-kiosk-check-{}.txt"
CONTENT = b"Survey Kiosk tried out whether files can be put here. Please delete this file.\n"
StepName = Literal["write", "read", "list", "remove"]
ENOUGH_FILES = 1000  # to see that listing works


@dataclass(frozen=True)
class Step:
    """One thing that was tried. `state`: it works, it is not allowed (and need not be), it fails.

    `reason` is why it fails.
    """

    name: StepName
    state: Literal["works", "denied", "fails"]
    text: str
    reason: Reason | None = None


def check(place: Place) -> list[Step]:
    """Return what can be done at a target: write, read back, list, remove; nothing is left there.

    Where removing is not allowed the small test file stays, and the step says its name.
    """
    name = NAME.format(secrets.token_hex(4))
    try:
        with closing(open_target(place)) as target:
            return list(_steps(target, name))
    except SendProblem as problem:
        return [_failed("write", problem)]


def good_enough(steps: list[Step]) -> bool:
    """Tell whether a kiosk can send there: to write is enough, and nothing else may fail."""
    return steps[0].state == "works" and all(step.state != "fails" for step in steps)


def _steps(target: Target, name: str) -> Iterator[Step]:
    try:
        target.put(name, CONTENT)
    except SendProblem as problem:
        yield _failed("write", problem)
        return
    yield Step("write", "works", "Files can be put there.")
    yield _tried("read", lambda: _read(target, name), "What was put there comes back unchanged.",
                 "Nothing can be read back. The server's own word is taken for it.")  # fmt: skip
    yield _tried("list", lambda: _list(target), "Files can be listed, so it can be collected from.",
                 "Files cannot be listed; a kiosk need not.")  # fmt: skip
    yield _tried("remove", lambda: target.remove(name), "The test file is removed again.",
                 f"Nothing can be removed; the test file {name} stays there.")  # fmt: skip


def _tried(name: StepName, act: Callable[[], None], works: str, denied: str) -> Step:
    try:
        act()
    except (NotAllowed, NotThere):
        return Step(name, "denied", denied)
    except SendProblem as problem:
        return _failed(name, problem)
    return Step(name, "works", works)


def _read(target: Target, name: str) -> None:
    if target.get(name) != CONTENT:
        raise SendProblem(Reason.DAMAGED, name)


def _list(target: Target) -> None:
    for _ in islice(target.files(), ENOUGH_FILES):
        pass


def _failed(name: StepName, problem: SendProblem) -> Step:
    return Step(name, "fails", str(problem), problem.reason)
