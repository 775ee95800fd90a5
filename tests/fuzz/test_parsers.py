"""Spoilt files: whoever reads them reads them, or refuses them with a sentence, in little time."""

from __future__ import annotations

import io
import time
from pathlib import Path
from random import Random

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kiosk.sound import audio
from kiosk.sound.audio import BadSound
from tests.fuzz import TIMES
from tests.fuzz.targets import Parser

NAMES = (
    "survey", "form", "study", "login", "settings", "mapping", "bundle", "rehearsal", "pack",
    "sounds", "manifest", "sound", ".po", ".csv", ".xlsx", "receipt", "address", "listing",
    "ticket", "answers",
)  # fmt: skip
HEAVY = ("sounds", ".po", ".csv", ".xlsx", "pack", "survey")  # some hundredths of a second each
SLOW_SECONDS = 5.0  # of the processor's time; the slowest good file needs a tenth
FOUND = sorted((Path(__file__).parent / "found").glob("*/*"))
DEEP = b"[" * 100_000
# What readers fell over once, or needed minutes for.
ONCE = {
    "a number of 5,000 digits": ("survey", b"a = " + b"9" * 5000),
    "a number of 5,000 hexadecimal digits": ("survey", b"a = 0x" + b"f" * 5000),
    "a name of 300,000 parts": ("survey", b".".join([b"a"] * 300_000) + b" = 1"),
    "a name of 300,000 quoted parts": ("form", b".".join([b'"a"'] * 300_000) + b" = 1"),
    "a table of 1,000 parts": ("study", b"[" + b".".join([b"a"] * 1000) + b"]"),
    "tables in tables": ("form", b"a" + b".a" * 60 + b" = 1"),
    "100,000 unknown names": ("survey", b"".join(b"k%x=1\n" % n for n in range(100_000))),
    "a large number in the settings": ("settings", b"port = " + b"9" * 5000),
    "lists in lists in the settings": ("settings", b"port = " + DEEP),
    "a large number in a login": ("login", b"user = " + b"9" * 5000),
    "lists in lists in a login": ("login", b"user = " + DEEP),
    "a manifest of lists": ("manifest", DEEP),
    "a cell without an end": (".csv", b'id,draft,check\nq01,"' + b"x" * 200_000),
    "a row that is too short": (".csv", b"draft,check,id\nx\n"),
    "a catalogue in unknown letters": (
        ".po", b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=nothing\\n"\n\nmsgid "a"\n'
        b'msgstr "b"\n',
    ),
}  # fmt: skip
# What the guided search finds from now on lies in files, until somebody gives it a name above.
CASES = ONCE | {str(path): (path.parent.name, path.read_bytes()) for path in FOUND}


def tries(parser: Parser, content: bytes) -> None:
    """Let a parser read; anything but a good end or its own refusal is a fault, and so is time."""
    begun = time.process_time()
    said = "well"
    try:
        parser.read(content)
    except parser.refuses as refusal:
        said = str(refusal).strip()
    assert said, "a refusal says why"
    assert time.process_time() - begun < SLOW_SECONDS, "this takes too long"


def test_every_parser_is_tried_and_reads_its_good_files(known: dict[str, Parser]) -> None:
    assert set(known) == set(NAMES)
    for name, parser in known.items():
        for seed in parser.seeds:
            if name not in ("rehearsal", "receipt"):  # good ones need a kiosk's and Lena's keys
                parser.read(seed)


@pytest.mark.parametrize("name", NAMES)
def test_no_spoilt_file_breaks_its_reader(name: str, known: dict[str, Parser]) -> None:
    parser = known[name]

    @settings(
        max_examples=(30 if name in HEAVY else 120) * TIMES, deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.differing_executors],
    )  # fmt: skip
    @given(number=st.integers(0, 2**32), seed=st.sampled_from(parser.seeds))
    def every_example(number: int, seed: bytes) -> None:
        tries(parser, parser.spoil(Random(number), seed))  # noqa: S311 - the same every time

    every_example()


@pytest.mark.parametrize("name", NAMES)
def test_no_bytes_at_all_break_a_reader(name: str, known: dict[str, Parser]) -> None:
    @settings(max_examples=20 * TIMES, deadline=None)
    @given(content=st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
    def every_example(content: bytes) -> None:
        tries(known[name], content)

    every_example()


@pytest.mark.parametrize(("name", "content"), CASES.values(), ids=CASES)
def test_what_was_found_once_stays_mended(
    name: str, content: bytes, known: dict[str, Parser]
) -> None:
    tries(known[name], content)


def test_a_sound_of_many_channels_is_refused_before_it_fills_the_memory() -> None:
    buffer = io.BytesIO()
    soundfile.write(buffer, np.full((4_800, 64), 0.3), 48_000, format="WAV")
    with pytest.raises(BadSound):
        audio.read(buffer.getvalue())


def test_nothing_was_written_outside(known: dict[str, Parser], inside: Path) -> None:
    """The last one of this file: whatever names were in the ZIPs, all lies where it belongs."""
    assert known
    assert [path.name for path in inside.iterdir()] == ["here"]
    assert not list(inside.parent.rglob("*evil*"))
