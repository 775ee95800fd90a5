"""What a test looks at: the problem that was told, and the files that are there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.sync.problem import SendProblem
from kiosk.sync.target import Target
from tests.sync.apache import PASSWORD

Open = Callable[..., Target]  # user, password, port, scheme, path


def whole_files(folder: Path) -> dict[str, bytes]:
    return {one.name: one.read_bytes() for one in folder.iterdir() if not one.name.startswith(".")}


def problem_of(doing: Callable[[], object]) -> SendProblem:
    with pytest.raises(SendProblem) as told:
        doing()
    assert PASSWORD not in str(told.value)
    return told.value
