"""Sticks: the right ones are offered, what is saved is on them, and they may be pulled out."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kiosk.opening.new_study import NewStudy
from kiosk.sync.problem import Reason, SendProblem
from kiosk.sync.sticks import FOLDER, Stick, receipts_on, sticks
from tests.sync.desktop import desktop_says
from tests.sync.kiosks import Library

needs_root = "mounting a file system for the test needs root: run the tests as root, as CI does"


@dataclass(frozen=True)
class Mounted:
    device: str
    mountpoint: str
    fstype: str = "vfat"
    opts: str = "rw,relatime"


class Drives:
    """What Linux tells of its drives, laid out as in /sys."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.blocks = folder, folder / "class"
        self.blocks.mkdir(parents=True)

    def has(self, way: str, disk: str, partition: str, *, removable: bool) -> None:
        place = self.folder / "devices" / way / "block" / disk / partition
        place.mkdir(parents=True)
        (place / "partition").write_text("1\n")
        (place.parent / "removable").write_text(f"{int(removable)}\n")
        (self.blocks / disk).symlink_to(place.parent)
        (self.blocks / partition).symlink_to(place)


@pytest.fixture
def drives(tmp_path: Path) -> Drives:
    drives = Drives(tmp_path / "sys")
    drives.has("pci/ata1", "sda", "sda1", removable=False)
    drives.has("pci/ata1b", "sdd", "sdd1", removable=False)
    drives.has("pci/usb1/1-2", "sdb", "sdb1", removable=True)
    drives.has("pci/usb1/1-3", "sdc", "sdc1", removable=False)  # a disk in a USB case
    drives.has("soc/mmc0", "mmcblk0", "mmcblk0p2", removable=False)
    return drives


def folders(tmp_path: Path, *names: str) -> list[str]:
    for name in names:
        (tmp_path / name).mkdir()
    return [str(tmp_path / name) for name in names]


def test_what_can_be_pulled_out_is_offered_and_no_disk_of_the_computer(
    drives: Drives, tmp_path: Path
) -> None:
    data, kari, case = folders(tmp_path, "DATA", "KARI", "CASE")
    found = sticks(
        [Mounted("/dev/sda1", "/"), Mounted("/dev/sdd1", data), Mounted("/dev/sdc1", case),
         Mounted("/dev/sdb1", kari), Mounted("/dev/sr0", "/media/cdrom")],
        drives.blocks,
    )  # fmt: skip
    assert [stick.name for stick in found] == ["CASE", "KARI"]
    assert found[1].free > 0


def test_the_card_that_a_raspberry_pi_runs_from_is_no_stick(drives: Drives, tmp_path: Path) -> None:
    (extra,) = folders(tmp_path, "EXTRA")
    mounted = [Mounted("/dev/mmcblk0p2", "/"), Mounted("/dev/mmcblk0p2", extra)]
    assert sticks(mounted, drives.blocks) == []


def test_a_stick_with_its_lock_shut_is_not_offered(drives: Drives, tmp_path: Path) -> None:
    (locked,) = folders(tmp_path, "LOCKED")
    assert sticks([Mounted("/dev/sdb1", locked, opts="ro,relatime")], drives.blocks) == []


def test_a_stick_that_is_just_pulled_out_hides_no_other(drives: Drives, tmp_path: Path) -> None:
    (case,) = folders(tmp_path, "CASE")
    mounted = [Mounted("/dev/sdb1", str(tmp_path / "GONE")), Mounted("/dev/sdc1", case)]
    assert [stick.name for stick in sticks(mounted, drives.blocks)] == ["CASE"]


@pytest.fixture
def stick(tmp_path: Path) -> Iterator[Stick]:
    """A small file system of its own, mounted as a stick would be; it has room for 100 kB."""
    assert os.geteuid() == 0, needs_root
    folder = tmp_path / "KARI"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=100k", "tmpfs", folder], check=True)
    yield Stick(folder, "tmpfs", shutil.disk_usage(folder).free)
    subprocess.run(["umount", folder], check=True)


@pytest.fixture
def library(tmp_path: Path, study: NewStudy) -> Library:
    return Library(tmp_path / "data", study, "")


def test_what_is_saved_is_on_the_stick_byte_for_byte(library: Library, stick: Stick) -> None:
    draw = library.packs("Draw", 5, 4)
    for _ in range(2):
        assert len(library.outbox.save_to(stick)) == 1
    (saved,) = (stick.folder / FOLDER).iterdir()
    assert saved.name == draw.bundle
    assert saved.read_bytes() == (library.data / "bundles" / saved.name).read_bytes()
    parcel = library.outbox.parcel_of(draw)
    assert parcel
    assert (parcel.on_stick, parcel.is_here) == (True, True), "the kiosk keeps its own copy"


def test_a_full_stick_is_told_and_keeps_no_half(library: Library, stick: Stick) -> None:
    draw = library.packs("Draw", *[5] * 3)
    (stick.folder / "holiday.jpg").write_bytes(b"x" * (stick.free - 4096))
    with pytest.raises(SendProblem) as told:
        library.outbox.save_to(stick)
    assert told.value.reason is Reason.FULL
    assert list((stick.folder / FOLDER).iterdir()) == []
    parcel = library.outbox.parcel_of(draw)
    assert parcel
    assert not parcel.on_stick


def test_a_stick_without_room_for_a_folder_is_full(library: Library, stick: Stick) -> None:
    library.packs("Draw", 5)
    subprocess.run(["mount", "-o", "remount,nr_inodes=1", stick.folder], check=True)
    with pytest.raises(SendProblem) as told:
        library.outbox.save_to(stick)
    assert told.value.reason is Reason.FULL


def test_a_desktop_that_does_not_let_go_in_time_takes_nothing_back(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    draw = library.packs("Draw", 5)
    desktop_says(tmp_path, monkeypatch, "sleep 600")
    monkeypatch.setattr("kiosk.sync.sticks.LET_GO_SECONDS", 0)
    (folder,) = folders(tmp_path, "KARI")
    assert library.outbox.save_to(Stick(Path(folder), "/dev/sdz1", 8_000_000_000))
    parcel = library.outbox.parcel_of(draw)
    assert parcel
    assert parcel.on_stick


def test_what_cannot_be_read_on_a_stick_hides_no_receipt(tmp_path: Path) -> None:
    (folder,) = folders(tmp_path, "KARI")
    (tmp_path / "KARI" / "a.receipt.json").mkdir()
    (tmp_path / "KARI" / "b.receipt.json").symlink_to("nowhere")
    (tmp_path / "KARI" / "c.receipt.json").write_bytes(b"signed")
    assert receipts_on(Stick(Path(folder), "none", 0), ".receipt.json", 100_000) == [b"signed"]


def test_a_stick_that_takes_nothing_is_told(library: Library, stick: Stick) -> None:
    library.packs("Draw", 5)
    subprocess.run(["mount", "-o", "remount,ro", stick.folder], check=True)
    with pytest.raises(SendProblem) as told:
        library.outbox.save_to(stick)
    assert told.value.reason is Reason.RIGHTS
