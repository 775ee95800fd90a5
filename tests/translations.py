"""Keeps the interface's catalogues in step with the code: `check` tells, `update` mends."""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from kiosk.languages import LANGUAGES, STAFF_LANGUAGES

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "translations"
# Each domain with the settings that find its texts, and the languages it is written in.
DOMAINS = {
    "messages": ("babel.cfg", tuple(LANGUAGES)),
    "staff": ("babel-staff.cfg", STAFF_LANGUAGES),
    "report": ("babel-report.cfg", STAFF_LANGUAGES),
}
EXTRACT = ["extract", "--no-wrap", "--add-location=never", "--omit-header",
           "--sort-output", "-k", "_l", "-k", "N_", "-c", "Translators:"]  # fmt: skip


def pybabel(*arguments: str) -> None:
    """Run pybabel in the project's folder."""
    command = [sys.executable, "-m", "babel.messages.frontend", "--quiet", *arguments]
    subprocess.run(command, cwd=ROOT, check=True)


def po_files(domain: str = "messages") -> dict[str, Path]:
    """Return tag -> catalogue of every language of a domain but the source."""
    _, tags = DOMAINS[domain]
    return {
        tag: FOLDER / LANGUAGES[tag].babel_id / "LC_MESSAGES" / f"{domain}.po"
        for tag in tags
        if tag != "en"
    }


def extract(domain: str, path: Path) -> None:
    """Collect a domain's texts from code and templates into `path`."""
    settings, _ = DOMAINS[domain]
    pybabel(*EXTRACT, "-F", settings, "-o", str(path), ".")


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
    """Bring the templates and all catalogues up to date."""
    for domain in DOMAINS:
        pot = FOLDER / f"{domain}.pot"
        extract(domain, pot)
        with pot.open("rb") as file:
            template = read_po(file)
        for path in po_files(domain).values():
            path.write_bytes(carry_over(path, template))


def stale() -> list[str]:
    """Return what is out of date: a template, or a language's catalogue."""
    found = []
    for domain in DOMAINS:
        with tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder) / f"{domain}.pot"
            extract(domain, fresh)
            if fresh.read_bytes() != (FOLDER / fresh.name).read_bytes():
                found.append(f"translations/{fresh.name}")
            with fresh.open("rb") as file:
                template = read_po(file)
        for path in po_files(domain).values():
            if carry_over(path, template) != path.read_bytes():
                found.append(str(path.relative_to(ROOT)))
    return found


if __name__ == "__main__":
    if sys.argv[1:] == ["update"]:
        update()
    elif out_of_date := stale():
        sys.exit(f"Out of date: {', '.join(out_of_date)}. Please run: make translations")
