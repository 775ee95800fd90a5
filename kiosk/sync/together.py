"""Many small jobs at a target: several at once, patient with a line that breaks now and then."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar

from kiosk.sync.problem import SendProblem

TRIES = 3
FIRST_PAUSE = 0.5  # seconds; it doubles
ENOUGH = 3  # jobs in a row that failed: the target is away
AT_ONCE = 16
FEWER = {"sftp": 4}  # servers let only a few sessions in at a time
Pause = Callable[[float], None]
Job = TypeVar("Job")
Result = TypeVar("Result")


def patiently(action: Callable[[], None], pause: Pause) -> SendProblem | None:
    """Do something, again after a short pause where that may help; return what was in the way."""
    problem: SendProblem | None = None
    for attempt in range(TRIES):
        if problem is not None:
            pause(FIRST_PAUSE * 2 ** (attempt - 1))
        try:
            action()
            return None
        except SendProblem as met:
            problem = met
            if not met.reason.passes:
                break
    return problem


def at_once(
    width: int, action: Callable[[Job], Result], jobs: Iterable[Job]
) -> Iterator[Result]:  # fmt: skip
    """Yield what each job gives, in the order in which they end; whatever stops it ends all."""
    threads = ThreadPoolExecutor(width)
    try:
        for done in as_completed([threads.submit(action, job) for job in jobs]):
            yield done.result()
    finally:
        threads.shutdown(cancel_futures=True)
