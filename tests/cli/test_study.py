"""`kiosk study`: Lena packs, Kari installs and is told what changes; keys never change silently."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import pytest

from kiosk.opening.new_study import NewStudy
from kiosk.study.model import installed, load_study
from kiosk.survey.library import study_surveys
from tests.cli import Told, kiosk
from tests.study.travel import SHORT, changed, folder_of, with_other_keys


@pytest.fixture
def folder(study: NewStudy, tmp_path: Path) -> Path:
    extra = 'target = "https://files.example.org/inbox/"'
    return folder_of(study.file, tmp_path / "lena", extra=extra, short=SHORT)


@pytest.fixture
def pack(folder: Path, tmp_path: Path) -> Path:
    told = kiosk("study", "pack", folder, "--out", tmp_path, "--json")
    assert (told.code, told.json["surveys"]) == (0, ["short"])
    return Path(told.json["pack"])


def answers(monkeypatch: pytest.MonkeyPatch, yes: bool) -> list[str]:
    """Let somebody sit at the terminal; return what they are asked."""
    asked: list[str] = []

    def confirm(text: str, **_: Any) -> bool:
        asked.append(text)
        return yes

    monkeypatch.setattr(click, "confirm", confirm)
    return asked


def installs(file: Path, data: Path, *words: str) -> Told:
    return kiosk("study", "install", file, "--data", data, *words)


def rekeyed(pack: Path, study: NewStudy) -> Path:
    text = with_other_keys(study.file.read_text(encoding="utf-8"))
    file = pack.with_name("rekeyed.study.zip")
    file.write_bytes(changed(pack, study_dot_toml=text))
    return file


# --- pack ---------------------------------------------------------------------------------------
def test_lena_packs_her_folder_into_one_file(folder: Path, tmp_path: Path) -> None:
    told = kiosk("study", "pack", folder, "--out", tmp_path / "sites" / "ours.study.zip")
    assert (told.code, told.err) == (0, "")
    assert (tmp_path / "sites" / "ours.study.zip").is_file()
    assert "surveys: short" in told.out
    assert [path.name for path in (tmp_path / "sites").iterdir()] == ["ours.study.zip"]


def test_nothing_is_packed_while_something_is_wrong(folder: Path, tmp_path: Path) -> None:
    (folder / "surveys" / "short.toml").write_text(SHORT.replace("value = 98", "value = 95"))
    file = folder / "study.toml"
    file.write_text(file.read_text().replace("https://", ""))
    told = kiosk("study", "pack", folder, "--out", tmp_path / "out.zip")
    assert (told.code, told.out) == (2, "")
    assert "surveys/short.toml › missing: the values are not 97 and 98" in told.err
    assert "study.toml › target" in told.err
    assert not (tmp_path / "out.zip").exists()


def test_a_pack_that_cannot_be_written_is_told(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    told = kiosk("study", "pack", folder, "--out", tmp_path / "file" / "out.zip")
    assert told.code == 2
    assert "cannot be written" in told.err


# --- check --------------------------------------------------------------------------------------
def test_a_study_is_checked_in_each_of_its_shapes(folder: Path, pack: Path) -> None:
    for file in (folder, folder / "study.toml", pack):
        told = kiosk("study", "check", file)
        assert (told.code, told.err) == (0, "")
        assert "can be used" in told.out
    assert "survey short, version 7: en (source), nb" in kiosk("study", "check", pack).out


def test_every_problem_is_one_line(pack: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken.study.zip"
    broken.write_bytes(
        changed(pack, study_dot_toml="id = 'x'", surveys_in_short_dot_toml="id = 'short'")
    )
    told = kiosk("study", "check", broken)
    assert told.code == 1
    assert all(line.startswith("error: ") for line in told.out.splitlines())
    report = kiosk("study", "check", broken, "--json").json
    assert not report["ok"]
    assert {"study.toml › title", "surveys/short.toml › version"} <= {
        problem["where"] for problem in report["problems"]
    }
    broken.write_bytes(pack.read_bytes()[:200])
    assert "no study pack" in kiosk("study", "check", broken).out


# --- install ------------------------------------------------------------------------------------
def test_a_new_study_is_installed_without_a_question(
    pack: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answers(monkeypatch, yes=False)
    told = installs(pack, data)
    assert (told.code, told.err, asked) == (0, "", [])
    assert "is on this kiosk." in told.out
    assert "target: https://files.example.org/inbox/" in told.out
    assert installs(pack, data).code == 0, "a second time nothing changes"
    assert asked == []


def test_kari_reads_what_changes_and_is_asked(
    pack: Path, study: NewStudy, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert installs(study.file, data).code == 0
    asked = answers(monkeypatch, yes=False)
    told = installs(pack, data)
    assert (told.code, len(asked)) == (1, 1)
    assert "target: “” → “https://files.example.org/inbox/”" in told.out
    assert "survey short: new" in told.out
    assert "Nothing was changed." in told.out
    (file,) = installed(data).values()
    assert file.read_bytes() == study.file.read_bytes()
    answers(monkeypatch, yes=True)
    assert installs(pack, data).code == 0
    assert load_study(file).target
    gone = pack.with_name("gone.study.zip")
    gone.write_bytes(changed(pack, surveys_in_short_dot_toml=None))
    told = installs(gone, data, "--yes")
    assert (told.code, "survey short: removed" in told.out) == (0, True)
    assert not list(study_surveys(data, file.stem).glob("*"))


def test_other_keys_are_said_loudly_and_need_yes(
    pack: Path, study: NewStudy, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    installs(pack, data)
    (file,) = installed(data).values()
    before = file.read_bytes()
    asked = answers(monkeypatch, yes=True)
    told = installs(rekeyed(pack, study), data)
    assert (told.code, asked) == (1, []), "a y at a prompt is typed too easily"
    assert "!! THE KEYS CHANGE." in told.out
    assert f"!!   no longer: main {load_study(study.file).keys[0]}" in told.out
    assert file.read_bytes() == before
    assert installs(rekeyed(pack, study), data, "--yes").code == 0
    assert file.read_bytes() != before


def test_scripts_are_never_asked(pack: Path, study: NewStudy, data: Path) -> None:
    first = installs(study.file, data, "--json").json
    assert (first["installed"], first["changes"]["new"]) == (True, True)
    told = installs(pack, data, "--json")
    assert (told.code, told.json["installed"]) == (1, False)
    assert told.json["changes"]["surveys"] == {"short": "new"}
    told = installs(rekeyed(pack, study), data, "--json", "--yes")
    assert (told.code, told.json["installed"]) == (0, True)
    assert len(told.json["changes"]["new_keys"]) == 1


# --- show ---------------------------------------------------------------------------------------
def test_the_studies_of_a_kiosk_are_shown(pack: Path, data: Path) -> None:
    assert "no study yet" in kiosk("study", "show", "--data", data).out
    assert kiosk("study", "show", "--data", data, "--json").json == []
    installs(pack, data)
    told = kiosk("study", "show", "--data", data)
    for text in ("The University", "main key: age1", "recovery key: age1", "rehearsed: not yet"):
        assert text in told.out
    (shown,) = kiosk("study", "show", "--data", data, "--json").json
    assert shown["surveys"]["short"]["languages"]["en"] == "source"
    assert [key["role"] for key in shown["keys"]] == ["main", "recovery"]
    assert kiosk("study", "show", shown["id"], "--data", data).out == told.out
    unknown = kiosk("study", "show", "other", "--data", data)
    assert (unknown.code, "--study" in unknown.err) == (2, True)


def test_a_workshop_asks_the_studys_own_survey(pack: Path, data: Path) -> None:
    installs(pack, data)
    told = kiosk("workshop", "open", "--title", "Draw", "--site", "Here", "--survey", "short",
                 "--data", data)  # fmt: skip
    assert (told.code, told.err) == (0, "")
