"""Somebody pulls the plug, again and again: every acknowledged answer is there, once."""

from __future__ import annotations

import random
import secrets
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from threading import Thread

from kiosk.store.database import FILE, prepare
from kiosk.store.intake import Intake, Submission
from kiosk.store.workshops import Workshops
from tests.store import opens, rows

PULLS = 10
PHONES = 4
ROOT = Path(__file__).parents[2]


def envelope_for(submission_id: str) -> bytes:
    return f"envelope of {submission_id}".encode().ljust(1300)


def pull_the_plug(data: Path, workshop_id: str) -> list[str]:
    """Let phones send to a kiosk and kill it at a random moment; return what was acknowledged."""
    command = [sys.executable, "-m", "tests.store.test_kill", str(data), workshop_id]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as kiosk:
        assert kiosk.stdout
        first = kiosk.stdout.readline()
        time.sleep(random.uniform(0, 0.3))  # noqa: S311 - any moment will do
        kiosk.kill()
        lines = [first, *kiosk.stdout.read().splitlines(keepends=True)]
    return [line.strip() for line in lines if line.endswith("\n")]


def test_every_acknowledged_answer_survives_a_kill_once(data: Path) -> None:
    workshop = opens(data)
    acknowledged: list[str] = []
    for _ in range(PULLS):
        acknowledged += pull_the_plug(data, workshop.id)
        prepare(data)
        assert rows(data, "PRAGMA integrity_check") == [("ok",)]
        assert [path.stat().st_size for path in data.glob(f"{FILE}-*")] in ([], [0])
        stored = Counter(row[0] for row in rows(data, "SELECT envelope FROM responses"))
        assert set(stored.values()) == {1}, "none is doubled"
        assert not [one for one in acknowledged if envelope_for(one) not in stored], "none is lost"
    assert len(acknowledged) >= PULLS
    (digests,) = rows(data, "SELECT count(*) FROM acknowledged")
    counted = Workshops(data).get(workshop.code).counters["complete"]
    assert counted == len(stored) == digests[0]


def test_after_a_kill_a_phone_that_sends_again_is_told_that_it_is_stored(data: Path) -> None:
    workshop = opens(data)
    acknowledged = pull_the_plug(data, workshop.id)
    intake = Intake(data)
    for submission_id in acknowledged:
        again = Submission(workshop.id, submission_id, "complete", envelope_for(submission_id))
        assert intake.store(again) is False
    intake.stop()


def phone(intake: Intake, workshop_id: str) -> None:
    """Send one submission after another, and write down each that was acknowledged."""
    while True:
        submission_id = secrets.token_urlsafe(18)
        envelope = envelope_for(submission_id)
        if intake.store(Submission(workshop_id, submission_id, "complete", envelope)):
            sys.stdout.write(f"{submission_id}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    writer = Intake(Path(sys.argv[1]))
    for _ in range(PHONES):
        Thread(target=phone, args=(writer, sys.argv[2])).start()
