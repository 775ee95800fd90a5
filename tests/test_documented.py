"""The documentation names everything there is, and its commands run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from flask import Flask

from kiosk import __version__
from kiosk.bundle.layout import FORMAT
from kiosk.checkup.checks import CHECKS, WHILE_RUNNING
from kiosk.cli import kiosk as kiosk_group
from kiosk.config import SETTINGS
from kiosk.dataset.formats import FORMATS, workshops
from kiosk.languages import LANGUAGES, STAFF_LANGUAGES, STATES
from kiosk.survey.answers import OUTCOMES
from kiosk.survey.form import form_files, parse_form
from kiosk.survey.kinds import KINDS
from kiosk.web.doors import door_of
from kiosk.web.researcher.app import create_researcher_app
from tests.conftest import PASSPHRASE

ROOT = Path(__file__).parent.parent
REFERENCE = (ROOT / "docs" / "reference.md").read_text(encoding="utf-8")
RESEARCHERS_GUIDE = (ROOT / "docs" / "researcher.md").read_text(encoding="utf-8")
PAGES = sorted([ROOT / "README.md", ROOT / "start" / "README.md", *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)#]*)(?:#([^)]*))?\)")
DEPENDS_ON_THE_MACHINE = "kiosk doctor"  # without a network, or with a full disk, it says so


def name_of(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


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


@pytest.mark.parametrize("name", KINDS)
def test_the_reference_says_who_is_asked_a_kind_of_question(name: str) -> None:
    asked = re.search(rf"^\| `{name}` \| ([^|]+) \|", REFERENCE, re.MULTILINE)
    assert asked
    assert ("participants" in asked[1]) is KINDS[name].for_participants


@pytest.mark.parametrize("name", form_files())
def test_every_self_report_form_is_documented_with_its_phase(name: str) -> None:
    form = parse_form(form_files()[name])
    assert f"| `{name}` | `{form.phase}` |" in REFERENCE
    assert f"`{name}`" in RESEARCHERS_GUIDE
    guide = (ROOT / "docs" / "facilitator.md").read_text(encoding="utf-8")
    assert f"| {form.title['en']} |" in guide


@pytest.mark.parametrize("name", [*workshops.COLUMNS, *OUTCOMES])
def test_every_column_of_the_workshops_is_explained_to_researchers(name: str) -> None:
    assert f"`{name}`" in RESEARCHERS_GUIDE


def test_the_reference_knows_the_inner_format_of_a_bundle() -> None:
    assert f"`format` ({FORMAT})" in REFERENCE


@pytest.mark.parametrize("check", [*CHECKS, *WHILE_RUNNING.values()])
def test_every_check_of_the_doctor_is_documented(check: Callable[..., object]) -> None:
    assert f"`{check.__name__}`" in REFERENCE


def test_every_address_is_documented_with_its_door(app: Flask, data: Path) -> None:
    rows = [line.split("|") for line in REFERENCE.splitlines() if line.startswith("| `")]
    documented = {
        (address, row[2].strip())
        for row in rows
        if len(row) > 3
        for address in re.findall(r"`((?:GET|POST) [^`]+)`", row[1])
    }
    actual = {
        (f"{method} {rule.rule}", door_of(one, rule.endpoint))
        for one in (app, create_researcher_app((), data))
        for rule in one.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert documented == actual


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_is_documented_and_whether_staff_can_have_it(tag: str) -> None:
    answer = "yes" if tag in STAFF_LANGUAGES else "no"
    assert re.search(rf"^\| `{tag}` \| [^|]+ \| [^|]+ \| {answer} \|$", REFERENCE, re.MULTILINE)


def anchors(page: Path) -> set[str]:
    """Return what one can point to in a page: its headings, as web sites name them."""
    text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in headings}


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target, anchor in LINK.findall(text):
        if not target.startswith("http"):
            there = page.parent / target if target else page
            assert there.exists(), f"{page.name} points to {target}"
            if anchor:
                assert anchor in anchors(there), f"{page.name} points to {target}#{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_make_target_that_is_named_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for block in re.findall(r"```sh\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
        for target in re.findall(r"\bmake ([a-z]+)", block):
            assert target in targets


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_test_that_is_named_exists(page: Path) -> None:
    for name in re.findall(r"`(tests/[\w/]+(?:\.py|/))`", page.read_text(encoding="utf-8")):
        assert (ROOT / name).exists(), f"{page.name} names {name}"


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
            good = (0, 1) if block.strip() == DEPENDS_ON_THE_MACHINE else (0,)
            assert run.returncode in good, f"{name}: {block}\n{run.stdout}{run.stderr}"
            assert run.stdout or run.stderr, f"{name}: {block} says nothing"
            ran += 1
    assert ran >= 8
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
