"""Finds the clips that fit: spoken by people first, and only of today's texts (A6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from kiosk.paths import bundled
from kiosk.sound import manifest
from kiosk.sound.manifest import RECORDED, SYNTHETIC, Entry, hash_of
from kiosk.sound.recordings import FOLDER
from kiosk.sound.texts import IDLE_MINUTES, named, spoken
from kiosk.study.model import Study
from kiosk.survey.model import Survey

MADE = "made-sounds"  # beside FOLDER, so that a recording of a former text is never written over


@dataclass(frozen=True)
class Clip:
    """One clip that can be played. `files` maps format ("opus", "mp3") -> file."""

    source: str
    seconds: float
    files: Mapping[str, Path]

    @property
    def is_synthetic(self) -> bool:
        """Whether a computer made the voice."""
        return self.source == SYNTHETIC


@dataclass(frozen=True)
class Sounds:
    """The clips on a kiosk: recorded or made here, brought by a study, made at set-up."""

    data: Path

    def of(
        self, survey: Survey, tag: str, tool: str = "", *,
        study: Study | None = None, minutes: int = IDLE_MINUTES,
    ) -> dict[str, Clip]:  # fmt: skip
        """Return clip name -> clip of one language: all that its pages need, or nothing.

        Only what names the study or the workshop's minutes may be missing. Where a workshop names
        a tool and no clip does, the clip with the survey's own word for it is taken.
        """
        if not any(self.folders(survey.id, tag)):
            return {}
        wanted = spoken(survey, tag, tool, study=study, minutes=minutes)
        general = spoken(survey, tag, study=study, minutes=minutes)
        found = self.fitting(survey.id, tag, general) | self.fitting(survey.id, tag, wanted)
        missing = wanted.keys() - found.keys()
        if missing <= named(survey, tag):
            return {clip: found[clip] for clip in wanted if clip in found}
        return {}

    def fitting(
        self, survey_id: str, tag: str, texts: Mapping[str, str], *, source: str = ""
    ) -> dict[str, Clip]:
        """Return the clips that speak just these texts; if it is named, of one source."""
        found: dict[str, Clip] = {}
        for folder in self.folders(survey_id, tag):
            for name, (entry, clip) in _whole(folder).items():
                text = texts.get(name)
                fits = text is not None and entry.hash == hash_of(text)
                better = name not in found or _is_better(entry, found[name])
                if fits and better and source in ("", entry.source):
                    found[name] = clip
        return found

    def file(self, name: str) -> Path | None:
        """Return the file of a clip by its own name, if there is one."""
        if not manifest.is_file_name(name):
            return None
        return next((p for root in self._roots() for p in root.glob(f"*/*/{name}")), None)

    def folders(self, survey_id: str, tag: str) -> Iterator[Path]:
        """Yield every folder in which clips of a survey in one language lie."""
        for root in self._roots():
            if (root / survey_id / tag / manifest.FILE).is_file():
                yield root / survey_id / tag

    def state(self, survey_id: str) -> list[tuple[str, int]]:
        """Return what changes when a clip of a survey comes, changes or goes."""
        lists = (file for root in self._roots() for file in root.glob(f"{survey_id}/*/*.json"))
        return sorted((file.parent.name, file.stat().st_mtime_ns) for file in lists)

    def _roots(self) -> list[Path]:
        studies = sorted(self.data.glob(f"studies/*/{FOLDER}"))
        return [self.data / FOLDER, *studies, self.data / MADE, shipped()]


def shipped() -> Path:
    """Return the folder of the clips that are made when the kiosk is set up."""
    return bundled("static") / FOLDER


def _is_better(entry: Entry, than: Clip) -> bool:
    return entry.source == RECORDED and than.is_synthetic


def _clip(folder: Path, entry: Entry) -> Clip | None:
    """Return a clip if all its files are there: no link is offered without its file."""
    files = {kind: folder / name for kind, name in entry.files.items()}
    ours = all(map(manifest.is_file_name, entry.files.values()))
    whole = ours and files and all(file.is_file() for file in files.values())
    return Clip(entry.source, entry.seconds, files) if whole else None


def _whole(folder: Path) -> Mapping[str, tuple[Entry, Clip]]:
    """Return the clips of a folder whose files are there, looked at anew when it has changed."""
    listed, around = (folder / manifest.FILE).stat(), folder.stat()
    changes = (listed.st_mtime_ns, listed.st_size, listed.st_ino, around.st_mtime_ns)
    return _read(folder, changes)


@lru_cache(maxsize=256)
def _read(folder: Path, changes: tuple[int, ...]) -> Mapping[str, tuple[Entry, Clip]]:
    entries = manifest.read(folder).items()
    clips = {name: (entry, _clip(folder, entry)) for name, entry in entries}
    return {name: (entry, clip) for name, (entry, clip) in clips.items() if clip}
