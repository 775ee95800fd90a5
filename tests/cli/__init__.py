"""Tests of the command line, run as it is installed: `main()`, with words, in this process."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from dataclasses import dataclass
from typing import Any

from kiosk.cli import main


@dataclass(frozen=True)
class Told:
    """What a command told the person who ran it, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def kiosk(*words: object) -> Told:
    """Run `kiosk` with these words; no command may end in a traceback."""
    out, err, before = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = ["kiosk", *map(str, words)]
    code: object = 0
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
    except SystemExit as end:
        code = end.code
    finally:
        sys.argv = before
    return Told(code if isinstance(code, int) else int(bool(code)), out.getvalue(), err.getvalue())
