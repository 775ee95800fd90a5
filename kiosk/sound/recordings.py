"""The recordings of one survey in one language: keeps, plays, replaces and drops them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from threading import Lock

from kiosk.sound import audio, manifest
from kiosk.sound.manifest import RECORDED, Entry, hash_of

FOLDER = "sounds"
_WRITING = Lock()  # a folder is read, changed and written by one request at a time


class State(Enum):
    """What there is of a text: a person's recording, one of a former text, a computer's, none."""

    RECORDED = "recorded"
    CHANGED = "changed"
    SYNTHETIC = "synthetic"
    MISSING = "missing"


@dataclass(frozen=True)
class Recordings:
    """What people have recorded of `texts` (clip -> text), in the kiosk's data folder."""

    data: Path
    survey: str
    tag: str
    texts: Mapping[str, str]

    @property
    def folder(self) -> Path:
        """Where the recordings of this survey and language lie."""
        return self.data / FOLDER / self.survey / self.tag

    def states(self) -> dict[str, State]:
        """Return clip -> state of what is in this folder, in the order of the texts."""
        own = manifest.read(self.folder)
        return {clip: self._state(clip, own.get(clip)) for clip in self.texts}

    def entries(self) -> dict[str, Entry]:
        """Return clip -> entry of what people recorded, of former texts too."""
        own = manifest.read(self.folder)
        return {clip: own[clip] for clip in self.texts if clip in own and _by_people(own[clip])}

    def keep(self, clip: str, content: bytes) -> None:
        """Make a clip of a sound file and keep it as today's text; raises BadSound."""
        made = audio.made_from(content)
        self.put({clip: (hash_of(self.texts[clip]), made)})

    def put(self, clips: Mapping[str, tuple[str, audio.Made]]) -> None:
        """Keep finished clips, each with the hash of the text that it speaks."""
        if not clips:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with _WRITING:
            entries = {
                clip: manifest.kept(self.folder, text, RECORDED, made.seconds, made.files)
                for clip, (text, made) in clips.items()
            }
            manifest.replace(self.folder, manifest.read(self.folder) | entries)

    def drop(self, clip: str) -> None:
        """Delete what was recorded of a text."""
        with _WRITING:
            own = manifest.read(self.folder)
            if own.pop(clip, None):
                manifest.replace(self.folder, own)

    def sound(self, clip: str, ending: str) -> bytes | None:
        """Return what was recorded of a text, or of its former words, in one format."""
        entry = self.entries().get(clip)
        name = entry.files.get(ending, "") if entry else ""
        if not manifest.is_file_name(name):
            return None
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return None

    def _state(self, clip: str, own: Entry | None) -> State:
        is_today = own is not None and own.hash == hash_of(self.texts[clip])
        if own and _by_people(own):
            return State.RECORDED if is_today else State.CHANGED
        return State.SYNTHETIC if is_today else State.MISSING


def _by_people(entry: Entry) -> bool:
    return entry.source == RECORDED
