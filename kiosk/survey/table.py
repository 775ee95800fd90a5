"""Reads one TOML table key by key and notes every problem instead of stopping at the first."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

from kiosk.survey.model import Text
from kiosk.survey.problems import Problems


class Table:
    """A table of the survey file and the place it stands at, for the problems' texts."""

    def __init__(
        self, values: Any, where: str, problems: Problems, languages: tuple[str, ...] = ()
    ) -> None:
        self.where = where
        self.problems = problems
        self.languages = languages
        self.read: set[str] = set()
        self.values: dict[str, Any] = values if isinstance(values, dict) else {}
        if not isinstance(values, dict):
            problems.error(where, "this must be a table.", f"Please write it as [{where}].")

    def place(self, key: str) -> str:
        """Return the words that tell an author where `key` is."""
        return f"{self.where} › {key}" if self.where else key

    def string(self, key: str, default: str | None = None) -> str:
        """Return a line of text; without a default it must be there."""
        return str(self._get(key, str, "a text in quotes", default, ""))

    def number(self, key: str, default: int | None = None) -> int:
        """Return a whole number; without a default it must be there."""
        return int(self._get(key, int, "a whole number", default, 0))

    def flag(self, key: str) -> bool:
        """Return true or false; false if it is left out."""
        return bool(self._get(key, bool, "true or false", False, False))

    def strings(self, key: str) -> list[str]:
        """Return a list of texts; empty if it is left out."""
        words = 'a list of texts, such as ["q01", "q02"]'
        given: list[Any] = self._get(key, list, words, [], [])
        if not all(isinstance(one, str) for one in given):
            self.problems.error(self.place(key), f"this is “{given}”.", f"Please give {words}.")
            return []
        return given

    def table(self, key: str) -> Table:
        """Return a table inside this one; it must be there."""
        return Table(self._get(key, dict, f"a table [{key}]", None, {}), self.place(key),
                     self.problems, self.languages)  # fmt: skip

    def tables(self, key: str, *, required: bool = True) -> list[Table]:
        """Return a list of tables ([[key]] in the file), each named by its id or value."""
        words = f"at least one [[{key}]]"
        rows = self._get(key, list, words, None if required else [], [])
        if required and key in self.values and rows == []:
            self.problems.error(self.place(key), "this is empty.", f"Please give {words}.")
        return [
            Table(row, self.place(f"{key} {_name(row, number)}"), self.problems, self.languages)
            for number, row in enumerate(rows, start=1)
        ]

    def text(self, key: str) -> Text:
        """Return a text in every language of the survey; each missing one is a problem."""
        given = self._get(key, dict, f"a table [{key}] with one line for each language", None, {})
        for tag in self.languages:
            if not isinstance(given.get(tag), str) or not given[tag].strip():
                self.problems.error(
                    self.place(key),
                    f"the text is missing in “{tag}”.",
                    f'Please add the line {tag} = "…", or take “{tag}” out of [translation].',
                )
        for tag in given:
            if tag not in self.languages:
                self.problems.unknown_key(self.place(key), tag, self.languages)
        return Text(MappingProxyType({tag: str(given.get(tag, "")) for tag in self.languages}))

    def done(self) -> None:
        """Note every key that nobody read: it is misspelt, or has no meaning here."""
        for key in self.values:
            if key not in self.read:
                self.problems.unknown_key(self.where or "the file", key, self.read)

    def _get(self, key: str, kind: type, words: str, default: Any, empty: Any) -> Any:
        self.read.add(key)
        value = self.values.get(key, default)
        wrong_bool = kind is int and isinstance(value, bool)
        if value is None:
            self.problems.error(self.place(key), "this is missing.", f"Please give {words}.")
        elif not isinstance(value, kind) or wrong_bool:
            self.problems.error(self.place(key), f"this is “{value}”.", f"Please give {words}.")
        else:
            return value
        return empty


def _name(row: Any, number: int) -> str:
    if isinstance(row, dict):
        return str(row.get("id", row.get("value", number)))
    return str(number)
