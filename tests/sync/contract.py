"""What every target promises, whatever is behind it; each kind's tests inherit this story."""

from __future__ import annotations

import hashlib

import pytest

from kiosk.bundle import layout
from kiosk.sync.deliver import Seen, deliver
from kiosk.sync.problem import NotThere, Taken
from kiosk.sync.target import Target, is_temporary

CONTENT = bytes(range(256)) * 700  # larger than one packet, smaller than a coffee break
NAME = layout.name_of("a-study", CONTENT)


def bundle_name(content: bytes) -> str:
    return layout.name_of("a-study", content)


class EveryTarget:
    """Inherit, and give a fixture `target` whose login may do everything."""

    def test_what_is_put_there_comes_back(self, target: Target) -> None:
        told: list[int] = []
        target.put(NAME, CONTENT, told.append)
        assert target.get(NAME) == CONTENT
        assert target.size(NAME) == len(CONTENT)
        assert told[-1] == len(CONTENT), "whoever watches sees it end"
        assert told == sorted(told)

    def test_nothing_is_ever_replaced(self, target: Target) -> None:
        target.put(NAME, CONTENT)
        with pytest.raises(Taken):
            target.put(NAME, b"another content")
        assert target.get(NAME) == CONTENT

    def test_folders_below_are_made_and_listed(self, target: Target) -> None:
        target.put(NAME, CONTENT)
        target.put("site-7/bergen/b.zip", b"bb")
        found = {one.name: one.size for one in target.files()}
        assert found == {NAME: len(CONTENT), "site-7/bergen/b.zip": 2}
        assert not [name for name in found if is_temporary(name)]

    def test_what_is_removed_is_gone(self, target: Target) -> None:
        target.put(NAME, CONTENT)
        target.remove(NAME)
        for asked in (target.get, target.size, target.remove):
            with pytest.raises(NotThere):
                asked(NAME)

    def test_names_with_every_sign_arrive(self, target: Target) -> None:
        name = "site é/50 % & more+#1.zip"
        target.put(name, b"x")
        assert target.get(name) == b"x"
        assert [one.name for one in target.files()] == [name]

    def test_a_bundle_is_delivered_once_and_proven(self, target: Target) -> None:
        for _ in range(2):
            done = deliver(target, NAME, CONTENT)
            assert (done.name, done.proof) == (NAME, Seen.READ_BACK)
        assert [one.name for one in target.files()] == [NAME]

    def test_a_broken_copy_under_its_name_is_replaced(self, target: Target) -> None:
        target.put(NAME, CONTENT[:1000])
        assert deliver(target, NAME, CONTENT).name == NAME
        assert hashlib.sha256(target.get(NAME)).hexdigest()[:32] in NAME
