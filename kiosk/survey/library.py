"""Finds a survey by its name: the study's own first, then the kiosk's own, then what ships."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from kiosk.paths import bundled
from kiosk.survey.loader import load_survey
from kiosk.survey.model import Survey
from kiosk.survey.problems import SurveyProblems

FIRST = "workshop"  # the survey that ships, and that is asked unless another one is chosen


class NoSuchSurvey(Exception):
    """There is no survey of that name; the message lists those that there are."""


def find_survey(name: str, data: Path, study_id: str | None = None) -> Path:
    """Return the file of the survey `name` (an id, or a path to a .toml file) for a study."""
    if name.endswith(".toml"):
        if not Path(name).is_file():
            raise NoSuchSurvey(f"There is no file “{name}”. Please check its name and folder.")
        return Path(name)
    known = surveys(data, study_id)
    if name not in known:
        raise NoSuchSurvey(f"There is no survey “{name}”. There are: {', '.join(known)}.")
    return known[name]


def surveys(data: Path, study_id: str | None = None) -> dict[str, Path]:
    """Return name -> file of the surveys that a study can ask, or any study if none is named.

    The study's own stand before the kiosk's own, and those before the ones that ship.
    """
    studies = [study_id] if study_id else sorted(p.stem for p in data.glob("studies/*.toml"))
    own = [study_surveys(data, study) for study in studies]
    folders = [bundled("surveys"), data / "surveys", *own]
    found = {path.stem: path for folder in folders for path in folder.glob("*.toml")}
    return dict(sorted(found.items()))


def usable(data: Path, study_id: str | None = None) -> dict[str, Survey]:
    """Return name -> survey of those that can be used; `kiosk survey check` says why others not."""
    found = {}
    for name, file in surveys(data, study_id).items():
        with suppress(SurveyProblems):
            found[name] = load_survey(file)
    return found


def study_surveys(data: Path, study_id: str) -> Path:
    """Return the folder in which the surveys of an installed study lie."""
    return data / "studies" / study_id / "surveys"
