"""A kiosk that nobody looks after for days, on a clock that runs ahead of ours.

`python -m tests.week --days 7 --workshops 3 --people 15 --polls 720` prints as JSON what it holds
after each day. The clock closes the workshops; at night they are packed and sent.
"""

from __future__ import annotations

import argparse
import gc
import json
import tempfile
import threading
import tracemalloc
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

import psutil

from kiosk.app import Clocks, create_app
from kiosk.config import Config
from kiosk.opening.new_study import make_study
from kiosk.store.database import FILE
from kiosk.store.workshop import Plan, Workshop
from kiosk.store.workshops import Workshops
from kiosk.study.model import install
from kiosk.survey.loader import load_survey
from kiosk.sync.sender import Sender
from tests.conftest import PASSPHRASE, SURVEY_FILE, Desk, Visitor

LANGUAGES = ("en", "ar", "ti")


@dataclass(frozen=True)
class Load:
    """What one day brings: so many workshops, people in each, and polls of each screen."""

    workshops: int
    people: int
    polls: int


@dataclass(frozen=True)
class Footprint:
    """What a kiosk holds: bytes in use by Python and of the whole process, open files, threads.

    `database` is the size of its file; `others` names all files but bundles.
    """

    traced: int
    resident: int
    descriptors: int
    threads: int
    database: int
    bundles: int
    others: tuple[str, ...]


class Clock:
    """The local time, and the seconds since some moment; both go on only when told to."""

    def __init__(self, now: datetime) -> None:
        self._begun = self._now = now

    def now(self) -> datetime:
        return self._now

    def seconds(self) -> float:
        return (self._now - self._begun).total_seconds()

    def passes(self, **time: float) -> None:
        self._now += timedelta(**time)


class Week:
    """One kiosk, its staff, its screens and its visitors, day after day."""

    def __init__(self, data: Path, study: Path, inbox: Path, load: Load) -> None:
        tomorrow = datetime.now().date() + timedelta(days=1)
        self.clock = Clock(datetime.combine(tomorrow, time(8)))
        self._data, self._inbox, self._load = data, inbox, load
        config = Config(data=data, address="192.0.2.7", target=inbox.as_uri())
        self.app = create_app(config, Clocks(self.clock.now, self.clock.seconds))
        install(study, data)
        self._kari = Desk(self.app.test_client())
        self._kari.chooses_pin()
        self._visitor = Visitor(self.app.test_client(use_cookies=False))
        self._study = study.read_text(encoding="utf-8")
        self._survey = load_survey(SURVEY_FILE)
        self._sender: Sender = self.app.extensions["sender"]
        self.workshops: Workshops = self.app.extensions["workshops"]

    def day(self) -> None:
        """Live one day, from eight in the morning until the next."""
        for _ in range(self._load.workshops):
            workshop = self._opens()
            self._afternoon(workshop)
            self.clock.passes(hours=3)
            assert self.workshops.get(workshop.code).state == "closed", "the clock closes it"
        self._kari.signs_out()
        self.clock.passes(days=1)
        self.clock.passes(hours=8 - self.clock.now().hour)
        self._sender.round(asked=False)
        assert not self._sender.outbox.waiting(), self._sender.troubles

    def _opens(self) -> Workshop:
        if not self._kari.is_in():
            self._kari.signs_in()
        plan = Plan("Draw", "The library", "Procreate", LANGUAGES,
                    self.clock.now() + timedelta(hours=1))  # fmt: skip
        planned = self.workshops.plan(
            study=self._study, survey=self._survey.id, plan=plan,
            survey_file=SURVEY_FILE.read_text(encoding="utf-8"),
        )  # fmt: skip
        workshop = self.workshops.open(planned.code)
        for path in ("/staff/", f"/staff/w/{workshop.code}/"):
            assert self._kari.client.get(path).status_code == 200
        return workshop

    def _afternoon(self, workshop: Workshop) -> None:
        """Let a screen and the staff's page ask again and again, and people answer meanwhile."""
        screen = f"/w/{workshop.code}/screen/{workshop.screen_key}"
        assert self._visitor.client.get(screen).status_code == 200
        for poll in range(self._load.polls):
            self.clock.passes(seconds=3600 / self._load.polls)
            said = {"screen": f"tablet of {workshop.code}", "waiting": "0"}
            assert self._visitor.client.post(f"{screen}/status", data=said).status_code == 200
            assert self._kari.client.get(f"/staff/w/{workshop.code}/status").status_code == 200
            due = range(self._load.people * poll // self._load.polls,
                        self._load.people * (poll + 1) // self._load.polls)  # fmt: skip
            for person in due:
                self._answers(workshop, LANGUAGES[person % len(LANGUAGES)])
        assert self.workshops.get(workshop.code).sent == self._load.people

    def _answers(self, workshop: Workshop, tag: str) -> None:
        assert self._visitor.client.get(f"/w/{workshop.code}/{tag}").status_code == 200
        answers = {item.id: 4 for item in self._survey.items}
        assert self._visitor.sends(workshop, answers, tag).status_code == 201

    def footprint(self) -> Footprint:
        """Return what the kiosk holds now; what it does not need any more is let go first."""
        gc.collect()
        process = psutil.Process()
        files = [path for path in self._data.rglob("*") if path.is_file()]
        others = [path for path in files if path.suffix != ".zip"]
        return Footprint(
            tracemalloc.get_traced_memory()[0], process.memory_info().rss, process.num_fds(),
            threading.active_count(), (self._data / FILE).stat().st_size, len(files) - len(others),
            tuple(sorted(str(path.relative_to(self._data)) for path in others)),
        )  # fmt: skip

    def stop(self) -> None:
        self.app.extensions["at_end"]()


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tests.week", description=__doc__)
    for name in ("days", "workshops", "people", "polls"):
        options.add_argument(f"--{name}", type=int, required=True)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="week-") as folder:
        root = Path(folder)
        study = make_study(root / "study", "Week", "Nobody", "nobody@example.org", PASSPHRASE)
        (root / "inbox").mkdir()
        load = Load(asked.workshops, asked.people, asked.polls)
        week = Week(root / "data", study.file, root / "inbox", load)
        tracemalloc.start()
        for _ in range(asked.days):
            week.day()
            print(json.dumps(asdict(week.footprint())), flush=True)
        week.stop()


if __name__ == "__main__":
    main()
