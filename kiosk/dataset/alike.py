"""Tells whether the answers to two items mean the same, so that they may share a column (R11)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from kiosk.survey.kinds import KINDS, options_of
from kiosk.survey.model import Item, Scale, Survey, Text


def differences(asked: Survey, then: Item, target: Survey, now: Item) -> Iterator[str]:
    """Yield what keeps two items' values from meaning the same: kind, scale, values, labels.

    Labels are compared in every language that both versions have. The wording of the question may
    differ: that it means the same is for people to say.
    """
    if then.kind != now.kind:
        yield f"its kind is {then.kind}, not {now.kind}"
        return
    if KINDS[now.kind].needs == "scale":
        yield from _scales(asked.scale, target.scale)
    old, new = _labels(asked, then), _labels(target, now)
    if set(old) != set(new):
        yield f"its values are {_listed(old)}, not {_listed(new)}"
        return
    common = [tag for tag in target.languages if tag in asked.languages]
    if not common:
        yield "the two versions have no language in common in which labels could be compared"
    for value, tag in product(sorted(new), common):
        if old[value][tag] != new[value][tag]:
            yield f"{value} is called “{old[value][tag]}” in “{tag}”, not “{new[value][tag]}”"


def _scales(then: Scale, now: Scale) -> Iterator[str]:
    if then.id != now.id:
        yield f"its scale is “{then.id}”, not “{now.id}”"
    if then.order != now.order:
        yield f"its scale is shown in the order “{then.order}”, not “{now.order}”"


def _labels(survey: Survey, item: Item) -> dict[int, Text]:
    return {option.value: option.label for option in options_of(survey, item)}


def _listed(values: dict[int, Text]) -> str:
    return ", ".join(map(str, sorted(values)))
