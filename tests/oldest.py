"""Keeps scripts and styles to what the oldest browsers know: python -m tests.oldest.

What is newer must be listed here with the reason why nobody misses it.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

OLDEST = {"chrome": "65", "firefox": "60", "safari": "12.1"}
NEWER = Path(__file__).parent / "oldest.txt"
STATIC = Path(__file__).parent.parent / "static"
# Pages of the staff alone, on their own laptop; the other scripts run on any phone.
STAFF_ONLY = {"recorder.js", "paper.css", "typing.js", "staff.css"}
# Each is asked for before it is used, or nobody is held up without it.
GUARDED = {
    "AbortController": "asked for first; without it the time limit still holds",
    "AudioContext": "asked for first, under its older name too; without it no tone sounds",
    "databases": "asked for first; without it the database is opened",
    "exitFullscreen": "only where the page is in full screen",
    "fullscreenElement": "undefined is as good as null",
    "onvoiceschanged": "Safari has its voices at once",
    "requestFullscreen": "asked for first; the tablet's lock is another matter",
    "showModal": "asked for first; the box is shown by its attribute",
    "signal": "the AbortController's own",
    "srcObject": "only to keep a screen awake",
    "wakeLock": "a failure is caught; a small moving picture takes over",
}
# Of the page's own data and objects, though something new bears the same name.
OURS = {"head", "skipped"}
# Without them it looks plainer, or @supports not (inset: 0) does it in another way.
PLAINER = {
    "backdrop", "border-block-end", "border-block-start", "border-inline-start", "clamp",
    "focus-visible", "forced-color-adjust", "forced-colors", "inset", "inset-block-end",
    "inset-block-start", "inset-inline", "inset-inline-end", "margin-block", "margin-block-end",
    "margin-block-start", "margin-inline", "margin-inline-start", "max", "outline",
    "overscroll-behavior-y", "padding-block", "padding-block-end", "padding-block-start",
    "padding-inline", "prefers-contrast", "prefers-reduced-motion", "scroll-margin-block-end",
    "scroll-padding-block-end", "text-size-adjust", "text-wrap", "touch-action",
    "-webkit-tap-highlight-color",
}  # fmt: skip
NOISE = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"", re.DOTALL)
# Grammar that came after 2017, as it looks once comments and strings are gone.
GRAMMAR = {
    r"\?\.(?!\d)": "optional chaining (?.)", r"\?\?": "?? and ??=", r"(?:&&|\|\|)=": "&&= and ||=",
    r"\bcatch\s*\{": "catch without a name", r"\b\d+n\b": "big integers",
    r"\b\d+_\d": "numbers with _", r"(?<![\w'`])#\w+\b(?=\s*[=(;.])": "private members",
    r"\bclass\s+\w*\s*\{": "classes (their newer parts look like the older ones)",
    r"\bimport\b": "modules", r"\(\?<": "look-behind and named groups",
    r"\bfor\s+await\b": "for await",
}  # fmt: skip
USED = {
    "script": r"(?<!\.)\.\s*([A-Za-z_$][\w$]*)|(?<![\w.$])([A-Z][A-Za-z]+)\b|\{\s*(\w+)\s*\}\s*=",
    "property": r"[{;]\s*([a-z-]+)\s*:", "selector": r":{1,2}([a-z-]+)(?=[^;{}]*\{)",
    "rule": r"@([a-z-]+)", "media": r"\(([a-z-]+)\s*:(?=[^;{}]*\{)",
    "function": r"(?<![\w-])([a-z-]+)\(",
}  # fmt: skip


def newer() -> dict[str, set[str]]:
    """Return, of each kind, the names that not all of the oldest browsers know."""
    parts = re.split(r"\[(\w+)\]", NEWER.read_text(encoding="utf-8"))[1:]
    return {kind: set(names.split()) for kind, names in zip(parts[::2], parts[1::2], strict=True)}


def used(kind: str, text: str) -> set[str]:
    """Return the names of one kind that a script or a style sheet uses."""
    found = re.finditer(USED[kind], text)
    return {name for match in found for name in match.groups() if name}


def grammar(text: str) -> list[str]:
    """Return what a script says in words that came after 2017."""
    return [what for pattern, what in GRAMMAR.items() if re.search(pattern, text)]


def too_new(name: str, text: str) -> set[str]:
    """Return everything in a file that the oldest browsers do not all know."""
    plain = NOISE.sub("''", text)
    kinds = (
        ["script"]
        if name.endswith(".js")
        else ["property", "selector", "rule", "media", "function"]
    )
    known = newer()
    return {word for kind in kinds for word in used(kind, plain) & known[kind]}


def problems(files: dict[str, str]) -> list[str]:
    """Return what is wrong in files by name, and which reasons here are needed no more."""
    excused = set(GUARDED) | OURS | PLAINER
    seen: set[str] = set()
    wrong = []
    for name, text in files.items():
        words = too_new(name, text)
        seen |= words
        wrong += [
            f"{name}: {word} is newer than the oldest browsers" for word in sorted(words - excused)
        ]
        if name.endswith(".js"):
            wrong += [
                f"{name}: {what} is newer than 2017" for what in grammar(NOISE.sub("''", text))
            ]
    return wrong + [
        f"tests/oldest.py: nothing uses {word} any more" for word in sorted(excused - seen)
    ]


def shipped() -> dict[str, str]:
    """Return the scripts and styles that people's phones get."""
    files = sorted([*STATIC.glob("*.js"), *STATIC.glob("*.css")])
    return {file.name: file.read_text("utf-8") for file in files if file.name not in STAFF_ONLY}


if __name__ == "__main__":
    if found := problems(shipped()):
        sys.exit(
            "\n".join([*found, "Ask for it first, or do without, and say so in tests/oldest.py."])
        )
