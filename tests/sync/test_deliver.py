"""“Sent” is said only of what was seen there: torn, vanished and lying targets are found out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.sync.deliver import Seen, deliver
from kiosk.sync.problem import NotAllowed, Reason, SendProblem
from kiosk.sync.target import Progress, silent
from kiosk.sync.targets.folder import Folder
from tests.sync.contract import CONTENT, NAME


class Drop(Folder):
    """A real folder; whoever sends there may not do what `forbidden` names."""

    def __init__(self, root: Path, *forbidden: str) -> None:
        super().__init__(root)
        self.forbidden = forbidden
        self.writes: Callable[[bytes], bytes] = lambda content: content

    def put(self, name: str, content: bytes, progress: Progress = silent) -> None:
        super().put(name, self.writes(content), progress)

    def get(self, name: str) -> bytes:
        self._may("get")
        return super().get(name)

    def size(self, name: str) -> int:
        self._may("size")
        return super().size(name)

    def remove(self, name: str) -> None:
        self._may("remove")
        super().remove(name)

    def _may(self, act: str) -> None:
        if act in self.forbidden:
            raise NotAllowed(act)


def whole(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.read_bytes() == CONTENT]


def test_the_proof_is_as_good_as_the_rights(tmp_path: Path) -> None:
    for proof, forbidden in (
        (Seen.READ_BACK, ()), (Seen.SIZE, ("get",)), (Seen.WORD, ("get", "size", "remove"))
    ):  # fmt: skip
        folder = tmp_path / proof.value
        folder.mkdir()
        assert deliver(Drop(folder, *forbidden), NAME, CONTENT).proof is proof
        assert len(whole(folder)) == 1


def test_what_arrives_torn_is_not_sent_and_does_not_stay(tmp_path: Path) -> None:
    target = Drop(tmp_path)
    target.writes = lambda content: content[:1000]
    with pytest.raises(SendProblem) as told:
        deliver(target, NAME, CONTENT)
    assert told.value.reason is Reason.DAMAGED
    assert list(tmp_path.iterdir()) == []
    target.writes = lambda content: content
    assert deliver(target, NAME, CONTENT).name == NAME


def test_what_only_the_size_can_tell_is_noticed_too(tmp_path: Path) -> None:
    target = Drop(tmp_path, "get")
    target.writes = lambda content: content[:-1]
    with pytest.raises(SendProblem):
        deliver(target, NAME, CONTENT)


def test_a_broken_copy_that_may_not_be_removed_is_left_and_the_bundle_goes_beside(
    tmp_path: Path,
) -> None:
    (tmp_path / NAME).write_bytes(b"torn")
    target = Drop(tmp_path, "remove")
    done = deliver(target, NAME, CONTENT)
    assert done.name != NAME
    assert [path.name for path in whole(tmp_path)] == [done.name]
    assert done.name.startswith(NAME.removesuffix(".zip")), "it still says what is in it"


def test_where_nobody_may_look_sending_again_is_harmless(tmp_path: Path) -> None:
    target = Drop(tmp_path, "get", "size", "remove")
    names = {deliver(target, NAME, CONTENT).name for _ in range(5)}
    assert NAME in names
    assert len(whole(tmp_path)) == len(names) == 5
