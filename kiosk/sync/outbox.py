"""The outbox: which bundles go where, how far each has come, and sending one of them."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from kiosk.bundle.freeze import StillOpen, freeze
from kiosk.store.sendings import Sendings, Sent
from kiosk.store.workshop import Workshop
from kiosk.store.workshops import Workshops
from kiosk.study.model import FILE, Study, installed, load_study, parse_study
from kiosk.survey.problems import SurveyProblems
from kiosk.sync.address import parse_address
from kiosk.sync.deliver import Delivered, deliver
from kiosk.sync.logins import Logins
from kiosk.sync.sticks import Stick, save_to
from kiosk.sync.target import KNOWN_HOSTS, Place, Progress, Target, silent
from kiosk.sync.targets import open_target

STICK = "stick"  # what stands for a target where staff carried the bundle away themselves


@dataclass(frozen=True)
class Parcel:
    """A packed workshop: its bundle, where that goes ("" if the study says nothing), how far it is.

    `sent` is None until it was seen at that target, `arrived` until a receipt came (ISO day).
    `is_here` is False once the kiosk's own copy is deleted; `on_stick` if staff saved it to one.
    """

    workshop: Workshop
    study: Study
    file: Path
    target: str
    sent: Sent | None
    arrived: str | None
    is_here: bool
    on_stick: bool

    @property
    def waits(self) -> bool:
        """Whether it still has to go; this never expires."""
        return self.is_here and bool(self.target) and self.sent is None and self.arrived is None


class Outbox:
    """What one kiosk has to send. `target`, if given, takes the place of what the studies say."""

    def __init__(
        self, data: Path, target: str = "", now: Callable[[], datetime] = datetime.now
    ) -> None:
        self.data, self._target = data, target
        self.logins = Logins(data)
        self.workshops, self.sendings = Workshops(data, now), Sendings(data)

    def parcels(self) -> list[Parcel]:
        """Return all that is packed, the oldest workshop first."""
        studies, sent, arrivals = self._studies(), self.sendings.sent(), self.sendings.arrivals()
        return [
            self._parcel(workshop, studies, sent, arrivals)
            for workshop in reversed(self.workshops.all())
            if workshop.bundle
        ]

    def waiting(self) -> list[Parcel]:
        """Return the parcels that still have to go."""
        return [parcel for parcel in self.parcels() if parcel.waits]

    def target_of(self, workshop: Workshop) -> str:
        """Return where a workshop's bundle goes or will go, as written; "" if nowhere."""
        return self._target or self._study(workshop, self._studies()).target

    def pack(self, *, begun_before: str = "9999") -> None:
        """Pack what is closed and has something new in it, if it began before a day (ISO)."""
        for workshop in self.workshops.all():
            new = not workshop.bundle or workshop.changed
            if workshop.state == "closed" and new and workshop.opened_on < begun_before:
                with suppress(StillOpen):  # somebody opens it again at this moment
                    freeze(self.workshops, workshop.code)

    def hand_over(self, parcel: Parcel, target: Target, progress: Progress = silent) -> Delivered:
        """Bring a parcel to its target, and note it only once it was seen there.

        Raises SendProblem; then it stays in the outbox.
        """
        done = deliver(target, parcel.file.name, parcel.file.read_bytes(), progress)
        sent = Sent(parcel.file.name, parcel.target, done.name, done.proof.value)
        self.sendings.note(parcel.workshop, sent)
        return done

    def parcel_of(self, workshop: Workshop) -> Parcel | None:
        """Return a workshop's parcel; None if it is not packed."""
        return next((one for one in self.parcels() if one.workshop.id == workshop.id), None)

    def save_to(self, stick: Stick) -> list[Parcel]:
        """Save to a stick what is here and has not arrived yet; return that.

        Raises SendProblem.
        """
        parcels = [one for one in self.parcels() if one.is_here and not one.arrived]
        done = save_to(stick, [one.file for one in parcels])
        for parcel, saved in zip(parcels, done, strict=True):
            sent = Sent(parcel.file.name, STICK, saved.name, saved.proof.value)
            self.sendings.note(parcel.workshop, sent)
        return parcels

    def open(self, text: str) -> Target:
        """Return the target at an address as written. Raises SendProblem."""
        return open_target(self.place(text))

    def place(self, text: str) -> Place:
        """Return an address with this kiosk's login for it. Raises SendProblem."""
        login = self.logins.of(text)
        return Place(parse_address(text).of_site(login.site), login, self.data / KNOWN_HOSTS)

    def _parcel(
        self, workshop: Workshop, studies: dict[str, Study],
        sent: dict[tuple[str, str], Sent], arrivals: dict[str, str],
    ) -> Parcel:  # fmt: skip
        study = self._study(workshop, studies)
        target, name = self._target or study.target, workshop.bundle or ""
        file = self.data / "bundles" / name
        return Parcel(workshop, study, file, target, sent.get((name, target)),
                      arrivals.get(name), file.is_file(), (name, STICK) in sent)  # fmt: skip

    def _studies(self) -> dict[str, Study]:
        """Return the studies on this kiosk as they are today, by id."""
        found = {}
        for name, file in installed(self.data).items():
            with suppress(SurveyProblems):  # the page of studies names it
                found[name] = load_study(file)
        return found

    def _study(self, workshop: Workshop, studies: dict[str, Study]) -> Study:
        """Return a workshop's study as it is today; as it was planned with, if it is gone."""
        asked = planned_with(workshop.study)
        return studies.get(asked.id, asked)


@lru_cache(64)
def planned_with(source: str) -> Study:
    """Return the study that a workshop was planned with."""
    return parse_study(source, Path(FILE))
