"""SFTP: a folder on an SSH server, as universities give it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from stat import S_ISDIR, S_ISREG

from paramiko import SFTPAttributes

from kiosk.sync.problem import NotAllowed, NotThere, Reason, SendProblem, Taken
from kiosk.sync.ssh.client import Client, Refused, Unwritten
from kiosk.sync.ssh.connection import Connection
from kiosk.sync.target import Found, Place, Progress, silent, temporary

ANSWERS = (FileNotFoundError, PermissionError, Refused)
FULL_WORDS = ("no space", "disk full", "disc full", "quota", "too large")
HOME = "/~"


class Sftp:
    """A target on an SSH server. It may allow as little as putting files there."""

    def __init__(self, place: Place) -> None:
        self.root = _root(place.address.path)
        self._connection = Connection(place)

    def put(self, name: str, content: bytes, progress: Progress = silent) -> None:
        """Write under a temporary name, then give the file its own name, if that is free."""
        with self._server(len(content)) as sftp:
            final, part = self._path(name), self._path(temporary(name))
            if _is_there(sftp, final):
                raise Taken(name)
            try:
                self._write(sftp, name, content, progress)
                _give_name(sftp, part, final)
            except (Taken, *ANSWERS):
                with suppress(*ANSWERS):
                    sftp.remove(part)
                raise

    def get(self, name: str) -> bytes:
        """Return a file's content."""
        with self._server() as sftp:
            return sftp.read_whole(self._path(name))

    def size(self, name: str) -> int:
        """Return a file's size in bytes."""
        with self._server() as sftp:
            return sftp.stat(self._path(name)).st_size or 0

    def remove(self, name: str) -> None:
        """Remove a file."""
        with self._server() as sftp:
            sftp.remove(self._path(name))

    def files(self) -> Iterator[Found]:
        """Yield all files, folder by folder."""
        folders = [""]
        while folders:
            folder = folders.pop()
            for one in self._listed(folder):
                name, mode = f"{folder}{one.filename}", one.st_mode or 0
                if S_ISDIR(mode):
                    folders.append(f"{name}/")
                elif S_ISREG(mode):
                    yield Found(name, one.st_size or 0, f"{one.st_mtime}-{one.st_size}")

    def close(self) -> None:
        """End the connection."""
        self._connection.close()

    def _path(self, name: str) -> str:
        return f"{self.root}{name}"

    def _write(self, sftp: Client, name: str, content: bytes, progress: Progress) -> None:
        """Write the temporary file; make the folders for it, but never the target's own."""
        part = self._path(temporary(name))
        try:
            sftp.write_whole(part, content, progress)
            return
        except FileNotFoundError:
            folders = name.split("/")[:-1]
        for depth in range(len(folders)):
            with suppress(FileNotFoundError, Refused):  # it is there; what else it is, writing says
                sftp.mkdir(self._path("/".join(folders[: depth + 1])))
        try:
            sftp.write_whole(part, content, progress)
        except FileNotFoundError as problem:
            raise SendProblem(Reason.MISSING, self.root) from problem

    def _listed(self, folder: str) -> list[SFTPAttributes]:
        """Return what is in a folder; nothing if somebody removed it just now."""
        try:
            with self._server() as sftp:
                return sftp.listdir_attr(self._path(folder) or ".")
        except NotThere:
            if folder:
                return []
            raise SendProblem(Reason.MISSING, self.root) from None
        except UnicodeDecodeError as problem:
            detail = f"a name in {self._path(folder)} is not written in UTF-8"
            raise SendProblem(Reason.SERVER, detail) from problem

    @contextmanager
    def _server(self, needed: int = 0) -> Iterator[Client]:
        """Lend a channel, and find out why the server refused something."""
        with self._connection.client() as sftp:
            try:
                yield sftp
            except Refused as problem:
                raise self._meaning(sftp, problem, needed) from problem

    def _meaning(self, sftp: Client, problem: Refused, needed: int) -> SendProblem:
        """Tell what “Failure” means: SFTP has no number for a full or a read-only disk."""
        room, told = sftp.room(self.root or "."), str(problem)
        if room is not None and room.read_only:
            return NotAllowed("the server's disk can only be read")
        if any(word in told.lower() for word in FULL_WORDS):
            return SendProblem(Reason.FULL, told)
        if room is not None and (room.free < needed or not room.more_files):
            return SendProblem(Reason.FULL, f"{told}; {room.free} bytes are free")
        if isinstance(problem, Unwritten):
            return SendProblem(Reason.FULL, f"{told}; perhaps this login's quota is used up")
        return SendProblem(Reason.SERVER, told)


def open_target(place: Place) -> Sftp:
    """Return the folder of an `sftp://…` address. It connects when it is first used."""
    return Sftp(place)


def _root(path: str) -> str:
    """Return what stands before each name: “/inbox/”, or “inbox/” below the home folder."""
    if path == HOME or path.startswith(f"{HOME}/"):
        below = path.removeprefix(HOME).strip("/")
        return f"{below}/" if below else ""
    return f"{path}/"


def _is_there(sftp: Client, path: str) -> bool:
    """Tell whether a file is seen there; where nobody may look, it is not."""
    try:
        sftp.stat(path)
    except ANSWERS:
        return False
    return True


def _give_name(sftp: Client, part: str, final: str) -> None:
    """Rename without replacing a file: OpenSSH refuses to, others have been asked before."""
    try:
        sftp.rename(part, final)
    except (Refused, FileNotFoundError) as problem:
        try:
            sftp.stat(final)
        except FileNotFoundError:
            detail = f"it did not give the file its name: {problem}"
            raise SendProblem(Reason.SERVER, detail) from problem
        except (PermissionError, Refused):
            pass  # nobody may look, but nothing else hinders
        raise Taken(final.rpartition("/")[2]) from problem
