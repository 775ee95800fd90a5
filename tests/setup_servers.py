"""Sees to it that the programs are there which the tests meet: servers, and a voice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
SYSTEM_FOLDERS = ("/usr/sbin", "/usr/local/sbin", "/usr/lib/openssh")
# program -> the Debian package it is in
PACKAGES = {
    "apache2": "apache2", "sshd": "openssh-server", "sftp-server": "openssh-sftp-server",
    "faketime": "faketime", "espeak-ng": "espeak-ng", "strace": "strace",
}  # fmt: skip
WEED = Path(sys.prefix) / "servers" / "bin" / "weed"  # make puts it there


def find_program(name: str) -> str | None:
    """Return where a server program is; some are in folders that only administrators look into."""
    folders = os.pathsep.join([os.environ.get("PATH", ""), *SYSTEM_FOLDERS])
    return shutil.which(name, path=folders)


def program(name: str) -> str:
    """Return where a server program is; the tests cannot do without."""
    found = find_program(name)
    assert found, f"no {name}: run make test, or python -m tests.setup_servers"
    return found


def missing() -> list[str]:
    """Return the Debian packages of the programs that are not here yet."""
    return sorted({PACKAGES[name] for name in PACKAGES if find_program(name) is None})


if __name__ == "__main__":
    if wanted := missing():
        print(f"Fetching programs that the tests need: {', '.join(wanted)}.", flush=True)
        subprocess.run(["sh", str(ROOT / ".ci" / "need"), *wanted], check=True)
    if wanted := missing():
        sys.exit(f"Please install {', '.join(wanted)}, then try again.")
    if not WEED.is_file():
        sys.exit("SeaweedFS is missing. Please run: make clean test")
