"""A workshop over the real server, as rich in traces as people can make it, and copies of its disk.

Forty people answer by phone, by an old phone, on the shared screen and on paper, in four languages;
some say no, some walk away, some do what no browser does. Eight more answers come late.
"""

from __future__ import annotations

import json
import os
import random
import re
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from kiosk.opening.new_study import NewStudy
from kiosk.paths import FIXED_TIME
from kiosk.sound.texts import spoken
from kiosk.store.database import FILE
from kiosk.store.tickets import Tickets
from kiosk.store.workshops import Workshops
from kiosk.survey.loader import load_survey
from tests.conftest import SURVEY_FILE, Kari, new_submission_id
from tests.forensics.device import FORM, MARK, Desk, Device
from tests.forensics.memory import memory_of
from tests.forensics.watch import Watch
from tests.server import RealKiosk
from tests.sound.clips import put

ROOT = Path(__file__).parents[2]
IN_TIME, LATE, OTHERS = 40, 8, 30
LANGUAGES = ("ar", "nb", "ti", "en")
WAYS = ("phone", "old phone", "shared screen", "paper")
MULTIPART = {"Content-Type": "multipart/form-data; boundary=B"}
# Python's nameless temporary files are seen by no folder, but by the interpreter that makes them.
EAR = """
import os, sys

def hear(event, facts):
    if event == "open" and (facts[2] or 0) & os.O_TMPFILE == os.O_TMPFILE:
        os.write(2, b"a temporary file without a name\\n")

sys.addaudithook(hear)
"""
BETWEEN = (20, 21)  # the disk is copied after each of these


@dataclass
class Person:
    """One of them, and all that must not be found out: `number` is the place in the order."""

    number: int
    language: str
    way: str
    ticket: str
    submission_id: str = field(default_factory=new_submission_id)

    @property
    def answers(self) -> dict[str, int]:
        """Nobody else gives these: three digits of five spell the number."""
        mine = random.Random(self.number)  # noqa: S311 - a pattern, no secret
        rest = [mine.choice((1, 2, 3, 4, 5, 97, 98)) for _ in range(12)]
        digits = [self.number // 5**place % 5 + 1 for place in range(3)]
        return {f"q{n:02}": value for n, value in enumerate([*digits, *rest], 1)}

    @property
    def written(self) -> list[bytes]:
        """The answers as they stand in a form, and in what is sealed."""
        text = json.dumps(self.answers, sort_keys=True, separators=(",", ":"))
        return [urlencode(self.answers).encode(), text.encode()]


@dataclass(frozen=True)
class Found:
    """A file or folder as it lay on the disk."""

    content: bytes
    changed: float


Copy = dict[str, Found]


class Evening:
    """The workshop, from before anybody came until it is packed for the second time."""

    def __init__(self, folder: Path, study: NewStudy) -> None:
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        (folder / "sitecustomize.py").write_text(EAR, encoding="utf-8")
        environment = {
            "TMPDIR": str(self.temporary),
            "GLIBC_TUNABLES": tunables(),
            "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
        }
        self.kiosk = RealKiosk(folder / "data", study.file, opened=False, environment=environment)
        self.workshops = Workshops(self.kiosk.data)
        self.workshop = Kari(self.workshops, study).opens(tickets=True)
        put(self.kiosk.data, "ar", spoken(load_survey(SURVEY_FILE), "ar", "Procreate"))
        self.people = self._people()
        self.copies: dict[str, Copy] = {}
        self.desk = Desk(self.kiosk.port, 0)
        self.desk.chooses_pin()
        self._watch = Watch(self.temporary, Path.cwd())

    def _people(self) -> list[Person]:
        chance = random.Random(7)  # noqa: S311 - the same evening every time
        pairs = [(way, tag) for way in WAYS for tag in LANGUAGES] * 3
        chosen = chance.sample(pairs, IN_TIME)
        chosen += [("late", tag) for tag in LANGUAGES * (LATE // len(LANGUAGES))]
        tickets = Tickets(self.kiosk.data).draw(self.workshop, IN_TIME)
        slips = tickets + [""] * LATE
        return [
            Person(n, tag, way, slip)
            for n, ((way, tag), slip) in enumerate(zip(chosen, slips, strict=True), 1)
        ]

    def goes_by(self) -> None:
        """Let everything happen, and copy the disk in between."""
        self.copy("before")
        self.somebody_looks_and_listens(Device(self.kiosk.port, 101, speaks="ar"))
        self.copy("looked")
        for person in self.people[:IN_TIME]:
            self.answers(person)
            if person.number in BETWEEN:
                self.copy(f"after {person.number}")
        for number, rude in enumerate((False, True), 102):
            self.somebody_is_rough(Device(self.kiosk.port, number), rude)
        self.copy("answered")
        for number in range(OTHERS):
            self.somebody_looks(Device(self.kiosk.port, 110 + number))
        self.memory = memory_of(self.kiosk.process.pid)
        self.packs("packed")
        for person in self.people[IN_TIME:]:
            self.answers(person)
        self.copy("late")
        self.packs("packed again")
        self.temporary_names = self._watch.names()
        self.kiosk.stop()

    @property
    def here(self) -> str:
        return f"/w/{self.workshop.code}"

    def answers(self, person: Person) -> None:
        device = Device(self.kiosk.port, person.number, speaks=person.language)
        there, fields = f"{self.here}/{person.language}", dict[str, object](person.answers)
        if person.way == "paper":
            page = f"/staff{self.here}/paper/type"
            assert self.desk.fills_in(page, page, **fields) == 303
            return
        fields |= {"submission_id": person.submission_id}
        if person.way in ("shared screen", "late"):
            fields |= {"screen": self.workshop.screen_key}
        else:
            fields |= {"ticket": person.ticket}
            assert device.asks(f"{there}?ticket={person.ticket}")[0] == 200
        by_script = person.way != "old phone"
        assert device.sends(there, fields, by_script) == (201 if by_script else 303)
        if person.number % 4 == 2:  # the answer got lost on the way, so it is sent once more
            assert device.sends(there, fields, by_script) == (200 if by_script else 303)

    def somebody_looks(self, device: Device) -> None:
        assert device.asks(f"{self.here}?ticket={self.people[-1].ticket}")[0] == 200

    def somebody_looks_and_listens(self, device: Device) -> None:
        """Fetch all that can be fetched without answering: pages, the reader, clips, fonts."""
        there, unused = f"{self.here}/ar", self.people[0].ticket
        listed = json.loads(device.asks(f"{there}/sounds")[1])
        links = [link for clip in listed["clips"].values() for link in (clip["opus"], clip["mp3"])]
        assert links
        for link in links[:20]:
            assert device.asks(link, Range="bytes=0-3")[0] == 206
        for path in ("/", self.here, f"{there}?ticket={unused}", "/listen.js", f"{there}/thanks",
                     f"{there}/goodbye", "/fonts/latin.woff2", "/healthz"):  # fmt: skip
            assert device.asks(path)[0] == 200, path
        assert device.asks(f"{there}?ticket=999999")[0] >= 400
        assert device.asks(f"{self.here}/{MARK}")[0] == 404

    def somebody_is_rough(self, device: Device, rude: bool) -> None:
        """Send what no browser of ours sends: nonsense, far too much, and half of it."""
        there, form = f"{self.here}/ar", dict[str, str](FORM)
        marked = urlencode(self.people[0].answers).encode() + MARK.encode()
        said_no = {"submission_id": new_submission_id(), "outcome": "declined"}
        assert device.sends(there, dict(said_no)) == 201
        assert device.sends(there, {"submission_id": new_submission_id(), "q99": MARK}) == 400
        assert device.sends(there, {"submission_id": MARK}) == 400
        assert device.asks(there, marked * 10_000, **form)[0] == 413
        assert device.asks(there, part(marked * 10_000), **MULTIPART)[0] == 413
        head = f"POST {there}?{MARK} HTTP/1.1\r\nHost: {MARK}\r\nUser-Agent: {MARK}\r\n"
        device.breaks_off(head, rude)
        device.breaks_off(f"{head}Content-Length: 9000\r\n\r\n{marked.decode()}", rude)
        device.breaks_off(f"GET {there}?{MARK} HTTP/1.1\r\nHost: x\r\n\r\n" * 5, rude)
        device.breaks_off(f"\0{MARK} \x01\r\n\r\n", rude)

    def packs(self, name: str) -> None:
        page = f"/staff{self.here}/"
        for step in ("close", "pack"):
            assert self.desk.fills_in(page, f"{page}{step}", present="50") == 303
        self.copy(name)

    def copy(self, name: str) -> None:
        """Copy the data folder once its writer has tidied up after the last answer."""
        data = self.kiosk.data
        for _ in range(400):
            if all(path.stat().st_mtime == FIXED_TIME for path in data.glob(f"{FILE}*")):
                break
            time.sleep(0.025)
        self.copies[name] = {
            str(path.relative_to(data)): Found(
                path.read_bytes() if path.is_file() else b"", path.stat().st_mtime
            )
            for path in (data, *data.rglob("*"))
        }


def tunables() -> str:
    """Return what the start file asks of the C library."""
    text = (ROOT / "start" / "Survey Kiosk (Linux).sh").read_text(encoding="utf-8")
    found = re.search(r"^export GLIBC_TUNABLES=(\S+)$", text, re.MULTILINE)
    assert found, "the start file says how freed memory is handled"
    return found[1]


def part(content: bytes) -> bytes:
    """Return a form with one file in it, as no page of ours sends."""
    head = f'--B\r\nContent-Disposition: form-data; name="q01"; filename="{MARK}"\r\n\r\n'
    return head.encode() + content + b"\r\n--B--\r\n"
