"""Interface translations: compiled from the .po files at start; only complete languages count."""

from __future__ import annotations

import io
from pathlib import Path
from typing import cast

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, g
from flask_babel import Babel, Domain, get_locale

from kiosk.languages import LANGUAGES, Language, check_registry

DOMAIN = "messages"
SOURCE = "en"


class Catalogue(Domain):  # type: ignore[misc]  # flask-babel carries no types
    """All interface texts, in memory. English is the source and needs no file."""

    def __init__(self, folder: Path) -> None:
        super().__init__(domain=DOMAIN)
        self.messages = _read(folder / f"{DOMAIN}.pot")
        self.translations: dict[str, NullTranslations] = {SOURCE: NullTranslations()}
        self.complete = {SOURCE}
        for language in LANGUAGES.values():
            path = folder / language.babel_id / "LC_MESSAGES" / f"{DOMAIN}.po"
            if path.is_file():
                self._add(language, _read(path))

    def _add(self, language: Language, catalog: Catalog) -> None:
        self.translations[language.babel_id] = _compile(catalog)
        if all(_is_translated(catalog, str(message.id)) for message in self.messages if message.id):
            self.complete.add(language.tag)

    def get_translations(self) -> NullTranslations:
        """Return the texts of the request's language (asked by flask-babel)."""
        return self.translations[str(get_locale())]


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


def install(app: Flask, folder: Path) -> Catalogue:
    """Give the app its languages. Raises WrongRegistry if Babel would mistake one for another."""
    check_registry(LANGUAGES)
    catalogue = Catalogue(folder)
    babel = Babel(app, locale_selector=lambda: current_language().babel_id)
    babel.domain_instance = catalogue
    app.extensions["catalogue"] = catalogue
    return catalogue


def speak(language: Language) -> None:
    """Let the rest of this request be in `language`."""
    g.language = language


def current_language() -> Language:
    """Return the language of this request; the source language if none was chosen."""
    return cast(Language, g.get("language", LANGUAGES[SOURCE]))
