"""Whose key a server shows: nothing else is said to a server before its key is known."""

from __future__ import annotations

import re
import socket
from contextlib import suppress
from pathlib import Path

import paramiko
from paramiko.hostkeys import InvalidHostKey
from paramiko.ssh_exception import IncompatiblePeer, SSHException

from kiosk.sync.address import Address
from kiosk.sync.problem import Reason, SendProblem
from kiosk.sync.target import Place

PORT = 22
CONNECT, TALK = 10, 20  # seconds: for the line, and for each step until the login is done
# A server has one key of each kind; it shows the kind that is asked for.
KINDS = (
    ("ssh-ed25519",),
    ("ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521"),
    ("rsa-sha2-512", "rsa-sha2-256"),
)
RSA_KEY = "ssh-rsa"  # what an RSA key calls itself, whatever it signs with
FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]{43}")
OPTION = "host-key"


def server_key(address: Address) -> str:
    """Return the fingerprint of the key that a server shows, as `ssh-keygen -lf` prints it.

    Nobody logs in. Raises SendProblem if there is no such server.
    """
    transport, key = _greeted(address, sum(KINDS, ()))
    transport.close()
    return key.fingerprint


def trusted(place: Place) -> paramiko.Transport:
    """Return a line to the server, whose key is a known one. Nobody has logged in yet.

    Raises SendProblem, with the fingerprint that was seen, if the key is not known.
    """
    known = _known(place)
    seen = []
    for kinds in _in_order(known):
        try:
            transport, key = _greeted(place.address, kinds)
        except IncompatiblePeer:  # it has no key of this kind
            continue
        if key.fingerprint in known:
            return transport
        transport.close()
        seen.append(f"{key.get_name()} {key.fingerprint}")
        if not known:
            raise SendProblem(Reason.HOST_KEY_UNKNOWN, seen[0])
    if not seen:
        raise SendProblem(Reason.SERVER, "it has no kind of key that this kiosk can check")
    expected = " or ".join(sorted(known))
    raise SendProblem(Reason.HOST_KEY_CHANGED, f"it shows {seen[0]}, it should be {expected}")


def _known(place: Place) -> dict[str, str]:
    """Return the accepted fingerprints and their kinds (“” if not told), from who says it first."""
    for told in (place.address.option(OPTION), place.login.host_key):
        if told:
            return {_fingerprint(told): ""}
    known: dict[str, str] = {}
    for file in (place.known_hosts, Path("~/.ssh/known_hosts").expanduser()):
        keys = paramiko.HostKeys()
        with suppress(OSError, InvalidHostKey, UnicodeDecodeError):
            keys.load(str(file))
        if found := keys.lookup(_name(place.address)):
            known |= {key.fingerprint: kind for kind, key in found.items()}
    return known


def _fingerprint(told: str) -> str:
    """Return a fingerprint that was typed; in an address “+” may have become a space."""
    fingerprint = told.strip().rstrip("=").replace(" ", "+")
    if not FINGERPRINT.fullmatch(fingerprint):
        raise SendProblem(
            Reason.ADDRESS, f"“{told}” is not a key's fingerprint; it looks like SHA256:k3Jx…"
        )
    return fingerprint


def _name(address: Address) -> str:
    """Return how known_hosts calls a server."""
    port = address.port or PORT
    return address.host if port == PORT else f"[{address.host}]:{port}"


def _in_order(known: dict[str, str]) -> list[tuple[str, ...]]:
    """Return the kinds of keys to ask for: all at once if none is known, else known ones first."""
    if not known:
        return [sum(KINDS, ())]
    told = {"rsa-sha2-512" if kind == RSA_KEY else kind for kind in known.values()}
    return sorted(KINDS, key=lambda kinds: told.isdisjoint(kinds))


def _greeted(address: Address, kinds: tuple[str, ...]) -> tuple[paramiko.Transport, paramiko.PKey]:
    """Return a line to a server, and the key of one of these kinds that it has proven to have."""
    transport = paramiko.Transport(_connected(address))
    transport.banner_timeout = transport.handshake_timeout = transport.auth_timeout = TALK
    transport.get_security_options().key_types = kinds
    try:
        transport.start_client(timeout=TALK)
        return transport, transport.get_remote_server_key()
    except IncompatiblePeer as problem:
        transport.close()
        if "host key" in str(problem):
            raise
        raise SendProblem(Reason.SERVER, str(problem)) from problem
    except (SSHException, OSError, EOFError) as problem:
        transport.close()
        detail = f"no SSH server answers at {_name(address)}: {problem}"
        raise SendProblem(Reason.UNREACHABLE, detail) from problem


def _connected(address: Address) -> socket.socket:
    if not address.host:
        raise SendProblem(Reason.ADDRESS, "it has no server: sftp://name@server/folder")
    try:
        line = socket.create_connection((address.host, address.port or PORT), timeout=CONNECT)
    except (OSError, UnicodeError) as problem:
        detail = f"{_name(address)}: {problem}"
        raise SendProblem(Reason.UNREACHABLE, detail) from problem
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return line
