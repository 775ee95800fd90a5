"""Kari's laptop has written rubbish over its database: nothing is dropped in silence."""

from __future__ import annotations

import html
import json
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from kiosk.app import create_app
from kiosk.bundle.freeze import freeze
from kiosk.config import Config
from kiosk.store.copies import FOLDER, keep_copy
from kiosk.store.database import FILE, DamagedDatabase, prepare
from kiosk.store.rescue import last_rescue, rescue
from kiosk.store.settings import Settings
from kiosk.store.workshop import Workshop
from kiosk.store.workshops import Workshops
from tests.cli import kiosk
from tests.conftest import Desk, Kari, Lena, Visitor
from tests.faults.crowd import answers_of
from tests.server import RealKiosk
from tests.store import rows

PAGE = 8192
PEOPLE = 40


@pytest.fixture
def used(kari: Kari, amina: Visitor, app: Flask, data: Path) -> Workshop:
    """A kiosk with a packed workshop in its good copy, and an open one that came after it."""
    earlier = kari.opens(title="Monday")
    assert amina.sends(earlier, answers_of(999)).status_code == 201
    kari.closes(earlier)
    keep_copy(data)
    workshop = kari.opens(title="Tuesday")
    for number in range(PEOPLE):
        assert amina.sends(workshop, answers_of(number)).status_code == 201
    app.extensions["at_end"]()
    return kari.workshops.get(workshop.code)


@pytest.fixture
def again(used: Workshop, data: Path) -> Iterator[list[Flask]]:
    """Kiosks that were started again; they are stopped at the end."""
    started: list[Flask] = []
    yield started
    for one in started:
        one.extensions["at_end"]()


def overwrite(data: Path, table: str, content: bytes = b"\xaa" * PAGE) -> bytes:
    """Let a disk lose one page in the middle of a table; return the damaged file."""
    db = sqlite3.connect(data / FILE)
    pages = db.execute("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf'", (table,))
    found = [row[0] for row in pages]
    db.close()
    file = bytearray((data / FILE).read_bytes())
    at = PAGE * (found[len(found) // 2] - 1)
    file[at : at + PAGE] = content
    (data / FILE).write_bytes(file)
    return bytes(file)


def starts(data: Path, again: list[Flask]) -> Desk:
    again.append(create_app(Config(data=data, address="192.0.2.7")))
    desk = Desk(again[-1].test_client())
    desk.chooses_pin()
    return desk


def told_on(desk: Desk) -> str:
    return html.unescape(desk.gets("/staff/").html)


def test_a_lost_page_is_noticed_and_all_other_answers_are_saved(
    used: Workshop, data: Path, again: list[Flask], lena: Lena
) -> None:
    damaged = overwrite(data, "responses")
    page = told_on(desk := starts(data, again))
    told = last_rescue(Settings(data))
    assert told
    aside = Path(told.folder)
    assert (aside / FILE).read_bytes() == damaged, "set aside as it is"
    assert aside.name.startswith("damaged-")
    assert aside.parent == data
    (saved,) = rows(data, "SELECT count(*) FROM responses")[0]
    assert 0 < told.missing < 10
    assert saved == PEOPLE - told.missing
    assert f"could not be saved: {told.missing}" in page
    assert str(aside) in page
    assert rows(data, "PRAGMA integrity_check") == [("ok",)]
    store = Workshops(data)
    assert store.get(used.code).is_open
    assert len(rows(data, "SELECT digest FROM acknowledged")) == PEOPLE + 1, "no repeat is new"
    assert Visitor(again[0].test_client()).sends(used, answers_of(77)).status_code == 201
    store.close(used.code)
    freeze(store, used.code)
    responses = list(lena.collects(data / "bundles").responses())
    assert len(responses) == saved + 2
    desk.does("/staff/rescued")
    assert "mended itself" not in told_on(desk), "read once, told no more"


def test_a_lost_list_of_workshops_comes_from_the_copy_and_staff_are_warned(
    used: Workshop, data: Path, again: list[Flask]
) -> None:
    overwrite(data, "workshops")
    page = told_on(starts(data, again))
    assert [one.title for one in Workshops(data).all()] == ["Monday"]
    assert "Something may be missing" in page
    assert "last good copy" in page
    assert rows(data, "SELECT count(*) FROM responses") == [(PEOPLE,)], "nothing is dropped"


def test_a_lost_survey_comes_from_the_copy(used: Workshop, data: Path, again: list[Flask]) -> None:
    overwrite(data, "texts")
    starts(data, again)
    found = Workshops(data).all()
    assert {one.title for one in found} == {"Monday", "Tuesday"}
    assert all(one.survey_file for one in found)


def test_a_survey_that_is_lost_for_good_takes_its_workshops_along_and_staff_are_warned(
    used: Workshop, data: Path, again: list[Flask]
) -> None:
    (data / FOLDER / FILE).unlink()
    overwrite(data, "texts")
    assert "Something may be missing" in told_on(starts(data, again))
    assert Workshops(data).all() == []
    assert rows(data, "SELECT count(*) FROM responses") == [(PEOPLE,)], "nothing is dropped"


@pytest.mark.parametrize("rubbish", [b"", b"rubbish " * 4096], ids=["empty", "rubbish"])
def test_a_file_that_is_no_database_any_more_is_replaced_by_the_copy(
    used: Workshop, data: Path, again: list[Flask], rubbish: bytes
) -> None:
    (data / FILE).write_bytes(rubbish)
    page = told_on(starts(data, again))
    assert [one.title for one in Workshops(data).all()] == ["Monday"]
    assert "Something may be missing" in page


def test_a_database_that_is_gone_comes_back_from_the_copy(
    used: Workshop, data: Path, again: list[Flask]
) -> None:
    (data / FILE).unlink()
    assert "last good copy" in told_on(starts(data, again))
    assert [one.title for one in Workshops(data).all()] == ["Monday"]


def test_without_a_good_copy_what_can_be_read_is_saved_and_staff_hear_of_backups(
    used: Workshop, data: Path, again: list[Flask]
) -> None:
    (data / FOLDER / FILE).write_bytes(b"also rubbish")
    overwrite(data, "responses")
    page = told_on(starts(data, again))
    assert {one.title for one in Workshops(data).all()} == {"Monday", "Tuesday"}
    assert "kiosk restore" in page


def test_wherever_one_page_is_lost_the_kiosk_starts_and_says_what_is_missing(
    used: Workshop, data: Path
) -> None:
    sound = (data / FILE).read_bytes()
    for number in range(len(sound) // PAGE):
        damaged = bytearray(sound)
        damaged[PAGE * number : PAGE * (number + 1)] = random.Random(number).randbytes(PAGE)  # noqa: S311 - damage, not a secret
        (data / FILE).write_bytes(damaged)
        told = rescue(data)
        prepare(data)
        assert rows(data, "PRAGMA integrity_check") == [("ok",)]
        (saved,) = rows(data, "SELECT count(*) FROM responses")[0]
        assert told or saved == PEOPLE, f"page {number}: dropped in silence"
        assert not told or not told.whole or saved == PEOPLE


def test_a_sound_database_is_left_alone(used: Workshop, data: Path) -> None:
    before = (data / FILE).read_bytes()
    assert rescue(data) is None
    assert (data / FILE).read_bytes() == before
    assert not list(data.glob("damaged*"))


def test_a_workshop_that_was_deleted_does_not_come_back_with_the_copy(
    used: Workshop, data: Path
) -> None:
    store = Workshops(data)
    store.delete(store.all()[0])
    assert not (data / FOLDER / FILE).exists(), "what is deleted is in no copy"
    keep_copy(data)
    deleted = store.all()[0]
    with sqlite3.connect(data / FOLDER / FILE) as copy:
        left = copy.execute("SELECT title FROM workshops").fetchall()
    copy.close()
    assert left == [(deleted.title,)]


def test_a_command_on_a_damaged_kiosk_changes_nothing_and_says_what_to_do(
    used: Workshop, data: Path
) -> None:
    damaged = b"rubbish " * 4096
    (data / FILE).write_bytes(damaged)
    with pytest.raises(DamagedDatabase):
        prepare(data)
    told = kiosk("workshop", "list", "--data", data)
    assert told.code == 2
    assert "Please start the kiosk (kiosk serve)" in told.err
    assert (data / FILE).read_bytes() == damaged


def test_the_real_kiosk_says_at_its_terminal_what_it_did(kiosk: RealKiosk, data: Path) -> None:
    kiosk.stop()
    keep_copy(data)
    (data / FILE).write_bytes(b"rubbish " * 4096)
    kiosk.start()
    assert "The database was damaged on" in kiosk.output()
    assert kiosk.code in json.dumps([one.code for one in Workshops(data).all()])
