"""Brings one bundle to a target so that it is there whole, once, under its own name, and proven."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum

from kiosk.bundle import layout
from kiosk.sync.problem import NotAllowed, NotThere, Reason, SendProblem, Taken
from kiosk.sync.target import Progress, Target, silent

OTHER_NAMES = 3


class Seen(Enum):
    """What a look at a file showed; the first three are what “sent” can rest on."""

    READ_BACK = "read-back"  # every byte came back
    SIZE = "size"  # the server tells the right size, and lets nobody read
    WORD = "word"  # the server took it and said so; nothing more is allowed
    OTHER = "other"
    ABSENT = "absent"


@dataclass(frozen=True)
class Delivered:
    """Where a bundle is now, and how that is known."""

    name: str
    proof: Seen


def deliver(
    target: Target, name: str, content: bytes, progress: Progress = silent
) -> Delivered:  # fmt: skip
    """Put a bundle there unless it is there already, and check it as far as the rights go.

    The name is a hash of the content, so another content under it is a broken copy: it is replaced
    where that is allowed, else the bundle goes beside it. Sending twice changes nothing. Raises
    SendProblem.
    """
    for candidate in _names(name):
        seen = look(target, candidate, content)
        if seen in (Seen.READ_BACK, Seen.SIZE):
            return Delivered(candidate, seen)
        if seen is Seen.OTHER and not _removed(target, candidate):
            continue
        try:
            target.put(candidate, content, progress)
        except Taken as taken:
            seen = look(target, candidate, content)
            if seen in (Seen.READ_BACK, Seen.SIZE) or (seen is Seen.WORD and taken.whole):
                return Delivered(candidate, seen)
            continue
        return Delivered(candidate, _proof(target, candidate, content))
    raise Taken(name)


def look(target: Target, name: str, content: bytes) -> Seen:
    """Return how far a file at the target is seen to be this content; WORD if nobody may look."""
    try:
        back = target.get(name)
        return Seen.READ_BACK if _same(back, content) else Seen.OTHER
    except NotThere:
        return Seen.ABSENT
    except NotAllowed:
        pass
    try:
        return Seen.SIZE if target.size(name) == len(content) else Seen.OTHER
    except NotThere:
        return Seen.ABSENT
    except NotAllowed:
        return Seen.WORD


def _proof(target: Target, name: str, content: bytes) -> Seen:
    """Return how a bundle just sent is known to be there. Raises SendProblem if it is not."""
    seen = look(target, name, content)
    if seen in (Seen.OTHER, Seen.ABSENT):
        with suppress(SendProblem):
            target.remove(name)
        raise SendProblem(Reason.DAMAGED, f"{name} is {seen.value}")
    return seen


def _removed(target: Target, name: str) -> bool:
    try:
        target.remove(name)
    except NotThere:
        return True
    except NotAllowed:
        return False
    return True


def _names(name: str) -> Iterator[str]:
    """Yield the bundle's own name, then some that still say what it is and what is in it."""
    yield name
    stem = name.removesuffix(layout.SUFFIX)
    for _ in range(OTHER_NAMES):
        yield f"{stem}{layout.SUFFIX.removesuffix('.zip')}-{secrets.token_hex(2)}.zip"


def _same(back: bytes, content: bytes) -> bool:
    return hashlib.sha256(back).digest() == hashlib.sha256(content).digest()
