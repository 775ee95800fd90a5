"""Lines as a gettext catalogue, for translators' own programs (Poedit, Weblate, Lokalize)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from kiosk.languages import LANGUAGES
from kiosk.translate.lines import Line

CHECK, STATE = "check: ", "state: "
HEAD = """\
# What participants read in PROJECT, to be looked through by somebody who speaks it at home.
# Please write only between the quotes after msgstr. Remarks: in a line that begins with "# "."""


@dataclass(frozen=True)
class Row:
    """What came back for one line: its id, its draft, and the check it was sent out with."""

    id: str
    draft: str
    check: str
    remark: str = ""


def write(path: Path, tag: str, lines: Sequence[Line]) -> None:
    """Write the lines; each has its id as context, and says where it stands."""
    catalog = Catalog(locale=LANGUAGES[tag].babel_id, project=LANGUAGES[tag].endonym, version="1",
                      header_comment=HEAD, fuzzy=False)  # fmt: skip
    for line in lines:
        said = (line.where, f"{STATE}{line.state}", f"{CHECK}{line.check}")
        catalog.add(line.source, line.draft, context=line.id, auto_comments=said)
    with path.open("wb") as file:
        write_po(file, catalog, width=0)


def read(path: Path) -> list[Row]:
    """Return the rows. Raises ValueError if it is no catalogue."""
    try:
        with path.open("rb") as file:
            catalog = read_po(file, abort_invalid=True)
    except PoFileError as problem:
        raise ValueError(str(problem)) from problem
    return [
        Row(str(one.context or ""), "" if one.fuzzy else str(one.string or ""),
            _check(one.auto_comments), " ".join(one.user_comments))
        for one in catalog if one.id
    ]  # fmt: skip


def _check(comments: Sequence[str]) -> str:
    return next((one.removeprefix(CHECK) for one in comments if one.startswith(CHECK)), "")
