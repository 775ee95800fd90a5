"""What a folder of clips says of itself: which text each clip speaks, and in which files."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from kiosk.files import write_whole

FILE = "manifest.json"
RECORDED, SYNTHETIC = "recorded", "synthetic"
FILE_NAME = re.compile(r"[0-9a-f]{16}\.(?:opus|mp3)")


@dataclass(frozen=True)
class Entry:
    """One clip: the hash of the text that it speaks, who speaks it, its seconds and its files."""

    hash: str
    source: str
    seconds: float
    files: Mapping[str, str]


def hash_of(text: str) -> str:
    """Return the 16 hexadecimal digits that stand for a text in a manifest."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def name_of(content: bytes, ending: str) -> str:
    """Return the name of a clip's file: its content's hash, so that it may be kept for ever."""
    return f"{hashlib.sha256(content).hexdigest()[:16]}.{ending}"


def is_file_name(name: str) -> bool:
    """Tell whether a name is one that `name_of` gives, and hence leads nowhere else."""
    return bool(FILE_NAME.fullmatch(name))


def read(folder: Path) -> dict[str, Entry]:
    """Return clip -> entry of a folder; nothing if it has no manifest that can be read."""
    try:
        return parse((folder / FILE).read_bytes())
    except (OSError, ValueError):
        return {}


def parse(content: bytes) -> dict[str, Entry]:
    """Return what a manifest says. Raises ValueError for anything that is none."""
    try:
        table = json.loads(content)
        return {str(clip): _entry(row) for clip, row in table.items()}
    except (AttributeError, KeyError, TypeError, RecursionError) as problem:
        raise ValueError("this is no manifest of clips") from problem


def write(folder: Path, entries: Mapping[str, Entry]) -> None:
    """Write a folder's manifest, whole or not at all."""
    write_whole(folder / FILE, dumped(entries))


def replace(folder: Path, entries: Mapping[str, Entry]) -> None:
    """Write a folder's manifest, then delete the files that only the former one named."""
    before = _files(read(folder))
    write(folder, entries)
    for name in before - _files(entries):
        if is_file_name(name):
            (folder / name).unlink(missing_ok=True)


def kept(
    folder: Path, text: str, source: str, seconds: float, sounds: Mapping[str, bytes]
) -> Entry:
    """Write a clip's files (ending -> bytes); return its entry. `text` is the hash of the text."""
    files = {ending: name_of(content, ending) for ending, content in sounds.items()}
    for ending, content in sounds.items():
        write_whole(folder / files[ending], content)
    return Entry(text, source, seconds, files)


def dumped(entries: Mapping[str, Entry]) -> bytes:
    """Return a manifest's bytes."""
    table = {clip: asdict(entry) for clip, entry in sorted(entries.items())}
    return (json.dumps(table, indent=1) + "\n").encode()


def _files(entries: Mapping[str, Entry]) -> set[str]:
    return {name for entry in entries.values() for name in entry.files.values()}


def _entry(row: Mapping[str, object]) -> Entry:
    files = row["files"]
    if not isinstance(files, dict):
        raise TypeError("files")
    return Entry(
        str(row["hash"]), str(row["source"]), float(str(row["seconds"])),
        {str(ending): str(name) for ending, name in files.items()},
    )  # fmt: skip
