"""Interface texts: read from the .po files, compiled in memory; only complete languages count."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from kiosk.languages import LANGUAGES, STATES
from kiosk.paths import bundled

SOURCE = "en"
PARTICIPANTS, STAFF = "messages", "staff"
STATE = re.compile(r"^(?:# )?State: (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class InterfaceTexts:
    """The texts of one domain: `by_locale` by Babel id, `complete` the tags without a gap.

    `states` says how far each tag's texts have come, `wanted` are the English texts, in the order
    of the template file.
    """

    by_locale: Mapping[str, NullTranslations]
    complete: frozenset[str]
    states: Mapping[str, str] = field(default_factory=dict)
    wanted: tuple[str, ...] = ()


def read_texts(domain: str, folder: Path | None = None) -> InterfaceTexts:
    """Return the texts of a domain ("messages" or "staff"). English is the source: no file."""
    folder = folder or bundled("translations")
    wanted = tuple(str(m.id) for m in _read(folder / f"{domain}.pot") if m.id)
    by_locale: dict[str, NullTranslations] = {SOURCE: NullTranslations()}
    complete, states = {SOURCE}, {SOURCE: "source"}
    for language in LANGUAGES.values():
        path = folder / language.babel_id / "LC_MESSAGES" / f"{domain}.po"
        if path.is_file():
            catalog = _read(path)
            by_locale[language.babel_id] = _compile(catalog)
            states[language.tag] = state_in(catalog.header_comment)
            if all(_is_translated(catalog, text) for text in wanted):
                complete.add(language.tag)
    return InterfaceTexts(by_locale, frozenset(complete), states, wanted)


def state_in(head: str) -> str:
    """Return the state that a catalogue's head names; what it does not say is a machine draft."""
    found = STATE.search(head)
    return found[1] if found and found[1] in STATES else STATES[1]


def _read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def _is_translated(catalog: Catalog, message_id: str) -> bool:
    message = catalog.get(message_id)
    return message is not None and bool(message.string) and not message.fuzzy


def _compile(catalog: Catalog) -> Translations:
    buffer = io.BytesIO()
    write_mo(buffer, catalog)
    buffer.seek(0)
    return Translations(buffer)
