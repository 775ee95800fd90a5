"""The one object that holds a key: what exists while a researcher is signed in, and no longer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, RLock, Thread
from time import monotonic

from pyrage import x25519

from kiosk.dataset.collect import find_bundles
from kiosk.web.researcher.export import STEPS, export
from kiosk.web.researcher.job import Job
from kiosk.web.researcher.opened import EXPECTED, Opened, open_bundles
from kiosk.web.researcher.room import Room

PATIENCE_SECONDS = 1.5  # short work is shown when it is done, not while it goes on
LONGEST_STEP_SECONDS = 20.0


class Desk:
    """Takes one key at a time. Without it there is nothing: no answers, no folder, no work.

    `sources` are folders and bundles, `data` is where the log of exports stands. `ended` is called
    whenever a key was forgotten.
    """

    def __init__(
        self, sources: Sequence[Path], data: Path, idle_seconds: float,
        clock: Callable[[], float] = monotonic, ended: Callable[[], None] = lambda: None,
    ) -> None:  # fmt: skip
        self.sources, self.data, self.idle_seconds = tuple(sources), data, idle_seconds
        self.patience_seconds = PATIENCE_SECONDS
        self.ended_by_itself = False
        self.opening: Job[Opened] | None = None
        self.export: Job[Path] | None = None
        self._clock, self._ended = clock, ended
        self._lock = RLock()
        self._identity: x25519.Identity | None = None
        self._room: Room | None = None
        self._last = 0.0

    @property
    def opened(self) -> Opened | None:
        """All that was opened, once it is."""
        opening = self.opening
        return opening.result if opening else None

    @property
    def has_key(self) -> bool:
        """Whether somebody is signed in."""
        return self._identity is not None

    def take(self, identity: x25519.Identity) -> None:
        """Sign in with a key and begin to open; whoever was here before is signed out."""
        with self._lock:
            self.forget()
            self._identity, self._room = identity, Room()
            self.ended_by_itself = False
            self.touch()
            self.open()

    def open(self) -> None:
        """Open everything that is in the sources now; what was opened before is not opened again.

        Nothing happens while there is no key, or while this goes on already.
        """
        with self._lock:
            identity, room = self._identity, self._room
            busy = self.opening and self.opening.state == "working"
            if identity is None or room is None or busy:
                return
            self._end(self.export)
            self.export = None
            paths = list(find_bundles(source for source in self.sources if source.exists()))

            def work(job: Job[Opened]) -> Opened:
                return open_bundles(job, paths, identity, room.folder)

            opening = self.opening = Job(work, len(paths), EXPECTED, room.settle)
        opening.wait(self.patience_seconds)

    def make_export(self, labels: str) -> None:
        """Make the ZIP of the dataset, with labels in this language; an earlier one goes."""
        with self._lock:
            opened, room = self.opened, self._room
            if opened is None or room is None:
                return
            self._end(self.export)

            def work(job: Job[Path]) -> Path:
                return export(job, opened.pool, labels, room.folder / "export", self.data)

            made = self.export = Job(work, STEPS, (OSError,), room.settle)
        made.wait(self.patience_seconds)

    def touch(self) -> None:
        """Note that the researcher is here."""
        self._last = self._clock()

    def forget_if_idle(self) -> None:
        """Sign out if nobody has asked for anything for too long."""
        with self._lock:
            if self.has_key and self._clock() - self._last >= self.idle_seconds:
                self.forget()
                self.ended_by_itself = True

    def forget(self) -> None:
        """Forget the key, stop all work, and delete everything that was opened."""
        with self._lock:
            for job in (self.opening, self.export):
                self._end(job)
            self._identity = self.opening = self.export = None
            room, self._room = self._room, None
        if room:
            room.clear()
        self._ended()

    def _end(self, job: Job[Opened] | Job[Path] | None) -> None:
        if job:
            job.stop(LONGEST_STEP_SECONDS)

    def watch(self, every_seconds: float = 5.0) -> Callable[[], None]:
        """Look again and again whether anybody is still here; return what ends that."""
        over = Event()

        def look() -> None:
            while not over.wait(every_seconds):
                self.forget_if_idle()

        Thread(target=look, name="idle", daemon=True).start()
        return over.set
