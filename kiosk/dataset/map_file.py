"""Reads the file in which a researcher says which questions of two versions are the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kiosk.dataset.alike import differences
from kiosk.dataset.mapping import SHORT, Items, Plan
from kiosk.survey.model import Item, Survey
from kiosk.survey.problems import Problems
from kiosk.survey.table import Table
from kiosk.toml import read_toml

FEWEST_SIGNS = 8
Pairs = tuple[tuple[str, str], ...]  # their item, our item
Versions = Mapping[str, Survey]  # hash -> survey


class BadMapping(Exception):
    """The mapping cannot be used; the message names every problem and what to do."""

    def __init__(self, name: str, problems: Problems) -> None:
        lines = "\n".join(str(problem) for problem in problems.errors)
        super().__init__(f"The mapping {name} cannot be used.\n{lines}")


@dataclass(frozen=True)
class MapFile:
    """A mapping as it was written: names of versions, and pairs of items for each."""

    name: str
    to: str
    sources: tuple[tuple[str, Pairs], ...]


def read_map(path: Path) -> MapFile:
    """Return the mapping in a TOML file. Raises BadMapping with all problems."""
    problems = Problems()
    try:
        values = read_toml(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as problem:
        problems.error(path.name, f"the file cannot be read: {problem}.", "Please mend it.")
        raise BadMapping(path.name, problems) from problem
    top = Table(values, "", problems)
    to, rows = top.string("to"), top.tables("from")
    found = MapFile(path.name, to, tuple(map(_source, rows)))
    top.done()
    if problems.errors:
        raise BadMapping(path.name, problems)
    return found


def _source(row: Table) -> tuple[str, Pairs]:
    version = row.string("version")
    row.where = f"from {version}"
    pairs = [(name, name) for name in row.strings("same")]
    if "renamed" in row.values:
        renamed = row.table("renamed")
        pairs += [(theirs, renamed.string(theirs)) for theirs in renamed.values]
    row.done()
    return version, tuple(pairs)


def plan_of(file: MapFile, versions: Versions) -> Plan:
    """Return the plan that a mapping asks for, of versions that are here. Raises BadMapping."""
    problems, items = Problems(), dict[str, Items]()
    target = _find(file.to, versions, "to", problems)
    for name, pairs in file.sources:
        where = f"from {name}"
        asked = _find(name, versions, where, problems)
        if target is None or asked is None:
            continue
        if asked.hash == target.hash or asked.hash in items:
            what = "is the one that all are mapped to" if asked.hash == target.hash else "was named"
            problems.error(where, f"this version {what} already.", "Please take one of them out.")
            continue
        _check(pairs, asked, target, where, problems)
        items[asked.hash] = {ours: theirs for theirs, ours in pairs}
    if target is None or problems.errors:
        raise BadMapping(file.name, problems)
    return Plan(target.hash, items)


def _find(name: str, versions: Versions, where: str, problems: Problems) -> Survey | None:
    """Return the version that is called so, or whose hash begins so."""
    found = [
        survey
        for content, survey in sorted(versions.items())
        if name == survey.version or (len(name) >= FEWEST_SIGNS and content.startswith(name))
    ]
    if len(found) == 1:
        return found[0]
    here = ", ".join(
        sorted(f"{survey.version} ({content[:SHORT]})" for content, survey in versions.items())
    )
    if found:
        problems.error(where, f"“{name}” is the name of several versions.",
                       f"Please write the signs in brackets instead: {here}.")  # fmt: skip
    else:
        problems.error(where, f"nothing here asks version “{name}”.",
                       f"Please write one of: {here}.")  # fmt: skip
    return None


def _check(pairs: Pairs, asked: Survey, target: Survey, where: str, problems: Problems) -> None:
    """Note every pair that cannot be."""
    if not pairs:
        problems.error(where, "no item is mapped, so every answer would be left out.",
                       'Please name items: same = ["q01", …].')  # fmt: skip
    for whose, names in (("their", [p[0] for p in pairs]), ("our", [p[1] for p in pairs])):
        for name, times in Counter(names).items():
            if times > 1:
                problems.error(where, f"{whose} item “{name}” is mapped {times} times.",
                               "Please leave one.")  # fmt: skip
    for theirs, ours in pairs:
        place = f"{where} › {theirs}"
        then = _item(asked, theirs, place, problems)
        now = _item(target, ours, place, problems)
        if then and now:
            for what in differences(asked, then, target, now):
                problems.error(place, f"it cannot be “{ours}”: {what}.",
                               "Please leave it out.")  # fmt: skip


def _item(survey: Survey, name: str, place: str, problems: Problems) -> Item | None:
    item = survey.item(name)
    if item is None:
        known = ", ".join(item.id for item in survey.items)
        problems.error(place, f"version {survey.version} has no item “{name}”.",
                       f"Its items are: {known}.")  # fmt: skip
    return item
