"""A guided search: spoilt files that reach new lines are spoilt further (`make fuzz MINUTES=10`).

What breaks a reader is kept in `found/`, where the tests try it for ever.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from types import FrameType
from typing import Any

from kiosk.opening.keys import open_key
from kiosk.opening.new_study import make_study
from tests.fuzz.targets import Parser, Place, parsers
from tests.fuzz.test_parsers import SLOW_SECONDS

OURS = ("/kiosk/", "/zipfile", "/tomllib/", "/json/", "/csv.py", "/babel/")
FOUND = Path(__file__).parent / "found"
LARGEST = 3_000_000  # bytes; what grows beyond is not spoilt further
QUICK = 20_000  # bytes; of larger ones few can be tried
Edge = tuple[str, int, int]


class Lines:
    """Which lines ran after which, in our own code and what it reads with."""

    def __init__(self) -> None:
        self.seen: set[Edge] = set()
        self._new = 0

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Note every step of one try."""
        self._new = 0
        sys.settrace(self._call)
        try:
            yield
        finally:
            sys.settrace(None)

    @property
    def found_new(self) -> bool:
        """Whether the last try came where none was before."""
        return self._new > 0

    def _call(self, frame: FrameType, _event: str, _arg: Any) -> Any:
        name = frame.f_code.co_filename
        if not any(part in name for part in OURS):
            return None
        last = 0

        def step(frame: FrameType, event: str, _arg: Any) -> Any:
            nonlocal last
            edge = (name, last, frame.f_lineno)
            last = frame.f_lineno
            if edge not in self.seen:
                self.seen.add(edge)
                self._new += 1
            return step

        return step


def search(name: str, parser: Parser, seconds: float, chance: Random) -> tuple[int, int, int]:
    """Search for so long; return how many were tried, how many led on, and how many broke it."""
    small = [seed for seed in parser.seeds if len(seed) < QUICK]
    lines, corpus = Lines(), small or list(parser.seeds)
    begun_with = len(corpus)
    end, tried, broke = time.monotonic() + seconds, 0, set[str]()
    while time.monotonic() < end:
        # Later finds lie deeper: they are taken more often.
        base = corpus[max(chance.randrange(len(corpus)), chance.randrange(len(corpus)))]
        try:
            content = parser.spoil(chance, base)
        except Exception:  # a ZIP that is none any more cannot be spoilt by its files
            content = base
        tried += 1
        problem = _trouble(parser, content, lines)
        if problem and problem not in broke:
            broke.add(problem)
            _keep(name, content, problem)
        elif lines.found_new and len(content) < LARGEST:
            corpus.append(content)
    return tried, len(corpus) - begun_with, len(broke)


def _trouble(parser: Parser, content: bytes, lines: Lines) -> str:
    """Return what went wrong in one try, in a word that tells kinds of trouble apart."""
    begun = time.process_time()
    try:
        with lines.watched():
            parser.read(content)
    except parser.refuses:
        pass
    except Exception as problem:
        trace = problem.__traceback__
        while trace and trace.tb_next:
            trace = trace.tb_next
        at = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
        return f"{type(problem).__name__} at {at}"
    return "slow" if time.process_time() - begun > 10 * SLOW_SECONDS else ""


def _keep(name: str, content: bytes, problem: str) -> None:
    path = FOUND / name / hashlib.sha256(content).hexdigest()[:16]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    print(f"{name}: {problem}: kept as {path}", flush=True)


def main(minutes: float, *names: str) -> int:
    """Search all named parsers (default: bundles and surveys) in turn; 1 if any broke."""
    with tempfile.TemporaryDirectory() as folder:
        study = make_study(Path(folder) / "key", "S", "U", "a@example.org", "only for this")
        place = Place(Path(folder) / "here", study, open_key(study.key, "only for this"))
        place.folder.mkdir()
        known = parsers(place)
        chosen = names or ("bundle", "survey")
        broke = 0
        for name in chosen:
            chance = Random(time.time_ns())  # noqa: S311 - another search each time
            each = minutes * 60 / len(chosen)
            tried, led_on, broken = search(name, known[name], each, chance)
            broke += broken
            print(f"{name}: {tried} tried, {led_on} led on, {broken} broke it", flush=True)
    return 1 if broke else 0


if __name__ == "__main__":
    sys.exit(main(float(sys.argv[1]), *sys.argv[2:]))
