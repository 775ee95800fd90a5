"""What a browser tells screen readers and switches: its accessibility tree, not our markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

CONTROLS = ("button", "link", "radio", "textbox")
Node = dict[str, Any]
STATES = ("checked", "disabled", "focused", "modal", "level", "live")


@dataclass(frozen=True)
class Spoken:
    """One thing that is told: what it is, what it is called, and how it stands."""

    role: str
    name: str
    states: dict[str, Any] = field(default_factory=dict)


def tree(page: Page, *, inside: str = "") -> list[Spoken]:
    """Return what is told of a page, or of the frame with this id inside it, in its order."""
    session = page.context.new_cdp_session(page)
    if inside:
        frames = session.send("Page.getFrameTree")["frameTree"]["childFrames"]
        nodes = session.send(
            "Accessibility.getFullAXTree", {"frameId": frames[0]["frame"]["id"]}
        )["nodes"]  # fmt: skip
    else:
        nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    return [spoken(node) for node in in_order(by_id, nodes[0]) if not node["ignored"]]


def in_order(by_id: dict[str, Node], node: Node) -> Iterator[Node]:
    """Yield a node and all below it, as they are read."""
    yield node
    for child in node.get("childIds", []):
        if child in by_id:
            yield from in_order(by_id, by_id[child])


def spoken(node: Node) -> Spoken:
    """Return what is told of one node."""
    found = {one["name"]: one["value"].get("value") for one in node.get("properties", [])}
    name = " ".join(str(node.get("name", {}).get("value", "")).split())
    states = {key: value for key, value in found.items() if key in STATES}
    return Spoken(node["role"]["value"], name, states)


def names(told: list[Spoken], *roles: str) -> list[str]:
    """Return the names of everything with one of these roles."""
    return [one.name for one in told if one.role in roles]


def one(told: list[Spoken], role: str, name: str = "") -> Spoken:
    """Return the one thing with this role, and this name if there is one."""
    (found,) = [each for each in told if each.role == role and name in each.name]
    return found
