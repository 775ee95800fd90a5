"""The studies on a kiosk: installs one with its surveys, and returns it as it was installed."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from kiosk.files import make_folder, sync_folder, write_whole
from kiosk.study.model import FILE, install_text, installed, load_study
from kiosk.study.pack import SURVEYS, Pack
from kiosk.survey.library import study_surveys
from kiosk.survey.loader import load_survey
from kiosk.survey.model import Survey
from kiosk.survey.problems import SurveyProblems

WAITING = "waiting.study"
FORMER = ".former"


def install_pack(pack: Pack, data: Path) -> None:
    """Put a study on the kiosk in the place of its former edition, surveys and logo included.

    A study file that came alone leaves surveys and logo as they are. Workshops that are planned
    already keep the study and the survey that they were planned with.
    """
    if pack.surveys is not None:
        _swap(pack, data)
    install_text(pack.files[FILE].decode("utf-8-sig"), data)


def mend(data: Path) -> None:
    """Finish what was broken off while a study was installed: its former edition comes back."""
    for former in (data / "studies").glob(f".*{FORMER}"):
        folder = former.with_name(former.name[1:].removesuffix(FORMER))
        if folder.exists():
            shutil.rmtree(former, ignore_errors=True)
        else:
            former.rename(folder)


def kept_pack(study_id: str, data: Path) -> Pack | None:
    """Return a study as the kiosk keeps it, but for its sounds, which are many.

    None if it has none of that id that can be used.
    """
    file = installed(data).get(study_id)
    if file is None:
        return None
    try:
        study = load_study(file)
    except SurveyProblems:
        return None
    files, surveys = {FILE: file.read_bytes()}, dict[str, Survey]()
    for path in sorted(study_surveys(data, study_id).glob("*.toml")):
        files[f"{SURVEYS}{path.name}"] = path.read_bytes()
        with suppress(SurveyProblems):
            surveys[path.stem] = load_survey(path)
    if study.logo and (_folder(data, study_id) / study.logo).is_file():
        files[study.logo] = (_folder(data, study_id) / study.logo).read_bytes()
    return Pack(study, files, surveys)


def hold(content: bytes, data: Path) -> str:
    """Keep a file until somebody has read what it would change; return the name to ask by.

    There is one such file at most: the next takes its place.
    """
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(data / WAITING, content)
    return hashlib.sha256(content).hexdigest()


def held(name: str, data: Path) -> bytes | None:
    """Return the file that waits, if it is still the one of that name."""
    with suppress(OSError):
        content = (data / WAITING).read_bytes()
        if hashlib.sha256(content).hexdigest() == name:
            return content
    return None


def let_go(data: Path) -> None:
    """Forget the file that waits."""
    (data / WAITING).unlink(missing_ok=True)


def _folder(data: Path, study_id: str) -> Path:
    return study_surveys(data, study_id).parent


def _swap(pack: Pack, data: Path) -> None:
    """Give a study's folder new content: all of it, or, if the disk is full, none."""
    folder = _folder(data, pack.study.id)
    make_folder(folder.parent)
    mend(data)
    begun = f".{folder.name}."  # no study's name has dots
    for broken_off in folder.parent.glob(f"{begun}*.tmp"):
        shutil.rmtree(broken_off, ignore_errors=True)
    fresh = Path(tempfile.mkdtemp(dir=folder.parent, prefix=begun, suffix=".tmp"))
    former = folder.with_name(f".{folder.name}{FORMER}")
    try:
        make_folder(fresh / SURVEYS)
        for name, content in pack.files.items():
            if name != FILE:
                make_folder((fresh / name).parent)
                write_whole(fresh / name, content)
        if folder.exists():
            folder.rename(former)
        fresh.rename(folder)
        sync_folder(folder.parent)
    finally:
        mend(data)
        shutil.rmtree(fresh, ignore_errors=True)
