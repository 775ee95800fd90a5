"""Where the translations, surveys and static files are: beside a checkout, or inside the wheel."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import platformdirs

FIXED_TIME = 946_684_800  # 2000-01-01: the only time a file of answers ever shows (P8)


def bundled(name: str) -> Path:
    """Return the folder `name` ("translations", "surveys" or "static") of this installation."""
    package = Path(str(files("kiosk")))
    in_wheel = package / "_bundled" / name
    return in_wheel if in_wheel.is_dir() else package.parent / name


def default_data() -> Path:
    """Return the folder in which this computer's user keeps the kiosk's data."""
    return platformdirs.user_data_path("survey-kiosk", appauthor=False)
