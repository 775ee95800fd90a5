"""Keeps the interface's catalogues in step with the code: `check` tells, `update` mends."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from kiosk.languages import LANGUAGES

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "translations"
POT = FOLDER / "messages.pot"
EXTRACT = ["extract", "-F", "babel.cfg", "--no-wrap", "--add-location=never", "--omit-header",
           "--sort-output", "-k", "_l", "-c", "Translators:"]  # fmt: skip


def pybabel(*arguments: str) -> None:
    """Run pybabel in the project's folder."""
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", *arguments]
    subprocess.run(command, cwd=ROOT, check=True)


def po_files() -> dict[str, Path]:
    """Return tag -> catalogue of every language but the source."""
    return {
        language.tag: FOLDER / language.babel_id / "LC_MESSAGES" / "messages.po"
        for language in LANGUAGES.values()
        if language.tag != "en"
    }


def extract(path: Path) -> None:
    """Collect the interface's texts from code and templates into `path`."""
    pybabel(*EXTRACT, "-o", str(path), ".")


def carry_over(path: Path, template: Catalog) -> bytes:
    """Return a catalogue with just the template's texts, translations kept."""
    with path.open("rb") as file:
        catalog = read_po(file)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=0, omit_header=True, sort_output=True)
    return header(path) + buffer.getvalue()


def header(path: Path) -> bytes:
    """Return a catalogue's first paragraph: its state and its language, written by hand."""
    return path.read_bytes().split(b"\n\n", 1)[0] + b"\n\n"


def update() -> None:
    """Bring the template and all catalogues up to date."""
    extract(POT)
    with POT.open("rb") as file:
        template = read_po(file)
    for path in po_files().values():
        path.write_bytes(carry_over(path, template))


def stale() -> list[str]:
    """Return what is out of date: the template, or a language's catalogue."""
    found = []
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "messages.pot"
        extract(fresh)
        if fresh.read_bytes() != POT.read_bytes():
            found.append("translations/messages.pot")
        with fresh.open("rb") as file:
            template = read_po(file)
    for path in po_files().values():
        if carry_over(path, template) != path.read_bytes():
            found.append(str(path.relative_to(ROOT)))
    return found


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    elif out_of_date := stale():
        sys.exit(f"Out of date: {', '.join(out_of_date)}. Please run: make translations")
