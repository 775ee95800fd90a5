"""Kari need set nothing at all; if she does and slips, she is told what to write instead."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from kiosk.config import SETTINGS, Config, WrongSetting, load_config


@pytest.fixture(autouse=True)
def _no_settings_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DATA", "HOST", "PORT", "ADDRESS"):
        monkeypatch.delenv(f"KIOSK_{name}", raising=False)


def wrong(folder: Path, text: str) -> str:
    (folder / "kiosk.toml").write_text(text, encoding="utf-8")
    with pytest.raises(WrongSetting) as problem:
        load_config(folder)
    return str(problem.value)


def test_without_any_file_everything_has_a_default(tmp_path: Path) -> None:
    config = load_config(tmp_path / "new")
    assert (config.host, config.port, config.address) == ("0.0.0.0", 8080, "")  # noqa: S104 - a comparison; nothing listens here
    assert config.data == tmp_path / "new"
    assert not config.data.exists(), "reading settings writes nothing"


def test_every_setting_says_what_it_is_for() -> None:
    assert all(field.metadata["help"].endswith(".") for field in SETTINGS.values())
    assert set(SETTINGS) == {"data", "host", "port", "address", "staff_on_lan", "target", "send",
                             "offer_from", "backup_to"}  # fmt: skip


def test_a_flag_beats_the_environment_and_that_beats_the_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "kiosk.toml").write_text("port = 1001\n", encoding="utf-8")
    assert load_config(tmp_path).port == 1001
    monkeypatch.setenv("KIOSK_PORT", "1002")
    assert load_config(tmp_path).port == 1002
    assert load_config(tmp_path, port=1003).port == 1003
    assert load_config(tmp_path, port=None).port == 1002, "a flag that was not given says nothing"


def test_the_data_folder_comes_from_the_environment_if_no_flag_names_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_DATA", str(tmp_path / "one"))
    assert load_config().data == tmp_path / "one"
    assert load_config(tmp_path / "two").data == tmp_path / "two"


def test_the_data_folder_is_the_users_own_if_nobody_says_anything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    folder = load_config().data
    assert folder.name == "survey-kiosk"
    assert tmp_path in folder.parents


def test_the_data_folder_is_absolute_and_knows_the_home_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert load_config(Path("~/kiosk")).data == tmp_path / "kiosk"
    assert load_config(Path("kiosk")).data == tmp_path / "kiosk"


def test_a_misspelt_setting_is_answered_with_the_right_one(tmp_path: Path) -> None:
    assert "“prot”. Did you mean “port”?" in wrong(tmp_path, "prot = 1")
    assert "There are: " in wrong(tmp_path, "zzz = 1")


def test_the_data_folder_cannot_be_set_inside_itself(tmp_path: Path) -> None:
    said = wrong(tmp_path, 'data = "elsewhere"')
    assert "“data”" in said
    assert "Did you mean “data”?" not in said


def test_a_slip_in_the_file_is_told_with_its_place(tmp_path: Path) -> None:
    said = wrong(tmp_path, "port = = 8080\n")
    assert "kiosk.toml cannot be read" in said
    assert "line 1" in said


@pytest.mark.parametrize(
    "text", ['port = "many"', "port = [8080]", "port = true", "port = 80.5", "port = 99999",
             "port = 0", "port = -1", "host = 5", "address = ['192.0.2.1']"],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_told_with_what_the_setting_is_for(
    tmp_path: Path, text: str
) -> None:
    name = text.split()[0]
    said = wrong(tmp_path, text)
    assert f"“{name}”" in said
    assert SETTINGS[name].metadata["help"] in said


def test_a_wrong_value_in_the_environment_is_named_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_PORT", "eighty")
    with pytest.raises(WrongSetting, match="“port” is “eighty”"):
        load_config(tmp_path)


def test_settings_cannot_be_changed_while_the_kiosk_runs(tmp_path: Path) -> None:
    config = load_config(tmp_path)
    assert isinstance(config, Config)
    for name in SETTINGS:
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(config, name, None)
