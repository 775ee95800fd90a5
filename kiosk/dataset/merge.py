"""Merges datasets of one study: whatever the order, and however often, the same comes out (X11)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kiosk.bundle.read import Bundle
from kiosk.dataset.map_file import MapFile, plan_of
from kiosk.dataset.mapping import SHORT, Items, Plan, mapped_lines
from kiosk.dataset.pool import Contradiction, MixedSurveys, Pool
from kiosk.dataset.read_back import ReadBack
from kiosk.dataset.rows import SortedRows


class CannotMerge(Exception):
    """The datasets do not belong together; the message says why and what to do."""


def merge(parts: Sequence[ReadBack], work: Path, map_file: MapFile | None = None) -> Pool:
    """Return one pool of datasets. Rows are sorted in a folder inside `work`.

    Raises CannotMerge, MixedSurveys, BadMapping, and CannotReadBack at an impossible row.
    """
    _check_studies(parts)
    named = _named(parts, map_file)
    home = next(part for part in parts if part.plan.target == named.target).example
    for part in parts:
        _check_version(part, home, named)
    plan = _whole_plan(parts, named)
    pool = Pool(plan)
    for part in sorted(parts, key=lambda part: part.plan.target != plan.target):
        _admit(part, pool)
    pool.rows = SortedRows((line for part in parts for line in _lines(part, home, plan)), work)
    languages = {part.language for part in parts}
    if len(languages) == 1 and languages <= set(pool.survey.languages):
        pool.language = languages.pop()
    return pool


def _check_studies(parts: Sequence[ReadBack]) -> None:
    first = parts[0]
    for part in parts:
        ours, theirs = first.bundles[0].study, part.bundles[0].study
        if ours.id != theirs.id:
            raise CannotMerge(
                f"{first.name} is of the study “{ours.id}”, {part.name} of “{theirs.id}”. People "
                "agreed to one study; its dataset holds no other. Please merge each study on its "
                "own."
            )


def _named(parts: Sequence[ReadBack], map_file: MapFile | None) -> Plan:
    """Return what the mapping says of the versions that are here; without one, no version."""
    if map_file is None:
        return Plan(parts[0].plan.target)
    versions = {bundle.survey.hash: bundle.survey for part in parts for bundle in part.bundles}
    plan = plan_of(map_file, versions)
    if plan.target not in {part.plan.target for part in parts}:
        raise CannotMerge(
            f"Version {versions[plan.target].version} is in these datasets only as it was mapped. "
            "Please collect its bundles again, with the mapping that you want for all."
        )
    return plan


def _check_version(part: ReadBack, home: Bundle, named: Plan) -> None:
    """Refuse a dataset whose columns cannot become those of the version named as target."""
    if part.plan.target == named.target:
        return
    if part.plan.target not in named.items:
        raise MixedSurveys(home, part.example)
    if part.plan.items:
        raise CannotMerge(
            f"{part.name} was mapped to version {part.survey.version} before, and what was left "
            "out then cannot be brought back. Please collect its bundles again, with one mapping "
            "to the version that you want."
        )


def _whole_plan(parts: Iterable[ReadBack], named: Plan) -> Plan:
    """Return what is named together with what was mapped before. Raises CannotMerge."""
    items: dict[str, Items] = dict(named.items)
    for part in parts:
        for asked, pairs in part.plan.items.items():
            if items.setdefault(asked, pairs) != pairs:
                raise CannotMerge(
                    f"{part.name} has another version mapped in another way ({asked[:SHORT]}). "
                    "Please collect its bundles again, with the mapping that you want for all."
                )
    return Plan(named.target, items)


def _admit(part: ReadBack, pool: Pool) -> None:
    try:
        for bundle in part.bundles:
            pool.admit(bundle)
        for edition, report in part.reports:
            pool.add_report(report, edition)
    except Contradiction as problem:
        raise CannotMerge(
            f"{part.name} says of a workshop something else than the other datasets do. Please "
            "collect the bundles of both again, into one dataset."
        ) from problem


def _lines(part: ReadBack, home: Bundle, plan: Plan) -> Iterator[bytes]:
    if part.plan.target == plan.target:
        return part.lines()
    return mapped_lines(part.lines(), part.survey, home.survey, plan.items[part.plan.target])
