"""Lena sends each site one file; a file that was damaged or tampered with changes no kiosk."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from kiosk.app import create_app
from kiosk.config import Config
from kiosk.opening.new_study import NewStudy
from kiosk.store.database import prepare
from kiosk.store.planning import plan_workshop
from kiosk.store.workshop import Plan
from kiosk.store.workshops import Workshops
from kiosk.study.archive import packed
from kiosk.study.changes import changes_of
from kiosk.study.kept import held, hold, install_pack, kept_pack, let_go
from kiosk.study.model import installed
from kiosk.study.pack import BOUNDS, LARGEST, Pack, load_pack, pack_of, read_pack
from kiosk.survey.library import NoSuchSurvey, find_survey, surveys
from kiosk.survey.problems import SurveyProblems
from tests.conftest import SURVEY_FILE
from tests.study.travel import (
    SHORT,
    changed,
    contents,
    folder_of,
    packed_from,
    png,
    with_other_keys,
)

TARGET = 'target = "https://files.example.org/inbox/"\n'


@pytest.fixture
def folder(study: NewStudy, tmp_path: Path) -> Path:
    """Lena's folder: her key, her recovery sheet, her study file, one survey, a logo."""
    made = folder_of(study.file, tmp_path / "lena", extra=f'logo = "logo.png"\n{TARGET}',
                     short=SHORT)  # fmt: skip
    (made / "logo.png").write_bytes(png())
    return made


@pytest.fixture
def pack(folder: Path) -> Path:
    return packed_from(folder)


def plan_of(*languages: str) -> Plan:
    return Plan("Draw", "The library", "", languages, datetime.now() + timedelta(hours=2))


def problems_of(data: bytes) -> str:
    with pytest.raises(SurveyProblems) as refused:
        pack_of(data, "it.study.zip")
    return str(refused.value)


# --- what travels -------------------------------------------------------------------------------
def test_a_pack_holds_study_surveys_and_logo_and_never_a_key(pack: Path, folder: Path) -> None:
    assert {"identity.age", "recovery-sheet.html"} <= {path.name for path in folder.iterdir()}
    assert set(contents(pack)) == {"study.toml", "surveys/short.toml", "logo.png"}
    found = load_pack(pack)
    assert found.study.target == "https://files.example.org/inbox/"
    assert found.surveys
    assert found.surveys["short"].version == "7"
    assert pack.name == f"{found.study.id}.study.zip"


def test_the_same_folder_gives_the_same_bytes(folder: Path, pack: Path) -> None:
    assert load_pack(folder).to_bytes() == pack.read_bytes() == load_pack(pack).to_bytes()


def test_a_pack_is_checked_by_ordinary_tools(pack: Path) -> None:
    with zipfile.ZipFile(pack) as archive:
        assert archive.testzip() is None
        lines = archive.read("SHA256SUMS").decode().splitlines()
    assert [line.split("  ")[1] for line in lines] == sorted(contents(pack))


def test_every_problem_of_a_folder_is_told_at_once(folder: Path) -> None:
    (folder / "surveys" / "short.toml").write_text(
        SHORT.replace("minutes = 2", 'minutes = "two"').replace('version = "7"\n', "")
    )
    (folder / "surveys" / "My Survey.toml").write_text(SHORT)
    (folder / "logo.png").write_bytes(b"<svg/>")
    study_file = folder / "study.toml"
    study_file.write_text(study_file.read_text().replace("contact", "contakt"))
    found, problems = read_pack(folder)
    assert found is None
    places = {problem.where for problem in problems.errors}
    assert places >= {
        "study.toml › contact", "study.toml › the file", "surveys/short.toml › minutes",
        "surveys/short.toml › version", "surveys/My Survey.toml › id",
    }  # fmt: skip


def test_a_facilitators_form_is_no_survey_of_a_study(folder: Path) -> None:
    form = SURVEY_FILE.parent / "facilitator" / "planning.toml"
    (folder / "surveys" / "planning.toml").write_bytes(form.read_bytes())
    with pytest.raises(SurveyProblems, match="a form for facilitators"):
        load_pack(folder)


def test_a_study_without_a_recovery_key_is_warned_of(folder: Path) -> None:
    file = folder / "study.toml"
    file.write_text(file.read_text().replace('role = "recovery"', 'role = "second"'))
    found, problems = read_pack(folder)
    assert found
    assert [problem.level for problem in problems.found] == ["warning"]


@pytest.mark.parametrize("target", ["inbox", "https://", "https:///x", "two words://x y", "//x/y"])
def test_a_target_that_is_no_address_is_told(target: str, pack: Path) -> None:
    text = contents(pack)["study.toml"].decode()
    broken = text.replace("https://files.example.org/inbox/", target)
    assert "no address to send to" in problems_of(changed(pack, study_dot_toml=broken))


# --- the logo -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "picture",
    [b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", b"GIF89a", b"",
     b"\x89PNG\r\n\x1a\n", png()[:20]],
    ids=["SVG", "GIF", "empty", "a few bytes", "cut off"],
)  # fmt: skip
def test_only_a_png_is_a_logo_whatever_it_is_called(picture: bytes, pack: Path) -> None:
    said = problems_of(changed(pack, logo_dot_png=picture))
    assert "no PNG picture" in said or "pixels" in said


def test_a_logo_that_unpacks_to_a_wall_is_refused(pack: Path) -> None:
    for size in ((4001, 4001), (900, 100)):
        assert "4000 either way" in problems_of(changed(pack, logo_dot_png=png(*size)))
    assert "smaller than 200 kB" in problems_of(changed(pack, logo_dot_png=png() + b"\0" * 200_000))


@pytest.mark.parametrize("name", ["logo.svg", "../logo.png", "Logo.png", "a/b.png", "logo.png.exe"])
def test_a_logo_with_another_name_is_refused(name: str, pack: Path) -> None:
    text = contents(pack)["study.toml"].decode().replace("logo.png", name)
    assert "cannot be a logo" in problems_of(changed(pack, study_dot_toml=text))


def test_a_logo_must_be_there_and_no_other_picture(pack: Path) -> None:
    assert "there is no file “logo.png”" in problems_of(changed(pack, logo_dot_png=None))
    assert "nothing names this" in problems_of(changed(pack, other_dot_png=png()))


# --- packs that are none ------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name",
    ["../evil.toml", "/etc/evil.toml", "surveys/../../evil.toml", "surveys/a/b.toml",
     "identity.age", "surveys\\\\evil.toml", "C:evil.toml", "surveys/", "surveys/Ünï.toml",
     "study.toml.exe"],
)  # fmt: skip
def test_a_pack_with_a_file_that_does_not_belong_there_is_refused(name: str, pack: Path) -> None:
    said = problems_of(packed({**contents(pack), name: b"x"}))
    assert "does not belong there" in said


def test_a_pack_that_was_changed_on_its_way_is_refused(pack: Path) -> None:
    files = contents(pack)
    sums = zipfile.ZipFile(pack).read("SHA256SUMS")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data.replace(b"ask@example.org", b"ola@example.org"))
        archive.writestr("SHA256SUMS", sums)
    assert "checksums do not agree" in problems_of(buffer.getvalue())


def test_a_damaged_pack_is_refused_wherever_it_is_damaged(pack: Path) -> None:
    whole = pack.read_bytes()
    for place in range(0, len(whole), len(whole) // 60):
        damaged = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
        try:
            found = pack_of(damaged, "it")
        except SurveyProblems:
            continue
        assert found.files == contents(pack), "a byte that says nothing"
    for length in (1, 2, 100, len(whole) // 2, len(whole) - 1):
        problems_of(whole[:length])


def test_a_zip_bomb_is_not_unpacked(pack: Path) -> None:
    bomb = packed({**contents(pack), "surveys/bomb.toml": b"#" * 50_000_000})
    assert len(bomb) < LARGEST
    assert "larger than it can be" in problems_of(bomb)
    many = {f"surveys/s{number}.toml": b"#" * 999_999 for number in range(70)}
    assert "larger than it can be" in problems_of(packed(contents(pack) | many))
    crowd = {f"surveys/s{number}.toml": b"" for number in range(BOUNDS.most_files)}
    assert "more files" in problems_of(packed(contents(pack) | crowd))


def test_a_bomb_that_lies_about_its_size_is_not_unpacked_either(pack: Path) -> None:
    bomb = packed({**contents(pack), "surveys/bomb.toml": b"#" * 2_000_000})
    lying = bomb.replace((2_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    assert lying != bomb
    problems_of(lying)


def test_a_name_that_stands_twice_is_refused(pack: Path) -> None:
    buffer = io.BytesIO(pack.read_bytes())
    with zipfile.ZipFile(buffer, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("study.toml", "id = 'other'")
    assert "does not belong there" in problems_of(buffer.getvalue())


def test_a_file_that_is_too_large_is_not_even_read(tmp_path: Path) -> None:
    file = tmp_path / "large.study.zip"
    with file.open("wb") as handle:
        handle.truncate(LARGEST + 1)
    with pytest.raises(SurveyProblems, match="too large"):
        load_pack(file)


# --- on the kiosk -------------------------------------------------------------------------------
def test_a_pack_is_installed_and_comes_out_as_it_went_in(pack: Path, data: Path) -> None:
    sent = load_pack(pack)
    install_pack(sent, data)
    kept = kept_pack(sent.study.id, data)
    assert kept
    assert kept.files == sent.files
    assert kept.study == sent.study
    assert not changes_of(sent, data).any
    lying = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()}
    folder = f"studies/{sent.study.id}"
    assert lying == {f"{folder}.toml", f"{folder}/logo.png", f"{folder}/surveys/short.toml"}


def test_the_next_edition_takes_the_place_of_the_former_one(pack: Path, data: Path) -> None:
    install_pack(load_pack(pack), data)
    text = contents(pack)["study.toml"].decode()
    next_file = text.replace("ask@", "new@").replace('logo = "logo.png"', "")
    newer = pack_of(
        changed(pack, study_dot_toml=next_file, logo_dot_png=None, surveys_in_short_dot_toml=None,
                surveys_in_long_dot_toml=SHORT.replace('"short"', '"long"', 1)), "it"
    )  # fmt: skip
    changes = changes_of(newer, data)
    assert changes.fields == {
        "contact": ("ask@example.org", "new@example.org"), "logo": ("logo.png", ""),
    }  # fmt: skip
    assert changes.surveys == {"long": "new", "short": "removed"}
    assert not changes.keys
    install_pack(newer, data)
    kept = kept_pack(newer.study.id, data)
    assert kept
    assert kept.files == newer.files


def test_other_keys_are_noticed_among_everything_else(pack: Path, data: Path) -> None:
    install_pack(load_pack(pack), data)
    text = with_other_keys(contents(pack)["study.toml"].decode())
    changes = changes_of(pack_of(changed(pack, study_dot_toml=text), "it"), data)
    assert changes.keys
    assert [len(changes.new_keys), len(changes.gone_keys)] == [1, 1]
    assert (changes.fields, changes.surveys) == ({}, {})


def test_a_study_file_alone_leaves_surveys_and_logo_as_they_are(
    pack: Path, folder: Path, data: Path
) -> None:
    install_pack(load_pack(pack), data)
    alone = load_pack(folder / "study.toml")
    assert alone.surveys is None
    assert not changes_of(alone, data).any
    install_pack(alone, data)
    kept = kept_pack(alone.study.id, data)
    assert kept
    assert kept.files == load_pack(pack).files


def test_a_full_disk_leaves_the_former_edition(
    pack: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install_pack(load_pack(pack), data)
    before = {path: path.read_bytes() for path in data.rglob("*") if path.is_file()}

    def full(*_: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("kiosk.study.kept.write_whole", full)
    longer = SHORT.replace('version = "7"', 'version = "8"')
    with pytest.raises(OSError, match="no space"):
        install_pack(pack_of(changed(pack, surveys_in_short_dot_toml=longer), "it"), data)
    assert {path: path.read_bytes() for path in data.rglob("*") if path.is_file()} == before


KILLED = """
import os, sys
from pathlib import Path
from kiosk.study.kept import install_pack
from kiosk.study.pack import load_pack

rename, left = Path.rename, int(sys.argv[3])

def killed(self, target):
    global left
    if left == 0:
        os._exit(9)
    left -= 1
    return rename(self, target)

Path.rename = killed
install_pack(load_pack(Path(sys.argv[1])), Path(sys.argv[2]))
"""


@pytest.mark.parametrize("renames", [0, 1])
def test_a_kiosk_killed_while_it_installs_has_the_former_edition_at_the_next_start(
    pack: Path, data: Path, tmp_path: Path, renames: int
) -> None:
    """Between two renames there is a moment in which the study has no folder at all."""
    install_pack(load_pack(pack), data)
    longer = SHORT.replace('version = "7"', 'version = "8"')
    newer = tmp_path / "newer.zip"
    newer.write_bytes(changed(pack, surveys_in_short_dot_toml=longer))
    words: list[str | Path] = [sys.executable, "-c", KILLED, newer, data, str(renames)]
    assert subprocess.run(words, check=False).returncode == 9
    create_app(Config(data=data)).extensions["at_end"]()
    kept = kept_pack(load_pack(pack).study.id, data)
    assert kept
    assert kept.files == load_pack(pack).files
    install_pack(load_pack(newer), data)
    assert [path.name for path in (data / "studies").iterdir() if path.name.startswith(".")] == []


def test_a_file_waits_until_it_is_asked_for_by_its_content(data: Path) -> None:
    first, second = hold(b"first", data), hold(b"second", data)
    assert held(first, data) is None, "another took its place"
    assert held(second, data) == b"second"
    let_go(data)
    let_go(data)
    assert held(second, data) is None


# --- several studies ----------------------------------------------------------------------------
def two_studies(study: NewStudy, tmp_path: Path, data: Path) -> tuple[Pack, Pack]:
    """Install two studies that call different surveys by the same name."""
    english = SHORT.replace("Your opinion", "The first opinion")
    one = load_pack(folder_of(study.file, tmp_path / "one", short=english, only=_named("only")))
    text = (tmp_path / "one" / "study.toml").read_text()
    renamed = text.replace(f'id = "{one.study.id}"', 'id = "other"')
    assert renamed != text
    other = folder_of(study.file, tmp_path / "two", short=SHORT, workshop=_named("workshop"))
    (other / "study.toml").write_text(renamed)
    two = load_pack(other)
    for each in (one, two):
        install_pack(each, data)
    return one, two


def _named(name: str) -> str:
    return SHORT.replace('id = "short"', f'id = "{name}"', 1)


def test_each_study_has_its_own_surveys(study: NewStudy, tmp_path: Path, data: Path) -> None:
    one, two = two_studies(study, tmp_path, data)
    assert set(surveys(data, one.study.id)) == {"short", "only", "workshop"}
    assert set(surveys(data, "other")) == {"short", "workshop"}
    assert find_survey("workshop", data, one.study.id) == SURVEY_FILE, "the one that ships"
    assert find_survey("workshop", data, "other") != SURVEY_FILE, "the study's own stands first"
    assert set(surveys(data)) == {"short", "only", "workshop"}
    (data / "surveys").mkdir()
    (data / "surveys" / "short.toml").write_text(SHORT)
    assert "studies" in find_survey("short", data, "other").parts, "before the kiosk's own, too"
    with pytest.raises(NoSuchSurvey):
        find_survey("only", data, two.study.id)
    assert set(installed(data)) == {one.study.id, "other"}


def test_a_workshop_asks_the_survey_of_its_own_study(
    study: NewStudy, tmp_path: Path, data: Path
) -> None:
    prepare(data)
    one, two = two_studies(study, tmp_path, data)
    workshops = Workshops(data)
    first = plan_workshop(workshops, one.study, "short", plan_of("en"))
    second = plan_workshop(workshops, two.study, "short", plan_of("en"))
    assert "The first opinion" in first.survey_file
    assert "The first opinion" not in second.survey_file
    with pytest.raises(NoSuchSurvey, match="no survey “only”"):
        plan_workshop(workshops, two.study, "only", plan_of("en"))


def test_a_workshop_offers_no_language_that_its_study_does_not_ask_in(
    study: NewStudy, tmp_path: Path, data: Path
) -> None:
    prepare(data)
    one, _ = two_studies(study, tmp_path, data)
    with pytest.raises(NoSuchSurvey, match="is not there in: sv"):
        plan_workshop(Workshops(data), one.study, "short", plan_of("en", "sv"))
