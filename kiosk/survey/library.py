"""Finds a survey by its name: in the kiosk's own folder first, then among those that ship."""

from __future__ import annotations

from pathlib import Path

from kiosk.paths import bundled


class NoSuchSurvey(Exception):
    """There is no survey of that name; the message lists those that there are."""


def find_survey(name: str, data: Path) -> Path:
    """Return the file of the survey `name` (an id, or a path to a .toml file)."""
    if name.endswith(".toml"):
        if not Path(name).is_file():
            raise NoSuchSurvey(f"There is no file “{name}”. Please check its name and folder.")
        return Path(name)
    known = surveys(data)
    if name not in known:
        raise NoSuchSurvey(f"There is no survey “{name}”. There are: {', '.join(known)}.")
    return known[name]


def surveys(data: Path) -> dict[str, Path]:
    """Return name -> file of all surveys; the kiosk's own stand before those that ship."""
    folders = [bundled("surveys"), data / "surveys"]
    found = {path.stem: path for folder in folders for path in folder.glob("*.toml")}
    return dict(sorted(found.items()))
