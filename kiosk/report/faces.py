"""The project's own five faces, as drawn for participants, and their colours."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from kiosk.paths import bundled

PARTS = re.compile(
    r'<svg [^>]*viewBox="0 0 100 100">(?P<body><circle [^>]*fill="(?P<fill>#\w+)".*)</svg>\s*'
)


@dataclass(frozen=True)
class Face:
    """One face: its drawing, on a square of 100, and the colour that fills it."""

    value: int
    body: Markup
    fill: str


def faces() -> dict[int, Face]:
    """Return the faces by value, 1 (very sad) to 5 (very happy)."""
    found = {}
    for value in range(1, 6):
        drawing = (bundled("static") / "icons" / f"face-{value}.svg").read_text(encoding="utf-8")
        parts = PARTS.fullmatch(drawing)
        if parts is None:
            raise ValueError(f"face-{value}.svg is no face that the report can draw")
        found[value] = Face(value, Markup(parts["body"]), parts["fill"])  # noqa: S704  # our own file
    return found
