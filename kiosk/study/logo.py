"""A study's logo: a PNG picture of harmless size; pictures that can hold programs are refused."""

from __future__ import annotations

import re

from kiosk.survey.problems import Problems

NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}\.png")
LARGEST = 200_000
WIDEST = 4_000  # pixels; a few bytes can unpack to a picture that fills a small laptop's memory
LONGEST = 8  # times as wide as high, so that it fits on a page
HEADER = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"


def check_name(name: str, problems: Problems) -> None:
    """Note what is wrong with the name of a logo in a study file; no name is no problem."""
    if name and not NAME.fullmatch(name):
        problems.error(
            "logo", f"“{name}” cannot be a logo.",
            "Please save the picture as PNG, beside study.toml, with small letters a–z, digits, "
            "_ and - in its name, such as logo.png.",
        )  # fmt: skip


def check_picture(name: str, data: bytes, problems: Problems) -> None:
    """Note what is wrong with a logo itself."""
    if len(data) > LARGEST:
        problems.error(name, f"the logo has {len(data) // 1000} kB.",
                       f"Please make it smaller than {LARGEST // 1000} kB.")  # fmt: skip
    end = len(HEADER)
    width, height = (int.from_bytes(data[at : at + 4], "big") for at in (end, end + 4))
    if not data.startswith(HEADER):
        problems.error(name, "this is no PNG picture, whatever its name says.",
                       "Please open it in a picture program and save it as PNG.")  # fmt: skip
    elif not (0 < width <= WIDEST and 0 < height <= WIDEST and width <= LONGEST * height):
        problems.error(
            name,
            f"the logo is {width} × {height} pixels.",
            f"Please give at most {WIDEST} either way, and {LONGEST} times as wide as high.",
        )
