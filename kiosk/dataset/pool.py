"""Everything that was collected: workshops once each, responses once each, in fixed order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kiosk.bundle.read import Bundle
from kiosk.opening.envelopes import Response
from kiosk.survey.model import Survey


class MixedSurveys(Exception):
    """The bundles answer different surveys, which must not stand in one table unexplained."""


class ContradictingSheets(Exception):
    """Two bundles speak of the same workshop and say different things."""


class Pool:
    """One dataset in the making. The order in which bundles come makes no difference."""

    def __init__(self) -> None:
        self._first: Bundle | None = None
        self._workshops: dict[str, Mapping[str, Any]] = {}
        self._responses: dict[str, Response] = {}
        self.names: list[str] = []
        self.repeated = 0

    def admit(self, bundle: Bundle) -> None:
        """Take in a bundle's sheet. Raises if it does not belong to what is there already."""
        first = self._first or bundle
        if bundle.survey.hash != first.survey.hash:
            raise MixedSurveys(
                f"{first.name} asks “{first.survey.id}” version {first.survey.version} "
                f"({first.survey.hash[:12]}), {bundle.name} asks “{bundle.survey.id}” version "
                f"{bundle.survey.version} ({bundle.survey.hash[:12]}). Different questions do not "
                "belong in one table: please collect each version on its own."
            )
        known = self._workshops.get(bundle.sheet["workshop"])
        if known is not None and known != bundle.sheet:
            raise ContradictingSheets("another bundle says something else of the same workshop.")
        self._first = first
        self.names.append(bundle.name)
        self._workshops[bundle.sheet["workshop"]] = bundle.sheet

    def add(self, response: Response) -> None:
        """Take in one response; the same one a second time changes nothing."""
        if response.rid in self._responses:
            self.repeated += 1
        self._responses[response.rid] = response

    @property
    def empty(self) -> bool:
        """Whether no bundle could be taken in."""
        return self._first is None

    @property
    def survey(self) -> Survey:
        """The one survey that all bundles of the pool asked."""
        if self._first is None:
            raise LookupError("an empty pool has no survey")
        return self._first.survey

    @property
    def bundle(self) -> Bundle:
        """One bundle of the pool, for what all have in common (study, survey file)."""
        if self._first is None:
            raise LookupError("an empty pool has no bundle")
        return self._first

    def workshops(self) -> list[Mapping[str, Any]]:
        """The sheets of all workshops, by id."""
        return [self._workshops[key] for key in sorted(self._workshops)]

    def responses(self) -> Iterator[Response]:
        """All responses, by their random id."""
        return (self._responses[rid] for rid in sorted(self._responses))

    def __len__(self) -> int:
        """How many different responses there are."""
        return len(self._responses)
