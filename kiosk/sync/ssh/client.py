"""SFTP as paramiko speaks it, and what OpenSSH adds: bytes brought to the disk, room that is left.

paramiko can read ahead only in a thread of its own, which nobody hears when it fails, and forgets
what the server answers to writes that it did not wait for. So whole files go through `_answers`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import paramiko
from paramiko.message import Message
from paramiko.sftp import (
    CMD_EXTENDED,
    CMD_INIT,
    CMD_READ,
    CMD_STATUS,
    CMD_VERSION,
    CMD_WRITE,
    SFTPError,
    int64,
)

from kiosk.sync.target import Progress

PIECE = 32 * 1024  # bytes; every server must take so many at once
AHEAD = 32  # pieces on their way at once
VERSION = 3
FSYNC, STATVFS = "fsync@openssh.com", "statvfs@openssh.com"
READ_ONLY = 1  # the bit of statvfs


class Refused(OSError):
    """The server answered that it could not, in its own words, such as “Failure”."""


class Unwritten(Refused):
    """The file was opened, and then its bytes were refused."""


@dataclass(frozen=True)
class Room:
    """What is left where a folder is: bytes, whether files may be made, whether it is read-only."""

    free: int
    more_files: bool
    read_only: bool


class _Answers:
    """Collects what the server answers, by the number of the request, until somebody looks."""

    def __init__(self) -> None:
        self.came: list[tuple[int, int, Message]] = []

    def _async_response(self, kind: int, message: Message, number: int) -> None:
        self.came.append((number, kind, message))


class Client(paramiko.SFTPClient):
    """One channel to the server's files; one thread at a time may use it.

    An answer “no such file” is a FileNotFoundError, “not allowed” a PermissionError, any other a
    Refused. Whatever else is raised means that the line is lost.
    """

    extensions: set[str]
    # What paramiko has and its type information does not tell.
    _request: Callable[..., tuple[int, Message]]
    _async_request: Callable[..., int]
    _read_response: Callable[..., object]
    _send_packet: Callable[[int, Message], None]
    _read_packet: Callable[[], tuple[int, bytes]]

    def write_whole(self, path: str, content: bytes, progress: Progress) -> None:
        """Write a file, in place of a former one, and have it on the disk if the server can."""
        with self.open(path, "wb") as file:
            requests = (
                (at, (CMD_WRITE, file.handle, int64(at), content[at : at + PIECE]))
                for at in range(0, len(content), PIECE)
            )
            done = 0
            try:
                for at, _ in self._answers(requests):
                    done += len(content[at : at + PIECE])
                    progress(done)
                self._to_disk(file)
            except Refused as problem:
                raise Unwritten(*problem.args) from problem

    def read_whole(self, path: str) -> bytes:
        """Return what is in a file."""
        with self.open(path, "rb") as file:
            size = file.stat().st_size or 0
            requests = (
                (at, (CMD_READ, file.handle, int64(at), min(PIECE, size - at)))
                for at in range(0, size, PIECE)
            )
            pieces = {at: answer.get_string() for at, answer in self._answers(requests)}
            whole = b"".join(pieces[at] for at in sorted(pieces))
            return whole if len(whole) == size else file.read()  # some give less at once

    def room(self, path: str) -> Room | None:
        """Return what room is left in a folder; None if the server does not tell."""
        if STATVFS not in self.extensions:
            return None
        try:
            _, told = self._request(CMD_EXTENDED, STATVFS, path)
        except (FileNotFoundError, PermissionError, Refused):
            return None
        _, piece, _, _, free, files, _, more, _, flags, _ = (told.get_int64() for _ in range(11))
        return Room(piece * free, more > 0 or files == 0, bool(flags & READ_ONLY))

    def _to_disk(self, file: paramiko.SFTPFile) -> None:
        if FSYNC in self.extensions:
            with suppress(PermissionError):
                self._request(CMD_EXTENDED, FSYNC, file.handle)

    def _answers(
        self, requests: Iterable[tuple[int, tuple[object, ...]]]
    ) -> Iterator[tuple[int, Message]]:
        """Send requests, some ahead, and yield each one's place, and what is answered to it.

        A refusal is raised when nothing is on its way any more, so the channel can be used on.
        """
        answers, waiting = _Answers(), iter(requests)
        flying: dict[int, int] = {}
        refusal: OSError | None = None
        while True:
            while refusal is None and len(flying) < AHEAD and (one := next(waiting, None)):
                flying[self._async_request(answers, *one[1])] = one[0]
            if not flying:
                break
            self._read_response()
            for number, kind, message in answers.came:
                at, problem = flying.pop(number), self._refusal(kind, message)
                if problem is None:
                    yield at, message
                refusal = refusal or problem
            answers.came.clear()
        if refusal is not None:
            raise refusal

    def _refusal(self, kind: int, message: Message) -> OSError | None:
        try:
            if kind == CMD_STATUS:
                self._convert_status(message)
        except EOFError:
            return Refused("the file became shorter meanwhile")
        except OSError as problem:
            return problem
        return None

    def _convert_status(self, message: Message) -> None:
        try:
            super()._convert_status(message)  # type: ignore[misc]
        except (FileNotFoundError, PermissionError):
            raise
        except OSError as problem:
            raise Refused(str(problem)) from problem

    def _send_version(self) -> int:
        """Say hello, and keep what the server says it can do beyond the plain protocol."""
        hello = Message()
        hello.add_int(VERSION)
        self._send_packet(CMD_INIT, hello)
        kind, data = self._read_packet()
        if kind != CMD_VERSION:
            raise SFTPError("it speaks no SFTP")
        told = Message(data)
        version = told.get_int()
        self.extensions = set()
        while told.get_so_far() != data:
            self.extensions.add(told.get_text())
            told.get_string()
        return version
