"""`kiosk collect --watch`: the dataset grows as bundles arrive."""

from __future__ import annotations

import json
import time
from datetime import datetime

from pyrage import x25519

from kiosk.cli.collect_fetch import Haul, fetched
from kiosk.cli.collect_make import Done, NothingOpens, Teller, make
from kiosk.cli.collect_wish import CollectWish
from kiosk.cli.common import tell
from kiosk.cli.dataset_out import REFUSED
from kiosk.dataset.collect import MixedStudies
from kiosk.study import archive

wait = time.sleep
NOTHING_YET = "No bundle has come yet. Stop with Ctrl-C."


def watch(wish: CollectWish, identity: x25519.Identity, as_json: bool) -> int:
    """Look again and again until Ctrl-C; return the exit code: 0 if there is a dataset.

    What is in the way at the very first look is raised, later it is told, once.
    """
    watcher = _Watcher(wish, identity, as_json)
    try:
        watcher.look()
        while True:
            wait(wish.every)
            watcher.look_again()
    except KeyboardInterrupt:
        there = (wish.out / archive.SUMS).is_file()
        rest = f"The dataset is in {wish.out}." if there else "There is no dataset yet."
        tell(f"\nStopped. {rest} The same command goes on from here.", err=True)
        return 0 if there else 2


class _Watcher:
    """Knows what was there when the dataset was written last."""

    def __init__(self, wish: CollectWish, identity: x25519.Identity, as_json: bool) -> None:
        self._wish, self._identity, self._as_json = wish, identity, as_json
        self._known: frozenset[tuple[str, int, int]] | None = None
        self._teller = Teller()

    def look(self) -> None:
        """Fetch, and write the dataset if something is new."""
        self._teller.look()
        with fetched(self._wish) as haul:
            self._teller.tell([*haul.problems, *haul.notes])
            if not haul.paths:
                self._teller.tell([NOTHING_YET])
            elif haul.snapshot != self._known and not haul.away:
                self._write(haul)

    def look_again(self) -> None:
        """Do the same; whatever is in the way is told, and may be better next time."""
        try:
            self.look()
        except (MixedStudies, OSError, *REFUSED) as problem:
            self._teller.tell([f"The dataset stays as it was: {problem}"])

    def _write(self, haul: Haul) -> None:
        snapshot = haul.snapshot
        try:
            done = make(
                self._wish, self._identity, haul, self._teller, self._wish.map_file
            )  # fmt: skip
        except NothingOpens as problem:
            self._teller.tell([str(problem)])
        else:
            self._say(done)
        self._known = snapshot

    def _say(self, done: Done) -> None:
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        if self._as_json:
            tell(json.dumps({"time": now} | done.report, ensure_ascii=False))
        else:
            tell(f"{now[11:19]}  {done.lines.splitlines()[0]}")
