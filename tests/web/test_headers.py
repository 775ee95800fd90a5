"""Every answer of every route of both apps carries the safe headers, whatever went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pyrage import x25519
from werkzeug.test import TestResponse

from kiosk.opening.new_study import NewStudy
from kiosk.web.frame import LARGEST_FORM
from kiosk.web.guard import HEADERS, PERMISSIONS
from kiosk.web.staff.sessions import Sessions, StaffSession
from tests.conftest import Kari
from tests.dataset import bundle_of
from tests.web import packs, routes
from tests.web.researcher import door

STRICT = {"default-src": "'none'", "base-uri": "'none'", "frame-ancestors": "'none'"}
# What may be kept by a browser: files that never change, and the page of a kiosk screen.
KEPT = ("/fonts/", "/sounds/", "/listen", "/w/")
FORM = "application/x-www-form-urlencoded"


def is_safe(answer: TestResponse, path: str) -> None:
    """Check all that an answer says to a browser beside its content."""
    headers, where = answer.headers, f"{answer.request.method} {path}: {answer.status}"
    cached = headers["Cache-Control"]
    assert cached == "no-store" or (answer.status_code == 200 and path.startswith(KEPT)), where
    assert headers["Referrer-Policy"] in ("no-referrer", "same-origin"), where
    for name in ("X-Content-Type-Options", "X-Frame-Options"):
        assert headers.getlist(name) == [HEADERS[name]], where
    lent = path == "/staff/recording/"  # the one page that may listen
    given = headers[PERMISSIONS].replace("microphone=(self)", "microphone=()" if lent else "?")
    assert given == HEADERS[PERMISSIONS], where
    _is_strict(headers.getlist("Content-Security-Policy"), where)
    for name in ("Server", "X-Powered-By", "Access-Control-Allow-Origin"):
        assert name not in headers, where
    for cookie in headers.getlist("Set-Cookie"):
        _is_modest(cookie, where)


def _is_strict(policies: list[str], where: str) -> None:
    assert len(policies) == 1, where
    rules = dict(part.strip().split(" ", 1) for part in policies[0].split(";") if part.strip())
    assert {name: rules.get(name) for name in STRICT} == STRICT, where
    assert rules["form-action"] in ("'self'", "'none'"), where
    for sources in rules.values():
        for source in sources.split():
            assert "unsafe" not in source, where
            assert source in ("'none'", "'self'", "data:", "blob:") or source.startswith("'sha256-")


def _is_modest(cookie: str, where: str) -> None:
    """A cookie that no script reads, no other site sends, and that ends with the browser."""
    parts = cookie.split("; ")
    assert {"HttpOnly", "SameSite=Strict"} <= set(parts), where
    assert {"Path=/staff", "Path=/researcher"} & set(parts), where
    assert not [one for one in parts if one.startswith(("Expires", "Max-Age", "Domain"))], where


def every_answer(app: Flask, house: list[str], cookie: str, ip: str) -> Iterator[TestResponse]:
    """Ask for all paths by all methods; forms come without their sign, and too large."""
    client = app.test_client(use_cookies=False)
    who: dict[str, Any] = {
        "environ_overrides": {"REMOTE_ADDR": ip, "HTTP_HOST": "127.0.0.1"},
        "buffered": True,
    }
    headers = {"Cookie": cookie} if cookie else {}
    for path in house:
        for method in ("GET", "POST") if cookie else ("GET", "POST", "PUT"):
            yield client.open(path, method=method, headers=headers, **who)
        if not cookie:
            continue
        large = "x=" + "4" * 2 * LARGEST_FORM
        yield client.post(path, data=large, content_type=FORM, headers=headers, **who)


def cookie_of(app: Flask) -> str:
    sessions: Sessions = app.extensions["sessions"]
    return f"{sessions.cookie}={sessions.write(StaffSession('0' * 24, signed_in=True))}"


def fails(app: Flask) -> None:
    """Let there be one more page, which breaks."""

    def broken() -> str:
        raise RuntimeError("secret inside")

    app.add_url_rule("/broken", view_func=broken)
    broken.door = "anyone"  # type: ignore[attr-defined]


NOTHING = ["/nothing", "/staff/nothing", "/researcher/nothing", "/fonts/x.woff2", "/broken", "//"]


def test_every_answer_of_the_kiosk_is_safe(app: Flask, kari: Kari) -> None:
    fails(app)
    known = [
        route for one in (packs(kari, kari.opens()), kari.opens()) for route in routes(app, one)
    ]
    house = sorted({route.path for route in known}) + NOTHING
    statuses = set()
    for cookie, ip in (("", "127.0.0.1"), (cookie_of(app), "127.0.0.1"), ("", "192.0.2.44")):
        for answer in every_answer(app, house, cookie, ip):
            is_safe(answer, answer.request.path)
            statuses.add(answer.status_code)
    assert {200, 303, 400, 404, 410, 413, 500} <= statuses, "errors are looked at, too"


def test_every_answer_of_the_researchers_pages_is_safe(
    data: Path, tmp_path: Path, study: NewStudy, identity: x25519.Identity
) -> None:
    bundle_of(tmp_path / "site", study, [{"q01": 4}] * 7)
    app = door(data, tmp_path / "site" / "bundles")
    fails(app)
    house = sorted(rule.rule.replace("<name>", "latin") for rule in app.url_map.iter_rules())
    desk, statuses = app.extensions["desk"], set()
    for cookie in ("", cookie_of(app)):
        for path in [*house, *NOTHING]:
            if cookie and desk.opened is None:
                desk.take(identity)
                desk.opening.wait(60)
                cookie = cookie_of(app)
            for answer in every_answer(app, [path], cookie, "127.0.0.1"):
                is_safe(answer, answer.request.path)
                statuses.add(answer.status_code)
    desk.forget()
    assert {200, 303, 400, 404, 413, 500} <= statuses, "errors are looked at, too"


@pytest.mark.parametrize("path", ["/fonts/latin.woff2", "/fonts/names.woff2"])
def test_only_what_never_changes_may_be_kept(path: str, app: Flask) -> None:
    answer = app.test_client().get(path)
    assert answer.headers["Cache-Control"] == "public, max-age=2592000"
    answer.close()
