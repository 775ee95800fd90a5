"""Somebody has filled the disk with films: nothing acknowledged is lost, and staff are told."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask

from kiosk.app import create_app
from kiosk.config import Config
from kiosk.files import DiskFull
from kiosk.opening.new_study import NewStudy
from kiosk.store.backup import CannotBackUp, back_up
from kiosk.store.database import prepare
from kiosk.store.workshop import Workshop
from kiosk.store.workshops import Workshops
from kiosk.sync.logins import Login, Logins
from tests.cli import kiosk
from tests.conftest import PIN, Desk, Kari, Lena, Visitor
from tests.faults.crowd import answers_of
from tests.faults.small_disk import PAGE, SmallDisk, on_a_small_disk, small_disk
from tests.store import opens, rows

ROOM = (*range(0, 40 * PAGE, 3 * PAGE), 300 * PAGE)  # from nothing at all to enough for everything
TOLD = "The disk of this computer is full."
SAFE = "what was saved before is safe"
Act = Callable[[Desk, Workshop], tuple[str, dict[str, object]]]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk") as disk:
        yield disk


@pytest.fixture
def data(disk: SmallDisk) -> Path:
    return disk.folder / "data"


def is_there(disk: SmallDisk, number: int) -> None:
    """Check that so many responses are there, and whole."""
    data = disk.folder / "data"
    assert rows(data, "PRAGMA integrity_check") == [("ok",)]
    assert rows(data, "SELECT count(*) FROM responses") == [(number,)]
    assert rows(data, "SELECT sum(complete + partial) FROM workshops") == [(number,)]


@on_a_small_disk
def test_participants_keep_their_answers_until_there_is_room(
    disk: SmallDisk, kari: Kari, amina: Visitor, lena: Lena
) -> None:
    workshop, stored, refused = kari.opens(), 0, 0
    for number, room in enumerate(ROOM):
        disk.fills(leaving=room)
        first = amina.sends(workshop, answers_of(number), submission_id=f"{number:024}")
        disk.empties()
        assert first.status_code in (201, 503)
        if first.status_code == 503:
            assert first.json is not None
            assert first.json["stored"] is first.json["final"] is False, "the page sends it again"
            refused += 1
            is_there(disk, stored)
            again = amina.sends(workshop, answers_of(number), submission_id=f"{number:024}")
            assert again.status_code == 201
        stored += 1
        is_there(disk, stored)
    assert refused
    collected = sorted(one.values for one in lena.collects(kari.closes(workshop)).responses())
    assert [one[:10] for one in collected] == sorted(
        tuple(int(value) for value in answers_of(number).values())[:10] for number in range(stored)
    )


def plan(**fields: object) -> dict[str, object]:
    tomorrow = (date.today() + timedelta(days=1)).isoformat()
    return {"survey": "workshop", "study": "the-study", "title": "Draw", "site": "The library",
            "tool": "", "day": tomorrow, "time": "17:30", "languages": ["en"],
            "idle_minutes": "3", "tickets": None, **fields}  # fmt: skip


ACTS: dict[str, Act] = {
    "planning": lambda desk, workshop: ("/staff/new", plan()),
    "changing": lambda desk, workshop: (
        f"/staff/w/{workshop.code}/edit", plan(title="New", tickets="1")
    ),
    "closing": lambda desk, workshop: (f"/staff/w/{workshop.code}/close", {"present": "12"}),
    "opening": lambda desk, workshop: (f"/staff/w/{workshop.code}/open", {}),
    "self-report": lambda desk, workshop: (
        f"/staff/w/{workshop.code}/report/planning", {"p6": "We drew. " * 200, "finish": "yes"}
    ),
    "tickets": lambda desk, workshop: (f"/staff/w/{workshop.code}/tickets", {"number": "40"}),
    "Wi-Fi": lambda desk, workshop: (
        f"/staff/w/{workshop.code}/wifi", {"wifi_name": "Library", "back": "wall"}
    ),
    "language": lambda desk, workshop: ("/staff/language", {"language": "en"}),
    "PIN": lambda desk, workshop: (
        "/staff/settings/pin", {"old": PIN, "pin": PIN, "again": PIN}
    ),
}  # fmt: skip


@on_a_small_disk
def test_staff_are_told_what_is_the_matter_and_go_on_once_there_is_room(
    disk: SmallDisk, kari: Kari, desk: Desk, amina: Visitor
) -> None:
    workshop = kari.opens()
    for number in range(8):
        assert amina.sends(workshop, answers_of(number)).status_code == 201
    told = set()
    for name, act in ACTS.items():
        for room in (0, 3 * PAGE, 8 * PAGE, 14 * PAGE):
            path, fields = act(desk, workshop)
            fields["csrf"] = desk.sign
            given = {field: value for field, value in fields.items() if value is not None}
            disk.fills(leaving=room)
            sent = desk.client.post(path, data=given)
            disk.empties()
            if sent.status_code == 507:
                assert TOLD in sent.text
                assert SAFE in sent.text
                told.add(name)
            else:
                assert sent.status_code in (200, 303), (name, room, sent.status_code)
            is_there(disk, 8)
        again = desk.client.post(path, data=given | {"csrf": desk.sign})
        assert again.status_code in (200, 303), name
    assert ACTS.keys() - told == set()


ALERTS = ("The disk of this computer is full: answers", "Answers cannot be saved on this computer")


def told_to_whoever_watches(desk: Desk, workshop: Workshop) -> list[str]:
    """Return what stands on the workshop's page and on the list; the page's script hears of it."""
    pages = [desk.client.get(path).text for path in (f"/staff/w/{workshop.code}/", "/staff/")]
    shown = [[one for one in ALERTS if re.search(rf'data-if="\w+">(?:(?!<p).)*{one}', page)]
             for page in pages]  # fmt: skip
    status = desk.client.get(f"/staff/w/{workshop.code}/status").json
    assert status
    heard = [alert for alert, name in zip(ALERTS, ("disk_full", "cannot_save"), strict=True)
             if status[name]]  # fmt: skip
    assert shown == [heard, heard]
    return heard


@on_a_small_disk
def test_who_only_watches_is_told_that_answers_wait_and_when_they_come_again(
    disk: SmallDisk, kari: Kari, desk: Desk, amina: Visitor
) -> None:
    workshop = kari.opens()
    assert told_to_whoever_watches(desk, workshop) == []
    disk.fills()
    assert amina.sends(workshop, answers_of(1)).status_code == 503
    assert told_to_whoever_watches(desk, workshop) == [ALERTS[0]]
    disk.empties()
    assert amina.sends(workshop, answers_of(1)).status_code == 201
    assert told_to_whoever_watches(desk, workshop) == []


@on_a_small_disk
def test_on_a_disk_that_takes_nothing_answers_wait_until_it_does(
    disk: SmallDisk, app: Flask, kari: Kari, desk: Desk
) -> None:
    """A worn card, a stick with its lock on: the kiosk reads, and nothing can be written."""
    data = disk.folder / "data"
    workshop = kari.opens()
    app.extensions["at_end"]()
    assert desk.is_in()
    disk.locks()
    app = create_app(Config(data=data))
    amina, desk = Visitor(app.test_client()), Desk(app.test_client())
    desk.signs_in()
    assert workshop.code in amina.gets(f"/w/{workshop.code}").html
    assert amina.sends(workshop, answers_of(1)).status_code == 503
    assert told_to_whoever_watches(desk, workshop) == [ALERTS[1]]
    told = desk.posts(f"/staff/w/{workshop.code}/close", 500, present="12")
    assert "Something went wrong here." in told.text
    assert "What was saved before is safe." in told.text
    disk.unlocks()
    assert amina.sends(workshop, answers_of(1)).status_code == 503, "still the old connection"
    assert amina.sends(workshop, answers_of(1)).status_code == 201
    assert told_to_whoever_watches(desk, workshop) == []
    app.extensions["at_end"]()
    is_there(disk, 1)


@on_a_small_disk
def test_commands_on_a_disk_that_takes_nothing_say_what_to_look_at(
    disk: SmallDisk, study: NewStudy
) -> None:
    data = disk.folder / "data"
    workshop = opens(data)
    disk.locks()
    told = kiosk("workshop", "close", workshop.code, "--data", data)
    assert told.code == 2
    assert f"Nothing can be written into {data}" in told.err
    assert "write-protected" in told.err
    pin = kiosk("staff", "forget-pin", "--data", data)
    assert (pin.code, pin.out) == (2, "")
    assert f"Nothing can be written into {data}" in pin.err
    none = kiosk("workshop", "list", "--data", disk.folder / "other")
    assert none.code == 2
    assert f"Nothing can be written into {disk.folder / 'other'}" in none.err
    kept = kiosk("study", "install", study.file, "--data", data)
    assert kept.code == 2
    assert "write-protected" in kept.err
    disk.unlocks()
    assert kiosk("workshop", "close", workshop.code, "--data", data).code == 0


@on_a_small_disk
def test_packing_waits_for_room_and_no_envelope_goes_before(
    disk: SmallDisk, kari: Kari, desk: Desk, amina: Visitor, lena: Lena
) -> None:
    told, packed = 0, 0
    for number, room in enumerate(ROOM):
        workshop = kari.opens(title=f"Number {number}")
        for one in range(3):
            assert amina.sends(workshop, answers_of(one)).status_code == 201
        kari.workshops.close(workshop.code)
        fields = {"csrf": desk.sign}
        disk.fills(leaving=room)
        sent = desk.client.post(f"/staff/w/{workshop.code}/pack", data=fields)
        disk.empties()
        assert sent.status_code == 303 or (sent.status_code == 507 and TOLD in sent.text)
        told += sent.status_code == 507
        packed += sent.status_code == 303
        bundle = kari.closes(workshop)
        assert len(list(lena.collects(bundle).responses())) == 3
        assert [path.name for path in bundle.parent.iterdir()] == [bundle.name], "nothing is left"
        kari.workshops.delete(kari.workshops.get(workshop.code))
        bundle.unlink()
    assert told
    assert packed


@on_a_small_disk
def test_a_kiosk_on_a_full_disk_starts_and_answers(
    disk: SmallDisk, app: Flask, kari: Kari, amina: Visitor
) -> None:
    workshop = kari.opens()
    assert amina.sends(workshop, answers_of(1)).status_code == 201
    app.extensions["at_end"]()  # it tidies up after the answer, and gives room back
    disk.fills()
    app = create_app(Config(data=disk.folder / "data"))
    visitor = Visitor(app.test_client())
    assert workshop.code in visitor.gets(f"/w/{workshop.code}").html
    assert visitor.sends(workshop, answers_of(2)).status_code == 503
    disk.empties()
    assert visitor.sends(workshop, answers_of(2)).status_code == 201
    app.extensions["at_end"]()
    is_there(disk, 2)


@on_a_small_disk
def test_a_new_kiosk_on_a_full_disk_says_so_and_begins_once_there_is_room(disk: SmallDisk) -> None:
    data = disk.folder / "data"
    disk.fills()
    with pytest.raises(DiskFull, match="empty the recycle bin"):
        prepare(data)
    told = kiosk("workshop", "list", "--data", data)
    assert (told.code, told.err) == (2, f"Error: {DiskFull()}\n")
    disk.empties()
    prepare(data)
    assert Workshops(data).all() == []


@on_a_small_disk
def test_a_backup_onto_a_full_stick_says_so_and_leaves_the_earlier_one(
    disk: SmallDisk, tmp_path: Path
) -> None:
    data, stick = tmp_path / "laptop", disk.folder / "stick"
    stick.mkdir()
    workshop = opens(data)
    made = back_up(data, stick)
    before = (made / "kiosk.db").read_bytes()
    disk.fills()
    with pytest.raises(CannotBackUp, match="full"):
        back_up(data, stick)
    assert list(stick.iterdir()) == [made]
    assert (made / "kiosk.db").read_bytes() == before
    disk.empties()
    assert Workshops(back_up(data, stick)).get(workshop.code)


@on_a_small_disk
def test_a_full_kiosk_can_be_backed_up_elsewhere(disk: SmallDisk, tmp_path: Path) -> None:
    data = disk.folder / "data"
    workshop = opens(data)
    (tmp_path / "stick").mkdir()
    disk.fills()
    assert Workshops(back_up(data, tmp_path / "stick")).get(workshop.code)


@on_a_small_disk
def test_a_login_or_a_study_that_finds_no_room_leaves_the_former(
    disk: SmallDisk, kari: Kari, desk: Desk
) -> None:
    data = disk.folder / "data"
    logins = Logins(data)
    logins.keep("https://example.org", Login(user="kari"))
    study = kari.study.file.read_bytes()
    before = sorted(path.name for path in data.rglob("*"))
    disk.fills()
    for act in (
        lambda: logins.keep("https://example.org", Login(user="kari", password="x" * 5000)),
        lambda: shutil.copy(kari.study.file, data / "studies" / "copy"),
    ):
        with pytest.raises(OSError, match="No space left"):
            act()
    (data / "studies" / "copy").unlink(missing_ok=True)
    told = kiosk("study", "install", kari.study.file, "--data", data)
    assert (told.code, told.err) == (2, f"Error: {DiskFull()}\n")
    disk.empties()
    assert logins.of("https://example.org") == Login(user="kari")
    assert next((data / "studies").glob("*.toml")).read_bytes() == study
    assert sorted(path.name for path in data.rglob("*")) == before, "nothing is left behind"
