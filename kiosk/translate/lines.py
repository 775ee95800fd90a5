"""All that participants read in one language, line by line, in the order in which they meet it."""

from __future__ import annotations

from dataclasses import dataclass

from kiosk.survey.texts import mark, places, source_tag, text_at
from kiosk.translate.files import Files
from kiosk.translate.places import PAGES, Place, place_of_text, places_of_messages

INTERFACE = "ui."


@dataclass(frozen=True)
class Line:
    """One text: its source, its draft, where it stands and how far it has come.

    `check` changes with the language and with the source.
    """

    id: str
    place: Place
    source: str
    draft: str
    state: str
    check: str

    @property
    def is_interface(self) -> bool:
        """Whether it belongs to the interface, not to the survey."""
        return self.id.startswith(INTERFACE)

    @property
    def where(self) -> str:
        """Where it stands and what it is, in words."""
        page = PAGES[self.place.page]
        return f"{page} – {self.place.purpose}" if self.place.purpose else page


def check_of(tag: str, text_id: str, source: str) -> str:
    """Return what tells whether a line still speaks of the same source in the same language."""
    return mark(f"{tag}/{text_id}", source)


def lines_of(files: Files) -> list[Line]:
    """Return every line of a language once, by page."""
    order = list(PAGES)
    found = [*_survey_lines(files), *_interface_lines(files)]
    return sorted(found, key=lambda line: order.index(line.place.page))


def _survey_lines(files: Files) -> list[Line]:
    tag, values, survey = files.language.tag, files.values, files.survey
    stale = survey.stale.get(tag, ())
    lines = []
    for name, where in places(values).items():
        text = text_at(values, where)
        source = text[source_tag(values)]
        state = "stale" if name in stale else survey.translation[tag]
        lines.append(Line(name, place_of_text(name), source, text[tag], state,
                          check_of(tag, name, source)))  # fmt: skip
    return lines


def _interface_lines(files: Files) -> list[Line]:
    """Return the interface's lines; one that no page is known for stands at the end."""
    tag, state, messages = files.language.tag, files.interface_state, files.messages
    known = places_of_messages()
    ordered = [text for text in known if text in messages]
    ordered += [text for text in messages if text not in known]
    return [
        Line(name := f"{INTERFACE}{mark('', text)}", known.get(text, Place("elsewhere", "")),
             text, messages[text], state, check_of(tag, name, text))
        for text in ordered
    ]  # fmt: skip
