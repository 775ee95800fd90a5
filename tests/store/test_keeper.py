"""Nobody thinks of backups; the kiosk does, between workshops."""

from __future__ import annotations

import time
from datetime import date, timedelta
from pathlib import Path

import pytest

from kiosk.paths import FIXED_TIME
from kiosk.store import keeper as keeping
from kiosk.store.backup import back_up
from kiosk.store.copies import FOLDER, good_copy
from kiosk.store.database import FILE
from kiosk.store.keeper import BACKUPS, Keeper
from kiosk.store.workshops import Workshops
from tests.conftest import Desk
from tests.server import RealKiosk, free_port
from tests.store import opens, plans, rows

TODAY = date.today().isoformat()


@pytest.fixture
def disk(tmp_path: Path) -> Path:
    """Another disk."""
    folder = tmp_path / "disk"
    folder.mkdir()
    return folder


def test_between_workshops_a_good_copy_and_a_backup_a_day_are_made(data: Path, disk: Path) -> None:
    workshop = plans(data)
    keeper = Keeper(data, str(disk))
    keeper.round()
    (backup,) = disk.iterdir()
    assert backup.name.endswith(TODAY)
    copy = good_copy(data)
    assert copy
    assert copy.stat().st_mtime == FIXED_TIME
    assert rows(backup, "SELECT code FROM workshops") == [(workshop.code,)]
    assert rows(copy.parent, "SELECT code FROM workshops") == [(workshop.code,)]
    made = (backup / FILE).stat().st_ino
    keeper.round()
    plans(data, title="Another")
    keeper.round()
    assert (backup / FILE).stat().st_ino == made, "one backup a day"
    assert rows(copy.parent, "SELECT count(*) FROM workshops") == [(2,)], "the copy follows"


def test_while_a_workshop_is_open_no_copy_divides_its_answers(data: Path, disk: Path) -> None:
    workshop = opens(data)
    keeper = Keeper(data, str(disk))
    keeper.round()
    assert list(disk.iterdir()) == []
    assert not (data / FOLDER).exists()
    Workshops(data).close(workshop.code)
    keeper.round()
    assert len(list(disk.iterdir())) == 1
    assert good_copy(data)


def test_what_does_not_change_is_not_copied_again(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans(data)
    keeper, copies = Keeper(data), list[Path]()
    monkeypatch.setattr(keeping, "keep_copy", copies.append)
    for _ in range(3):
        keeper.round()
    assert len(copies) == 1


def test_the_oldest_backups_go_and_other_kiosks_stay(data: Path, disk: Path) -> None:
    plans(data)
    first = back_up(data, disk)
    for days in range(1, BACKUPS + 3):
        day = (date.today() - timedelta(days=days)).isoformat()
        old = disk / first.name.replace(TODAY, day)
        old.mkdir()
        (old / FILE).write_bytes(b"")
    other = disk / f"kiosk-backup-zzzz-{TODAY}"
    other.mkdir()
    (other / FILE).write_bytes(b"")
    first.rename(disk / first.name.replace(TODAY, "2020-01-01"))
    Keeper(data, str(disk)).round()
    mine = sorted(path.name for path in disk.iterdir() if path != other)
    assert len(mine) == BACKUPS
    assert mine[-1] == first.name
    assert other.exists()


def test_a_disk_that_is_not_there_is_told_to_staff_until_it_is_back(
    desk: Desk, data: Path, tmp_path: Path
) -> None:
    keeper = desk.client.application.extensions["keeper"] = Keeper(data, str(tmp_path / "disk"))
    keeper.round()
    assert "backup could not be made" in desk.gets("/staff/").html
    assert good_copy(data), "the copy beside the database is made all the same"
    (tmp_path / "disk").mkdir()
    keeper.round()
    assert "backup could not be made" not in desk.gets("/staff/").html


def test_a_kiosk_that_runs_makes_its_backup_by_itself(kiosk: RealKiosk, disk: Path) -> None:
    kiosk.closes()
    kiosk.stop()
    (kiosk.data / "kiosk.toml").write_text(f'backup_to = "{disk}"\n', encoding="utf-8")
    kiosk.port = free_port()
    kiosk.here = f"http://127.0.0.1:{kiosk.port}"
    kiosk.start()
    for _ in range(200):
        if [path for path in disk.iterdir() if not path.name.startswith(".")]:
            return
        time.sleep(0.05)
    raise AssertionError("no backup")
