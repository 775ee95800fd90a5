"""A study pack: study file, surveys and logo in one file, checked as a whole before it is used."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from kiosk.study import archive, logo
from kiosk.study.model import FILE, Study, parse_study
from kiosk.survey.form import is_form
from kiosk.survey.loader import read_survey
from kiosk.survey.model import Survey
from kiosk.survey.problems import Problem, Problems, SurveyProblems
from kiosk.survey.whole import ID, ID_REMEDY, check_icons
from kiosk.toml import read_toml

SURVEYS, SOUNDS = "surveys/", "sounds/"
SUFFIX = ".study.zip"
LOGIN = "login.toml"  # only in a pack, and only if somebody asked for it
LARGEST = 64_000_000  # bytes; the clips of one language need some 1,500,000
DEVICES = r"(?!(?:.*/)?(?:con|prn|aux|nul|com\d|lpt\d)\.)"  # names that Windows gives to no file
BOUNDS = archive.Bounds(
    re.compile(
        rf"{DEVICES}(?:study\.toml|login\.toml|surveys/{ID.pattern}\.toml|{logo.NAME.pattern}|"
        rf"sounds/{ID.pattern}/[A-Za-z-]{{2,8}}/(?:manifest\.json|[0-9a-f]{{16}}\.(?:opus|mp3)))"
    ),
    1_000_000,
    LARGEST,
    most_files=8_000,
)
ASK_AGAIN = "Please ask the researchers to send it again."


@dataclass(frozen=True)
class Pack:
    """A study as it travels. `files` maps name -> bytes of everything in it.

    `surveys` maps id -> survey; it is None if the study file came alone and says nothing of them.
    """

    study: Study
    files: Mapping[str, bytes]
    surveys: Mapping[str, Survey] | None

    @property
    def name(self) -> str:
        """The file name under which the pack travels."""
        return f"{self.study.id}{SUFFIX}"

    def to_bytes(self) -> bytes:
        """Return the pack as one file; the same content gives the same bytes."""
        return archive.packed(self.files)


def load_pack(path: Path) -> Pack:
    """Return the study in a folder, a pack or a study file. Raises SurveyProblems, with all."""
    return _usable(*read_pack(path))


def pack_of(data: bytes, name: str) -> Pack:
    """Return the study in the bytes of a pack or a study file. Raises SurveyProblems, with all."""
    return _usable(*_read_bytes(data, name))


def read_pack(path: Path) -> tuple[Pack | None, Problems]:
    """Read as much as can be read: the study (None if an error is in it), and all problems."""
    try:
        if path.is_dir():
            return read_files(_folder(path), alone=False)
        size = path.stat().st_size
        return _read_bytes(path.read_bytes() if size <= LARGEST else b"", path.name)
    except OSError as problem:
        return None, _trouble(str(path), f"the file cannot be read: {problem}.",
                              "Please check its place.")  # fmt: skip


def read_files(files: Mapping[str, bytes], *, alone: bool) -> tuple[Pack | None, Problems]:
    """Check the files of a study together; `alone` means that only the study file came."""
    problems = Problems()
    study = _study(files.get(FILE), problems)
    surveys = {
        PurePosixPath(name).stem: _survey(name, data, problems)
        for name, data in sorted(files.items())
        if name.startswith(SURVEYS)
    }
    if study and not alone:
        _check_logo(study, files, problems)
    if study and all(recipient.role != "recovery" for recipient in study.recipients):
        problems.warning(f"{FILE} › recipient", "there is no recovery key.",
                         "If the only key is lost, nobody can ever read the answers.")  # fmt: skip
    if study is None or problems.errors:
        return None, problems
    found = {name: survey for name, survey in surveys.items() if survey}
    return Pack(study, dict(files), None if alone else found), problems


def _usable(pack: Pack | None, problems: Problems) -> Pack:
    if pack is None:
        raise SurveyProblems(problems.errors)
    return pack


def _trouble(where: str, what: str, remedy: str) -> Problems:
    return Problems([Problem("error", where, what, remedy)])


def _read_bytes(data: bytes, name: str) -> tuple[Pack | None, Problems]:
    if not data:
        return None, _trouble(name, "the file is empty, or too large for a study.", ASK_AGAIN)
    if not data.startswith(archive.MAGIC):
        return read_files({FILE: data}, alone=True)
    try:
        files = archive.unpacked(data, BOUNDS)
    except archive.BadArchive as problem:
        return None, _trouble(name, f"this is no study pack: {problem}", ASK_AGAIN)
    return read_files(files, alone=False)


def _folder(folder: Path) -> dict[str, bytes]:
    """Return what belongs into the pack of a folder; above all not the keys that lie there too."""
    files = {f"{SURVEYS}{path.name}": path.read_bytes() for path in folder.glob("surveys/*.toml")}
    files[FILE] = (folder / FILE).read_bytes()
    with suppress(ValueError):  # read_files tells what is wrong with it
        name = read_toml(files[FILE].decode()).get("logo")
        if isinstance(name, str) and logo.NAME.fullmatch(name) and (folder / name).is_file():
            files[name] = (folder / name).read_bytes()
    return files


def _study(data: bytes | None, problems: Problems) -> Study | None:
    if data is None:
        problems.error(FILE, "this file is missing.", "Every study needs it.")
        return None
    try:
        return parse_study(data.decode("utf-8-sig"), Path(FILE))
    except UnicodeDecodeError as problem:
        problems.error(FILE, f"the file is no UTF-8 text: {problem}.", "Please save it as UTF-8.")
    except SurveyProblems as found:
        problems.found += [_inside(FILE, problem) for problem in found.problems]
    return None


def _survey(name: str, data: bytes, problems: Problems) -> Survey | None:
    stem = PurePosixPath(name).stem
    try:
        source = data.decode()
    except UnicodeDecodeError as problem:
        problems.error(name, f"the file is no UTF-8 text: {problem}.", "Please save it as UTF-8.")
        return None
    if is_form(source):
        problems.error(name, "this is a form for facilitators.",
                       "Please leave it out: a study's surveys are for participants.")  # fmt: skip
        return None
    survey, found = read_survey(source, name)
    if survey:
        check_icons(survey, found)
        if not ID.fullmatch(stem) or survey.id != stem:
            found.error("id", f"“{survey.id}” does not fit the file's name.",
                        f"Please give both the same name. {ID_REMEDY}")  # fmt: skip
    problems.found += [_inside(name, problem) for problem in found.found]
    return survey


def _check_logo(study: Study, files: Mapping[str, bytes], problems: Problems) -> None:
    for name, data in files.items():
        if name == study.logo:
            logo.check_picture(name, data, problems)
        elif logo.NAME.fullmatch(name):
            problems.error(name, "nothing names this picture.", "Please leave it out.")
    if study.logo and study.logo not in files:
        problems.error(
            f"{FILE} › logo",
            f"there is no file “{study.logo}”.",
            "Please put the picture beside study.toml, or take the line out.",
        )


def _inside(name: str, problem: Problem) -> Problem:
    """Return a problem with the name of its file before the place."""
    where = name if problem.where == name else f"{name} › {problem.where}"
    return Problem(problem.level, where, problem.what, problem.remedy)
