"""The languages the kiosk can speak, each with its script, direction and own name; one row each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from babel import Locale, UnknownLocaleError


@dataclass(frozen=True)
class Language:
    """One language: `tag` is its BCP 47 name, `babel_id` the catalogue's folder.

    `zero` is the first of its digits where readers expect their own.
    """

    tag: str
    babel_id: str
    endonym: str
    script: Literal["latin", "cyrillic", "arabic", "ethiopic"]
    zero: str = "0"

    @property
    def dir(self) -> Literal["ltr", "rtl"]:
        """The direction in which the language is written."""
        return "rtl" if self.script == "arabic" else "ltr"

    @property
    def digits(self) -> str:
        """The ten digits of the language, zero first."""
        return "".join(chr(ord(self.zero) + digit) for digit in range(10))

    def number(self, number: int) -> str:
        """Return a whole number in the digits that readers of the language expect."""
        return str(number).translate(str.maketrans("0123456789", self.digits))


LANGUAGES: dict[str, Language] = {
    language.tag: language
    for language in (
        Language("en", "en", "English", "latin"),
        Language("nb", "nb", "norsk bokmål", "latin"),
        Language("nn", "nn", "norsk nynorsk", "latin"),
        Language("da", "da", "dansk", "latin"),
        Language("nl", "nl", "Nederlands", "latin"),
        Language("fr", "fr", "français", "latin"),
        Language("de", "de", "Deutsch", "latin"),
        Language("ar", "ar", "العربية", "arabic"),
        Language("uk", "uk", "українська", "cyrillic"),
        Language("ti", "ti", "ትግርኛ", "ethiopic"),
        Language("so", "so", "Soomaali", "latin"),
        Language("ru", "ru", "русский", "cyrillic"),
        Language("fa", "fa", "فارسی", "arabic", "۰"),
        # Babel knows no `prs`; CLDR names Dari "Persian (Afghanistan)".
        Language("fa-AF", "fa_AF", "دری", "arabic", "۰"),
        Language("ps", "ps", "پښتو", "arabic", "۰"),
        Language("tr", "tr", "Türkçe", "latin"),
        Language("pl", "pl", "polski", "latin"),
        # Babel takes `kmr` for Kurdish as it is written in Turkey; `ku` is just the language.
        Language("ku", "ku", "kurdî (kurmancî)", "latin"),
        Language("ckb", "ckb", "کوردیی ناوەندی", "arabic", "٠"),
        Language("ro", "ro", "română", "latin"),
        Language("lt", "lt", "lietuvių", "latin"),
        Language("es", "es", "español", "latin"),
        Language("sw", "sw", "Kiswahili", "latin"),
        Language("sq", "sq", "shqip", "latin"),
    )
}

# How far a translation has come, in the order of the steps; “source” is what it comes from.
STATES = ("source", "machine-draft", "translated", "reviewed", "adjudicated", "pretested")

# What staff pages and self-reports must be complete in.
STAFF_LANGUAGES = ("en", "nb", "da", "nl", "fr")


class WrongRegistry(Exception):
    """A row of the registry would silently become another language; the kiosk must not start."""


def check_registry(languages: dict[str, Language]) -> None:
    """Raise WrongRegistry unless Babel takes each `babel_id` for just that language."""
    for language in languages.values():
        try:
            parsed = str(Locale.parse(language.babel_id))
        except (UnknownLocaleError, ValueError) as problem:
            raise WrongRegistry(f"Babel does not know {language.babel_id}: {problem}") from problem
        if parsed != language.babel_id:
            raise WrongRegistry(f"Babel takes {language.babel_id} for {parsed}")
