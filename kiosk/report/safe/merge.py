"""Groups of few people are put together before anything is shown (P15)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from kiosk.report.safe.tables import ALL, OTHER, CountTable, Group
from kiosk.report.thresholds import PUBLISHED_FROM


class TooFew(Exception):
    """The whole pool is too small to show anything of it. Its text says what to do."""

    def __init__(self, n: int, least: int = PUBLISHED_FROM) -> None:
        super().__init__(
            f"There are only {n} answers, and {least} are needed. Please wait for more, or choose "
            "a larger pool."
        )


def merged(table: CountTable, least: int = PUBLISHED_FROM) -> CountTable:
    """Return the table with groups of at least so many people. Raises TooFew.

    Small groups become `other`, with the next smallest group until they are enough, so that none
    can be computed from the total. The order of the groups is that of the table, `other` last; a
    group that is the only one is called `all`. Groups without people count as small where there
    is an `other`, and are left out where there is none.
    """
    if len(table.groups) > 1 and {ALL, OTHER} & {group.label for group in table.groups}:
        raise ValueError(f"“{ALL}” and “{OTHER}” are names that the table gives by itself.")
    if table.n < least:
        raise TooFew(table.n, least)
    others = _others(table.groups, least)
    rest = [group for group in table.groups if group.n and group.label not in others]
    small = [group for group in table.groups if group.label in others]
    if small:
        rest.append(together(OTHER, small))
    if len(rest) == 1:
        rest = [together(ALL, rest)]
    return CountTable(tuple(rest), table.values, table.bands)


def _others(groups: Sequence[Group], least: int) -> set[str]:
    """Return the groups that are too small, and as many of the next as these need."""
    by_size = sorted(groups, key=lambda group: (group.n, group.label))
    number = sum(group.n < least for group in by_size)
    people = sum(group.n for group in by_size[:number])
    while 0 < people < least:
        people += by_size[number].n
        number += 1
    return {group.label for group in by_size[:number]} if people else set()


def together(label: str, groups: Sequence[Group]) -> Group:
    """Return the groups as one."""
    counts = {
        item: dict(sum((Counter(group.counts[item]) for group in groups), Counter()))
        for item in groups[0].counts
    }
    workshops = {key: n for group in groups for key, n in group.members.items()}
    return Group(label, counts, workshops)
