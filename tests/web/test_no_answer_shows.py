"""Whatever people answered, the pages of everybody in the building stay the same (P14)."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kiosk.app import create_app
from kiosk.config import Config
from kiosk.languages import LANGUAGES
from kiosk.store.workshop import Workshop
from kiosk.store.workshops import Workshops
from kiosk.web.staff import plan_form
from kiosk.web.staff.sessions import COOKIE
from tests.conftest import Desk, Kari, Lena, Visitor
from tests.web import routes, shows_the_survey, words

ITEMS = [f"q{number:02}" for number in range(1, 16)]
PEOPLE = 7
Answers = list[dict[str, int]]
Views = dict[tuple[str, str], str]

# Rooms of seven people each. What somebody answers to an item differs as much as it can.
ROOMS: dict[str, Answers] = {
    "all of them very happy": [dict.fromkeys(ITEMS, 5)] * PEOPLE,
    "all of them very sad": [dict.fromkeys(ITEMS, 1)] * PEOPLE,
    "each item with a pattern of its own": [
        {item: (number * person + number) % 5 + 1 for number, item in enumerate(ITEMS)}
        for person in range(PEOPLE)
    ],
    "it does not fit": [dict.fromkeys(ITEMS, 97)] * PEOPLE,
    "one against six": [dict.fromkeys(ITEMS, 1), *[dict.fromkeys(ITEMS, 5)] * (PEOPLE - 1)],
    "six against one": [*[dict.fromkeys(ITEMS, 5)] * (PEOPLE - 1), dict.fromkeys(ITEMS, 1)],
}
# The same seven, but some left questions open.
SKIPPED: dict[str, Answers] = {
    "nobody skips": [dict.fromkeys(ITEMS, 3)] * PEOPLE,
    "everybody skips half": [dict.fromkeys(ITEMS[:8], 3)] * PEOPLE,
    "one skips all": [{}, *[dict.fromkeys(ITEMS, 3)] * (PEOPLE - 1)],
    "some would rather not say": [dict.fromkeys(ITEMS, 98), *[dict.fromkeys(ITEMS, 3)] * 6],
}


class Noon(datetime):
    """The plan's form proposes two o'clock, however long the test takes."""

    @classmethod
    def now(cls, tz: object = None) -> Noon:
        return cls(2026, 5, 4, 12, 0)


@dataclass
class Twins:
    """Makes kiosks that are the same to the last byte until somebody answers."""

    template: Path
    data: Path
    code: str
    cookie: str

    def after(self, room: Answers, tags: list[str]) -> Views:
        """Let a room answer, each in a language; return all that can be fetched at each stage."""
        shutil.rmtree(self.data, ignore_errors=True)
        shutil.copytree(self.template, self.data)
        app = create_app(Config(data=self.data, address="192.0.2.7"))
        phone_test = app.extensions["phone_test"]
        phone_test.secret, phone_test.start = "fixed", lambda: None
        workshops: Workshops = app.extensions["workshops"]
        workshop = workshops.get(self.code)
        for answers, tag in zip(room, tags, strict=True):
            sent = Visitor(app.test_client(use_cookies=False)).sends(workshop, answers, tag)
            assert sent.status_code == 201
        views = self._views(app, workshop)
        app.extensions["intake"].stop()
        return views

    def _views(self, app: Flask, workshop: Workshop) -> Views:
        desk = Desk(app.test_client())
        desk.client.set_cookie(COOKIE, self.cookie, path="/staff")
        here = f"/staff/w/{workshop.code}"
        steps: dict[str, Callable[[], object]] = {
            "open": lambda: None,
            "closed": lambda: desk.posts(f"{here}/close", present="9", said_no="1"),
            "packed": lambda: desk.posts(f"{here}/pack"),
            "counted anew": lambda: desk.posts(f"{here}/headcount", present="5"),
            "packed anew": lambda: desk.posts(f"{here}/pack"),
        }
        views: Views = {}
        for step, act in steps.items():
            act()
            known = app.extensions["workshops"].get(workshop.code)
            for route in routes(app, known):
                if route.method == "GET":
                    views[step, route.path] = seen(desk.client, route.path, known)
        return views


def seen(client: FlaskClient, path: str, workshop: Workshop) -> str:
    """Return all that an answer holds, without what is drawn anew each time."""
    answer = client.get(path, buffered=True)
    if answer.mimetype == "application/zip":
        return f"{answer.status} {parcel(answer.data)}"
    headers = sorted((name, value) for name, value in answer.headers if name != "Content-Length")
    text = f"{answer.status} {headers}\n{answer.data.decode(errors='replace')}"
    text = re.sub(r'(name="submission_id" value=)"[\w-]+"', r"\1", text)
    text = re.sub(r"The clock of this computer says [^<]*|The disk has [^<]*", "", text)
    return text.replace(workshop.bundle, "its bundle") if workshop.bundle else text


def parcel(bundle: bytes) -> list[tuple[str, int, str]]:
    """Return what somebody without the key sees of a bundle: names, sizes, and what is open."""
    found = []
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        for name in archive.namelist():
            content, text = archive.read(name), ""
            if name.endswith(".age"):
                content = content[content.index(b"\n--- ") :]  # before it, age adds random grease
            elif name != "SHA256SUMS":
                text = content.decode()
            found.append((re.sub("[0-9a-f]{32}", "random", name), len(content), text))
    return sorted(found)


@pytest.fixture
def twins(
    app: Flask, kari: Kari, desk: Desk, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Twins:
    monkeypatch.setattr(plan_form, "datetime", Noon)
    workshop = kari.opens(ends_at=datetime.now() + timedelta(days=300))
    desk.posts(f"/staff/w/{workshop.code}/report/planning", p6="We drew.", finish="yes")
    cookie = desk.client.get_cookie(COOKIE, path="/staff")
    assert cookie
    app.extensions["intake"].stop()
    template = data.rename(tmp_path / "template")
    return Twins(template, data, workshop.code, cookie.value)


def differing(first: Views, second: Views) -> dict[tuple[str, str], list[str]]:
    """Return where two kiosks differ, and in which lines."""
    assert first.keys() == second.keys()
    return {
        place: sorted(set(second[place].splitlines()) ^ set(first[place].splitlines()))[:4]
        for place in first
        if first[place] != second[place]
    }


def test_no_page_and_no_download_changes_when_only_the_answers_differ(twins: Twins) -> None:
    tags = list(LANGUAGES)
    first, *others = (
        twins.after(room, tags[number : number + PEOPLE])
        for number, room in enumerate(ROOMS.values())
    )
    staff = {path for _, path in first if path.startswith("/staff")}
    assert len(staff) >= 15
    assert {view[:3] for view in first.values()} == {"200", "303", "404", "410"}
    for name, other in zip(list(ROOMS)[1:], others, strict=True):
        assert differing(first, other) == {}, name


def test_no_page_tells_how_many_questions_somebody_answered(twins: Twins) -> None:
    """With one person in the room, a share of complete answers is an answer about that person."""
    first, *others = (twins.after(room, ["en"] * PEOPLE) for room in SKIPPED.values())
    for name, other in zip(list(SKIPPED)[1:], others, strict=True):
        found = differing(first, other)
        pages = {place: lines for place, lines in found.items() if "/bundle" not in place[1]}
        assert pages == {}, name


def test_this_test_would_see_a_page_that_changes(twins: Twins) -> None:
    """One more person is one more to count: on the staff's pages, and on them alone."""
    two, one = (
        twins.after([dict.fromkeys(ITEMS, 4)] * number, ["ar"] * number) for number in (2, 1)
    )
    changed = {path for _, path in differing(one, two)}
    here = f"/staff/w/{twins.code}"
    assert changed == {
        "/staff/", f"{here}/", f"{here}/status", f"{here}/delete", f"{here}/bundle",
        f"{here}/paper/type",
    }  # fmt: skip


def test_no_page_of_a_participant_tells_that_anybody_has_answered(
    app: Flask, kari: Kari, amina: Visitor
) -> None:
    """Ola may know nothing, not even a count."""
    workshop = kari.opens()

    def pages() -> Views:
        return {
            ("", route.path): seen(amina.client, route.path, workshop)
            for route in routes(app, workshop)
            if route.method == "GET" and not route.path.startswith("/staff")
        }

    before = pages()
    for value in (1, 5):
        assert amina.sends(workshop, dict.fromkeys(ITEMS, value)).status_code == 201
    amina.sends(workshop, {"outcome": "declined"})
    assert len(before) >= 9
    assert differing(before, pages()) == {}


def test_what_the_counts_are_updated_with_is_counts_alone(
    desk: Desk, kari: Kari, amina: Visitor
) -> None:
    workshop = kari.opens()
    amina.sends(workshop, dict.fromkeys(ITEMS, 5))
    amina.sends(workshop, {"q01": 1})
    amina.sends(workshop, {"outcome": "declined"})
    answer = desk.client.get(f"/staff/w/{workshop.code}/status")
    assert answer.json == {
        "state": "open", "sent": 2, "declined": 1, "timed_out": 0, "waiting": 0, "screens": 0,
        "address": f"http://192.0.2.7:8080/w/{workshop.code}",
        "disk_full": False, "cannot_save": False,
    }  # fmt: skip


def test_neither_questions_nor_answers_stand_on_a_staff_page_and_lena_has_them_all(
    app: Flask, desk: Desk, kari: Kari, amina: Visitor, lena: Lena
) -> None:
    workshop = kari.opens()
    marked = [{item: (number + person) % 5 + 1 for number, item in enumerate(ITEMS)}
              for person in range(PEOPLE)]  # fmt: skip
    for answers in marked:
        amina.sends(workshop, answers, tag="ti")
    bundle = kari.closes(workshop)
    for route in routes(app, workshop):
        answer = desk.client.get(route.path, buffered=True)
        if route.path.startswith("/staff") and answer.mimetype == "text/html" and answer.text:
            if answer.status_code != 200:
                continue
            page = desk.gets(route.path)
            if shows_the_survey(route):
                continue  # never an answer, as the twins have shown
            assert not re.search(r"\bq\d\d\b", words(page)), route
            assert "I can use" not in words(page).replace("“I can use … on my own now.”", ""), route
    found = sorted(response.values for response in lena.collects(bundle).responses())
    assert found == sorted(tuple(answers.values()) for answers in marked)
