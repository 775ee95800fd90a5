"""Texts and recordings as a plain folder, for speakers who record without the kiosk."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from kiosk.files import write_whole
from kiosk.sound import exchange, manifest
from kiosk.sound.audio import BadSound, Fault
from kiosk.sound.recordings import Recordings
from kiosk.study.archive import BadArchive, packed, unpacked

TEXTS = "texts.csv"
ENDINGS = exchange.SOUNDS
WORDS = {
    Fault.NOT_SOUND: "it is no sound file that the kiosk can read. Please save it as WAV, FLAC, "
                     "OGG or MP3.",
    Fault.SILENT: "nothing can be heard in it. Please record it once more, nearer to the "
                  "microphone.",
    Fault.CLIPPED: "it is too loud and crackles. Please record it once more, a little farther from "
                   "the microphone.",
    Fault.TOO_LONG: "it is longer than a minute. Please record this text alone.",
}  # fmt: skip


class BadFolder(Exception):
    """The folder cannot be taken; the message says why, and what to do."""


@dataclass(frozen=True)
class Arrived:
    """What came of a folder: clips that were taken, and sentences on files that were not."""

    clips: tuple[str, ...]
    problems: tuple[str, ...]


def export(recordings: Recordings, folder: Path) -> int:
    """Write the list of texts, and what was recorded already; return how many recordings."""
    folder.mkdir(parents=True, exist_ok=True)
    prefix = f"{recordings.survey}/{recordings.tag}/"
    inside = unpacked(exchange.exported(recordings), exchange.BOUNDS)
    for name, content in inside.items():
        if not name.endswith(exchange.TEXTS):
            write_whole(folder / name.removeprefix(prefix), content)
    write_whole(folder / TEXTS, _table(recordings))
    return len(recordings.entries())


def take(recordings: Recordings, folder: Path) -> Arrived:
    """Take the sound files of a folder, each named after its clip. Raises BadFolder."""
    files = {path.name: path for path in sorted(folder.iterdir()) if path.is_file()}
    finished = {name for entry in manifest.read(folder).values() for name in entry.files.values()}
    loose = {
        name: path for name, path in files.items()
        if path.suffix.lower() in ENDINGS and name not in finished
    }  # fmt: skip
    again = {path.stem for path in loose.values()}
    clips, problems = _take_finished(recordings, files, again)
    for name, path in loose.items():
        if path.stem not in recordings.texts:
            problems.append(f"{name}: there is no text of this name. {TEXTS} has all names.")
            continue
        try:
            recordings.keep(path.stem, path.read_bytes())
        except BadSound as problem:
            problems.append(f"{name}: {WORDS[problem.fault]}")
        else:
            clips.append(path.stem)
    return Arrived(tuple(dict.fromkeys(clips)), tuple(problems))


def _take_finished(
    recordings: Recordings, files: dict[str, Path], again: set[str]
) -> tuple[list[str], list[str]]:
    """Take what a kiosk has exported, but for what was recorded again since."""
    if manifest.FILE not in files:
        return [], []
    entries = {clip: entry for clip, entry in manifest.read(files[manifest.FILE].parent).items()
               if clip not in again}  # fmt: skip
    inside = {name: files[name].read_bytes() for entry in entries.values()
              for name in entry.files.values() if name in files}  # fmt: skip
    try:
        content = packed(inside | {manifest.FILE: manifest.dumped(entries)})
        taken = exchange.take(recordings, content)
    except BadArchive as problem:
        raise BadFolder(f"The folder cannot be taken: {problem}") from problem
    problems = [f"{clip}: its files are damaged or missing. Please export them again."
                for clip in taken.bad]  # fmt: skip
    problems += [f"{clip}: it speaks a former text, and the newer recording stays."
                 for clip in taken.former]  # fmt: skip
    problems += [f"{clip}: there is no text of this name any more." for clip in taken.unknown]
    return list(taken.clips), problems


def _table(recordings: Recordings) -> bytes:
    """Return the texts as a table that spreadsheets open: clip, text."""
    buffer = io.StringIO()
    table = csv.writer(buffer)
    table.writerow(["clip", "text"])
    table.writerows(recordings.texts.items())
    return buffer.getvalue().encode("utf-8-sig")
