"""The laptop dies again and again while the room sends: nobody's answer is lost, or counted twice.

`make faults` does it 200 times, `make test` a few; KILLS=50 says how often.
"""

from __future__ import annotations

import os
import random
import statistics
import time
from collections import Counter
from pathlib import Path

from tests.conftest import Lena
from tests.faults.crowd import ITEMS, Crowd
from tests.server import RealKiosk

KILLS = int(os.environ.get("KILLS", "3"))
PHONES = 6
START_BAR_SECONDS = 2.0


def kill_at_any_moment(kiosk: RealKiosk, crowd: Crowd) -> None:
    """Let the room send, and kill the kiosk somewhere between two acknowledgements."""
    crowd.comes(PHONES)
    crowd.waits_for(random.randint(1, 12))  # noqa: S311 - any moment will do
    time.sleep(random.uniform(0, 0.05))  # noqa: S311 - the same
    kiosk.kill()
    crowd.goes()


def starts_again(kiosk: RealKiosk) -> float:
    begun = time.monotonic()
    kiosk.start()
    return time.monotonic() - begun


def send_again(crowd: Crowd) -> int:
    """Let everybody who heard nothing send once more, and again; return how many were new."""
    open_ones = [one for one in crowd.sent if one not in crowd.acknowledged]
    new = 0
    for submission_id in open_ones:
        first, second = crowd.send(submission_id), crowd.send(submission_id)
        assert first in (200, 201)
        assert second == 200, "a repeat is known"
        new += first == 201
    return new


def test_the_kiosk_is_killed_under_load_and_every_answer_is_there_once(
    kiosk: RealKiosk, data: Path, lena: Lena
) -> None:
    crowd, starts, unheard = Crowd(kiosk.port, kiosk.code), list[float](), 0
    for _ in range(KILLS):
        kill_at_any_moment(kiosk, crowd)
        starts.append(starts_again(kiosk))
        crowd.check(data)
        before = len(crowd.sent) - len(crowd.acknowledged)
        unheard += before - send_again(crowd)
        crowd.check(data)
    assert set(crowd.sent) == crowd.acknowledged
    collected = lena.collects(kiosk.closes()).responses()
    expected = Counter(tuple(map(int, answers.values())) for answers in crowd.sent.values())
    assert Counter(tuple(one.values[: len(ITEMS)]) for one in collected) == expected
    print(
        f"\n{KILLS} kills, {len(crowd.sent)} responses, {unheard} stored but not acknowledged; "
        f"start median {statistics.median(starts):.2f} s, longest {max(starts):.2f} s "
        f"(bar {START_BAR_SECONDS} s), {sum(one > START_BAR_SECONDS for one in starts)} above it"
    )
