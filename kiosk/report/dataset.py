"""A dataset as the report sees it: questions, workshops, what all share; no response."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

Texts = Mapping[str, str]  # language tag -> text


class BadDataset(Exception):
    """The folder is no dataset of one survey; the message says which file, and what is wrong."""


@dataclass(frozen=True)
class Question:
    """One item; `labels` and `missing` have value -> words, in the order of the scale."""

    id: str
    kind: str
    construct: str
    text: Texts
    labels: Mapping[int, Texts]
    missing: Mapping[int, Texts]

    @property
    def has_faces(self) -> bool:
        """Whether it was answered with the five faces."""
        return self.kind == "smiley"

    @property
    def positive(self) -> frozenset[int]:
        """The values on the yes side: the two upper faces, or "yes"."""
        return frozenset({"smiley": (4, 5), "yesno": (1,)}.get(self.kind, ()))


@dataclass(frozen=True)
class Meeting:
    """One workshop as the facilitator saw it; what nobody counted is None.

    `mapped` tells that it was asked another version of the survey.
    """

    id: str
    site: str
    month: str
    tool: str
    languages: tuple[str, ...]
    present: int | None
    said_no: int | None
    left_early: int | None
    counters: Mapping[str, int]
    mapped: bool = False


@dataclass(frozen=True)
class Dataset:
    """All of a dataset but its responses.

    `titles` has language tag -> title, `translation` language tag -> state, where the dataset tells
    it. `instrument` names what all workshops share: survey, version, content, scale, order, faces.
    `left_out` are workshops of the files that this is not about.
    """

    folder: Path
    title: str
    titles: Texts
    languages: tuple[str, ...]
    translation: Mapping[str, str]
    instrument: Mapping[str, str]
    questions: tuple[Question, ...]
    meetings: tuple[Meeting, ...]
    left_out: frozenset[str] = frozenset()
