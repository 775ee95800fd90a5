"""The reader's language: texts, numbers, months and lists as its readers expect them (R15)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.dates import format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from kiosk.languages import LANGUAGES
from kiosk.report.shares import Share
from kiosk.translations import InterfaceTexts, read_texts

DOMAIN = "report"


@dataclass(frozen=True)
class Text:
    """Words of the survey, and the language they are in."""

    words: str
    tag: str

    @property
    def dir(self) -> str:
        """The direction in which they are written."""
        return LANGUAGES[self.tag].dir


class Incomplete(Exception):
    """The report is not wholly translated into this language."""


class Words:
    """Everything that depends on the language of the report.

    Raises Incomplete, so that no report ever mixes languages of its own.
    """

    def __init__(self, tag: str, texts: InterfaceTexts | None = None) -> None:
        texts = texts or read_texts(DOMAIN)
        if tag not in texts.complete:
            raise Incomplete(f"The report is not wholly translated into “{tag}”.")
        self.language = LANGUAGES[tag]
        self._locale = Locale.parse(self.language.babel_id)
        self._texts = texts.by_locale[self.language.babel_id]

    def translated(self, message: str) -> str:
        """Return a text of the report as it stands in the catalogue."""
        return self._texts.gettext(message)

    def gettext(self, message: str, **values: object) -> str:
        """Return a text of the report with values put in for its %(names)s."""
        return self.translated(message) % values

    def number(self, number: float, places: int = 0) -> str:
        """Return a number as the language writes it."""
        form = f"#,##0.{'0' * places}" if places else "#,##0"
        return format_decimal(number, format=form, locale=self._locale)

    def percent(self, percent: int) -> str:
        """Return whole percent, with the sign as the language sets it."""
        return format_percent(percent / 100, format=None, locale=self._locale)

    def share(self, share: Share) -> str:
        """Return a count with its base, and in brackets percent where the base allows it (R1)."""
        part, whole = self.number(share.part), self.number(share.whole)
        if share.percent is None:
            return self.gettext("%(part)s of %(whole)s", part=part, whole=whole)
        return self.gettext(
            "%(part)s of %(whole)s (%(percent)s)",
            part=part, whole=whole, percent=self.percent(share.percent),
        )  # fmt: skip

    def quoted(self, text: str) -> str:
        """Return a text in the language's quotation marks."""
        return self.gettext("“%(text)s”", text=text)

    def either(self, texts: Iterable[str]) -> str:
        """Return “A” or “B”."""
        return format_list([self.quoted(t) for t in texts], style="or", locale=self._locale)

    def both(self, texts: Iterable[str]) -> str:
        """Return “A” and “B”."""
        return format_list([self.quoted(t) for t in texts], locale=self._locale)

    def months(self, months: Iterable[str]) -> str:
        """Return the first and the last of months such as 2025-03, in words."""
        days = [date.fromisoformat(f"{month}-01") for month in months]
        first, last = (
            format_skeleton("yMMMM", day, locale=self._locale) for day in (min(days), max(days))
        )
        return first if first == last else self.gettext("%(a)s to %(b)s", a=first, b=last)

    def name_of(self, tag: str) -> str:
        """Return the name of a language."""
        babel_id = LANGUAGES[tag].babel_id
        names: Mapping[str, str] = self._locale.languages
        return names.get(babel_id) or names.get(tag) or LANGUAGES[tag].endonym

    def pick(self, texts: Mapping[str, str]) -> Text:
        """Return a text of the survey in our language, else in English, else in any that it has."""
        for tag in (self.language.tag, "en", *texts):
            if tag in texts:
                return Text(texts[tag], tag)
        return Text("", self.language.tag)
