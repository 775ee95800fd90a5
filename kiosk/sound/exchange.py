"""Recordings as a folder in a ZIP: to another kiosk, or from somebody who records elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from kiosk.sound import audio, manifest
from kiosk.sound.audio import BadSound, Made
from kiosk.sound.manifest import Entry, hash_of
from kiosk.sound.recordings import Recordings
from kiosk.study.archive import SUMS, BadArchive, Bounds, contents, packed

TEXTS = "texts.txt"
LISTS = (".txt", ".csv")  # what tells speakers the texts, and comes back with their recordings
LARGEST = 64 * 1024 * 1024
BOUNDS = Bounds(
    names=re.compile(r"(?:(?!\.\.?/)[^/\\\x00-\x1f]+/)*[^/\\\x00-\x1f]*"),
    largest_file=LARGEST // 4, largest_whole=2 * LARGEST,
)  # fmt: skip
SOUNDS = (".wav", ".flac", ".ogg", ".opus", ".mp3")


class OtherTexts(Exception):
    """The folder holds another survey or language; the message names it."""


@dataclass(frozen=True)
class Taken:
    """What came of a folder: clips that were taken, and files that could not be, by their names."""

    clips: tuple[str, ...]
    former: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    bad: tuple[str, ...] = ()

    def and_of(self, other: Taken) -> Taken:
        """Return what came of both."""
        clips = tuple(dict.fromkeys(self.clips + other.clips))
        return Taken(clips, self.former + other.former, self.unknown + other.unknown,
                     self.bad + other.bad)  # fmt: skip


def exported(recordings: Recordings) -> bytes:
    """Return a ZIP with every recording under its text's name, and the texts to be recorded."""
    folder = f"{recordings.survey}/{recordings.tag}/"
    files = {folder + TEXTS: _text_list(recordings.texts)}
    entries = {}
    for clip, entry in recordings.entries().items():
        sounds = {ending: recordings.sound(clip, ending) for ending in entry.files}
        whole = {ending: content for ending, content in sounds.items() if content}
        files |= {f"{folder}{clip}.{ending}": content for ending, content in whole.items()}
        names = {ending: f"{clip}.{ending}" for ending in whole}
        entries[clip] = Entry(entry.hash, entry.source, entry.seconds, names)
    return packed(files | {folder + manifest.FILE: manifest.dumped(entries)})


def take(recordings: Recordings, content: bytes) -> Taken:
    """Take the recordings from a ZIP: an exported one, or sound files named after their texts.

    What is here already of today's text gives way to today's text alone. Raises BadArchive and
    OtherTexts; nothing is taken then.
    """
    files = {name: data for name, data in contents(content, BOUNDS).items() if _is_meant(name)}
    list_of = next((name for name in files if PurePosixPath(name).name == manifest.FILE), None)
    if list_of is None:
        return _take_loose(recordings, files)
    try:
        entries = manifest.parse(files.pop(list_of))
    except ValueError as problem:
        raise BadArchive(str(problem)) from problem
    folder = PurePosixPath(list_of).parent
    finished = _take_exported(recordings, folder, files, entries)
    named = {str(folder / name) for entry in entries.values() for name in entry.files.values()}
    added = {name: data for name, data in files.items() if name not in named}
    return finished.and_of(_take_loose(recordings, added))


def _take_exported(
    recordings: Recordings,
    folder: PurePosixPath,
    files: Mapping[str, bytes],
    entries: Mapping[str, Entry],
) -> Taken:
    named = folder.parts[-2:]
    if named and named != (recordings.survey, recordings.tag)[-len(named) :]:
        raise OtherTexts("/".join(named))
    found, former, unknown, bad = dict[str, tuple[str, Made]](), [], [], []
    own = recordings.entries()
    for clip, entry in entries.items():
        text = recordings.texts.get(clip)
        if text is None or entry.source != manifest.RECORDED:
            unknown.append(clip)
        elif entry.hash != hash_of(text) and clip in own and own[clip].hash == hash_of(text):
            former.append(clip)
        elif made := _finished(_sounds_of(entry, folder, files)):
            found[clip] = (entry.hash, made)
        else:
            bad.append(clip)
    recordings.put(found)
    return Taken(tuple(found), tuple(former), tuple(unknown), tuple(bad))


def _sounds_of(entry: Entry, folder: PurePosixPath, files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {ending: files.get(str(folder / name), b"") for ending, name in entry.files.items()}


def _finished(sounds: Mapping[str, bytes]) -> Made | None:
    """Return a clip that another kiosk made, as it is; None unless all its files are sound."""
    if set(sounds) != set(audio.FORMATS):
        return None
    try:
        seconds = {ending: audio.seconds_of(content, ending) for ending, content in sounds.items()}
    except BadSound:
        return None
    return Made(seconds["opus"], dict(sounds))


def _take_loose(recordings: Recordings, files: Mapping[str, bytes]) -> Taken:
    found, unknown, bad = dict[str, tuple[str, Made]](), [], []
    for name, content in files.items():
        path = PurePosixPath(name)
        text = recordings.texts.get(path.stem)
        if text is None or path.suffix.lower() not in SOUNDS:
            unknown.append(path.name)
            continue
        try:
            found[path.stem] = (hash_of(text), audio.made_from(content))
        except BadSound:
            bad.append(path.name)
    recordings.put(found)
    return Taken(tuple(found), (), tuple(unknown), tuple(bad))


def _is_meant(name: str) -> bool:
    """Leave out folders, and what computers and we ourselves add."""
    path = PurePosixPath(name)
    added = name.endswith("/") or path.name.startswith(".") or "__MACOSX" in path.parts
    return not added and path.name != SUMS and path.suffix not in LISTS


def _text_list(texts: Mapping[str, str]) -> bytes:
    """Return the texts, one a line, behind the name that a sound file of it must have."""
    lines = [f"{clip}.wav\t{' '.join(text.split())}\n" for clip, text in texts.items()]
    return "".join(lines).encode("utf-8-sig")
