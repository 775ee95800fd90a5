"""A desktop that is asked to let go of a stick, and does what the test says."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def desktop_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    """Let a line of shell stand for udisksctl from now on."""
    programs = tmp_path / "programs"
    programs.mkdir()
    tool = programs / "udisksctl"
    tool.write_text(f"#!/bin/sh\nexec {command}\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
