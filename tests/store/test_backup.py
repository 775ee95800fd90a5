"""Kari's laptop may be stolen or break; what was answered until the backup is not lost."""

from __future__ import annotations

import re
import sqlite3
import stat
import tempfile
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from kiosk.bundle.freeze import freeze
from kiosk.cli.backup import backup as backup_command
from kiosk.paths import FIXED_TIME
from kiosk.store import backup, copies
from kiosk.store.backup import CannotBackUp, back_up
from kiosk.store.database import FILE, connect, prepare
from kiosk.store.inspect import look_up
from kiosk.store.intake import Intake
from kiosk.store.settings import Settings
from kiosk.store.workshops import Workshops
from tests.conftest import Kari, Lena, Visitor
from tests.store import envelope_of, opens, rows, submission

LETTERS = "kari"
NAME = f"kiosk-backup-{LETTERS}-{date.today().isoformat()}"
QUESTIONS = {f"q{number:02}": "4" for number in range(1, 16)}


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A USB stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def site(data: Path) -> Path:
    """The data folder of a kiosk that has been used."""
    opens(data)
    Settings(data).set("kiosk_id", LETTERS)
    for name in ("bundles/a.bundle.zip", "studies/one.toml", "surveys/ours.toml", "kiosk.toml"):
        path = data / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# {name}\r\n", encoding="utf-8")
    return data


def names(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_the_laptop_is_stolen_and_another_goes_on_with_the_backup(
    kari: Kari, amina: Visitor, lena: Lena, data: Path, stick: Path
) -> None:
    packed, running = kari.opens(title="Monday"), kari.opens(title="Tuesday")
    assert amina.sends(packed, QUESTIONS).status_code == 201
    kari.closes(packed)
    sent = QUESTIONS | {"q01": "2"}
    assert amina.sends(running, sent, submission_id="a" * 24).status_code == 201
    made = back_up(data, stick)
    assert amina.sends(running, QUESTIONS).status_code == 201, "the kiosk goes on"

    prepare(made)
    workshops, intake = Workshops(made), Intake(made)
    assert workshops.get(running.code).sent == 1
    assert intake.store(submission(running, None)), "the other laptop takes answers"
    intake.stop()
    workshops.close(running.code)
    freeze(workshops, running.code)
    rescued = list(lena.collects(made / "bundles").responses())
    assert sorted(response.values[0] for response in rescued) == [2, 4]


def test_everything_a_kiosk_keeps_is_copied_as_it_is(site: Path, stick: Path) -> None:
    made = back_up(site, stick)
    assert made == stick / NAME
    assert names(made) == names(site) - {f"{FILE}-journal"}
    for path in site.rglob("*.*"):
        if FILE not in path.name:
            assert (made / path.relative_to(site)).read_bytes() == path.read_bytes()
    for table in ("workshops", "responses", "acknowledged", "settings"):
        query = f"SELECT * FROM {table} WHERE true"  # noqa: S608 - names are ours
        assert rows(made, query) == [row for row in rows(site, query) if "last_backup" not in row]


def test_only_its_owner_can_look_into_a_backup_and_no_time_stands_in_it(
    site: Path, stick: Path
) -> None:
    made = back_up(site, stick)
    for path in (made, *made.rglob("*")):
        mode = 0o700 if path.is_dir() else 0o600
        assert stat.S_IMODE(path.stat().st_mode) == mode, path
    assert {path.stat().st_mtime for path in made.rglob("*.*")} == {FIXED_TIME}


def test_neither_order_nor_deleted_bytes_reach_the_stick(data: Path, stick: Path) -> None:
    workshop = opens(data)
    keys, envelopes = ([envelope_of(16) for _ in range(12)] for _ in "ab")
    gone, leaky = b"deleted long ago" * 200, connect(data)
    leaky.execute("PRAGMA secure_delete = 0")
    leaky.execute("INSERT INTO settings VALUES ('gone', ?)", (gone,))
    leaky.execute("DELETE FROM settings")
    for key, envelope in zip(keys, envelopes, strict=True):
        leaky.execute("INSERT INTO responses VALUES (?, ?, ?)", (key, workshop.id, envelope))
    leaky.close()
    assert gone[:64] in (data / FILE).read_bytes()
    content = (back_up(data, stick) / FILE).read_bytes()
    assert gone[:64] not in content
    by_key = [envelope for _, envelope in sorted(zip(keys, envelopes, strict=True))]
    assert sorted(envelopes, key=content.index) in (by_key, by_key[::-1])


def test_a_workshop_that_is_packed_during_the_backup_is_in_it(
    kari: Kari, amina: Visitor, lena: Lena, data: Path, stick: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    workshop, copy_database = kari.opens(), copies.copy_database
    assert amina.sends(workshop, QUESTIONS).status_code == 201

    def packs_first(source: Path, copy: Path) -> None:
        kari.closes(workshop)
        copy_database(source, copy)

    monkeypatch.setattr(backup, "copy_database", packs_first)
    assert len(list(lena.collects(back_up(data, stick) / "bundles").responses())) == 1


def test_a_file_that_is_still_being_written_stays_out(site: Path, stick: Path) -> None:
    (site / "bundles" / ".half").write_text("half a bundle", encoding="utf-8")
    assert "bundles/.half" not in names(back_up(site, stick))


def test_a_second_backup_of_the_day_takes_the_place_of_the_first(site: Path, stick: Path) -> None:
    back_up(site, stick)
    (site / "surveys" / "ours.toml").unlink()
    (stick / f".kiosk-backup-{LETTERS}-cut-short").mkdir()
    opens(site)
    made = back_up(site, stick)
    assert [path.name for path in stick.iterdir()] == [NAME]
    assert "surveys/ours.toml" not in names(made)
    assert len(Workshops(made).all()) == 2


def test_two_kiosks_on_one_stick_do_not_replace_each_other(
    site: Path, stick: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    opens(other, title="At the other library")
    first, second = back_up(site, stick), back_up(other, stick)
    half = stick / f".{second.name[:-11]}-half"
    half.mkdir()
    for _ in range(2):
        assert (back_up(site, stick), back_up(other, stick)) == (first, second)
        half.mkdir()
        assert back_up(site, stick) == first
        assert half.exists(), "what the other kiosk is writing just now stays"
    half.rmdir()
    assert set(stick.iterdir()) == {first, second}
    assert [workshop.title for workshop in Workshops(first).all()] == ["Draw"]
    assert [workshop.title for workshop in Workshops(second).all()] == ["At the other library"]


def test_each_kiosk_draws_its_letters_once_at_its_first_backup(tmp_path: Path, stick: Path) -> None:
    letters = set()
    for number in range(5):
        data = tmp_path / str(number)
        opens(data)
        assert look_up(data, "kiosk_id") is None
        made = back_up(data, stick)
        found = re.fullmatch(r"kiosk-backup-([a-z]{4})-\d{4}-\d\d-\d\d", made.name)
        assert found
        letters.add(found[1])
        assert look_up(data, "kiosk_id") == look_up(made, "kiosk_id") == found[1]
        assert back_up(data, stick) == made
    assert len(letters) > 1, "drawn, not given"


def test_a_backup_that_fails_leaves_the_earlier_one_as_it_was(site: Path, stick: Path) -> None:
    made = back_up(site, stick)
    before = {path: path.read_bytes() for path in made.rglob("*.*")}
    Settings(site).set("last_backup", "2026-01-01")
    content = bytearray((site / FILE).read_bytes())
    content[8192 * 2 : 8192 * 3] = b"\xaa" * 8192
    (site / FILE).write_bytes(content)
    with pytest.raises(CannotBackUp, match="kiosk doctor"):
        back_up(site, stick)
    assert {path: path.read_bytes() for path in made.rglob("*.*")} == before
    assert [path.name for path in stick.iterdir()] == [NAME]


def test_a_backup_that_cannot_take_its_place_leaves_the_earlier_one_in_it(
    site: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, rename = back_up(site, stick), Path.rename

    def full_at_the_end(path: Path, target: Path) -> Path:
        if target == made and not path.name.endswith("-earlier"):
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", full_at_the_end)
    with pytest.raises(CannotBackUp, match="No space left on device"):
        back_up(site, stick)
    assert [path.name for path in stick.iterdir()] == [NAME]
    assert len(Workshops(made).all()) == 1


def test_a_copy_that_does_not_read_back_is_no_backup(
    site: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "damage", lambda folder: "row 1 missing from index")
    with pytest.raises(CannotBackUp, match="the copy of the database is damaged"):
        back_up(site, stick)
    assert list(stick.iterdir()) == []
    assert look_up(site, "last_backup") is None


def test_the_day_is_remembered_once_the_backup_is_made(site: Path, stick: Path) -> None:
    back_up(site, stick)
    assert look_up(site, "last_backup") == date.today().isoformat()
    assert {path.stat().st_mtime for path in site.glob(f"{FILE}*")} == {FIXED_TIME}


def test_a_kiosk_too_full_to_remember_the_day_has_its_backup_all_the_same(
    site: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(data: Path) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    Settings(site).set("kiosk_id", None)
    monkeypatch.setattr(backup, "prepare", full)
    assert len(Workshops(back_up(site, stick)).all()) == 1


def test_a_stick_that_is_not_there_is_told_and_not_made(site: Path, tmp_path: Path) -> None:
    for folder in (tmp_path / "no-stick", site / "kiosk.toml"):
        with pytest.raises(CannotBackUp, match="Please put in the USB stick"):
            back_up(site, folder)
    assert not (tmp_path / "no-stick").exists()


def test_a_stick_that_cannot_be_written_is_told(
    site: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(**options: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(tempfile, "mkdtemp", refuses)
    with pytest.raises(CannotBackUp, match="Permission denied"):
        back_up(site, stick)


def test_a_backup_inside_the_data_folder_is_refused(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "link").symlink_to(site / "bundles")
    before = names(site)
    monkeypatch.chdir(site)
    for folder in (site, site / "bundles", tmp_path / "link", Path()):
        with pytest.raises(CannotBackUp, match="another disk"):
            back_up(site, folder)
    assert names(site) == before


def test_a_kiosk_that_runs_on_todays_backup_is_not_replaced_by_its_own_copy(
    site: Path, stick: Path
) -> None:
    made = back_up(site, stick)
    with pytest.raises(CannotBackUp, match="another disk"):
        back_up(made, stick)
    assert len(Workshops(made).all()) == 1


def test_where_nothing_is_kept_there_is_nothing_to_back_up(tmp_path: Path, stick: Path) -> None:
    with pytest.raises(CannotBackUp, match="--data"):
        back_up(tmp_path / "dtaa", stick)
    assert not (tmp_path / "dtaa").exists()
    assert list(stick.iterdir()) == []


def test_the_command_says_where_the_backup_is(site: Path, stick: Path) -> None:
    result = CliRunner().invoke(backup_command, [str(stick), "--data", str(site), "--json"])
    assert (result.exit_code, result.output) == (0, f'{{\n  "backup": "{stick / NAME}"\n}}\n')
    result = CliRunner().invoke(backup_command, [str(stick), "--data", str(site)])
    assert result.output.startswith(f"backup: {stick / NAME}\n")
