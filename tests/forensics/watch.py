"""Whatever is made in a folder, if only for a moment: Linux tells (inotify)."""

from __future__ import annotations

import ctypes
import os
import struct
from pathlib import Path

MADE = 0x100 | 0x80  # IN_CREATE, IN_MOVED_TO
NOT_BLOCKING = os.O_NONBLOCK
EVENT = struct.Struct("iIII")


class Watch:
    """Listens to folders from now on."""

    def __init__(self, *folders: Path) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self._handle = libc.inotify_init1(NOT_BLOCKING)
        assert self._handle >= 0, os.strerror(ctypes.get_errno())
        self._folders = {
            libc.inotify_add_watch(self._handle, os.fsencode(folder), MADE): folder
            for folder in folders
        }
        assert min(self._folders) > 0, os.strerror(ctypes.get_errno())

    def names(self) -> dict[Path, list[str]]:
        """Return what was made in each folder, in order, and stop listening."""
        found: dict[Path, list[str]] = {folder: [] for folder in self._folders.values()}
        try:
            while events := os.read(self._handle, 1 << 16):
                self._read(events, found)
        except BlockingIOError:
            os.close(self._handle)
        return found

    def _read(self, events: bytes, found: dict[Path, list[str]]) -> None:
        place = 0
        while place < len(events):
            folder, _mask, _cookie, length = EVENT.unpack_from(events, place)
            place += EVENT.size
            name = events[place : place + length].rstrip(b"\0").decode()
            found[self._folders[folder]].append(name)
            place += length
