"""Translations out to people's own tools and back: `.po`, `.xlsx` and `.csv`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kiosk.translate import po, tables
from kiosk.translate.files import CannotTranslate, Files
from kiosk.translate.lines import Line


@dataclass(frozen=True)
class Format:
    """How lines are written into a file, and read back as rows."""

    write: Callable[[Path, str, Sequence[Line]], None]
    read: Callable[[Path], list[po.Row]]


FORMATS = {
    ".po": Format(po.write, po.read),
    ".csv": Format(tables.write_csv, tables.read_csv),
    ".xlsx": Format(tables.write_xlsx, tables.read_xlsx),
}

LARGEST = 10_000_000  # bytes; one language of a survey has some 40,000


def export(files: Files, lines: Sequence[Line], path: Path) -> None:
    """Write all lines into a new file. Raises CannotTranslate for an ending that is not known."""
    _format(path).write(path, files.language.tag, lines)


def read_rows(path: Path) -> list[po.Row]:
    """Return what came back. Raises CannotTranslate if the file is not what was exported."""
    reads = _format(path).read
    try:
        if path.stat().st_size > LARGEST:
            raise ValueError("it is larger than any translation")
        rows = reads(path)
    except (OSError, ValueError, LookupError) as problem:
        raise CannotTranslate(
            f"{path.name} cannot be read: {problem}. Please save it again as it was exported."
        ) from problem
    if not rows:
        raise CannotTranslate(
            f"{path.name} holds no line. Please send back the file that was exported."
        )
    return rows


def _format(path: Path) -> Format:
    if path.suffix.lower() not in FORMATS:
        raise CannotTranslate(
            f"“{path.name}” should end in one of: {', '.join(FORMATS)}. Please name it so."
        )
    return FORMATS[path.suffix.lower()]
