"""Writes the report: whole or absent, and for its owner alone until they hand it on."""

from __future__ import annotations

from pathlib import Path

from kiosk.dataset.private import whole_file
from kiosk.report.page import Report

NAME = "report.html"


def write_report(report: Report, out: Path) -> Path:
    """Write the page into the folder `out` and return its path. Raises OSError."""
    out.mkdir(parents=True, exist_ok=True)
    with whole_file(out / NAME) as file:
        file.write(report.html.encode())
    return out / NAME
