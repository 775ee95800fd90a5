"""The shape of the code is a promise too: imports point one way, and only Lena's side can open."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from pathlib import Path

import pytest

KIOSK = Path(__file__).parent.parent / "kiosk"
LAYERS = [
    {"paths", "files", "config", "languages", "qr", "network", "toml", "translations", "without"},
    {"survey"},
    {"study"},
    {"store"},
    {"bundle"},
    {"sync", "sound"},
    {"checkup", "translate"},
    {"web"},
    {"app"},
    {"serve"},
    {"cli"},
]
RESEARCHERS_SIDE = ["opening", "dataset", "report"]
MAY_OPEN = {"cli", "web.researcher", *RESEARCHERS_SIDE}
MODULES = sorted(KIOSK.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = path.relative_to(KIOSK.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


NAMES = {name_of(path) for path in MODULES}


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= inside & NAMES or {node.module}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def part_of(module: str) -> str:
    return [*module.split("."), ""][1]


def layer_of(part: str) -> int | None:
    return next((number for number, parts in enumerate(LAYERS) if part in parts), None)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    mine = layer_of(part_of(name_of(path)))
    for module in imports_of(path):
        theirs = layer_of(part_of(module)) if module.startswith("kiosk.") else None
        if mine is not None and theirs is not None:
            assert theirs <= mine, f"{name_of(path)} must not import {module}"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_researchers_side_can_open_an_envelope(path: Path) -> None:
    part = name_of(path).removeprefix("kiosk.")
    if any(part == allowed or part.startswith(f"{allowed}.") for allowed in MAY_OPEN):
        return
    for module in imports_of(path):
        assert part_of(module) not in RESEARCHERS_SIDE or not module.startswith("kiosk."), module
    assert "decrypt" not in path.read_text(encoding="utf-8")
    assert "Identity" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_the_researchers_pages_belong_to_one_command_alone(path: Path) -> None:
    name, door = name_of(path), "kiosk.web.researcher"
    if name != "kiosk.cli.researcher" and not name.startswith(door):
        assert not [module for module in imports_of(path) if module.startswith(door)]


OPENS = ("kiosk.opening", "kiosk.dataset", "kiosk.report", "kiosk.web.researcher")
HEAVY = ("numpy", "pandas", "PIL", "scipy", "altair")


def loaded(names: tuple[str, ...], program: str) -> list[str]:
    """Return which modules that begin with these names a program has loaded when it is done."""
    tell = f"print(*[m for m in sys.modules if m.startswith({names})])"
    run = subprocess.run([sys.executable, "-c", f"import sys;{program};{tell}"],
                         capture_output=True, text=True, check=True)  # fmt: skip
    return run.stdout.split()


def test_the_running_kiosk_holds_no_code_that_opens_and_no_heavy_library(tmp_path: Path) -> None:
    commands = (
        "import kiosk.cli;"
        "[kiosk.cli.kiosk.get_command(None, name) for name in ('serve', 'workshop', 'survey')];"
        "from kiosk.app import create_app; from kiosk.config import Config; import kiosk.serve;"
        f"from pathlib import Path; app = create_app(Config(data=Path({str(tmp_path)!r})));"
        "app.test_client().get('/staff/'); app.extensions['at_end']()"
    )
    assert loaded(OPENS, commands) == []
    assert loaded(OPENS, "import kiosk.cli.researcher"), "the test can see them"
    assert loaded(HEAVY, commands) == [], "a kiosk on an old laptop carries no mathematics"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_only_the_store_knows_sql_and_the_survey_knows_no_web(path: Path) -> None:
    part = part_of(name_of(path))
    roots = {module.split(".")[0] for module in imports_of(path)}
    if part != "store":
        assert not roots & {"sqlite3", "sqlite_utils"}
    if part in ("survey", "study", "store", "bundle", "opening", "dataset"):
        assert not roots & {"flask", "flask_babel", "werkzeug", "waitress"}


def test_no_two_modules_import_each_other() -> None:
    names = {name_of(path): imports_of(path) for path in MODULES}
    graph = {name: {m for m in found if m in names and m != name} for name, found in names.items()}
    done: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, f"a circle of imports: {' → '.join((*way, name))}"
        if name not in done:
            for other in graph[name]:
                visit(other, (*way, name))
            done.add(name)

    for name in graph:
        visit(name, ())


def test_modules_and_functions_stay_small() -> None:
    lengths = []
    for path in MODULES:
        source = path.read_text(encoding="utf-8")
        assert source.count("\n") <= 250, f"{path} is too long"
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno:
                length = node.end_lineno - node.lineno + 1
                assert length <= 40, f"{path}: {node.name} is too long"
                lengths.append(length)
    assert statistics.median(lengths) <= 10
    assert statistics.quantiles(lengths, n=10)[8] <= 25


def test_commands_print_in_one_place_that_lets_nothing_steer_the_terminal() -> None:
    printing = re.compile(r"\b(click\.s?echo|print)\(")
    found = [path.name for path in MODULES if printing.search(path.read_text(encoding="utf-8"))]
    assert found == ["common.py"]


def test_every_exception_to_a_rule_of_security_says_why() -> None:
    """A `noqa: S…` without a reason hides what nobody has thought about."""
    silent = [
        f"{path.name}: {line.strip()}"
        for path in sorted([*KIOSK.rglob("*.py"), *Path(__file__).parent.rglob("*.py")])
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"# noqa: S\d+\s*$", line) and path != Path(__file__)
    ]
    assert silent == []
