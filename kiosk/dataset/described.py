"""The response table's columns as statistics programs want them: short names, short labels."""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kiosk.dataset.pool import Pool
from kiosk.dataset.variables import in_words, missing_labels, variables

RESERVED = frozenset((
    "all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne", "not", "or", "to", "with",  # SPSS
    "byte", "double", "float", "if", "in", "int", "long", "using",  # Stata
    "rid", "workshop",
))  # fmt: skip
RANGE = (96, 99)
RID_LABEL = "Random id of the response; it means nothing"
WORKSHOP_LABEL = "Workshop (see workshops.csv)"


@dataclass(frozen=True)
class Described:
    """One item: its name in statistics programs, its wording, and labels of all its codes."""

    id: str
    name: str
    label: str
    values: Mapping[int, str]
    missing: Mapping[int, str]
    ordinal: bool

    @property
    def labels(self) -> dict[int, str]:
        """The labels of all codes, of answers and of missing ones."""
        return {**self.values, **self.missing}


def described(pool: Pool) -> list[Described]:
    """Return the items, labelled in the pool's language."""
    tag = pool.language
    missing = {code: in_words(texts, tag) for code, texts in missing_labels(pool.survey).items()}
    names = short_names(item.id for item in pool.survey.items)
    return [
        Described(
            variable.item.id, names[variable.item.id], one_line(variable.item.text[tag]),
            {value: one_line(in_words(texts, tag)) for value, texts in variable.values.items()},
            {code: one_line(text) for code, text in missing.items()}, variable.ordinal,
        )
        for variable in variables(pool.survey)
    ]  # fmt: skip


def short_names(ids: Iterable[str]) -> dict[str, str]:
    """Return id -> a name that SPSS, Stata and R take: no hyphen, no reserved word, no double."""
    names: dict[str, str] = {}
    for item in ids:
        name = stem = item.replace("-", "_")
        number = 1
        while name in RESERVED or name in names.values():
            number += 1
            name = f"{stem[:29]}_{number}"
        names[item] = name
    return names


def one_line(text: str) -> str:
    """Return a text without line ends, control signs and halves of signs."""
    return re.sub(r"[\x00-\x1f\x7f\s]+", " ", text).strip().encode(errors="replace").decode()


def shortened(text: str, most: int) -> str:
    """Return a text of at most `most` bytes of UTF-8, cut between two signs."""
    if len(text.encode()) <= most:
        return text
    return text.encode()[: most - 3].decode(errors="ignore").rstrip() + "…"


def columns(pool: Pool) -> tuple[list[str], list[str], list[array[int]]]:
    """Return random ids, workshops, and the codes of each item (one byte each), in row order."""
    rids, shops = list[str](), list[str]()
    codes = [array("b") for _ in pool.survey.items]
    known: dict[str, str] = {}
    for response in pool.responses():
        rids.append(response.rid)
        shops.append(known.setdefault(response.workshop, response.workshop))
        for column, value in zip(codes, response.values, strict=True):
            column.append(value)
    return rids, shops, codes


def column_labels(items: Iterable[Described], most: int) -> dict[str, str | None]:
    """Return column -> label of all columns, cut to `most` bytes."""
    labels: dict[str, str | None] = {"rid": RID_LABEL, "workshop": WORKSHOP_LABEL}
    return labels | {item.name: shortened(item.label, most) for item in items}


def pairs(labels: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """Yield value and label, by value."""
    yield from sorted(labels.items())
