"""Kari types `kiosk doctor` the day before: a list she can read, and a code for scripts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kiosk import network
from kiosk.cli.doctor import doctor
from kiosk.network import Address
from kiosk.opening.new_study import NewStudy
from kiosk.study.model import install
from tests.server import free_port


@pytest.fixture(autouse=True)
def laptop(monkeypatch: pytest.MonkeyPatch) -> None:
    """The laptop is in one Wi-Fi, and nobody else uses the kiosk's port."""
    monkeypatch.setattr(network, "addresses", lambda: [Address("192.168.1.20", "wlan0", True)])
    monkeypatch.setenv("KIOSK_PORT", str(free_port()))


def asked(data: Path, *words: str) -> Result:
    return CliRunner().invoke(doctor, ["--data", str(data), *words])


def test_a_kiosk_without_a_study_is_not_ready(data: Path) -> None:
    result = asked(data)
    assert result.exit_code == 1
    lines = result.output.splitlines()
    place = lines.index("bad   This kiosk holds no study.")
    assert lines[place + 1].startswith("      Please ask the researchers")
    assert not data.exists(), "asking makes nothing"


def test_what_is_only_worth_a_look_leaves_the_kiosk_ready(data: Path, study: NewStudy) -> None:
    install(study.file, data)
    (data / "kiosk.toml").write_text('host = "127.0.0.1"\n', encoding="utf-8")
    result = asked(data)
    assert (result.exit_code, result.exception) == (0, None)
    lines = result.output.splitlines()
    assert {line[:6] for line in lines} <= {"ok    ", "look  ", "      "}
    (place,) = [number for number, line in enumerate(lines) if "kept out" in line]
    assert lines[place].startswith("look  ")
    assert lines[place + 1].startswith("      If people")
    good = [number for number, line in enumerate(lines) if line.startswith("ok")]
    assert not [number for number in good if lines[number + 1 : number + 2] == ["      "]]


def test_scripts_get_the_same_in_json(data: Path, study: NewStudy) -> None:
    result = asked(data, "--json")
    assert result.exit_code == 1
    found = json.loads(result.output)
    assert {frozenset(one) for one in found} == {frozenset({"name", "state", "text", "remedy"})}
    (missing,) = [one for one in found if one["state"] == "bad"]
    assert (missing["name"], missing["text"]) == ("study", "This kiosk holds no study.")
    install(study.file, data)
    found = json.loads(asked(data, "--json").output)
    (named,) = [one for one in found if one["name"] == "study"]
    assert "“The study”" in named["text"], "sentences are filled in"
    assert all(bool(one["remedy"]) is (one["state"] != "good") for one in found)
