"""What staff chose for this kiosk: a few named texts, such as the PIN's hash."""

from __future__ import annotations

from pathlib import Path

from kiosk.store.session import Session


class Settings:
    """The kiosk's own settings; each is a text, and missing until somebody sets it."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def get(self, name: str) -> str | None:
        """Return a setting, None if it was never set."""
        with Session(self._data, writes=False) as db:
            row = db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def set(self, name: str, value: str | None) -> None:
        """Set a setting; None forgets it."""
        with Session(self._data) as db:
            db.execute("DELETE FROM settings WHERE name = ?", (name,))
            if value is not None:
                db.execute("INSERT INTO settings VALUES (?, ?)", (name, value))
