"""Five faces that can be told apart: with any colour vision, and without colour (M9, M10, A17)."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import pytest

from kiosk.paths import bundled
from kiosk.web.assets import style
from tests.colour import VISIONS, ciede2000, contrast, seen_by, to_lab

FACES = {n: (bundled("static") / "icons" / f"face-{n}.svg").read_text() for n in range(1, 6)}
INK = "#1A1A1A"


def fill(face: int) -> str:
    return str(re.findall(r'fill="(#[0-9A-F]{6})"', FACES[face])[0])


@pytest.mark.parametrize("vision", VISIONS)
def test_no_two_faces_have_the_same_colour_for_anybody(vision: str) -> None:
    for one, other in combinations(FACES, 2):
        distance = ciede2000(
            to_lab(seen_by(vision, fill(one))), to_lab(seen_by(vision, fill(other)))
        )
        assert distance >= (20 if (one, other) == (1, 5) else 9), (vision, one, other, distance)


@pytest.mark.parametrize("face", FACES)
def test_the_drawing_stands_out_from_its_fill(face: int) -> None:
    assert contrast(INK, fill(face)) >= 4.5
    assert INK in FACES[face], "the dark outline makes the face stand out from the page"


def test_mouths_differ_in_equal_steps_and_the_ends_differ_in_the_eyes() -> None:
    def bow(face: int) -> float:
        """How far the mouth's middle lies below its corners."""
        curve = re.search(r"M28 (\d+)Q50 (\d+) 72 \d+", FACES[face])
        return (int(curve[2]) - int(curve[1])) / 2 if curve else 0.0

    bows = [bow(face) for face in (1, 2, 3, 4)]
    assert [after - before for before, after in pairwise(bows)] == [7.5, 7.5, 7.5]
    assert "Z" in FACES[5], "the last mouth is open"
    assert "M24 32" in FACES[1], "raised brows"
    assert "circle" not in FACES[5].split("46")[1], "smiling eyes instead of dots"


def test_faces_have_the_same_head() -> None:
    heads = {re.sub('fill="#[0-9A-F]{6}"', "", svg.split("/>")[0]) for svg in FACES.values()}
    assert len(heads) == 1, "same size, same outline (M14)"


def test_no_page_uses_emoji_glyphs() -> None:
    emoji = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
    for path in bundled("static").parent.joinpath("kiosk", "web", "templates").rglob("*.html"):
        assert not emoji.search(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize(
    ("ink", "paper", "least"),
    [
        ("ink", "page", 7), ("ink", "paper", 7), ("ink", "chosen", 7), ("accent", "page", 7),
        ("accent", "paper", 7), ("paper", "accent", 7), ("alert", "page", 7), ("line", "page", 3),
        ("accent", "chosen", 3),
    ],
)  # fmt: skip
def test_the_palette_is_readable(ink: str, paper: str, least: float) -> None:
    colours = dict(
        re.findall(r"--(\w+):(#[0-9a-f]{3,6})[;}]", str(style()).split("prefers-contrast")[0])
    )
    assert contrast(colours[ink], colours[paper]) >= least
