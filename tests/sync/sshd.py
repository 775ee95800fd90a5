"""OpenSSH's server as a university would set it up, with drops of different rights.

One server listens on a port for each kind of drop. All are chroots, which sshd accepts only where
root alone can write on the way to them; so they are in /run, and the tests must be run by root. A
throw-away person, made here and removed at the end, has a password and a key.
"""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from tests.setup_servers import program

WRITE_ONLY = (
    "read,opendir,readdir,remove,rmdir,readlink,symlink,setstat,fsetstat,lsetstat,"
    "posix-rename,hardlink"
)
# the drop -> what internal-sftp is told to allow there
DROPS = {
    "open": "",
    "write": f"-P {WRITE_ONLY}",
    "blind": f"-P {WRITE_ONLY},stat,lstat,fstat,realpath,statvfs,fstatvfs,fstatvfs@openssh.com",
    "look": "-R",
}
START = """\
HostKey {root}/ed25519
HostKey {root}/rsa
PidFile none
UsePAM no
PasswordAuthentication yes
KbdInteractiveAuthentication no
AuthorizedKeysFile {root}/authorized
StrictModes no
AllowUsers {user}
MaxStartups 200
LogLevel VERBOSE
Subsystem sftp internal-sftp
"""
DROP = """\
Match LocalPort {port}
    ChrootDirectory {chroot}
    ForceCommand internal-sftp {allowed}
    DisableForwarding yes
"""


class Sshd:
    """A running server. `ports` are by the kind of drop; “inbox” is the folder in all of them."""

    def __init__(self, root: Path) -> None:
        self.root, self.chroot = root, root / "drop"
        self.inbox = self.chroot / "inbox"
        self.user, self.password = f"kiosk-{secrets.token_hex(4)}", secrets.token_hex(8)
        self.ports = {drop: _free_port() for drop in DROPS}
        self._process: subprocess.Popen[bytes] | None = None
        self._prepare()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        with (self.root / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [program("sshd"), "-D", "-e", "-f", str(self.root / "config")], stderr=log
            )
        for port in self.ports.values():
            self._wait_for(port)

    def kill(self) -> None:
        """End the server and all its connections at once, as a power cut does."""
        if self._process and self._process.poll() is None:
            connections = self._connections()
            self._process.kill()
            self._process.wait()
            _end(connections)

    def cut_off(self) -> None:
        """End all connections; the server itself goes on."""
        _end(self._connections())

    def _connections(self) -> list[psutil.Process]:
        assert self._process
        return psutil.Process(self._process.pid).children(recursive=True)

    def log(self) -> str:
        return (self.root / "log").read_text()

    def fingerprint(self, kind: str = "ed25519") -> str:
        told = _run("ssh-keygen", "-lf", str(self.root / f"{kind}.pub"))
        return told.split()[1]

    def private_key(self) -> str:
        return (self.root / "person").read_text()

    def empty(self) -> None:
        """Begin again with an empty inbox that the person owns."""
        shutil.rmtree(self.inbox, ignore_errors=True)
        self.inbox.mkdir()
        shutil.chown(self.inbox, self.user)

    def _prepare(self) -> None:
        self.chroot.mkdir()
        for name, kind in (("ed25519", "ed25519"), ("rsa", "rsa"), ("person", "ed25519")):
            _run(
                "ssh-keygen", "-q", "-t", kind, "-b", "2048", "-N", "", "-f", str(self.root / name)
            )
        shutil.copy(self.root / "person.pub", self.root / "authorized")
        config = "".join(f"ListenAddress 127.0.0.1:{port}\n" for port in self.ports.values())
        config += START.format(root=self.root, user=self.user)
        for drop, allowed in DROPS.items():
            config += DROP.format(port=self.ports[drop], chroot=self.chroot, allowed=allowed)
        (self.root / "config").write_text(config)

    def _wait_for(self, port: int) -> None:
        for _ in range(100):
            with socket.socket() as line:
                if line.connect_ex(("127.0.0.1", port)) == 0 and line.recv(4) == b"SSH-":
                    return
            assert self._process
            try:
                self._process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
            break
        raise AssertionError(f"sshd did not start:\n{self.log()}")


@contextmanager
def running() -> Iterator[Sshd]:
    """Run a server for as long as the tests need it."""
    assert os.geteuid() == 0, "sshd can keep people in their folders only if root runs the tests"
    Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where sshd keeps its own helpers
    root = Path(tempfile.mkdtemp(prefix="kiosk-sshd-", dir="/run"))
    root.chmod(0o755)
    server = Sshd(root)
    with _alone():
        _run("useradd", "--no-create-home", "--home-dir", "/inbox", server.user)
        _run("chpasswd", "-c", "SHA512", typed=f"{server.user}:{server.password}")
    try:
        server.empty()
        server.start()
        yield server
    finally:
        server.kill()
        with _alone():
            _run("userdel", server.user)
        shutil.rmtree(root)


@contextmanager
def _alone() -> Iterator[None]:
    """Wait until no other tests change the system's list of people."""
    with Path("/run/sshd/kiosk-tests").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def small_disk(folder: Path, options: str) -> Iterator[None]:
    """Put a disk of its own on a folder, such as a small or a read-only one."""
    _run("mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder))
    try:
        yield
    finally:
        _run("umount", "--lazy", str(folder))


def _end(processes: list[psutil.Process]) -> None:
    for one in processes:
        with suppress(psutil.NoSuchProcess):
            one.kill()
    while any(map(_lives, processes)):
        os.sched_yield()


def _lives(process: psutil.Process) -> bool:
    """Tell whether a process still runs; one that is only not yet buried does not."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _free_port() -> int:
    with socket.socket() as ear:
        ear.bind(("127.0.0.1", 0))
        return int(ear.getsockname()[1])


def _run(name: str, *arguments: str, typed: str = "") -> str:
    done = subprocess.run(
        [program(name), *arguments], input=typed, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{name} {' '.join(arguments)}: {done.stderr}"
    return done.stdout
