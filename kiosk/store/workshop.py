"""One workshop as data: its plan, its state, its counts; and what the counts amount to (R6)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from kiosk.survey.answers import OUTCOMES

SHOWN_FROM = 10  # responses; below it, how complete they are says too much of single people
GRACE = timedelta(hours=1)  # a workshop left open closes itself this long after its end


@dataclass(frozen=True)
class Plan:
    """What the facilitator decides, and may mend later. `ends_at` is local, to the minute.

    `idle_minutes` is how long a shared screen waits for a touch; 0 is for ever.
    """

    title: str
    site: str
    tool: str
    languages: tuple[str, ...]
    ends_at: datetime
    idle_minutes: int = 3
    tickets: bool = False


@dataclass(frozen=True)
class Headcount:
    """What the facilitator saw: people present, who told them no, who left before the survey."""

    present: int | None = None
    said_no: int | None = None
    left_early: int | None = None


@dataclass(frozen=True)
class Workshop:
    """One meeting of a group. `study` and `survey_file` are the TOML texts as they were asked.

    `edition` is how often it was packed, or begun to be; `changed` counts what no bundle holds yet.
    `paper` says that some responses were typed in from sheets of paper.
    """

    id: str
    code: str
    state: str
    study: str
    survey: str
    survey_file: str
    opened_on: str
    plan: Plan
    screen_key: str
    exit_code: str
    printed_address: str
    headcount: Headcount
    bundle: str | None
    edition: int
    changed: int
    paper: bool
    counters: dict[str, int]

    @property
    def is_open(self) -> bool:
        """Whether answers are taken."""
        return self.state == "open"

    @property
    def takes_paper(self) -> bool:
        """Whether sheets of paper can be typed in: from its opening until it is packed."""
        return self.state != "planned" and not self.bundle

    @property
    def title(self) -> str:
        """What the workshop is called."""
        return self.plan.title

    @property
    def site(self) -> str:
        """Where it takes place."""
        return self.plan.site

    @property
    def tool(self) -> str:
        """The digital tool it is about, empty if none is named."""
        return self.plan.tool

    @property
    def languages(self) -> tuple[str, ...]:
        """The tags of the languages it offers."""
        return self.plan.languages

    @property
    def sent(self) -> int:
        """How many responses have arrived."""
        return sum(self.counters[name] for name in ("complete", "partial", "under_half"))

    @property
    def more_than_present(self) -> bool:
        """Whether more responses came than people: somebody answered twice, or the count is off."""
        present = self.headcount.present
        return present is not None and self.sent > present

    @property
    def not_heard_from(self) -> int | None:
        """How many of those present neither sent, nor said no, nor left (R6)."""
        seen = self.headcount
        if seen.present is None:
            return None
        known = self.sent + self.counters["declined"] + self.counters["timed_out"]
        return max(0, seen.present - known - (seen.said_no or 0) - (seen.left_early or 0))

    @property
    def shows_completeness(self) -> bool:
        """Whether staff may see RR1 and RR2: not while it runs, nor of a few people (P14)."""
        return self.state == "closed" and self.sent >= SHOWN_FROM and self.rr1 is not None

    @property
    def rr1(self) -> float | None:
        """Complete responses of all present (AAPOR RR1); None without a headcount."""
        return self._share(self.counters["complete"])

    @property
    def rr2(self) -> float | None:
        """Complete and partial responses of all present (AAPOR RR2)."""
        return self._share(self.counters["complete"] + self.counters["partial"])

    @property
    def rate(self) -> float | None:
        """All that was sent, of all present: the figure on the facilitator's page."""
        return self._share(self.sent)

    def _share(self, part: int) -> float | None:
        return part / self.headcount.present if self.headcount.present else None


def closes_at(ends_at: datetime) -> datetime:
    """Return when a workshop left open closes itself."""
    return ends_at + GRACE if ends_at < datetime.max - GRACE else datetime.max


def takes_answers(state: str, ends_at: str, now: datetime) -> bool:
    """Tell whether a workshop in this state, with this end, takes new answers now."""
    return state == "open" and now < closes_at(datetime.fromisoformat(ends_at))


PLAN = ("title", "site", "tool", "languages", "ends_at", "idle_minutes", "tickets")
HEADCOUNT = ("headcount", "said_no", "left_early")
PLAIN = (
    "id", "code", "state", "study", "survey", "survey_file", "opened_on", "screen_key",
    "exit_code", "printed_address", "bundle", "edition",
)  # fmt: skip
COLUMNS = (*PLAIN, "changed", "paper", *PLAN, *HEADCOUNT, *OUTCOMES)


def from_row(row: Sequence[object], now: datetime) -> Workshop:
    """Return the workshop in a row of COLUMNS; one that is overdue is closed."""
    values = dict(zip(COLUMNS, row, strict=True))
    overdue = values["state"] == "open" and not takes_answers("open", str(values["ends_at"]), now)
    return Workshop(
        **{name: values[name] for name in PLAIN} | ({"state": "closed"} if overdue else {}),  # type: ignore[arg-type]  # the columns are the fields
        plan=Plan(
            str(values["title"]), str(values["site"]), str(values["tool"]),
            tuple(json.loads(str(values["languages"]))),
            datetime.fromisoformat(str(values["ends_at"])),
            int(str(values["idle_minutes"])), bool(values["tickets"]),
        ),
        headcount=Headcount(*(values[name] for name in HEADCOUNT)),  # type: ignore[arg-type]  # the same
        changed=int(str(values["changed"])),
        paper=bool(values["paper"]),
        counters={name: int(str(values[name])) for name in OUTCOMES},
    )  # fmt: skip


def plan_values(plan: Plan) -> dict[str, object]:
    """Return the columns that a plan fills."""
    return {
        "title": plan.title, "site": plan.site, "tool": plan.tool,
        "languages": json.dumps(list(plan.languages)),
        "ends_at": plan.ends_at.isoformat(timespec="minutes"),
        "idle_minutes": plan.idle_minutes, "tickets": int(plan.tickets),
    }  # fmt: skip
