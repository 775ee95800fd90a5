"""Work in the background, with how far it has come; it can be stopped between two steps."""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Event, Thread
from typing import Generic, Literal, TypeVar

State = Literal["working", "done", "stopped", "failed"]
Result = TypeVar("Result")


class Stopped(Exception):
    """Somebody stopped the work; it is not complete."""


class Job(Generic[Result]):
    """Begins at once. It has done `done` steps of `all`; at its end there is a result or a problem.

    `expected` are the problems that the page has words for; others go to the log as well. At the
    very end, when nothing of the work goes on any more, `at_end` is called.
    """

    def __init__(
        self, work: Callable[[Job[Result]], Result], steps: int,
        expected: tuple[type[Exception], ...] = (), at_end: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        self.done, self.all = 0, steps
        self.result: Result | None = None
        self.problem: Exception | None = None
        self._stop = Event()
        self._expected, self._at_end = expected, at_end
        self._thread = Thread(target=self._run, args=(work,), name="researcher", daemon=True)
        self._thread.start()

    @property
    def state(self) -> State:
        """How it stands with the work."""
        if self.result is not None:
            return "done"
        if self.problem is None:
            return "working"
        return "stopped" if isinstance(self.problem, Stopped) else "failed"

    @property
    def words(self) -> dict[str, object]:
        """What a page's script asks for while the work goes on."""
        return {"state": self.state, "done": self.done, "all": self.all}

    def step(self) -> None:
        """Count one more step. Raises Stopped if there are to be no more."""
        if self._stop.is_set():
            raise Stopped
        self.done += 1
        self.all = max(self.all, self.done)

    def stop(self, seconds: float = 0) -> None:
        """Let there be no further step, and wait at most so long until it is over."""
        self._stop.set()
        self.wait(seconds)

    def wait(self, seconds: float) -> None:
        """Wait until it is over, but not longer."""
        self._thread.join(seconds)

    def _run(self, work: Callable[[Job[Result]], Result]) -> None:
        try:
            self.result = work(self)
        except Exception as problem:
            if not isinstance(problem, (Stopped, *self._expected)):
                logging.getLogger("kiosk").exception("Work in the background failed.")
            # Without its traces, which would hold on to the key, and to what goes on beside.
            problem.__cause__ = problem.__context__ = None
            self.problem = problem.with_traceback(None)
        self._at_end()
