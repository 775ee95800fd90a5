"""Ola reads the memory of the running server, after people sent and others came (Linux, glibc).

What is left is small and by chance; the threat model says how much. What must not be left: anything
that the program itself keeps hold of, and what was sealed, with the id that it has in the dataset.
"""

from __future__ import annotations

import gc
import re
import time
from pathlib import Path

from kiosk.store.intake import Intake, Submission
from tests.forensics.evening import IN_TIME, ROOT, Evening, tunables
from tests.store import opens, submission

PADDED = re.compile(rb'"workshop":"[0-9a-f]{16}"\} {100}')
READABLE_AT_MOST = 3  # of forty


def test_what_was_sealed_is_overwritten_in_memory(evening: Evening) -> None:
    assert MARK_OF_THE_TEST in evening.memory, "the memory is the right one"
    assert not PADDED.search(evening.memory)


MARK_OF_THE_TEST = b"The web server had a problem"  # a text of the program itself


def test_of_forty_people_hardly_any_answers_are_left_in_memory(evening: Evening) -> None:
    people = evening.people[:IN_TIME]
    left = [p for p in people if any(text in evening.memory for text in p.written)]
    assert len(left) <= READABLE_AT_MOST


def test_addresses_that_were_asked_for_are_let_go(evening: Evening) -> None:
    """They hold the ticket and the language; Python itself remembers many, in their order."""
    asked = [p for p in evening.people[:IN_TIME] if p.way in ("phone", "old phone")]
    left = [p for p in asked if f"?ticket={p.ticket}".encode() in evening.memory]
    assert len(left) < len(asked) / 2, "freed pieces at the most"


def test_the_service_asks_the_same_of_the_c_library_as_the_start_file() -> None:
    service = (ROOT / "docs" / "systemd" / "survey-kiosk.service").read_text(encoding="utf-8")
    assert f"Environment=GLIBC_TUNABLES={tunables()}\n" in service


def test_once_it_is_stored_nothing_keeps_hold_of_a_submission(data: Path) -> None:
    """Not the writer's thread either, which waits for the next one, perhaps for an hour."""
    workshop = opens(data)
    intake = Intake(data)
    for _ in range(3):
        assert intake.store(submission(workshop))
    for _ in range(200):  # the writer acknowledges first and lets go then
        if not held():
            break
        time.sleep(0.01)
    assert held() == []
    intake.stop()


def held() -> list[Submission]:
    return [one for one in gc.get_objects() if isinstance(one, Submission)]
