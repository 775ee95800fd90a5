"""A target like any other, on a real folder, whose line breaks when a test wants it to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

from kiosk.sync.address import parse_address
from kiosk.sync.logins import Login
from kiosk.sync.problem import Reason, SendProblem
from kiosk.sync.target import Found, Place, Progress, silent
from kiosk.sync.targets.folder import Folder

AWAY = SendProblem(Reason.UNREACHABLE, "the line is dead")


def all_well() -> None:
    """Let everything happen."""


class Flaky:
    """Counts what is asked of it. `before_get` and `before_put` may raise what a server would."""

    here: ClassVar[dict[str, Flaky]] = {}

    def __init__(self, root: Path) -> None:
        root.mkdir(exist_ok=True)
        self.root, self._folder = root, Folder(root)
        self.gets: list[str] = []
        self.puts: list[str] = []
        self.down = False
        self.listed = 1_000_000
        self.before_get: Callable[[], None] = all_well
        self.before_put: Callable[[], None] = all_well
        self.here[root.name] = self

    @property
    def address(self) -> str:
        return f"flaky://{self.root.name}/inbox"

    @property
    def place(self) -> Place:
        return Place(parse_address(self.address), Login(), self.root / "known_hosts")

    def put(self, name: str, content: bytes, progress: Progress = silent) -> None:
        self.puts.append(name)
        self.before_put()
        self._folder.put(name, content, progress)

    def get(self, name: str) -> bytes:
        self.gets.append(name)
        self.before_get()
        return self._folder.get(name)

    def size(self, name: str) -> int:
        return self._folder.size(name)

    def remove(self, name: str) -> None:
        self._folder.remove(name)

    def files(self) -> Iterator[Found]:
        if self.down:
            raise AWAY
        for number, found in enumerate(sorted(self._folder.files(), key=lambda one: one.name)):
            if number == self.listed:
                raise AWAY
            yield found

    def close(self) -> None:
        """Hold nothing."""


def open_target(place: Place) -> Flaky:
    """Return the target that a test has made, by its name in the address."""
    return Flaky.here[place.address.host]
