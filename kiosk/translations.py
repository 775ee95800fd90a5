"""Interface texts: read from the .po files, compiled in memory; only complete languages count."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations

from kiosk.languages import LANGUAGES
from kiosk.paths import bundled

SOURCE = "en"
PARTICIPANTS, STAFF = "messages", "staff"


@dataclass(frozen=True)
class InterfaceTexts:
    """The texts of one domain: `by_locale` by Babel id, `complete` the tags without a gap.

    `wanted` are the English texts, in the order of the template file.
    """

    by_locale: Mapping[str, NullTranslations]
    complete: frozenset[str]
    wanted: tuple[str, ...] = ()


def read_texts(domain: str, folder: Path | None = None) -> InterfaceTexts:
    """Return the texts of a domain ("messages" or "staff"). English is the source: no file."""
    folder = folder or bundled("translations")
    wanted = tuple(str(m.id) for m in _read(folder / f"{domain}.pot") if m.id)
    by_locale: dict[str, NullTranslations] = {SOURCE: NullTranslations()}
    complete = {SOURCE}
    for language in LANGUAGES.values():
        path = folder / language.babel_id / "LC_MESSAGES" / f"{domain}.po"
        if path.is_file():
            catalog = _read(path)
            by_locale[language.babel_id] = _compile(catalog)
            if all(_is_translated(catalog, text) for text in wanted):
                complete.add(language.tag)
    return InterfaceTexts(by_locale, frozenset(complete), wanted)


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
