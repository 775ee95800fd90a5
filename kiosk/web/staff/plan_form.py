"""The form in which a facilitator plans a workshop: shown filled in, read with every problem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict

from kiosk.store.workshop import Plan, Workshop
from kiosk.study.model import Study

LONGEST = 120
IDLE_MINUTES = (3, 5, 10, 20, 0)
DATE, TIME = "%Y-%m-%d", "%H:%M"


@dataclass
class PlanForm:
    """What stands in the form's fields, and what is wrong with them (field -> sentence)."""

    values: dict[str, str]
    languages: list[str]
    problems: dict[str, str] = field(default_factory=dict)

    def plan(self, *, past_is_fine: bool = False) -> Plan | None:
        """Return the plan; None if something is wrong, and `problems` then says what."""
        self.problems = {}
        for name, sentence in (
            ("title", _("Please say what the workshop is called.")),
            ("site", _("Please say where it takes place.")),
        ):
            if not self.values[name]:
                self.problems[name] = sentence
        if not self.languages:
            self.problems["languages"] = _("Please choose at least one language.")
        ends_at = self._ends_at(past_is_fine)
        if self.problems or ends_at is None:
            return None
        return Plan(
            self.values["title"], self.values["site"], self.values["tool"], tuple(self.languages),
            ends_at, int(self.values["idle_minutes"]), self.values["tickets"] == "1",
        )  # fmt: skip

    def _ends_at(self, past_is_fine: bool) -> datetime | None:
        try:
            day = datetime.strptime(self.values["day"], DATE)
            clock = datetime.strptime(self.values["time"], TIME).time()
        except ValueError:
            self.problems["ends_at"] = _("Please give the day and the time at which it ends.")
            return None
        ends_at = datetime.combine(day, clock)
        if ends_at <= datetime.now() and not past_is_fine:
            self.problems["ends_at"] = _("This time is over. Please give a time to come.")
        return ends_at


def fresh(offered: Sequence[str], workshops: list[Workshop]) -> PlanForm:
    """Return the form for a new workshop: place and languages as last time, ends in two hours.

    `offered` are the languages that may be chosen.
    """
    last = workshops[0] if workshops else None
    ends = datetime.now().replace(minute=0) + timedelta(hours=2)
    kept = [tag for tag in last.languages if tag in offered] if last else [*offered]
    return PlanForm(
        {
            "title": "", "site": last.site if last else "", "tool": "",
            "day": ends.strftime(DATE), "time": ends.strftime(TIME),
            "idle_minutes": str(IDLE_MINUTES[0]), "tickets": "",
        },
        kept or [*offered],
    )  # fmt: skip


def of(plan: Plan) -> PlanForm:
    """Return the form as it was filled in for a workshop."""
    return PlanForm(
        {
            "title": plan.title, "site": plan.site, "tool": plan.tool,
            "day": plan.ends_at.strftime(DATE), "time": plan.ends_at.strftime(TIME),
            "idle_minutes": str(plan.idle_minutes), "tickets": "1" if plan.tickets else "",
        },
        list(plan.languages),
    )  # fmt: skip


def read(sent: MultiDict[str, str], offered: Sequence[str]) -> PlanForm:
    """Return the form as it was sent; what is no choice of ours falls back to the first."""
    idle = sent.get("idle_minutes", "")
    values = {
        name: " ".join(sent.get(name, "").split())[:LONGEST]
        for name in ("title", "site", "tool", "day", "time")
    }
    values["idle_minutes"] = idle if idle in map(str, IDLE_MINUTES) else str(IDLE_MINUTES[0])
    values["tickets"] = "1" if sent.get("tickets") else ""
    chosen = set(sent.getlist("languages"))
    return PlanForm(values, [tag for tag in offered if tag in chosen])


def study_named(studies: Mapping[str, Study], name: str) -> Study | None:
    """Return the chosen study, or the only one there is."""
    if name in studies:
        return studies[name]
    return next(iter(studies.values())) if len(studies) == 1 else None
