"""Every route names its door, and Ola comes through none of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask
from itsdangerous.timed import TimestampSigner
from werkzeug.test import TestResponse

from kiosk import network
from kiosk.app import create_app
from kiosk.config import Config
from kiosk.store.database import prepare
from kiosk.store.settings import Settings
from kiosk.web.doors import DOORS, door_of
from kiosk.web.staff.sessions import COOKIE, LONGEST_SECONDS, Sessions, StaffSession
from tests.conftest import SIGN, Desk, Kari, Visitor
from tests.web import STAFF_DOORS, Route, packs, routes, staff_routes

LAN = "192.0.2.7"
PHONE = "192.0.2.44"
OWN_NAMES = ("127.0.0.1", "localhost", "LOCALHOST:8080", "[::1]:8080")
OTHER_NAMES = (
    "evil.example", "evil.example:8080", "127.0.0.1.evil.example", "localhost.evil.example",
    "localhost@evil.example", "evil.example#localhost", "127.0.0.2", f"{LAN}:8080", "2130706433",
    "[::ffff:7f00:1]", "localhost.", "[", "",
)  # fmt: skip
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
NOT_SIGNED_IN = {
    ("facilitator", "GET", "asks for the PIN"), ("facilitator", "POST", "asks for the PIN"),
    ("sign-in", "GET", "there"), ("sign-in", "GET", "asks for the PIN"),
    ("sign-in", "POST", "stale form"),
}  # fmt: skip
SIGNED_IN = {
    ("facilitator", "GET", "there"), ("facilitator", "POST", "stale form"),
    ("sign-in", "GET", "there"), ("sign-in", "GET", "asks for the PIN"),
    ("sign-in", "POST", "stale form"),
}  # fmt: skip
ABSENT = {(door, method, "absent") for door in STAFF_DOORS for method in ("GET", "POST")}


@dataclass(frozen=True)
class Somebody:
    """A browser: where it is, what it believes the kiosk is called, and what cookie it has."""

    app: Flask
    ip: str = "127.0.0.1"
    host: str = "127.0.0.1:8080"
    cookie: str = ""

    def asks(self, path: str, method: str = "GET", **headers: str) -> TestResponse:
        if self.cookie:
            headers["Cookie"] = f"{COOKIE}={self.cookie}"
        return self.app.test_client(use_cookies=False).open(
            path, method=method, headers=headers, buffered=True,
            environ_overrides={"REMOTE_ADDR": self.ip, "HTTP_HOST": self.host},
        )  # fmt: skip

    def finds(self, house: list[Route]) -> set[tuple[str | None, str, str]]:
        """Return (door, method, answer) of every route of a house."""
        return {(route.door, route.method, self._finds(route)) for route in house}

    def _finds(self, route: Route) -> str:
        answer = self.asks(route.path, route.method)
        if answer.status_code == 404:
            return "absent"
        if answer.status_code == 303 and (answer.location or "").startswith("/staff/sign-in"):
            return "asks for the PIN"
        if answer.status_code == 400:
            return "stale form"
        if answer.status_code == 403:  # sheets are typed in at the kiosk itself alone
            assert "/paper/type" in route.path
            assert self.ip != "127.0.0.1"
            return "there"
        assert answer.status_code in (200, 303), f"{route}: {answer.status_code}"
        return "there"


@pytest.fixture
def house(app: Flask, kari: Kari, desk: Desk) -> list[Route]:
    """All routes of the staff; their workshop is packed, so that each of them has a page."""
    return staff_routes(app, packs(kari, kari.opens()))


@pytest.fixture
def phone(app: Flask) -> Somebody:
    """Ola's phone, in the same Wi-Fi."""
    return Somebody(app, PHONE, f"{LAN}:8080")


def cookie_of(desk: Desk) -> str:
    cookie = desk.client.get_cookie(COOKIE, path="/staff")
    assert cookie
    return cookie.value


def test_every_route_names_its_door(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert door_of(app, rule.endpoint) in DOORS, f"{rule} needs @door(…) below its route"


def test_all_that_is_called_staff_has_a_staff_door_and_nothing_else_has(
    app: Flask, kari: Kari
) -> None:
    all_routes = routes(app, kari.opens())
    assert len(all_routes) >= 40
    for route in all_routes:
        assert route.path.startswith("/staff") == (route.door in STAFF_DOORS), route


def test_only_the_way_in_is_open_before_the_pin(app: Flask, kari: Kari) -> None:
    before = {route.path for route in staff_routes(app, kari.opens()) if route.door == "sign-in"}
    assert before == {"/staff/first", "/staff/sign-in", "/staff/language"}


def test_a_view_without_a_door_is_shut(app: Flask) -> None:
    app.add_url_rule("/forgotten", view_func=lambda: "secret")
    assert app.test_client().get("/forgotten").status_code == 404


def test_for_a_phone_in_the_network_there_are_no_staff_pages(
    phone: Somebody, house: list[Route]
) -> None:
    assert phone.finds(house) == ABSENT


def test_whatever_a_phone_asks_of_a_staff_page_there_is_nothing(
    phone: Somebody, house: list[Route]
) -> None:
    for path in sorted({route.path for route in house} | {"/staff", "/staff/nothing"}):
        told = {method: phone.asks(path, method).status_code for method in METHODS}
        assert set(told.values()) == {404}, f"{path}: {told}"


def test_a_phone_sees_no_difference_between_a_staff_page_and_nothing(
    phone: Somebody, house: list[Route]
) -> None:
    nothing = phone.asks("/nothing").text
    for route in house:
        answer = phone.asks(route.path, route.method)
        assert "Set-Cookie" not in answer.headers, f"{route} gives a phone a cookie"
        assert answer.text == nothing, f"{route} is told apart from nothing"


def test_at_the_machine_nobody_comes_in_without_the_pin(app: Flask, house: list[Route]) -> None:
    assert Somebody(app).finds(house) == NOT_SIGNED_IN


def test_at_the_machine_staff_who_signed_in_have_every_page(
    app: Flask, desk: Desk, house: list[Route]
) -> None:
    assert Somebody(app, cookie=cookie_of(desk)).finds(house) == SIGNED_IN


def test_the_cookie_of_the_machine_opens_nothing_on_a_phone(
    app: Flask, desk: Desk, house: list[Route]
) -> None:
    for host in (f"{LAN}:8080", "127.0.0.1:8080", "localhost"):
        assert Somebody(app, PHONE, host, cookie_of(desk)).finds(house) == ABSENT, host


def test_a_site_that_takes_the_machines_address_reaches_no_staff_page(
    app: Flask, desk: Desk, house: list[Route]
) -> None:
    """DNS rebinding: the browser at the kiosk is told that evil.example is 127.0.0.1."""
    for host in OTHER_NAMES:
        assert Somebody(app, host=host, cookie=cookie_of(desk)).finds(house) == ABSENT, host


def test_the_machines_own_names_are_good(app: Flask, desk: Desk, house: list[Route]) -> None:
    for host in OWN_NAMES:
        assert Somebody(app, host=host, cookie=cookie_of(desk)).finds(house) == SIGNED_IN, host


def test_a_header_that_names_another_sender_opens_nothing(
    phone: Somebody, house: list[Route]
) -> None:
    for name in ("X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Forwarded-Host", "Client-IP"):
        value = "for=127.0.0.1" if name == "Forwarded" else "127.0.0.1"
        for route in house:
            answer = phone.asks(route.path, route.method, **{name: value})
            assert answer.status_code == 404, (name, route)


# --- cookies that are none ----------------------------------------------------------------------
def forged(data: Path) -> dict[str, str]:
    """Return cookies that Ola can make, or can have been given without the PIN."""
    signed_in, stranger = (StaffSession("0" * 24, signed_in=value) for value in (True, False))
    prepare(data / "other")
    ours, others = Sessions(Settings(data)), Sessions(Settings(data / "other"))
    content, time, sign = ours.write(signed_in).rsplit(".", 2)
    return {
        "of another kiosk": others.write(signed_in),
        "with a changed sign": f"{content}.{time}.{sign[::-1]}",
        "without a sign": f"{content}.{time}.",
        "not signed in": ours.write(stranger),
        "with a sign that belongs to less": f"{content}.{ours.write(stranger).split('.', 1)[1]}",
        "with a later time": f"{content}.{time[:-1]}{'B' if time[-1] == 'A' else 'A'}.{sign}",
        "nonsense": "x" * 400,
        "empty": "..",
    }


def test_a_forged_cookie_opens_nothing(app: Flask, data: Path, house: list[Route]) -> None:
    for name, cookie in forged(data).items():
        assert Somebody(app, cookie=cookie).finds(house) == NOT_SIGNED_IN, name


def test_a_cookie_of_a_session_that_was_signed_out_opens_nothing(
    app: Flask, desk: Desk, house: list[Route]
) -> None:
    replayed = Somebody(app, cookie=cookie_of(desk))
    assert replayed.finds(house) == SIGNED_IN
    desk.signs_out()
    assert replayed.finds(house) == NOT_SIGNED_IN
    desk.signs_in()
    assert replayed.finds(house) == NOT_SIGNED_IN, "not when she is back either"


def test_a_cookie_of_yesterday_opens_nothing(
    app: Flask, house: list[Route], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = TimestampSigner.get_timestamp
    sessions: Sessions = app.extensions["sessions"]

    def written(age: int) -> str:
        with monkeypatch.context() as patch:
            patch.setattr(TimestampSigner, "get_timestamp", lambda signer: now(signer) - age)
            return sessions.write(StaffSession("0" * 24, signed_in=True))

    young, old = written(LONGEST_SECONDS - 300), written(LONGEST_SECONDS + 5)
    assert Somebody(app, cookie=young).finds(house) == SIGNED_IN
    assert Somebody(app, cookie=old).finds(house) == NOT_SIGNED_IN


# --- with the setting staff_on_lan --------------------------------------------------------------
@pytest.fixture
def open_house(data: Path, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Flask:
    """The same kiosk, with staff pages for the whole network."""
    monkeypatch.setattr(network, "is_own", lambda ip: ip == LAN)
    app = create_app(Config(data=data, address=LAN, staff_on_lan=True))
    app.extensions["intake"].stop()
    return app


def test_where_staff_may_come_from_the_network_they_need_the_pin_as_well(
    open_house: Flask, house: list[Route], desk: Desk
) -> None:
    laptop = Somebody(open_house, PHONE, f"{LAN}:8080")
    assert laptop.finds(house) == NOT_SIGNED_IN
    assert replace(laptop, cookie=cookie_of(desk)).finds(house) == SIGNED_IN
    assert Somebody(open_house).finds(house) == NOT_SIGNED_IN


def test_in_the_network_too_only_the_machines_own_address_serves(
    open_house: Flask, house: list[Route], desk: Desk
) -> None:
    for host in ("evil.example", "127.0.0.1", "192.0.2.8", "localhost", "[", ""):
        assert Somebody(open_house, PHONE, host, cookie_of(desk)).finds(house) == ABSENT, host


def test_the_first_pin_is_chosen_at_the_machine_even_where_staff_may_come_from_the_network(
    open_house: Flask, desk: Desk
) -> None:
    Settings(open_house.extensions["config"].data).set("pin", None)
    laptop = Somebody(open_house, PHONE, f"{LAN}:8080")
    asked = laptop.asks("/staff/first")
    assert 'name="pin"' not in asked.text
    given = asked.headers["Set-Cookie"].split("=", 1)[1].split(";")[0]
    sign = SIGN.search(asked.text)
    assert sign
    chosen = open_house.test_client(use_cookies=False).post(
        "/staff/first", data={"csrf": sign[1], "pin": "ola was here", "again": "ola was here"},
        headers={"Cookie": f"{COOKIE}={given}"},
        environ_overrides={"REMOTE_ADDR": PHONE, "HTTP_HOST": f"{LAN}:8080"},
    )  # fmt: skip
    assert chosen.location == "/staff/sign-in"
    assert not open_house.extensions["pin"].is_chosen


def test_fonts_are_served_and_nothing_else_of_the_folder(amina: Visitor) -> None:
    assert amina.client.get("/fonts/latin.woff2").mimetype == "font/woff2"
    for name in ("../kiosk.css", "..%2Fkiosk.css", "nothing"):
        assert amina.client.get(f"/fonts/{name}.woff2").status_code == 404
