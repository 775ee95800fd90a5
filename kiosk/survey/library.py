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
    folders = [data / "surveys", bundled("surveys")]
    for folder in folders:
        path = folder / f"{name}.toml"
        if path.is_file() and path.parent == folder:
            return path
    known = sorted({path.stem for folder in folders for path in folder.glob("*.toml")})
    raise NoSuchSurvey(f"There is no survey “{name}”. There are: {', '.join(known)}.")
