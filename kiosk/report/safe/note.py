"""A sentence under a table, before it is said in anybody's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Note:
    """A text of the catalogue `report`, and what it names: labels of groups, and an item."""

    text: str
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # placeholder -> labels
    item: str = ""

    def __str__(self) -> str:
        """Return the sentence in English."""
        names = {
            name: ", ".join(f"“{label}”" for label in labels)
            for name, labels in self.groups.items()
        }
        return self.text % {"item": self.item, **names}
