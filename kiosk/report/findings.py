"""What the counts say, in sentences: counts first, percent only where the base allows (R1-R5)."""

from __future__ import annotations

from collections.abc import Mapping

from kiosk.report.distribution import Distribution
from kiosk.report.shares import Bounds, Share
from kiosk.report.thresholds import SHOWN_FROM
from kiosk.report.wilson import LEVEL
from kiosk.report.words import Words


def finding(words: Words, found: Distribution, labels: Mapping[int, str]) -> str:
    """Return the title of a question's chart: what most of all it says (R8)."""
    if found.base < SHOWN_FROM:
        return words.gettext(
            "%(share)s answered. Results of fewer than %(least)s are not shown.",
            share=words.share(found.answered_share), least=words.number(SHOWN_FROM),
        )  # fmt: skip
    if found.positive:
        chosen = [labels[value] for value in sorted(found.positive)]
        share = words.share(found.positive_share)
        return words.gettext(
            "%(share)s chose %(answer)s.", share=share, answer=words.either(chosen)
        )
    most = found.most_frequent
    share = words.share(found.share(most[0]))
    if len(most) == 1:
        return words.gettext(
            "%(share)s chose %(answer)s, more than any other answer.",
            share=share, answer=words.quoted(labels[most[0]]),
        )  # fmt: skip
    return words.gettext(
        "Chosen most often, by %(share)s each: %(answers)s.",
        share=share, answers=words.both([labels[value] for value in most]),
    )  # fmt: skip


def median(words: Words, found: Distribution, labels: Mapping[int, str]) -> str:
    """Return the median as a word; two different middle values stay two (R3)."""
    low, high = found.median
    if low == high:
        return words.quoted(labels[low])
    return words.gettext(
        "between %(low)s and %(high)s",
        low=words.quoted(labels[low]), high=words.quoted(labels[high]),
    )  # fmt: skip


def interval(words: Words, share: Share) -> str:
    """Return the Wilson interval; below twenty people as so many of a hundred, not percent (R4)."""
    low, high = share.interval
    level = words.percent(round(100 * LEVEL))
    if share.percent is None:
        return words.gettext(
            "%(low)s to %(high)s of 100 similar people (Wilson, %(level)s)",
            low=words.number(low), high=words.number(high), level=level,
        )  # fmt: skip
    return words.gettext(
        "%(low)s to %(high)s (Wilson, %(level)s)",
        low=words.percent(low), high=words.percent(high), level=level,
    )  # fmt: skip


def possible(words: Words, found: Bounds) -> str:
    """Return the fewest and the most that can have been positive (R5)."""
    low, high, whole = (words.number(number) for number in found)
    if low == high:
        return words.gettext("%(part)s of %(whole)s positive", part=low, whole=whole)
    return words.gettext(
        "%(low)s to %(high)s of %(whole)s positive", low=low, high=high, whole=whole
    )
