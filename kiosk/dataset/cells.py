"""Text cells that no spreadsheet takes for a formula (X10), and CSV in one fixed form (X2)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

Table = tuple[Sequence[str], Iterable[Sequence[object]]]  # header, rows
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def harmless(text: str) -> str:
    """Return the text with a leading apostrophe if a spreadsheet would run it."""
    clean = text.replace("\0", "")
    return f"'{clean}" if text.startswith(DANGEROUS) else clean


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return RFC 4180 CSV: UTF-8 without BOM, comma, LF; text made harmless, numbers untouched.

    What is no text (half of a surrogate pair, which JSON can hold) becomes “?”.
    """
    return b"".join(_lines(header, rows))


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write the same into a file, one row at a time."""
    with path.open("wb") as file:
        file.writelines(_lines(header, rows))


def plain(cell: str) -> str:
    """Return a text cell as it was before `harmless`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(DANGEROUS) else cell


def _lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[bytes]:
    yield _line(header).encode(errors="replace")
    for row in rows:
        cells = [harmless(cell) if isinstance(cell, str) else cell for cell in row]
        yield _line(cells).encode(errors="replace")


def _line(cells: Sequence[object]) -> str:
    """Return one row. Written with CRLF first, since only then a CR inside a cell is quoted."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().removesuffix("\r\n") + "\n"
