"""When each self-report form opens (C7): before, on the day, and from a week after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.store.reports import SelfReport
from kiosk.store.workshop import Workshop
from kiosk.survey.model import Form

EVALUATION_AFTER = timedelta(weeks=1)


@dataclass(frozen=True)
class Stage:
    """A form of one workshop: what was written so far, and from which day it is open."""

    form: Form
    report: SelfReport | None
    opens_on: date | None

    @property
    def is_open(self) -> bool:
        """Whether it can be filled in today; `opens_on` is None until the workshop has begun."""
        return self.opens_on is not None and self.opens_on <= date.today()


def stage(workshop: Workshop, form: Form, reports: Mapping[str, SelfReport]) -> Stage:
    """Return where a form of this workshop stands."""
    began = date.fromisoformat(workshop.opened_on)
    opens_on: date | None = date.min
    if form.phase != "before":
        opens_on = None if workshop.state == "planned" else began
    if form.phase == "after" and opens_on is not None:
        opens_on = began + EVALUATION_AFTER
    return Stage(form, reports.get(form.id), opens_on)
