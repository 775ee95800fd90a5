"""Every text of a survey file by one name each, in the order in which people meet them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

Place = tuple[str | int, ...]
MARK_LENGTH = 8


def places(values: Mapping[str, Any]) -> dict[str, Place]:
    """Return text id -> where it stands in a survey's TOML values: `item.q01`, `option.3` …"""
    return dict(_places(values))


def text_at(values: Any, place: Place) -> dict[str, str]:
    """Return language tag -> text of what stands at a place."""
    for step in place:
        values = values[step]
    return {str(tag): str(text) for tag, text in values.items()}


def mark(text_id: str, source: str) -> str:
    """Return eight signs that change when the source of a text does (of SHA-256)."""
    return hashlib.sha256(f"{text_id}\0{source}".encode()).hexdigest()[:MARK_LENGTH]


def source_tag(values: Mapping[str, Any]) -> str:
    """Return the language that all others come from: the one whose state is “source”, or English.

    Where no language says it, the first one is taken.
    """
    states: Mapping[str, Any] = values.get("translation", {})
    named = [tag for tag, state in states.items() if state == "source"]
    return (named or [tag for tag in ("en", *states) if tag in states] or ["en"])[0]


def marks(values: Mapping[str, Any]) -> dict[str, str]:
    """Return text id -> the mark of its source as it stands now."""
    tag = source_tag(values)
    return {
        name: mark(name, text_at(values, place).get(tag, "")) for name, place in _places(values)
    }


def _places(values: Mapping[str, Any]) -> Iterator[tuple[str, Place]]:
    yield "title", ("title",)
    for number, line in enumerate(values["consent"]):
        yield f"consent.{line['id']}", ("consent", number, "text")
    yield "practice", ("practice", "text")
    yield from _options("option", values, ("scale", "option"))
    yield from _options("missing", values, ("missing",))
    yield from _options("yesno", values, ("yesno",))
    for number, item in enumerate(values["item"]):
        yield from _item(item, ("item", number))
    yield "tool", ("tool",)
    yield "thanks.title", ("thanks", "title")
    yield "thanks.text", ("thanks", "text")


def _item(item: Mapping[str, Any], place: Place) -> Iterator[tuple[str, Place]]:
    name = f"item.{item['id']}"
    yield name, (*place, "text")
    if "hint" in item:
        yield f"{name}.hint", (*place, "hint")
    for number, row in enumerate(item.get("row", ())):
        yield f"row.{item['id']}.{row['id']}", (*place, "row", number, "label")
    for number, option in enumerate(item.get("option", ())):
        yield f"option.{item['id']}.{option['value']}", (*place, "option", number, "label")


def _options(name: str, values: Any, place: Place) -> Iterator[tuple[str, Place]]:
    for step in place:
        values = values.get(step, ())
    for number, option in enumerate(values):
        yield f"{name}.{option['value']}", (*place, number, "label")
