"""Keeps copies while the kiosk runs: a good one beside the database, and backups elsewhere."""

from __future__ import annotations

import logging
import shutil
import sqlite3
from datetime import date
from pathlib import Path
from threading import Event, Thread

from kiosk.store.backup import CannotBackUp, back_up, backups_of
from kiosk.store.copies import keep_copy
from kiosk.store.database import FILE
from kiosk.store.workshops import Workshops

LOG = logging.getLogger(__name__)
LOOK_SECONDS = 60.0
BACKUPS = 14  # of this kiosk in the folder; the oldest goes when there is one more
CHANGES = slice(24, 28)  # where SQLite counts how often the file was changed


class Keeper:
    """Copies between workshops, never while one is open; `backup_to` is empty for no backups.

    `problem` says why there is no backup of today, and is empty if all is well.
    """

    def __init__(self, data: Path, backup_to: str = "") -> None:
        self._data, self._backup_to = data, backup_to
        self.problem = ""
        self._kept = b""
        self._stopped = Event()

    def start(self) -> None:
        """Begin to look after copies, in a thread of its own."""
        Thread(target=self._run, name="keeper", daemon=True).start()

    def stop(self) -> None:
        """Begin no more copies."""
        self._stopped.set()

    def round(self) -> None:
        """Copy what has changed since the last round, if no workshop is open."""
        if Workshops(self._data).all(only_open=True):
            return
        if self._changes() != self._kept:
            keep_copy(self._data)
        if self._backup_to:
            self._back_up(Path(self._backup_to).expanduser())
        self._kept = self._changes()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                self.round()
            except (OSError, sqlite3.Error):  # a full disk, a busy database: the next may go better
                LOG.warning("The kiosk could not copy its database. It tries again by itself.")
            self._stopped.wait(LOOK_SECONDS)

    def _back_up(self, folder: Path) -> None:
        """Make today's backup if it is missing, and let the oldest go."""
        try:
            if date.today().isoformat() not in {day for day, _ in backups_of(self._data, folder)}:
                back_up(self._data, folder)
                for _, old in backups_of(self._data, folder)[:-BACKUPS]:
                    shutil.rmtree(old, ignore_errors=True)
            self.problem = ""
        except CannotBackUp as problem:
            if not self.problem:
                LOG.warning("%s", problem)
            self.problem = str(problem)

    def _changes(self) -> bytes:
        with (self._data / FILE).open("rb") as file:
            return file.read(CHANGES.stop)[CHANGES]
