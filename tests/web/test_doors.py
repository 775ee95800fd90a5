"""Every route names its door, and Ola comes through none of them."""

from __future__ import annotations

import pytest
from flask import Flask

from kiosk.store.workshop import Workshop
from kiosk.web.doors import DOORS, door_of
from kiosk.web.guard import HEADERS
from tests.conftest import Kari, Visitor

FROM_A_PHONE = {"REMOTE_ADDR": "192.0.2.44"}
FROM_HERE = {"REMOTE_ADDR": "127.0.0.1"}


def test_every_route_names_its_door(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        assert door_of(app, rule.endpoint) in DOORS, f"{rule} needs @door(…) below its route"


def test_a_view_without_a_door_is_shut(app: Flask) -> None:
    app.add_url_rule("/forgotten", view_func=lambda: "secret")
    assert app.test_client().get("/forgotten").status_code == 404


def test_staff_pages_do_not_exist_for_phones(app: Flask, kari: Kari, ola: Visitor) -> None:
    kari.opens()
    link = app.extensions["staff_pass"].link
    for path in ("/staff/", f"/staff/enter/{link}", "/staff/enter/guess"):
        ola.gets(path, status=404, environ_base=FROM_A_PHONE)


def test_at_the_laptop_only_the_printed_link_opens_the_staff_page(
    app: Flask, kari: Kari, ola: Visitor
) -> None:
    kari.opens()
    for path in ("/staff/", "/staff/enter/guess", "/staff/enter/"):
        ola.gets(path, status=404, environ_base=FROM_HERE)
    entered = ola.client.get(f"/staff/enter/{app.extensions['staff_pass'].link}")
    assert entered.status_code == 303
    cookie = entered.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert "0 sent" in ola.gets("/staff/", environ_base=FROM_HERE).html
    ola.gets("/staff/", status=404, environ_base=FROM_A_PHONE)


def test_the_staff_page_shows_counts_and_no_answer(
    app: Flask, kari: Kari, amina: Visitor, ola: Visitor
) -> None:
    workshop: Workshop = kari.opens()
    amina.sends(workshop, {f"q{n:02}": 5 for n in range(1, 16)})
    ola.client.get(f"/staff/enter/{app.extensions['staff_pass'].link}")
    page = ola.gets("/staff/")
    assert "1 sent" in page.html
    assert "Machine drafts" in page.html
    assert "q01" not in page.text(page.all("main")[0])


@pytest.mark.parametrize("path", ["/", "/nowhere", "/healthz", "/fonts/latin.woff2", "/w/x/ar"])
def test_every_answer_carries_the_safe_headers(path: str, amina: Visitor) -> None:
    response = amina.client.get(path)
    for name, value in HEADERS.items():
        expected = "public, max-age=86400" if (path, name)[0].startswith("/fonts") else value
        if name == "Cache-Control":
            assert response.headers[name] == expected
        else:
            assert response.headers[name] == value
    policy = response.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "Server" not in response.headers


def test_fonts_are_served_and_nothing_else_of_the_folder(amina: Visitor) -> None:
    assert amina.client.get("/fonts/latin.woff2").mimetype == "font/woff2"
    for name in ("../kiosk.css", "..%2Fkiosk.css", "nothing"):
        assert amina.client.get(f"/fonts/{name}.woff2").status_code == 404
