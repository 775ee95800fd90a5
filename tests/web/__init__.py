"""The pages, fetched without a browser."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from flask import Flask

from kiosk.store.database import FILE
from kiosk.store.workshop import Workshop
from kiosk.web.doors import door_of
from tests.conftest import Desk, Kari
from tests.page import Page

STAFF_DOORS = ("facilitator", "sign-in")
ALL = {f"q{n:02}": 4 for n in range(1, 16)}


class Clock:
    """A clock that stands still until somebody lets seconds pass."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds

    def passes(self, seconds: float) -> None:
        self.seconds += seconds


class Route(NamedTuple):
    """One way in: its address, filled in for a workshop, its method and its door."""

    path: str
    method: str
    door: str | None


def routes(app: Flask, workshop: Workshop) -> list[Route]:
    """Return all routes of the kiosk; a new one with a new kind of value must be named here."""
    values = {
        "code": workshop.code, "form": "planning", "tag": "en", "key": workshop.screen_key,
        "secret": app.extensions["phone_test"].secret, "name": "latin",
    }  # fmt: skip
    found = []
    for rule in app.url_map.iter_rules():
        unknown = rule.arguments - set(values)
        assert not unknown, f"{rule}: please say here what to try for {unknown}"
        built = rule.build({name: values[name] for name in rule.arguments})
        assert built, rule
        methods = sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
        found += [Route(built[1], method, door_of(app, rule.endpoint)) for method in methods]
    return found


def staff_routes(app: Flask, workshop: Workshop) -> list[Route]:
    """Return the routes that only staff may use."""
    return [route for route in routes(app, workshop) if route.door in STAFF_DOORS]


def shows_the_survey(route: Route) -> bool:
    """Tell whether a staff page shows the participants' own texts: to print, to read aloud."""
    return "/paper/" in route.path or route.path == "/staff/recording/"


def packs(kari: Kari, workshop: Workshop) -> Workshop:
    """Let Kari close and pack a workshop; return it as it is then."""
    kari.closes(workshop)
    return kari.workshops.get(workshop.code)


def words(page: Page) -> str:
    """Return the words in a page's main part."""
    return page.text(page.all("main")[0])


def alert(page: Page) -> str:
    """Return what a page warns of."""
    return " ".join(page.text(e) for e in page.tree.iter() if e.attrib.get("role") == "alert")


def field(page: Page, name: str) -> str:
    """Return what stands in a field of a form."""
    for element in (*page.all("input"), *page.all("textarea")):
        if element.attrib.get("name") == name:
            return element.attrib.get("value") or page.text(element)
    raise AssertionError(f"there is no field {name}")


def kept(data: Path) -> dict[str, object]:
    """Return everything a kiosk keeps: the rows of each table, and the bytes of other files."""
    found: dict[str, object] = {
        str(path): path.read_bytes()
        for path in data.rglob("*")
        if path.is_file() and not path.name.startswith(FILE)
    }
    with closing(sqlite3.connect(data / FILE)) as db:
        tables = db.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            found[table] = sorted(db.execute(f"SELECT * FROM {table}").fetchall(), key=repr)  # noqa: S608 - names are ours
    return found


def says(desk: Desk, path: str) -> str:
    """Return the words on a staff page."""
    return words(desk.gets(path))
