"""Fifty kiosks, twenty workshops each, a line that breaks: everything arrives, each once.

Real stores, real bundles, a real S3 server, a key per site that may only write. The answers in the
dataset are those that were given.
"""

from __future__ import annotations

import multiprocessing
import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path

import pytest

from kiosk.bundle.freeze import freeze
from kiosk.dataset.collect import collect
from kiosk.opening.keys import new_identity, public
from kiosk.store.database import prepare
from kiosk.store.intake import Intake
from kiosk.store.workshop import Plan
from kiosk.store.workshops import Workshops
from kiosk.study.sealing import new_rid, seal
from kiosk.survey.loader import parse_survey
from kiosk.sync.logins import Login
from kiosk.sync.outbox import Outbox
from kiosk.sync.sender import LONG_WAIT, Sender
from tests.store import SURVEY, in_memory, submission
from tests.sync.line import Line
from tests.sync.seaweed import LENA, Seaweed, secret

KIOSKS, WORKSHOPS = 50, 20
FAILURES = 0.05  # of all deliveries, at least
LONGEST_LIFE = 100_000  # bytes until a connection breaks; a delivery needs about 7,000
ROUNDS = 100
AT_ONCE = 8
SITES = [f"library-{number}" for number in range(KIOSKS)]
TWO_HOURS = timedelta(hours=2)
STUDY_FILE = """id = "small"
title = "A small study"
organisation = "The University"
contact = "ask@example.org"
[[recipient]]
key = "{key}"
"""

Answer = tuple[str, str, tuple[int, ...]]  # random id, workshop, values


@pytest.fixture
def room() -> Iterator[Path]:
    with in_memory() as folder:
        yield Path(folder)


@pytest.fixture
def weed(room: Path) -> Iterator[Seaweed]:
    server = Seaweed(room / "server", SITES)
    yield server
    server.kill()


def test_a_thousand_workshops_arrive_each_once(weed: Seaweed, room: Path) -> None:
    identity = new_identity()
    answered = work_a_season(room, public(identity))
    with Line(weed.port, breaks_now_and_then()) as line:
        send_all(weed, room, line.port)
    assert line.cuts >= KIOSKS * WORKSHOPS * FAILURES

    inbox = fetch_all(weed, room / "inbox")
    assert sorted(path.name for path in inbox.rglob("*.zip")) == sorted(
        path.name for path in room.glob("library-*/bundles/*")
    )
    pool, skipped = collect([inbox], identity)
    assert not skipped
    assert pool.repeated == 0
    assert sorted((one.rid, one.workshop, one.values) for one in pool.responses()) == answered


def work_a_season(room: Path, key: str) -> list[Answer]:
    """Let all kiosks do their work, two at a time; return all answers that were given."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, fresh) as processes:
        seasons = processes.map(partial(one_kiosk, room, key), SITES, chunksize=5)
        return sorted(answer for season in seasons for answer in season)


def one_kiosk(room: Path, key: str, site: str) -> list[Answer]:
    """Hold a kiosk's workshops, one or two people each, and pack them."""
    data, survey, given = room / site, parse_survey(SURVEY), list[Answer]()
    study = STUDY_FILE.format(key=key)
    prepare(data)
    workshops, intake = Workshops(data), Intake(data)
    people = random.Random(site)  # noqa: S311 the same people every time
    for number in range(WORKSHOPS):
        plan = Plan(f"Meeting {number}", site, "", ("en",), datetime.now() + TWO_HOURS)
        planned = workshops.plan(study=study, survey="small", survey_file=SURVEY, plan=plan)
        workshop = workshops.open(planned.code)
        for _ in range(people.randint(1, 2)):
            rid, value = new_rid(), people.randint(1, 5)
            envelope = seal(survey, workshop.id, {"q01": value}, [key], rid)
            intake.store(submission(workshop, envelope))
            given.append((rid, workshop.id, (value,)))
        workshops.close(workshop.code)
        freeze(workshops, workshop.code)
    intake.stop()
    return given


def breaks_now_and_then() -> Callable[[], int]:
    """Return how many bytes each connection lives."""
    chance, lock = random.Random(11), threading.Lock()  # noqa: S311 the same weather every time

    def bytes_until_it_breaks() -> int:
        with lock:
            return chance.randint(0, LONGEST_LIFE)

    return bytes_until_it_breaks


def send_all(weed: Seaweed, room: Path, port: int) -> None:
    """Let each kiosk empty its outbox, with its own key, several kiosks at once."""

    def send_from(site: str) -> None:
        address = weed.address(port=port)
        outbox = Outbox(room / site, address)
        outbox.logins.keep(address, Login(site, secret(site), site=site))
        patience = count(step=LONG_WAIT)  # nobody waits in a test: hours pass between two rounds
        sender = Sender(outbox, lambda: float(next(patience)))
        for _ in range(ROUNDS):
            sender.round(asked=False)
            if not outbox.waiting():
                break
        names = {sent.bundle: sent.name for sent in outbox.sendings.sent().values()}
        assert len(names) == WORKSHOPS, sender.troubles
        assert all(bundle == name for bundle, name in names.items()), "a second copy was sent"

    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(send_from, SITES))


def fetch_all(weed: Seaweed, inbox: Path) -> Path:
    """Fetch as Lena, who leaves a receipt for each site before; so the list has two pages."""
    lena = weed.target(LENA)

    def fetch(name: str) -> None:
        path = inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(lena.get(name))

    with ThreadPoolExecutor(AT_ONCE) as threads:
        list(threads.map(lambda site: lena.put(f"{site}/all.receipt.json", b"{}"), SITES))
        names = [one.name for one in lena.files()]
        assert len(names) == len(set(names)) == KIOSKS * WORKSHOPS + KIOSKS
        list(threads.map(fetch, names))
    return inbox
