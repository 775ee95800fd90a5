"""Cut the kiosk's web fonts out of full Noto fonts while the wheel (or checkout) is built."""

from __future__ import annotations

import importlib.resources
from pathlib import Path
from typing import Any

from fontTools.merge import Merger
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = {
    "latin": ("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf"),
    "arabic": ("fontpkg_noto_sans_arabic", "files/NotoSansArabic[wdth,wght].ttf"),
    "ethiopic": (
        "justmytype_intl_africa",
        "fonts/ofl/notosansethiopic/NotoSansEthiopic[wdth,wght].ttf",
    ),
}
COMMON = [*range(0x20, 0x7F), 0xA0, 0xAB, 0xBB, *range(0x2010, 0x2028), 0x202F, 0x2039, 0x203A]
# Font file -> (source, the characters it holds). One file serves a whole script, ASCII included,
# so that a page needs one font.
SCRIPTS: dict[str, tuple[str, list[int]]] = {
    "latin": ("latin", [*COMMON, *range(0xA1, 0x180), 0x218, 0x219, 0x21A, 0x21B, 0x20AC]),
    "cyrillic": ("latin", [*COMMON, *range(0x400, 0x460), 0x490, 0x491, 0x2116]),
    "arabic": ("arabic", [*COMMON, *range(0x600, 0x700), 0x200C, 0x200D]),
    "ethiopic": ("ethiopic", [*COMMON, *range(0x1200, 0x1380)]),
}
# The start page shows every language by its own name: one small font with just those letters.
NAMES = (
    "0123456789 .:/-()English norsk bokmål nynorsk dansk Nederlands français Deutsch العربية "
    "українська ትግርኛ Soomaali русский فارسی دری پښتو Türkçe polski kurdî (kurmancî) "
    "کوردیی ناوەندی română lietuvių español Kiswahili shqip"
)
SHAPING = ["ccmp", "locl", "init", "medi", "fina", "isol", "rlig", "liga", "calt", "mark", "mkmk"]
WEIGHTS = (400, 700)


def open_font(source: str) -> TTFont:
    """Open one of the full source fonts."""
    package, path = SOURCES[source]
    return TTFont(str(importlib.resources.files(package) / path))


def subset(font: TTFont, characters: list[int], *, drop: list[str] | None = None) -> None:
    """Keep only these characters, and what their shaping needs."""
    options = Options(hinting=False, layout_features=SHAPING)
    options.drop_tables += drop or []
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)


def level(font: TTFont) -> None:
    """Give all scripts the line metrics of the Latin font, so that pages keep their height."""
    ascent, descent = 1069, 293
    font["hhea"].ascent = font["OS/2"].sTypoAscender = font["OS/2"].usWinAscent = ascent
    font["hhea"].descent = font["OS/2"].sTypoDescender = -descent
    font["OS/2"].usWinDescent = descent
    font["hhea"].lineGap = font["OS/2"].sTypoLineGap = 0


def make_script_font(name: str, folder: Path) -> None:
    """Write `<name>.woff2` with weights 400 to 700."""
    source, characters = SCRIPTS[name]
    font = open_font(source)
    subset(font, characters)
    font = instantiateVariableFont(font, {"wdth": 100, "wght": WEIGHTS})
    level(font)
    font.flavor = "woff2"
    font.save(folder / f"{name}.woff2")


def make_names_font(folder: Path) -> None:
    """Write `names.woff2`: the letters of all language names, of three fonts, in one."""
    parts = []
    for source in SOURCES:
        font = open_font(source)
        subset(font, [ord(c) for c in NAMES], drop=["STAT", "GDEF", "prep", "gasp", "vhea", "vmtx"])
        font = instantiateVariableFont(font, {"wdth": 100, "wght": 500})
        font["OS/2"].version = 4
        part = folder / f"{source}.part"
        font.save(part)
        parts.append(part)
    merged = Merger().merge([str(part) for part in parts])
    level(merged)
    merged.flavor = "woff2"
    merged.save(folder / "names.woff2")
    for part in parts:
        part.unlink()


def make_fonts(folder: Path) -> None:
    """Make all web fonts in `folder`, unless they are newer than this recipe."""
    wanted = [folder / f"{name}.woff2" for name in (*SCRIPTS, "names")]
    recipe = Path(__file__).stat().st_mtime
    if all(font.is_file() and font.stat().st_mtime > recipe for font in wanted):
        return
    folder.mkdir(parents=True, exist_ok=True)
    for name in SCRIPTS:
        make_script_font(name, folder)
    make_names_font(folder)


class FontsHook(BuildHookInterface):
    """Called by hatchling before it packs the wheel or an editable install."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the fonts; in an sdist they stay out, since every build makes them again."""
        if self.target_name == "wheel":
            make_fonts(Path(self.root) / "static" / "fonts")
