"""The files of a publication: tables for programs, a page for people, and how to read them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from kiosk import __version__
from kiosk.dataset.cells import write_csv
from kiosk.dataset.formats.readme import period_of, text_of
from kiosk.dataset.variables import LIMITS
from kiosk.dataset.write import write_folder
from kiosk.report.publication import Publication
from kiosk.report.publication_page import tables_page
from kiosk.report.safe.tables import Place, SafeTable, Shown, said
from kiosk.report.thresholds import PUBLISHED_FROM
from kiosk.study import archive

COLUMNS = ("item", "group", "n", "base", "values", "people", "status")
GROUP_COLUMNS = ("group", "workshops", "present", "n")
COPIED = ("items.csv", "codebook.csv")
ABOUT = {
    "tables.html": "the tables for reading",
    "tables.csv": "one row a number: item, group, n, base, values, people, status",
    "groups.csv": "one row a group: workshops, people present (if all were counted), n",
    "items.csv": "one row a question, in every language",
    "codebook.csv": "one row a value of a question, labelled in every language",
    "README.txt": "this file",
    archive.SUMS: "checksums, for sha256sum -c",
}
RULES = {
    "suppress": "Numbers of one or two people are hidden, and as few others as possible, so that "
                "they cannot be computed from those that are left.",
    "bands": "Answers are counted together in bands. Numbers of one or two people are hidden, and "
             "as few others as possible.",
    "round": "Numbers are rounded to multiples of three. Where that was not safe, numbers of one "
             "or two people are hidden instead, and as few others as possible.",
}  # fmt: skip


def write_publication(published: Publication, out: Path, tag: str = "en") -> list[Path]:
    """Write all files into the folder `out` and return their paths; the page is in language `tag`.

    The same publication gives the same bytes. Raises OSError, Incomplete.
    """
    page = tables_page(published, tag).encode()
    writers: dict[str, Callable[[Path], object]] = {
        "tables.csv": lambda path: write_csv(path, COLUMNS, _numbers(published)),
        "groups.csv": lambda path: write_csv(path, GROUP_COLUMNS, _groups(published)),
        **{name: partial(shutil.copyfile, published.dataset.folder / name) for name in COPIED},
        "tables.html": lambda path: path.write_bytes(page),
        "README.txt": lambda path: path.write_bytes(_readme(published).encode(errors="replace")),
    }
    return write_folder(writers, out)


def _numbers(published: Publication) -> Iterator[list[object]]:
    """Yield the rows of tables.csv: what is hidden has no number, and says so."""
    for part in published.parts:
        for place, cell in part.safe.cells.items():
            values = " ".join(map(str, place.column))
            base = said(part.safe.base(place.item, place.group))
            n = part.safe.n(place.group)
            yield [place.item, place.group, n, base, values, said(cell), _status(part.safe, place)]


def _status(safe: SafeTable, place: Place) -> str:
    if not isinstance(safe.cells[place], Shown):
        return "hidden"
    return "rounded" if safe.rounded else "exact"


def _groups(published: Publication) -> Iterator[list[object]]:
    for group in published.groups:
        yield [group.label, group.workshops, group.present, group.n]


def _readme(published: Publication) -> str:
    """Return what the files are, by which rules they were made, and how to cite them."""
    dataset, asked = published.dataset, published.dataset.instrument
    period = period_of(meeting.month for meeting in dataset.meetings)
    survey = (f"survey “{asked['survey']}”, version {asked['survey_version']}, "
              f"content {asked['survey_hash']}")  # fmt: skip
    scope = f"{published.n} responses from {len(dataset.meetings)} workshops, {period}"
    notes = dict.fromkeys(str(note) for part in published.parts for note in part.safe.notes)
    lines = [
        dataset.title, "Tables for publication", "", scope, f"Asked: {survey}", "",
        "FILES", *(f"  {name:<14}{about}" for name, about in ABOUT.items()), "",
        "HOW TO READ tables.csv",
        "  n       all people of the group; always exact",
        "  base    those who chose an answer; empty if a number could be computed with it",
        "  values  the codes that are counted together, see codebook.csv",
        "  people  how many; empty if hidden. 0 is a number: nobody",
        "  status  exact, rounded, or hidden", "",
        "RULES",
        f"  No group has fewer than {PUBLISHED_FROM} people; smaller ones are put together.",
        *(f"  {RULES[method]}" for method in _methods(published)),
        "  Tables that were published before are taken into account.", "",
        "NOTES", *(f"  {note}" for note in notes),
        *(f"  Too few people were asked {question.id}." for question in published.left_out), "",
        "LIMITS", f"  {LIMITS}", "",
        "HOW TO CITE",
        f"  {dataset.title}. {survey[0].upper()}{survey[1:]}. Workshops {period}, "
        f"{published.n} responses. Tables made with Survey Kiosk {__version__}.",
    ]  # fmt: skip
    return text_of(lines)


def _methods(published: Publication) -> list[str]:
    """Return the methods by which the tables were made in the end."""
    found = ("round" if part.safe.rounded else part.safe.method for part in published.parts)
    return list(dict.fromkeys(found))
