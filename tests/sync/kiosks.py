"""Kiosks with closed workshops, and targets that fail when a story wants it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

from kiosk.bundle.freeze import freeze
from kiosk.opening.new_study import NewStudy
from kiosk.store.database import prepare
from kiosk.store.intake import Intake, Submission
from kiosk.store.workshop import Plan, Workshop
from kiosk.store.workshops import Workshops
from kiosk.study.model import install_text
from kiosk.study.sealing import seal
from kiosk.survey.loader import parse_survey
from kiosk.sync.outbox import Outbox
from kiosk.sync.problem import SendProblem
from kiosk.sync.target import Progress, Target, silent
from tests.store import SURVEY

YESTERDAY = datetime.combine(date.today() - timedelta(days=1), datetime.min.time())


class Library:
    """A kiosk in a library, with a study that says where its bundles go."""

    def __init__(self, data: Path, study: NewStudy, target: str) -> None:
        self.data = data
        source = study.file.read_text(encoding="utf-8")
        head = f'target = "{target}"\n' if target else ""
        self.study_file = head + source
        prepare(data)
        self.study = install_text(self.study_file, data)
        self.outbox = Outbox(data)
        self.workshops = self.outbox.workshops

    def opens(self, title: str = "Draw", now: Callable[[], datetime] = datetime.now) -> Workshop:
        plan = Plan(title, "The library", "", ("en",), datetime.now() + timedelta(hours=2))
        workshops = Workshops(self.data, now)
        planned = workshops.plan(
            study=self.study_file, survey="small", survey_file=SURVEY, plan=plan
        )
        return workshops.open(planned.code)

    def hears(self, workshop: Workshop, *answers: int) -> None:
        """Take one response for each answer to the only question."""
        survey, intake = parse_survey(SURVEY), Intake(self.data)
        for number, answer in enumerate(answers):
            envelope = seal(survey, workshop.id, {"q01": answer}, self.study.keys)
            name = f"{workshop.id}-{number:020}"
            intake.store(Submission(workshop.id, name, "complete", envelope))
        intake.stop()

    def closes(self, workshop: Workshop) -> Workshop:
        return self.workshops.close(workshop.code)

    def packs(self, title: str = "Draw", *answers: int) -> Workshop:
        """Hold a workshop from beginning to packed bundle."""
        workshop = self.opens(title)
        self.hears(workshop, *answers)
        self.closes(workshop)
        freeze(self.workshops, workshop.code)
        return self.workshops.get(workshop.code)

    def state(self, workshop: Workshop) -> str:
        parcel = self.outbox.parcel_of(workshop)
        assert parcel, "it is packed"
        if parcel.arrived:
            return "arrived"
        return "sent" if parcel.sent else "waits"


class Flaky:
    """A real target behind a bad line: `plan` says what each call to put runs into."""

    def __init__(self, real: Target, plan: list[SendProblem]) -> None:
        self._real, self.plan, self.puts = real, plan, 0
        self.meanwhile: Callable[[], None] = lambda: None
        self.get, self.size = real.get, real.size
        self.remove, self.files, self.close = real.remove, real.files, real.close

    def put(self, name: str, content: bytes, progress: Progress = silent) -> None:
        self.puts += 1
        self.meanwhile()
        if self.plan:
            raise self.plan.pop(0)
        self._real.put(name, content, progress)
