"""Sends of 1, 8 and 30 phones at once, each acknowledged after its durable commit."""

from __future__ import annotations

import secrets
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kiosk.store.intake import Intake, Submission
from kiosk.store.workshops import Workshops
from kiosk.study.sealing import seal
from kiosk.web.texts import study_of, survey_of
from tests.bench import peers
from tests.bench.figures import Figure, Part, share
from tests.bench.kiosks import Kiosk, on_a_copy
from tests.bench.phones import Phones, Sent

AT_ONCE = (1, 8, 30)
BURSTS = (30, 100)
SECONDS = 4.0  # no measurement takes longer, however slow the kiosk is
BARRED = 30  # the latency bar is for this many phones at once, with a full store
P50_BAR, P95_BAR, RATE_BAR, CPU_BAR = 100.0, 250.0, 300.0, 0.003


@dataclass(frozen=True)
class Ground:
    """Where it is measured: data folders with the same open workshop, and how much is sent."""

    empty: Path
    filled: Path
    code: str
    stored: int
    count: int


def fill(ground: Ground) -> None:
    """Make the filled folder: sealed responses, through the kiosk's own writer."""
    shutil.copytree(ground.empty, ground.filled)
    workshop = Workshops(ground.filled).get(ground.code)
    survey, keys = survey_of(workshop.survey_file), study_of(workshop.study).keys
    intake = Intake(ground.filled)

    def store(_: int) -> bool:
        answers = {item.id: 1 + secrets.randbelow(5) for item in survey.items}
        envelope = seal(survey, workshop.id, answers, keys)
        sent = Submission(workshop.id, secrets.token_urlsafe(18), "complete", envelope)
        return intake.store(sent)

    with ThreadPoolExecutor(128) as threads:
        if not all(threads.map(store, range(ground.stored))):
            raise RuntimeError("A fresh response was taken for a known one.")
    intake.stop()


def on_empty(ground: Ground, at_once: Iterable[int]) -> Part:
    """Measure sends with nothing stored; a fresh kiosk each time."""
    figures: list[Figure] = []
    for phones in at_once:
        with on_a_copy(ground.empty, ground.code, f"empty-{phones}") as kiosk:
            figures += _sends(kiosk, phones, ground.count, barred=False)
    return Part("Send, to acknowledged after a durable commit; nothing stored before", figures)


@contextmanager
def on_filled(ground: Ground, at_once: Iterable[int]) -> Iterator[tuple[Kiosk, Part]]:
    """Measure sends with much stored; what takes the most phones runs on, as loaded as it is."""
    figures: list[Figure] = []
    *few, most = at_once
    for phones in few:
        with on_a_copy(ground.filled, ground.code, f"filled-{phones}") as kiosk:
            figures += _sends(kiosk, phones, ground.count, barred=True)
    with on_a_copy(ground.filled, ground.code, f"filled-{most}") as kiosk:
        figures += _sends(kiosk, most, ground.count, barred=True)
        figures += [_burst(kiosk, phones) for phones in BURSTS]
        figures.append(Figure("complaints of the kiosk about failures",
                              len(kiosk.complaints), "lines", 0))  # fmt: skip
        yield kiosk, Part(f"The same with {ground.stored:,} stored in the open workshop", figures)


def _sends(kiosk: Kiosk, phones: int, count: int, *, barred: bool) -> list[Figure]:
    before = kiosk.cpu_seconds
    sent = Phones(kiosk).send(phones, count, SECONDS)
    cpu = (kiosk.cpu_seconds - before) / max(1, len(sent.taken))
    name = f"{phones} at once{', full store' if barred else ', empty store'}: "
    if not sent.taken:
        return [_failed(name, sent)]
    slow = barred and phones == BARRED
    return [
        Figure(f"{name}p50", share(sent.taken, 50), "ms", P50_BAR if slow else None,
               note=f"{len(sent.taken)} sends", peers=peers.SUBMIT_MIDDLE.get(phones, ())),
        Figure(f"{name}p95", share(sent.taken, 95), "ms", P95_BAR if slow else None,
               note=f"max {max(sent.taken):,.0f} ms", peers=peers.SUBMIT_MOST.get(phones, ())),
        Figure(f"{name}responses a second", sent.per_second, "/s",
               RATE_BAR if phones > 1 else None, at_least=True, peers=peers.RATE.get(phones, ())),
        Figure(f"{name}server's processor a response", cpu, "s", CPU_BAR, peers=peers.PROCESSOR),
        _failed(name, sent),
    ]  # fmt: skip


def _burst(kiosk: Kiosk, phones: int) -> Figure:
    sent = Phones(kiosk).burst(phones)
    middle = f"median {share(sent.taken, 50):,.0f} ms, " if sent.taken else ""
    note = middle + _failures(sent)
    return Figure(f"{phones} at the same instant: last acknowledged", 1000 * sent.seconds, "ms",
                  note=note)  # fmt: skip


def _failed(name: str, sent: Sent) -> Figure:
    return Figure(f"{name}not stored", len(sent.failures), "sends", 0, note=_failures(sent))


def _failures(sent: Sent) -> str:
    counts = Counter(sent.failures)
    return ", ".join(f"{times} x {what}" for what, times in counts.items()) or "no failure"
