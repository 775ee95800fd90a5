"""One login to an SSH server, shared by all threads: each works on a channel of its own."""

from __future__ import annotations

import io
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock

import paramiko
from paramiko.sftp import SFTPError
from paramiko.ssh_exception import AuthenticationException, SSHException

from kiosk.sync.problem import NotAllowed, NotThere, Reason, SendProblem
from kiosk.sync.ssh.client import Client, Refused
from kiosk.sync.ssh.keys import trusted
from kiosk.sync.target import Place

CHANNELS = 8  # at once; OpenSSH gives 10
SILENCE = 60  # seconds without an answer, then the line counts as lost
ALIVE = 20  # seconds between signs of life, so that routers keep the line open
KEYS: tuple[type[paramiko.PKey], ...] = (paramiko.Ed25519Key, paramiko.ECDSAKey, paramiko.RSAKey)
LOST = (SSHException, EOFError, OSError)


class Connection:
    """Connects when first used, and again after the line was lost."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._lock, self._channels = Lock(), BoundedSemaphore(CHANNELS)
        self._transport: paramiko.Transport | None = None
        self._free: list[Client] = []

    @contextmanager
    def client(self) -> Iterator[Client]:
        """Lend a channel. What fails on it becomes a SendProblem, but not Refused: ask further."""
        with self._channels:
            client = self._take()
            try:
                yield client
            except (SendProblem, Refused):
                raise
            except FileNotFoundError as problem:
                raise NotThere(str(problem.strerror)) from problem
            except PermissionError as problem:
                raise NotAllowed(str(problem.strerror)) from problem
            except SFTPError as problem:
                client.close()
                raise SendProblem(Reason.SERVER, str(problem)) from problem
            except LOST as problem:
                _transport_of(client).close()
                detail = f"the line was lost: {problem or type(problem).__name__}"
                raise SendProblem(Reason.UNREACHABLE, detail) from problem
            finally:
                self._give_back(client)

    def close(self) -> None:
        """End the connection; the next use makes another."""
        with self._lock:
            if self._transport is not None:
                self._transport.close()
            self._transport = None
            self._free.clear()

    def _take(self) -> Client:
        with self._lock:
            if self._transport is None or not self._transport.is_active():
                self._free.clear()
                self._transport = _logged_in(self._place)
            if self._free:
                return self._free.pop()
            transport = self._transport
        return _client(transport)

    def _give_back(self, client: Client) -> None:
        with self._lock:
            if _transport_of(client) is self._transport and not client.sock.closed:
                self._free.append(client)


def _transport_of(client: Client) -> paramiko.Transport:
    return client.sock.get_transport()


def _client(transport: paramiko.Transport) -> Client:
    try:
        channel = transport.open_session(timeout=SILENCE)
        channel.settimeout(SILENCE)
        channel.invoke_subsystem("sftp")
        return Client(channel)
    except (*LOST, SFTPError) as problem:
        if transport.is_active():
            detail = f"it lets this login in, but not to its files: {problem}"
            raise SendProblem(Reason.SERVER, detail) from problem
        detail = f"the server ended the connection right after the login: {problem}"
        raise SendProblem(Reason.UNREACHABLE, detail) from problem


def _logged_in(place: Place) -> paramiko.Transport:
    """Return a line to a known server on which the login is done."""
    transport = trusted(place)
    try:
        _log_in(transport, place)
    except BaseException:
        transport.close()
        raise
    transport.set_keepalive(ALIVE)
    if hasattr(socket, "TCP_USER_TIMEOUT") and isinstance(transport.sock, socket.socket):
        transport.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, SILENCE * 1000)
    return transport


def _log_in(transport: paramiko.Transport, place: Place) -> None:
    login, user = place.login, place.login.user or place.address.user
    if not user:
        raise SendProblem(Reason.LOGIN, "there is no name; it stands before the “@”")
    if not (login.password or login.private_key):
        raise SendProblem(Reason.LOGIN, f"there is no password and no key for {user}")
    try:
        more = ["password"]
        if login.private_key:
            more = transport.auth_publickey(user, _private_key(login.private_key, login.password))
        if more:
            transport.auth_password(user, login.password)
    except LOST as problem:
        refused = isinstance(problem, AuthenticationException) and transport.is_active()
        if refused and "timeout" not in str(problem):
            raise SendProblem(Reason.LOGIN, f"{user}: {problem}") from problem
        raise SendProblem(Reason.UNREACHABLE, f"during the login: {problem}") from problem


def _private_key(text: str, password: str) -> paramiko.PKey:
    """Return a key from its text; the password is the one that it is locked with, if it is."""
    problem = "no kind of key"
    for kind in KEYS:
        try:
            return kind.from_private_key(io.StringIO(text), password or None)
        except (SSHException, ValueError, IndexError) as told:
            problem = str(told)
    raise SendProblem(Reason.LOGIN, f"the private key cannot be opened: {problem}")
