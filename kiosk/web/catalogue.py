"""Which language a request speaks, and whose texts: the participants' or the staff's."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import cast

from babel.support import NullTranslations
from flask import Flask, current_app, g
from flask_babel import Babel, Domain, format_date, refresh

from kiosk.languages import LANGUAGES, Language, check_registry
from kiosk.translations import PARTICIPANTS, SOURCE, STAFF, read_texts


def _(text: str) -> str:
    """Mark a text for the catalogue."""
    return text


INVITATION = _(
    "Tell us what you think of the workshop. Scan the code with your phone. Nobody asks your name."
)


class Catalogue(Domain):  # type: ignore[misc]  # flask-babel carries no types
    """All interface texts, in memory; a request that spoke `as_staff` reads the staff's."""

    def __init__(self, folder: Path) -> None:
        super().__init__(domain=PARTICIPANTS)
        self.texts = read_texts(PARTICIPANTS, folder)
        self.staff = read_texts(STAFF, folder)

    @property
    def complete(self) -> frozenset[str]:
        """The tags of all languages that participants can be offered."""
        return self.texts.complete

    def get_translations(self) -> NullTranslations:
        """Return the texts of the request's language (asked by flask-babel)."""
        texts = self.staff if g.get("as_staff") else self.texts
        return texts.by_locale[current_language().babel_id]


def install(app: Flask, folder: Path) -> Catalogue:
    """Give the app its languages. Raises WrongRegistry if Babel would mistake one for another."""
    check_registry(LANGUAGES)
    catalogue = Catalogue(folder)
    babel = Babel(app, locale_selector=lambda: current_language().babel_id)
    babel.domain_instance = catalogue
    app.extensions["catalogue"] = catalogue
    return catalogue


def invitation(language: Language) -> str:
    """Return the sentence that invites people to answer, in the participants' words."""
    return in_language(language, INVITATION)


def in_language(language: Language, text: str) -> str:
    """Return one of the participants' texts in any language, whatever the page around it speaks."""
    texts = current_app.extensions["catalogue"].texts.by_locale[language.babel_id]
    return str(texts.gettext(text))


def day(value: date | str) -> str:
    """Return a day as readers of the current language write it."""
    known = date.fromisoformat(value) if isinstance(value, str) else value
    return str(format_date(known, "medium"))


def speak(language: Language, *, as_staff: bool = False) -> None:
    """Let the rest of this request be in `language`, with the participants' or staff's texts."""
    g.language, g.as_staff = language, as_staff
    refresh()  # flask-babel remembers a request's first language otherwise


def current_language() -> Language:
    """Return the language of this request; the source language if none was chosen."""
    return cast(Language, g.get("language", LANGUAGES[SOURCE]))
