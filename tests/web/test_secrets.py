"""What only those who know it may use is compared in the same time, right or wrong."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kiosk.store.database import prepare
from kiosk.store.settings import Settings
from kiosk.web.staff import pin as pin_module
from kiosk.web.staff.pin import LONGEST, Pin
from tests.web import Clock

KIOSK = Path(__file__).parents[2] / "kiosk"
SECRETS = {
    "pin", "again", "csrf", "sign", "signature", "screen_key", "exit_code", "secret", "token",
    "passphrase", "password", "cookie", "key", "digest", "hashed",
}  # fmt: skip
# Where secrets are compared. `store/tickets.py` looks tickets up by a keyed digest (HMAC).
COMPARED_IN = {
    ("web/submission.py", "_is_screen"), ("web/screen.py", "_workshop"),
    ("web/staff/sessions.py", "has_sign"), ("web/staff/pin.py", "_is"),
    ("web/staff/reach.py", "hello"), ("store/rehearsal.py", "confirm"),
}  # fmt: skip
# No guesses at a secret: keys of mappings, a PIN typed twice, a PIN that is being chosen.
NO_SECRETS = {
    ("web/staff/access.py", "again"), ("store/intake.py", "key"), ("web/submission.py", "key"),
    ("web/staff/pin.py", "pin"),
}  # fmt: skip


def functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Yield path and function of all that serves pages or keeps secrets."""
    for part in ("web", "store"):
        for path in sorted((KIOSK / part).rglob("*.py")):
            if "researcher" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef):
                    yield path.relative_to(KIOSK).as_posix(), node


def calls(node: ast.AST, *names: str) -> list[ast.Call]:
    return [
        one
        for one in ast.walk(node)
        if isinstance(one, ast.Call) and ast.unparse(one.func).rpartition(".")[2] in names
    ]


def test_secrets_are_compared_by_compare_digest() -> None:
    found = {(path, one.name) for path, one in functions() if calls(one, "compare_digest")}
    assert found == COMPARED_IN


def test_no_comparison_stops_at_the_first_sign_that_differs() -> None:
    """No `==`, `!=` or `in` has a secret on either side."""
    found = set()
    for path, function in functions():
        for node in ast.walk(function):
            if not isinstance(node, ast.Compare) or isinstance(node.ops[0], ast.Is | ast.IsNot):
                continue
            for side in (node.left, *node.comparators):
                name = ast.unparse(side).rpartition(".")[2].strip("'\"()")
                if name in SECRETS:
                    found.add((path, name))
    assert found <= NO_SECRETS, found - NO_SECRETS


def test_nothing_is_returned_before_a_secret_was_compared() -> None:
    for path, function in functions():
        for compared in calls(function, "compare_digest"):
            early = [one for one in ast.walk(function)
                     if isinstance(one, ast.Return) and one.lineno < compared.lineno]  # fmt: skip
            assert not early, f"{path} {function.name} leaves before it compares"
        for lazy in calls(function, "any", "all"):
            assert not calls(lazy, "compare_digest"), f"{path} {function.name} stops at the first"


@pytest.mark.parametrize("pin", ["", "2", "250374", "250375", "x" * LONGEST, "x" * 60_000])
@pytest.mark.parametrize("chosen", [True, False])
def test_every_try_of_the_pin_costs_the_same(
    pin: str, chosen: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One scrypt, of at most so many signs: whether the PIN is right, wrong, or none at all."""
    prepare(tmp_path)
    mine = Pin(Settings(tmp_path), Clock())
    if chosen:
        mine.choose("250374")
    costs: list[tuple[int, Any]] = []
    real = hashlib.scrypt

    def counted(password: bytes, **how: Any) -> bytes:
        costs.append((len(password), how["n"]))
        return real(password, **(how | {"n": 2}))

    monkeypatch.setattr(hashlib, "scrypt", counted)
    mine.accepts(pin)
    assert [n for _, n in costs] == [pin_module.COST]
    assert costs[0][0] <= LONGEST
