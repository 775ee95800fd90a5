"""Figures beside their bars, and the table that shows them."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """One measured number. Its bar is what it may be at most; `at_least` turns that round."""

    what: str
    value: float
    unit: str
    bar: float | None = None
    at_least: bool = False
    note: str = ""
    peers: Sequence[str] = ()

    @property
    def met(self) -> bool | None:
        """Whether the bar is met; None if there is no bar."""
        if self.bar is None:
            return None
        return self.value >= self.bar if self.at_least else self.value <= self.bar

    def cells(self) -> tuple[str, str, str, str, str]:
        sign = "≥" if self.at_least else "≤"
        bar = "" if self.bar is None else f"{sign} {number(self.bar)} {self.unit}"
        verdict = {True: "met", False: "NOT MET", None: ""}[self.met]
        return self.what, f"{number(self.value)} {self.unit}", bar, verdict, self.note

    def as_json(self) -> dict[str, object]:
        return {"what": self.what, "value": self.value, "unit": self.unit, "bar": self.bar,
                "at_least": self.at_least, "met": self.met, "note": self.note,
                "peers": list(self.peers)}  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One part of the table: a heading that says how it was measured, and figures."""

    heading: str
    figures: Sequence[Figure]
    is_limit: bool = False


def side_by_side(parts: Sequence[Part]) -> str:
    """Return as Markdown the figures that have a bar or a peer, or are a limit of the machine."""
    lines = ["| | measured | bar | | LimeSurvey | SurveyJS | Enketo |",
             "|---|---|---|---|---|---|---|"]  # fmt: skip
    for part in parts:
        shown = [one for one in part.figures if one.bar is not None or one.peers or part.is_limit]
        if shown:
            lines.append(f"| **{part.heading}** | | | | | | |")
        for figure in shown:
            what, value, bar, verdict, _ = figure.cells()
            verdict = "**not met**" if figure.met is False else verdict
            peers = [*figure.peers, "", "", ""][:3]
            lines.append(f"| {' | '.join((what, value, bar, verdict, *peers))} |")
    return "\n".join(lines).replace("<", "&lt;")


def number(value: float) -> str:
    """Return a number with as many decimals as it deserves."""
    decimals = 0 if abs(value) >= 100 or value == int(value) else 1 if abs(value) >= 10 else 4
    text = f"{value:,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if decimals == 4 else text


def median(values: Iterable[float]) -> float:
    return statistics.median(values)


def share(values: Iterable[float], percent: int) -> float:
    """Return the value that `percent` of all values do not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def table(parts: Sequence[Part]) -> str:
    """Return the whole table, one figure a line."""
    rows = [figure.cells() for part in parts for figure in part.figures]
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    lines: list[str] = []
    for part in parts:
        lines += ["", part.heading]
        for what, value, bar, verdict, note in (figure.cells() for figure in part.figures):
            cells = (what.ljust(widths[0]), value.rjust(widths[1]), bar.rjust(widths[2]),
                     verdict.ljust(widths[3]), note)  # fmt: skip
            lines.append("  " + " · ".join(cells).rstrip(" ·"))
    barred = [figure for part in parts for figure in part.figures if figure.met is not None]
    missed = [figure.what for figure in barred if not figure.met]
    lines += ["", f"{len(barred) - len(missed)} of {len(barred)} bars met."]
    lines += [f"  NOT MET: {what}" for what in missed]
    return "\n".join(lines)
