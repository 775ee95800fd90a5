"""`exports.log`: who wrote which dataset when; it holds no answers (X16)."""

from __future__ import annotations

import getpass
from datetime import datetime
from pathlib import Path

LOG = "exports.log"


def note_export(out: Path, **about: object) -> Path:
    """Add one line to the log beside the folder that was written, and return the log's path."""
    path = out.resolve().parent / LOG
    now = datetime.now().astimezone().isoformat(timespec="seconds")
    told = " ".join(f"{name}={value}" for name, value in about.items())
    line = f"{now} {_who()} wrote {out.resolve().name!r} {told}\n"
    with path.open("a", encoding="utf-8") as file:
        file.write(line)
    return path


def _who() -> str:
    """Return who is signed in to this computer; a container may have no names."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "somebody"
