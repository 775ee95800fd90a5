"""Everything that was collected: workshops once each, responses once each, in fixed order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kiosk.bundle.read import Bundle
from kiosk.opening.envelopes import Response
from kiosk.opening.reports import OpenedReport
from kiosk.survey.model import Survey


class MixedSurveys(Exception):
    """The bundles answer different surveys, which must not stand in one table unexplained."""


class Contradiction(Exception):
    """Two bundles of the same edition speak of the same workshop and say different things."""


class Pool:
    """One dataset in the making. The order in which bundles come makes no difference.

    Of a workshop that was packed more than once, the sheet of the highest edition holds, and each
    self-report of the highest edition that has one; responses are all that any edition has.
    """

    def __init__(self) -> None:
        self._example: Bundle | None = None
        self._sheets: dict[str, dict[int, Mapping[str, Any]]] = {}
        self._responses: dict[str, Response] = {}
        self._reports: dict[str, dict[str, tuple[int, OpenedReport]]] = {}
        self.names: list[str] = []
        self.repeated = 0

    def admit(self, bundle: Bundle) -> None:
        """Take in a bundle's sheet. Raises if it does not belong to what is there already."""
        example, sheet = self._example or bundle, bundle.sheet
        if bundle.survey.hash != example.survey.hash:
            raise MixedSurveys(
                f"{example.name} asks “{example.survey.id}” version {example.survey.version} "
                f"({example.survey.hash[:12]}), {bundle.name} asks “{bundle.survey.id}” version "
                f"{bundle.survey.version} ({bundle.survey.hash[:12]}). Different questions do not "
                "belong in one table: please collect each version on its own."
            )
        editions = self._sheets.setdefault(sheet["workshop"], {})
        if editions.setdefault(sheet["edition"], sheet) != sheet:
            raise Contradiction("another bundle says something else of the same workshop.")
        self._example = min(example, bundle, key=_workshop)
        self.names.append(bundle.name)

    def add(self, response: Response) -> None:
        """Take in one response; the same one a second time changes nothing."""
        if response.rid in self._responses:
            self.repeated += 1
        self._responses[response.rid] = response

    def add_report(self, report: OpenedReport, edition: int) -> None:
        """Take in one self-report, unless a later edition's is there. Raises Contradiction."""
        reports = self._reports.setdefault(report.workshop, {})
        known_edition, known = reports.get(report.form.id, (-1, report))
        if known_edition == edition and known != report:
            raise Contradiction("another bundle has another self-report of the same edition.")
        if edition > known_edition:
            reports[report.form.id] = edition, report

    @property
    def empty(self) -> bool:
        """Whether no bundle could be taken in."""
        return self._example is None

    @property
    def survey(self) -> Survey:
        """The one survey that all bundles of the pool asked."""
        return self.bundle.survey

    @property
    def bundle(self) -> Bundle:
        """One bundle of the pool, for what all have in common (study, survey file)."""
        if self._example is None:
            raise LookupError("an empty pool has no bundle")
        return self._example

    def workshops(self) -> list[Mapping[str, Any]]:
        """The sheets of all workshops, by id."""
        return [editions[max(editions)] for _, editions in sorted(self._sheets.items())]

    def responses(self) -> Iterator[Response]:
        """All responses, by their random id."""
        return (self._responses[rid] for rid in sorted(self._responses))

    def reports(self) -> dict[str, dict[str, OpenedReport]]:
        """Workshop -> form -> self-report, by workshop id; only workshops that have any."""
        return {
            workshop: {form: report for form, (_, report) in sorted(reports.items())}
            for workshop, reports in sorted(self._reports.items())
        }

    def __len__(self) -> int:
        """How many different responses there are."""
        return len(self._responses)


def _workshop(bundle: Bundle) -> str:
    return str(bundle.sheet["workshop"])
