"""What the kiosk remembers of its bundles' journeys: where each is, and whether it arrived."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kiosk.store.session import Session
from kiosk.store.workshop import Workshop


@dataclass(frozen=True)
class Sent:
    """One bundle at one target: its name there, and how that is known (`deliver.Seen`)."""

    bundle: str
    target: str
    name: str
    proof: str


class Sendings:
    """The journeys of a kiosk's bundles. A later edition is another bundle with its own."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def note(self, workshop: Workshop, sent: Sent) -> None:
        """Note that a bundle is at a target; noting it again changes nothing."""
        with Session(self._data) as db:
            db.execute("INSERT OR REPLACE INTO sendings VALUES (?, ?, ?, ?, ?)",
                       (sent.bundle, sent.target, workshop.id, sent.name, sent.proof))  # fmt: skip

    def note_arrival(self, workshop: Workshop, bundle: str, day: str) -> None:
        """Note the day (ISO) of which a receipt says that the researchers opened the bundle."""
        with Session(self._data) as db:
            db.execute(
                "INSERT OR IGNORE INTO arrivals VALUES (?, ?, ?)", (bundle, workshop.id, day)
            )

    def sent(self) -> dict[tuple[str, str], Sent]:
        """Return (bundle, target) -> how it is there, of everything that was ever sent."""
        with Session(self._data, writes=False) as db:
            rows = db.execute("SELECT bundle, target, name, proof FROM sendings").fetchall()
        return {(row[0], row[1]): Sent(*row) for row in rows}

    def arrivals(self) -> dict[str, str]:
        """Return bundle -> the day (ISO) on which the researchers had opened it."""
        with Session(self._data, writes=False) as db:
            return dict(db.execute("SELECT bundle, day FROM arrivals").fetchall())
