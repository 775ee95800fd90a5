"""What a check finds: how good it is, one sentence, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


def N_(text: str) -> str:  # noqa: N802 - the name by which gettext's tools know a marked text
    """Mark a sentence for translation, and return it as it is."""
    return text


@dataclass(frozen=True)
class Finding:
    """One finding. `text` and `remedy` are message ids with `%(name)s` for each of `values`."""

    name: str
    state: Literal["good", "warn", "bad"]
    text: str
    remedy: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What was found, in English."""
        return self.text % self.values

    @property
    def advice(self) -> str:
        """What to do about it, in English; empty if there is nothing to do."""
        return self.remedy % self.values
