"""Pages that are the same for everybody, made once and handed out many times.

To make the survey's page takes 10 ms of a laptop's processor; to keep it takes 100 to 200 kB.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

MOST = 16


class KeptPages:
    """The pages asked for last, each under all that it depends on. In memory only."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._pages: OrderedDict[Hashable, str] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], str]) -> str:
        """Return the page of `key`, made now if it is not kept."""
        with self._lock:
            known = self._pages.pop(key, None)
            if known is not None:
                self._pages[key] = known
                return known
        made = make()
        with self._lock:
            self._pages[key] = made
            while len(self._pages) > MOST:
                self._pages.popitem(last=False)
        return made
