"""Sends in the background of a running kiosk: patient, polite, and never while people answer."""

from __future__ import annotations

import logging
import random
from collections.abc import Callable
from contextlib import closing, nullcontext, suppress
from dataclasses import dataclass
from threading import Event, Lock, Thread
from time import monotonic

from kiosk.sync.arrivals import look_for_receipts
from kiosk.sync.outbox import Outbox, Parcel
from kiosk.sync.problem import Reason, SendProblem
from kiosk.sync.target import Target

LOG = logging.getLogger(__name__)
SOON_SECONDS = 2.0  # until the next try where this machine itself was in the way
LOOK_SECONDS = 30.0  # how often the outbox is looked into
FIRST_WAIT, LONGEST_WAIT = 30.0, 3600.0  # after a failure that may pass
LONG_WAIT = 6 * 3600.0  # after one that somebody must mend; tried all the same, for ever
RECEIPTS_EVERY = 3600.0
OF_ONE_BUNDLE = {Reason.DAMAGED, Reason.TAKEN}  # the others of that target may well get through


@dataclass(frozen=True)
class Trouble:
    """Why nothing gets through to a target, and how often in a row."""

    reason: Reason
    detail: str
    times: int


@dataclass(frozen=True)
class Progress:
    """A bundle on its way: its file name, bytes sent, bytes in all."""

    bundle: str
    done: int
    size: int


def wait_after(trouble: Trouble, chance: Callable[[], float] = random.random) -> float:
    """Return how many seconds to wait after a failure: longer each time, never all at once.

    `chance` is from 0 to 1; kiosks that failed together do not come back together.
    """
    if not trouble.reason.passes:
        return LONG_WAIT * (0.5 + chance() / 2)
    longest = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(trouble.times - 1, 20))
    return float(longest * (0.5 + chance() / 2))


class Sender:
    """Empties an outbox round by round. Times are kept in memory alone, never on the disk."""

    def __init__(
        self, outbox: Outbox, clock: Callable[[], float] = monotonic,
        told: Callable[[Progress], None] = lambda progress: None,
    ) -> None:  # fmt: skip
        self.outbox, self._clock, self._told = outbox, clock, told
        self.troubles: dict[str, Trouble] = {}
        self.progress: Progress | None = None
        self._not_before: dict[str, float] = {}
        self._receipts_after: dict[str, float] = {}
        self._calls = self._calls_at_start = 0
        self._called, self._stopped, self._round = Event(), Event(), Lock()
        self._thread: Thread | None = None

    def start(self) -> None:
        """Begin to send, in a thread of its own."""
        self._thread = Thread(target=self._run, name="sender", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Begin nothing new; what is being sent is sent again next time, which is harmless."""
        self._stopped.set()
        self._called.set()

    def call(self) -> None:
        """Try everything now, whatever was to be waited for: somebody pressed the button."""
        self._calls += 1
        self._not_before.clear()
        self._receipts_after.clear()
        self._called.set()

    def round(self, *, asked: bool) -> None:
        """Send what is due and look for receipts; `asked` also while a workshop is open."""
        with self._round:
            if not asked and self.outbox.workshops.all(only_open=True):
                return
            self._calls_at_start = self._calls
            self.outbox.pack(begun_before=self.outbox.workshops.today().isoformat())
            for target in dict.fromkeys(one.target for one in self.outbox.parcels() if one.target):
                if self._clock() >= self._not_before.get(target, 0.0) and self._send_to(target):
                    self._look_for_receipts(target)

    def _run(self) -> None:
        heard = 0
        while not self._stopped.is_set():
            calls = self._calls
            try:
                self.round(asked=calls != heard)
            except Exception:  # a full disk, a busy database: the next round may go better
                LOG.exception("The outbox could not be gone through.")
                self._stopped.wait(SOON_SECONDS)
                continue
            heard = calls
            if self._calls == heard:
                self._called.wait(LOOK_SECONDS)
            self._called.clear()

    def _send_to(self, target: str) -> bool:
        """Send all that waits for a target; return whether it can be spoken to."""
        waiting = [one for one in self.outbox.waiting() if one.target == target]
        failed: SendProblem | None = None
        try:
            with closing(self.outbox.open(target)) if waiting else nullcontext() as place:
                for parcel in waiting:
                    if place is not None and not self._stopped.is_set():
                        failed = self._hand_over(parcel, place) or failed
        except SendProblem as problem:
            failed = problem
        self._note(target, failed)
        return failed is None

    def _hand_over(self, parcel: Parcel, place: Target) -> SendProblem | None:
        """Send one parcel; return what failed if the next may get through all the same."""

        def tell(done: int) -> None:
            self.progress = Progress(parcel.file.name, done, size)
            self._told(self.progress)

        try:
            size = parcel.file.stat().st_size
            tell(0)
            self.outbox.hand_over(parcel, place, tell)
        except FileNotFoundError:
            return None  # a new edition has just taken its place, and goes next time
        except SendProblem as problem:
            if problem.reason not in OF_ONE_BUNDLE:
                raise
            return problem
        finally:
            self.progress = None
        return None

    def _look_for_receipts(self, target: str) -> None:
        if self._clock() < self._receipts_after.get(target, 0.0):
            return
        with suppress(SendProblem):  # what was sent is sent; the next look may find them
            look_for_receipts(self.outbox, target)
        self._leave_alone(self._receipts_after, target, RECEIPTS_EVERY)

    def _note(self, target: str, problem: SendProblem | None) -> None:
        """Remember a failure, and for how long to leave the target alone."""
        if problem is None:
            self.troubles.pop(target, None)
            return
        times = self.troubles[target].times + 1 if target in self.troubles else 1
        trouble = Trouble(problem.reason, problem.detail, times)
        self.troubles[target] = trouble
        self._leave_alone(self._not_before, target, wait_after(trouble))

    def _leave_alone(self, until: dict[str, float], target: str, seconds: float) -> None:
        """Wait before the next try, unless somebody called for one while this one went on."""
        if self._calls == self._calls_at_start:
            until[target] = self._clock() + seconds
