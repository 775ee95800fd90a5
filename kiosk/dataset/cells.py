"""Text cells that no spreadsheet takes for a formula (X10), and CSV in one fixed form (X2)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "\0")


def harmless(text: str) -> str:
    """Return the text with a leading apostrophe if a spreadsheet would run it."""
    clean = text.replace("\0", "")
    return f"'{clean}" if text.startswith(DANGEROUS) else clean


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return RFC 4180 CSV: UTF-8 without BOM, comma, LF; text made harmless, numbers untouched.

    What is no text (half of a surrogate pair, which JSON can hold) becomes “?”.
    """
    lines = [_line(header)]
    lines += (
        _line([harmless(cell) if isinstance(cell, str) else cell for cell in row]) for row in rows
    )
    return "".join(lines).encode(errors="replace")


def _line(cells: Sequence[object]) -> str:
    """Return one row. Written with CRLF first, since only then a CR inside a cell is quoted."""
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow(cells)
    return buffer.getvalue().removesuffix("\r\n") + "\n"
