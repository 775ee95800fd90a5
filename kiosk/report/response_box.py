"""Who answered, of those who were there (R6)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.report.counts import Tally
from kiosk.report.dataset import Dataset
from kiosk.report.shares import Share
from kiosk.survey.answers import Completeness

SENT: tuple[Completeness, ...] = ("complete", "partial", "under_half")


@dataclass(frozen=True)
class ResponseBox:
    """The response box of a pool. What no workshop counted is None.

    `counted` says in how many workshops heads were counted; `present` and the rates are of these
    alone. `asked` are those present without those who left before the survey; None if nobody
    counted who left. `noted` is how many responses the kiosks say were sent, `overfull` in how
    many workshops more came than people were present.
    """

    workshops: int
    counted: int
    present: int | None
    complete: int
    partial: int
    under_half: int
    declined: int
    said_no: int | None
    left_early: int | None
    timed_out: int
    asked: int | None
    asked_share: Share | None
    sent_share: Share | None
    rr1: Share | None
    rr2: Share | None
    noted: int
    overfull: int

    @property
    def sent(self) -> int:
        """How many responses the dataset has."""
        return self.complete + self.partial + self.under_half

    @property
    def everybody_counted(self) -> int | None:
        """How many were present, if heads were counted in every workshop."""
        return self.present if self.counted == self.workshops else None


def response_box(dataset: Dataset, tally: Tally) -> ResponseBox:
    """Return the response box.

    RR1 is complete responses, RR2 complete and partial ones, of all who were present: AAPOR,
    "Standard Definitions" (10th ed. 2023), with the people present for those invited, and partial
    from half of the questions on.
    """
    meetings = dataset.meetings
    counted = [meeting for meeting in meetings if meeting.present is not None]
    present = _known(meeting.present for meeting in counted)

    def sent(names: Iterable[Completeness], among: Iterable[str]) -> int:
        return sum(tally.completeness[workshop][name] for workshop in among for name in names)

    def rate(*names: Completeness, of: int | None = present) -> Share | None:
        return Share(sent(names, (m.id for m in counted)), of) if of else None

    gone = _known(meeting.left_early for meeting in counted)
    asked = present - gone if present and gone is not None and gone <= present else None
    everywhere = [meeting.id for meeting in meetings]
    return ResponseBox(
        workshops=len(meetings),
        counted=len(counted),
        present=present,
        complete=sent(["complete"], everywhere),
        partial=sent(["partial"], everywhere),
        under_half=sent(["under_half"], everywhere),
        declined=sum(meeting.counters["declined"] for meeting in meetings),
        said_no=_known(meeting.said_no for meeting in meetings),
        left_early=_known(meeting.left_early for meeting in meetings),
        timed_out=sum(meeting.counters["timed_out"] for meeting in meetings),
        asked=asked,
        asked_share=rate(*SENT, of=asked),
        sent_share=rate(*SENT),
        rr1=rate("complete"),
        rr2=rate("complete", "partial"),
        noted=sum(m.counters[name] for m in meetings for name in SENT),
        overfull=sum(tally.completeness[m.id].total() > (m.present or 0) for m in counted),
    )


def _known(numbers: Iterable[int | None]) -> int | None:
    """Return the sum of those that are known; None if none is."""
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None
