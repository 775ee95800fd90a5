"""Runs real commands under strace, and reads what they asked of the disk, in order.

Only the calls that change files, make them last, or answer a browser are recorded.
"""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.setup_servers import program

CALLS = (
    "open,openat,creat,mkdir,mkdirat,write,pwrite64,writev,pwritev,pwritev2,ftruncate,truncate,"
    "fallocate,fsync,fdatasync,rename,renameat,renameat2,unlink,unlinkat,rmdir,link,linkat,"
    "symlink,symlinkat,lseek,sendto,copy_file_range,sendfile"
)
WHOLE = re.compile(r"(\d+) +(\w+)\((.*)\) += (-?\d+)")
BEGUN = re.compile(r"(\d+) +(\w+)\((.*?),? *<unfinished \.\.\.>")
ENDED = re.compile(r"(\d+) +<\.\.\. (\w+) resumed>,? ?(.*)\) += (-?\d+)")
HEX = re.compile(r"((?:\\x[0-9a-f]{2})*)")
HANDLE = re.compile(r"(\d+|AT_FDCWD)<((?:\\x[0-9a-f]{2})*)>")


@dataclass
class Call:
    """One system call: its words, what came back, and the lines at which it began and ended."""

    name: str
    words: list[str]
    result: int
    begun: int
    ended: int

    def text(self, place: int) -> bytes:
        """Return the string in a place."""
        quoted = self.words[place]
        assert quoted.endswith('"'), "strace cut it short"
        return unhex(quoted.strip('"'))

    def has_text(self, place: int) -> bool:
        return self.words[place].startswith('"')

    def number(self, place: int) -> int:
        return int(self.words[place], 0)

    def handle(self, place: int = 0) -> tuple[str, str]:
        """Return the number of an open file and its path."""
        found = HANDLE.match(self.words[place])
        return (found[1], unhex(found[2]).decode()) if found else (self.words[place], "")

    def path(self, place: int, folder: int | None = None) -> str:
        """Return the path in a place, beside the open folder in another."""
        name = self.text(place).decode()
        above = self.handle(folder)[1] if folder is not None else ""
        return name if name.startswith("/") else f"{above}/{name}"


def unhex(quoted: str) -> bytes:
    return bytes.fromhex(quoted.replace("\\x", ""))


def traced(log: Path, *words: str, data: Path) -> list[str]:
    """Return the command that runs `kiosk` with these words and records what it does."""
    names = ",".join(f"?{name}" for name in CALLS.split(","))
    return [program("strace"), "-f", "-y", "-xx", "-s", "4000000", "-e", f"trace={names}",
            "-o", str(log), sys.executable, "-m", "kiosk", *words, "--data", str(data)]  # fmt: skip


def kill_traced(strace: subprocess.Popen[bytes]) -> None:
    """Kill the kiosk that strace watches; strace then writes its last lines and ends."""
    for kiosk in psutil.Process(strace.pid).children():
        kiosk.kill()
    strace.wait(timeout=30)


def read(log: Path, first_line: int = 0) -> list[Call]:
    """Return the calls in a log that succeeded, in the order in which they began."""
    calls, open_ones = list[Call](), dict[str, tuple[str, str, int]]()
    for at, line in enumerate(log.read_text("ascii").splitlines(), first_line):
        if whole := WHOLE.match(line):
            calls.append(Call(whole[2], whole[3].split(", "), int(whole[4]), at, at))
        elif begun := BEGUN.match(line):
            open_ones[begun[1]] = (begun[2], begun[3], at)
        elif ended := ENDED.match(line):
            name, words, since = open_ones.pop(ended[1])
            both = ", ".join(filter(None, (words, ended[3])))
            calls.append(Call(name, both.split(", "), int(ended[4]), since, at))
    return sorted((call for call in calls if call.result >= 0), key=lambda call: call.begun)
