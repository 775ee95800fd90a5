"""The disk as it may be after a power cut: only what was flushed is sure to be there.

A model as strict as POSIX allows: flushing a file keeps its content and not its name; names
(made, renamed, removed) are kept by flushing their folder. Whatever was not flushed may be there,
or not, or, of a write, in parts of 512 bytes.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from tests.faults.recording import Call

SECTOR = 512
NEVER = 1 << 60
IGNORED = ("lseek", "sendto")


@dataclass
class Change:
    """One write to a file, or with `content` None one change of its length to `offset`."""

    begun: int
    ended: int
    offset: int
    content: bytes | None
    safe: int = NEVER


@dataclass
class File:
    """A file apart from its name; None stands for a folder."""

    changes: list[Change] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(content_of(self.changes))


@dataclass
class Naming:
    """One change of names: each path leads to a file or a folder afterwards, or nowhere."""

    begun: int
    ended: int
    folder: str
    leads: dict[str, File | str | None]
    safe: int = NEVER


FOLDER = "a folder"


class Disk:
    """What happened below `root`, which itself was always there.

    `moments` are the lines of the log at which something was asked of the disk, or was done.
    """

    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self.names: list[Naming] = []
        self.moments: set[int] = set()
        self._now: dict[str, File | str] = {}
        self._files: list[File] = []
        self._places: dict[str, int] = {}

    def takes(self, calls: list[Call]) -> None:
        """Go through what one program did, after what others did before."""
        self._places = {}
        for call in calls:
            if call.name in IGNORED and call.name != "lseek":
                continue
            act = getattr(self, f"_{call.name.removesuffix('64')}", None)
            if act is not None:
                act(call)
            else:
                assert not any(self._ours(call.handle(n)[1]) for n in range(len(call.words))), call

    def _ours(self, path: str) -> bool:
        return path.startswith(f"{self.root}/")

    def _named(self, call: Call, leads: dict[str, File | str | None]) -> None:
        ours = {path: lead for path, lead in leads.items() if self._ours(path)}
        if not ours:
            return
        self.moments |= {call.begun, call.ended}
        folders = {str(PurePosixPath(path).parent) for path in ours}
        assert len(folders) == 1, f"renamed from one folder into another: {call}"
        self.names.append(Naming(call.begun, call.ended, folders.pop(), ours))
        for path, lead in ours.items():
            if lead is None:
                self._now.pop(path, None)
            else:
                self._now[path] = lead

    def _openat(self, call: Call) -> None:
        path, flags = call.path(1, 0), call.words[2]
        self._places[str(call.result)] = 0
        if not self._ours(path) or ("O_RDONLY" in flags and "O_CREAT" not in flags):
            return
        if "O_CREAT" in flags and path not in self._now:
            made = File()
            self._files.append(made)
            self._named(call, {path: made})
        elif "O_TRUNC" in flags:
            self._change(call, path, 0, None)
        assert "O_APPEND" not in flags, path

    def _mkdir(self, call: Call) -> None:
        self._named(call, {call.path(0): FOLDER})

    def _mkdirat(self, call: Call) -> None:
        self._named(call, {call.path(1, 0): FOLDER})

    def _rename(self, call: Call) -> None:
        self._moved(call, call.path(0), call.path(1))

    def _renameat(self, call: Call) -> None:
        self._moved(call, call.path(1, 0), call.path(3, 2))

    _renameat2 = _renameat

    def _moved(self, call: Call, old: str, new: str) -> None:
        if self._ours(old) or self._ours(new):
            what = self._now[old]
            assert what is not FOLDER, "folders are not renamed while we look"
            self._named(call, {old: None, new: what})

    def _unlink(self, call: Call) -> None:
        self._named(call, {call.path(0): None})

    _rmdir = _unlink

    def _unlinkat(self, call: Call) -> None:
        self._named(call, {call.path(1, 0): None})

    def _pwrite(self, call: Call) -> None:
        self._change(call, call.handle()[1], call.number(3), call.text(1)[: call.result])

    def _write(self, call: Call) -> None:
        number, path = call.handle()
        place = self._places.get(number, 0)
        self._places[number] = place + call.result
        if self._ours(path):
            self._change(call, path, place, call.text(1)[: call.result])

    def _lseek(self, call: Call) -> None:
        self._places[call.handle()[0]] = call.result

    def _ftruncate(self, call: Call) -> None:
        self._change(call, call.handle()[1], call.number(1), None)

    def _change(self, call: Call, path: str, offset: int, content: bytes | None) -> None:
        if self._ours(path):
            file = self._now[path]
            assert isinstance(file, File), path
            self.moments |= {call.begun, call.ended}
            file.changes.append(Change(call.begun, call.ended, offset, content))

    def _fsync(self, call: Call) -> None:
        path = call.handle()[1]
        found = self._now.get(path)
        flushed: list[Change] | list[Naming] = (
            found.changes if isinstance(found, File)
            else [one for one in self.names if one.folder == path]
        )  # fmt: skip
        if self._ours(path):
            self.moments |= {call.begun, call.ended}
        for one in flushed:
            if one.ended < call.begun:
                one.safe = min(one.safe, call.ended)

    _fdatasync = _fsync

    def after(self, cut: int, chance: random.Random | None, kept: float, to: Path) -> None:
        """Write into `to` the disk after a cut at a line of the log.

        What was not flushed survives with the probability `kept`, names in their order.
        """
        leads, lost = dict[str, File | str | None](), False
        for naming in self.names:
            if naming.begun > cut:
                break
            risky = naming.safe > cut
            lost = lost or (risky and not _stays(chance, kept))
            if not (risky and lost):
                leads |= naming.leads
        for path, lead in sorted(leads.items()):
            place = to / PurePosixPath(path).relative_to(self.root)
            if lead is FOLDER and place.parent.is_dir():
                place.mkdir()
            elif isinstance(lead, File) and place.parent.is_dir():
                done = (_torn(one, cut, chance, kept) for one in lead.changes if one.begun <= cut)
                place.write_bytes(content_of([part for parts in done for part in parts]))


def _stays(chance: random.Random | None, kept: float) -> bool:
    return chance.random() < kept if chance else bool(kept)


def _torn(change: Change, cut: int, chance: random.Random | None, kept: float) -> list[Change]:
    """Return what is left of a change."""
    if change.safe <= cut:
        return [change]
    if change.content is None or chance is None:
        return [change] if _stays(chance, kept) else []
    parts, at = list[Change](), 0
    while at < len(change.content):
        end = at + SECTOR - (change.offset + at) % SECTOR
        if _stays(chance, kept):
            part = change.content[at:end]
            parts.append(Change(change.begun, change.ended, change.offset + at, part))
        at = end
    return parts


def content_of(changes: list[Change]) -> bytes:
    """Return what a file holds after these changes."""
    content = bytearray()
    for change in changes:
        end = change.offset + len(change.content or b"")
        if len(content) < end:
            content.extend(bytes(end - len(content)))
        if change.content is None:
            del content[change.offset :]
        else:
            content[change.offset : end] = change.content
    return bytes(content)
