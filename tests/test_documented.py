"""The documentation names everything there is, and its commands run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from kiosk import __version__
from kiosk.cli import kiosk as kiosk_group
from kiosk.config import SETTINGS
from kiosk.dataset.formats import FORMATS
from kiosk.languages import LANGUAGES
from kiosk.survey.kinds import KINDS
from kiosk.survey.parts import STATES
from tests.conftest import PASSPHRASE

ROOT = Path(__file__).parent.parent
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])


def commands(group: click.Group, name: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for part in group.list_commands(context):
        command = group.get_command(context, part)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{name} {part}")
        else:
            yield f"{name} {part}", command


COMMANDS = dict(commands(kiosk_group, "kiosk"))


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_data_and_json_and_is_documented(name: str) -> None:
    options = {option for parameter in COMMANDS[name].params for option in parameter.opts}
    assert {"--data", "--json"} <= options
    assert COMMANDS[name].help, "a command says what it does"
    assert f"`{name}" in REFERENCE
    for option in options:
        if option.startswith("--"):
            assert f"`{option}" in REFERENCE, f"{name} {option} is missing in docs/reference.md"


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_documented(name: str) -> None:
    assert f"`{name}`" in REFERENCE
    assert f"`KIOSK_{name.upper()}`" in REFERENCE
    assert SETTINGS[name].metadata["help"]


@pytest.mark.parametrize("name", [*KINDS, *FORMATS, *STATES])
def test_every_kind_format_and_state_is_documented(name: str) -> None:
    assert f"`{name}`" in REFERENCE


def test_every_language_is_documented() -> None:
    for tag in LANGUAGES:
        assert f"`{tag}`" in REFERENCE


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text):
        if not target.startswith("http"):
            assert (page.parent / target).exists(), f"{page.name} points to {target}"


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for block in re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        for target in re.findall(r"\bmake ([a-z]+)", block):
            assert target in targets


def test_the_commands_of_the_guides_run(tmp_path: Path) -> None:
    """Lena's guide, then Kari's, line by line in one folder, as a reader would type them."""
    (tmp_path / "passphrase.txt").write_text(PASSPHRASE, encoding="utf-8")
    environment = os.environ | {
        "KIOSK_DATA": str(tmp_path / "kiosk-data"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
    }
    ran = 0
    for name in ("researcher.md", "facilitator.md"):
        text = (ROOT / "docs" / name).read_text(encoding="utf-8")
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL):
            script = f"set -e\n{block}"
            run = subprocess.run(["sh", "-c", script], cwd=tmp_path, env=environment,
                                 capture_output=True, text=True, check=False)  # fmt: skip
            assert run.returncode == 0, f"{name}: {block}\n{run.stdout}{run.stderr}"
            ran += 1
    assert ran >= 4
    assert (tmp_path / "kiosk-data" / "kiosk.db").is_file()


def test_the_version_is_the_newest_in_the_changelog() -> None:
    newest = re.search(r"^## (\d+\.\d+\.\d+)", (ROOT / "CHANGELOG.md").read_text(), re.MULTILINE)
    assert newest is not None
    assert newest[1] == __version__


def test_nothing_in_the_repository_names_a_registry_or_a_path_of_one_machine() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    hosts = ("py" + "pi.org", "python" + "hosted.org", "registry.npm" + "js", "deb.debian" + ".org")
    for name in listed.stdout.splitlines():
        path = ROOT / name
        if path.suffix in (".png", "") or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        assert not any(host in text for host in hosts), name
        assert not re.search(r"(?<![\w.])/(work|root|farm)/", text), name
