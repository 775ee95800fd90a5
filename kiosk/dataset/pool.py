"""Everything that was collected: workshops once each, responses once each, in fixed order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from kiosk.bundle.read import Bundle
from kiosk.dataset.mapping import SHORT, Mapped, Plan
from kiosk.dataset.rows import LooseRows, Rows
from kiosk.dataset.study_file import without_target
from kiosk.dataset.variables import main_language
from kiosk.opening.envelopes import Response
from kiosk.opening.reports import OpenedReport
from kiosk.survey.model import Survey

NO_PLAN = Plan()


class MixedSurveys(Exception):
    """Two bundles or datasets ask different surveys, which do not go into one table unexplained."""

    def __init__(self, one: Bundle, other: Bundle) -> None:
        first, second = (
            f"{bundle.name} asks “{bundle.survey.id}” version {bundle.survey.version} "
            f"({bundle.survey.hash[:SHORT]})"
            for bundle in (one, other)
        )
        super().__init__(
            f"{first}, {second}. Different questions do not belong in one table: please collect "
            "each version on its own, or say in a file which questions are the same, and give it "
            "with --map (docs/researcher.md, “When the survey has changed”)."
        )


class Contradiction(Exception):
    """Two bundles of the same edition speak of the same workshop and say different things."""


class NoSuchLanguage(Exception):
    """The survey is not there in the language that was asked for."""


class Pool:
    """One dataset in the making. The order in which bundles come makes no difference.

    Of a workshop that was packed more than once, the sheet of the highest edition holds, and each
    self-report of the highest edition that has one; responses are all that any edition has.
    `plan` says which other versions of the survey may come in; whoever adds responses maps them.
    `bundles` are those that were taken in; `whole` has the file and the SHA-256 of each of which
    nothing was skipped.
    """

    def __init__(self, plan: Plan = NO_PLAN) -> None:
        self.plan = plan
        self._target = plan.target
        self._examples: dict[str, Bundle] = {}
        self._sheets: dict[str, dict[int, Mapping[str, Any]]] = {}
        self._loose = LooseRows()
        self.rows: Rows = self._loose
        self._reports: dict[str, dict[str, tuple[int, OpenedReport]]] = {}
        self._language = ""
        self.bundles: list[Bundle] = []
        self.whole: dict[Path, str] = {}

    def admit(self, bundle: Bundle) -> None:
        """Take in a bundle's sheet. Raises if it does not belong to what is there already.

        Of its study file all is kept but where to send: that address may let people in.
        """
        bundle = replace(bundle, study_file=without_target(bundle.study_file))
        sheet, asked = bundle.sheet, bundle.survey.hash
        self._target = self._target or asked
        if asked != self._target and asked not in self.plan.items:
            raise MixedSurveys(self._examples.get(self._target, bundle), bundle)
        editions = self._sheets.setdefault(sheet["workshop"], {})
        if editions.setdefault(sheet["edition"], sheet) != sheet:
            raise Contradiction("another bundle says something else of the same workshop.")
        self._examples[asked] = min(self._examples.get(asked, bundle), bundle, key=_first)
        self.bundles.append(bundle)

    def add(self, response: Response) -> None:
        """Take in one response; the same one a second time changes nothing."""
        self._loose.add(response)

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
        return self._target not in self._examples

    @property
    def survey(self) -> Survey:
        """The one survey that all bundles of the pool asked, or are mapped to."""
        return self.bundle.survey

    @property
    def bundle(self) -> Bundle:
        """One bundle of the pool, for what all have in common (study, survey file)."""
        if self.empty:
            raise LookupError("an empty pool has no bundle")
        return self._examples[self._target]

    @property
    def mapped(self) -> list[Mapped]:
        """The other versions that workshops of the pool were asked, by hash."""
        counts = Counter(str(sheet["survey"]["hash"]) for sheet in self.workshops())
        return [
            Mapped(example.survey, example.survey_file, self.survey, self.plan.items[asked],
                   counts[asked])
            for asked, example in sorted(self._examples.items())
            if asked != self._target
        ]  # fmt: skip

    def asked(self, sheet: Mapping[str, Any]) -> Survey:
        """Return the version of the survey that a workshop was really asked."""
        return self._examples[sheet["survey"]["hash"]].survey

    @property
    def language(self) -> str:
        """The language in which researchers read labels: the one chosen, else the main one."""
        return self._language or main_language(self.survey)

    @language.setter
    def language(self, tag: str) -> None:
        if tag not in self.survey.languages:
            known = ", ".join(self.survey.languages)
            raise NoSuchLanguage(f"The survey is not there in “{tag}”. It is there in: {known}.")
        self._language = tag

    def workshops(self) -> list[Mapping[str, Any]]:
        """The sheets of all workshops, by id."""
        return [editions[max(editions)] for _, editions in sorted(self._sheets.items())]

    def responses(self) -> Iterator[Response]:
        """All responses, by their random id."""
        return iter(self.rows)

    def reports(self) -> dict[str, dict[str, OpenedReport]]:
        """Workshop -> form -> self-report, by workshop id; only workshops that have any."""
        found: dict[str, dict[str, OpenedReport]] = {}
        for _, report in self.reports_with_edition():
            found.setdefault(report.workshop, {})[report.form.id] = report
        return found

    def reports_with_edition(self) -> Iterator[tuple[int, OpenedReport]]:
        """Yield the self-reports with the edition each is from, by workshop id and form."""
        for _, reports in sorted(self._reports.items()):
            yield from (kept for _, kept in sorted(reports.items()))

    def __len__(self) -> int:
        """How many different responses there are."""
        return len(self.rows)

    @property
    def repeated(self) -> int:
        """How many responses came more than once."""
        return self.rows.repeated


def _first(bundle: Bundle) -> tuple[str, str, str]:
    return str(bundle.sheet["workshop"]), bundle.survey_file, bundle.study_file
