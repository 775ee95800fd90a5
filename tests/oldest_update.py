"""Writes anew what the oldest browsers do not know: python -m tests.oldest_update DATA.

DATA is data.json of the npm package @mdn/browser-compat-data (CC0), which MDN's tables come from.
A name that anything of the web or of JavaScript bears in all three browsers is left out: what
`.name` means in a script cannot be told from the script alone.
"""

from __future__ import annotations

import json
import re
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.oldest import NEWER, OLDEST

Found = Iterator[tuple[str, str, dict[str, Any]]]
WORD = re.compile(r"[A-Za-z$][\w$]*")


def version(text: str) -> tuple[int, ...]:
    """Return a version as numbers; "≤37" counts as 37."""
    return tuple(int(part) for part in text.removeprefix("≤").split("."))


def knows(browser: str, support: Any) -> bool:
    """Whether the oldest version of a browser has it, under its own name and switched on."""
    for entry in support if isinstance(support, list) else [support or {}]:
        added = entry.get("version_added")
        special = {"flags", "prefix", "alternative_name", "version_removed"} & set(entry)
        if isinstance(added, str) and added != "preview" and not special:
            return version(added) <= version(OLDEST[browser])
    return False


def members(kind: str, tree: dict[str, Any]) -> Found:
    """Find everything directly in a part of the tree."""
    for name, branch in tree.items():
        if isinstance(branch, dict) and "__compat" in branch:
            yield kind, name, branch["__compat"]


def names(data: dict[str, Any]) -> Found:
    """Find all names that a script or a style sheet can bear."""
    for tree in (data["api"], data["javascript"]["builtins"]):
        yield from members("script", tree)
        for branch in tree.values():
            for kind, name, compat in members("script", branch):
                plain = re.sub(r"_(static|permission)$", "", name)
                yield kind, re.sub(r"^(\w+)_event$", r"on\1", plain), compat
    css = data["css"]
    yield from members("property", css["properties"])
    yield from members("selector", css["selectors"])
    yield from members("rule", css["at-rules"])
    yield from members("media", css["at-rules"]["media"])
    yield from functions(css["types"])


def functions(tree: dict[str, Any]) -> Found:
    """Find CSS functions, however deep."""
    for name, branch in tree.items():
        if isinstance(branch, dict) and name != "__compat":
            if "()" in branch.get("__compat", {}).get("description", ""):
                yield "function", name, branch["__compat"]
            yield from functions(branch)


def update(data: dict[str, Any]) -> str:
    """Return the list: of each kind the names that not all of the oldest browsers know."""
    known: dict[str, dict[str, bool]] = {}
    for kind, name, compat in names(data):
        if kind != "script" or WORD.fullmatch(name):
            everywhere = all(knows(browser, compat["support"].get(browser)) for browser in OLDEST)
            kinds = known.setdefault(kind, {})
            kinds[name] = kinds.get(name, False) or everywhere
    of = ", ".join(f"{browser.title()} {number}" for browser, number in OLDEST.items())
    lines = [f"# What {of} do not all know, by MDN's tables of {data['__meta']['timestamp'][:10]}."]
    for kind, kinds in known.items():
        new = " ".join(sorted(name for name, everywhere in kinds.items() if not everywhere))
        lines += ["", f"[{kind}]", *textwrap.wrap(new, 99, break_on_hyphens=False)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    NEWER.write_text(update(json.loads(Path(sys.argv[1]).read_text("utf-8"))), encoding="utf-8")
