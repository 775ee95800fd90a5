"""A backup comes back: onto a new laptop, or in the place of what went wrong."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from kiosk.paths import FIXED_TIME
from kiosk.store import restore as restoring
from kiosk.store.backup import back_up
from kiosk.store.database import FILE
from kiosk.store.restore import CannotRestore, restore
from kiosk.store.settings import Settings
from kiosk.store.workshops import Workshops
from tests.cli import kiosk
from tests.conftest import Kari, Lena, Visitor
from tests.server import RealKiosk
from tests.store import opens, rows


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*") if path.is_file() and FILE not in path.name}  # fmt: skip


def test_the_laptop_is_stolen_and_the_backup_comes_back_on_a_new_one(
    kari: Kari, amina: Visitor, lena: Lena, data: Path, stick: Path, tmp_path: Path
) -> None:
    packed, running = kari.opens(title="Monday"), kari.opens(title="Tuesday")
    for workshop in (packed, running):
        assert amina.sends(workshop, {"q01": "4"}).status_code == 201
    kari.closes(packed)
    backup, fresh = back_up(data, stick), tmp_path / "new" / "data"
    told = kiosk("restore", backup, "--data", fresh, "--json")
    assert (told.code, told.json["aside"]) == (0, None), told.err
    assert content(fresh) == content(backup)
    assert rows(fresh, "SELECT * FROM responses") == rows(backup, "SELECT * FROM responses")
    assert stat.S_IMODE((fresh / FILE).stat().st_mode) == 0o600
    assert (fresh / FILE).stat().st_mtime == FIXED_TIME
    other = Kari(Workshops(fresh), kari.study)
    other.closes(other.workshops.get(running.code))
    assert len(list(lena.collects(fresh / "bundles").responses())) == 2


def test_what_was_there_is_set_aside_and_what_is_newer_stays(data: Path, stick: Path) -> None:
    opens(data, title="Before")
    for name in ("studies/one.toml", "kiosk.toml"):
        (data / name).parent.mkdir(exist_ok=True)
        (data / name).write_text("# before", encoding="utf-8")
    backup = back_up(data, stick)
    opens(data, title="After")
    (data / "kiosk.toml").write_text("# after", encoding="utf-8")
    (data / "bundles").mkdir()
    (data / "bundles" / "later.bundle.zip").write_bytes(b"sealed")
    told = kiosk("restore", backup, "--data", data, "--json")
    aside = Path(told.json["aside"])
    assert [one.title for one in Workshops(data).all()] == ["Before"]
    assert {one.title for one in Workshops(aside).all()} == {"Before", "After"}
    assert (data / "kiosk.toml").read_text("utf-8") == "# before"
    assert (aside / "kiosk.toml").read_text("utf-8") == "# after"
    assert (data / "bundles" / "later.bundle.zip").read_bytes() == b"sealed"
    again = kiosk("restore", backup, "--data", data)
    assert again.out.startswith(f"restored: {backup}\nset aside: {aside}-2\n")


def test_a_damaged_backup_or_no_backup_changes_nothing(data: Path, stick: Path) -> None:
    opens(data)
    backup = back_up(data, stick)
    before = (data / FILE).read_bytes()
    (backup / FILE).write_bytes(b"rubbish " * 4096)
    for folder, why in ((backup, "earlier backup"), (stick, "kiosk-backup-"), (data, "own folder")):
        with pytest.raises(CannotRestore, match=why):
            restore(folder, data)
    assert (data / FILE).read_bytes() == before
    assert kiosk("restore", backup, "--data", data).code == 2


def test_a_restore_that_is_cut_short_leaves_the_kiosk_as_it_was(
    data: Path, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opens(data, title="Before")
    backup = back_up(data, stick)
    opens(data, title="After")

    def refuses(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(restoring, "put_in_place", refuses)
    with pytest.raises(CannotRestore, match="Permission denied"):
        restore(backup, data)
    assert {one.title for one in Workshops(data).all()} == {"Before", "After"}
    assert not (data / restoring.FRESH).exists()


def test_a_damaged_kiosk_takes_its_backup_back(data: Path, stick: Path) -> None:
    opens(data, title="Before")
    backup = back_up(data, stick)
    (data / FILE).write_bytes(b"rubbish " * 4096)
    assert kiosk("restore", backup, "--data", data).code == 0
    assert [one.title for one in Workshops(data).all()] == ["Before"]
    assert Settings(data).get("kiosk_id")


def test_a_kiosk_that_runs_is_not_changed_under_its_feet(kiosk: RealKiosk, stick: Path) -> None:
    backup = back_up(kiosk.data, stick)
    from tests.cli import kiosk as command

    (kiosk.data / "kiosk.toml").write_text(f"port = {kiosk.port}\n", encoding="utf-8")
    told = command("restore", backup, "--data", kiosk.data)
    assert told.code == 2
    assert "already uses port" in told.err
