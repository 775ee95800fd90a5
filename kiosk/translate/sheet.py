"""The reviewer's sheet: every text on paper, for somebody who speaks the language at home."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from kiosk.paths import bundled
from kiosk.translate.files import Files
from kiosk.translate.lines import Line, lines_of
from kiosk.translate.notes import notes_for
from kiosk.translate.places import PAGES
from kiosk.translate.steps import states_of

# What is worth a thought on a page as a whole.
HINTS = {
    "practice": "Anybody must be able to answer this, without thinking.",
    "answers": "Please read the five answers one after the other, aloud. Is the step from each to "
    "the next equally large? Is the one in the middle really in the middle?",
    "questions": "Each is said by the person who answers. Does it sound like something people say? "
    "Would somebody who reads little understand it at once?",
    "trouble": "These appear when something went wrong. They should calm, and say what to do.",
}
SLOT = re.compile(r"%\((\w+)\)s|\{(\w+)\}")
STATE_WORDS = {
    "machine-draft": "machine draft, read by nobody yet",
    "translated": "translated by two people",
    "reviewed": "reviewed",
    "adjudicated": "agreed by the team",
    "pretested": "tried out with people",
}


def sheet(files: Files, pictures: Mapping[str, bytes] | None = None) -> str:
    """Return the sheet as one HTML page that needs nothing else.

    `pictures` has page names and line ids -> a JPEG of what people see there.
    """
    lines = lines_of(files)
    environment = Environment(
        loader=PackageLoader("kiosk.translate"), autoescape=True, trim_blocks=True,
        lstrip_blocks=True, undefined=StrictUndefined,
    )  # fmt: skip
    environment.filters["slots"] = slots
    return environment.get_template("sheet.html").render(
        language=files.language, survey=files.survey, states=states_of(files), words=STATE_WORDS,
        pages=list(_pages(lines)), notes=notes_for(files.language.tag, lines), hints=HINTS,
        font=_font(files.language.script), steps=files.steps,
        pictures={name: _embedded("image/jpeg", data) for name, data in (pictures or {}).items()},
    )  # fmt: skip


def slots(text: str) -> Markup:
    """Return a text with the places that the computer fills in drawn as boxes."""
    return Markup(  # noqa: S704 - the text is escaped first; a slot's name is letters only
        SLOT.sub(
            lambda found: f'<span class="slot" dir="ltr">{found[1] or found[2]}</span>',
            str(escape(text)),
        )
    )


def _pages(lines: list[Line]) -> Iterator[tuple[str, str, list[tuple[int, Line]]]]:
    """Yield page, its name, and its lines with their numbers on the sheet."""
    numbered = enumerate(lines, start=1)
    for page, found in groupby(numbered, key=lambda one: one[1].place.page):
        yield page, PAGES[page], list(found)


def _font(script: str) -> str:
    """Return the kiosk's own font of a script, as it is put into a page; empty if not there."""
    path = bundled("static") / "fonts" / f"{script}.woff2"
    return _embedded("font/woff2", path.read_bytes()) if path.is_file() else ""


def _embedded(kind: str, data: bytes) -> str:
    return f"data:{kind};base64,{b64encode(data).decode()}"
