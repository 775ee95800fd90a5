"""Whatever is asked of any page of both apps, there is an answer, and soon: never a 500."""

from __future__ import annotations

import inspect
import io
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyrage import x25519
from werkzeug.routing import Rule

from kiosk.opening.new_study import NewStudy
from kiosk.web.staff.sessions import Sessions, StaffSession
from tests.conftest import Desk, Kari, Visitor
from tests.dataset import bundle_of
from tests.fuzz import TIMES
from tests.fuzz.mutate import BAD_WORDS
from tests.web.researcher import door

ASKED = re.compile(r"(?:form|args|values|files)(?:\.get(?:list)?\(|\[)\s*\"(\w+)\"")
SENT = ("submission_id", "screen", "ticket", "outcome", "q01", "q15", "practice")
PLANNED = ("title", "site", "tool", "day", "time", "languages", "idle_minutes", "tickets", "study")
AMONG = ("workshop", "month", "tool", "site")
METHODS = ("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE")
HEADERS = (
    "Accept", "Accept-Language", "Accept-Encoding", "Cookie", "Range", "If-None-Match",
    "If-Modified-Since", "Content-Encoding", "Content-Type", "Origin", "Host", "Referer",
    "X-Forwarded-For", "X-HTTP-Method-Override", "Authorization", "Content-Length",
)  # fmt: skip
SLOW_SECONDS = 5.0  # of the processor's time
SEEN = st.sampled_from(
    ["yes", "1", "4", "en", "ar", "0" * 24, "2026-11-22", "9999-12-31", "23:59", "workshop", "back",
     "planning", "application/json", "gzip", "bytes=9-1,-5", "*/*;q=x", "xx-yy;q=1e999", "[", "::",
     "Thu, 99 Foo 0000", "multipart/form-data; boundary=", "kiosk_staff=..", "=;=", "W/\"",
     "2026-05", "127.0.0.1", "x" * 400]
)  # fmt: skip
WORDS = st.sampled_from(BAD_WORDS) | SEEN | st.text(max_size=12)
LINES = WORDS.map(lambda text: re.sub("[^\x20-\x7e\xa0-\xff]", "?", text)[:4000])
TOGETHER = settings(
    max_examples=300 * TIMES, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow,
                           HealthCheck.data_too_large],
)  # fmt: skip


@cache
def asked_by(view: Callable[..., Any]) -> list[str]:
    """Return the names of fields that a view's module reads, and those that any form may have."""
    found = set(ASKED.findall(inspect.getsource(sys.modules[view.__module__])))
    return sorted(found | {*SENT, *PLANNED, *AMONG} if len(found) < 3 else found)


@dataclass
class Stranger:
    """Somebody who asks for anything, signed in or not; `values` are what routes may hold."""

    app: Flask
    values: Callable[[], dict[str, str]]

    def asks(self, data: st.DataObject) -> None:
        """Draw one request, send it, and judge the answer."""
        rule = data.draw(st.sampled_from(self._rules()))
        own = [method for method in ("POST", "GET") if method in (rule.methods or ())]
        path = self._path(rule, data)
        method = data.draw(st.sampled_from(own * 20 + [*METHODS]))
        fields = asked_by(self.app.view_functions[rule.endpoint])
        headers = data.draw(st.dictionaries(st.sampled_from(HEADERS), LINES, max_size=3))
        sign, cookie = self._signed_in()
        if data.draw(st.integers(0, 4)):
            headers["Cookie"] = cookie
        query = data.draw(st.dictionaries(st.sampled_from(fields), WORDS, max_size=3))
        body = self._body(data, sign, fields) if method in ("POST", "PUT", "PATCH") else {}
        if "content_type" in body:
            headers.pop("Content-Type", None)
        if "Host" not in headers:
            headers["Host"] = "127.0.0.1"
        begun = time.process_time()
        answer = self.app.test_client(use_cookies=False).open(
            path, method=method, headers=headers, query_string=query, buffered=True, **body
        )
        took = time.process_time() - begun
        assert answer.status_code < 500 or answer.status_code == 501, (method, path, body)
        assert took < SLOW_SECONDS, (method, path, took)
        answer.close()

    def _rules(self) -> list[Rule]:
        """Return all rules; those that take forms three times, for there is more to be tried."""
        rules = sorted(self.app.url_map.iter_rules(), key=lambda rule: (rule.rule, rule.endpoint))
        return [rule for rule in rules for _ in range(3 if "POST" in (rule.methods or ()) else 1)]

    def _path(self, rule: Rule, data: st.DataObject) -> str:
        known = self.values()
        words = {
            name: known.get(name, "x") if data.draw(st.integers(0, 4)) else data.draw(WORDS)
            for name in sorted(rule.arguments)
        }
        built = rule.build({name: word or "x" for name, word in words.items()})
        path = built[1] if built else "/"
        return (
            path
            if data.draw(st.integers(0, 9))
            else re.sub("[?#]", "_", f"{path}/{data.draw(LINES)}")
        )

    def _signed_in(self) -> tuple[str, str]:
        sessions: Sessions = self.app.extensions["sessions"]
        session = StaffSession("0" * 24, signed_in=True)
        return sessions.sign(session), f"{sessions.cookie}={sessions.write(session)}"

    def _body(self, data: st.DataObject, sign: str, names: Sequence[str]) -> dict[str, Any]:
        fields: dict[str, Any] = data.draw(
            st.fixed_dictionaries({}, optional=dict.fromkeys(names, WORDS))
        )
        fields["csrf"] = sign
        kind = data.draw(st.integers(0, 9))
        if kind == 0:
            return {"json": fields}
        if kind == 1:
            types = st.sampled_from(
                ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/xml"]
            )
            return {"data": data.draw(st.binary(max_size=300)), "content_type": data.draw(types)}
        if kind in (2, 3):
            content, name = data.draw(st.binary(max_size=300)), data.draw(WORDS)
            field = data.draw(st.sampled_from(["study", "folder", "sound", "key", "receipt"]))
            fields[field] = (io.BytesIO(content), name)
        return {"data": fields}


@TOGETHER
@given(data=st.data())
def test_nothing_asked_of_the_kiosk_breaks_it(data: st.DataObject, app: Flask, kari: Kari) -> None:
    def values() -> dict[str, str]:
        workshops = kari.workshops.all()
        workshop = (kari.workshops.all(only_open=True) or workshops or [kari.opens()])[0]
        return {
            "code": workshop.code, "key": workshop.screen_key, "tag": "en", "form": "planning",
            "secret": app.extensions["phone_test"].secret, "name": "latin",
        }  # fmt: skip

    if not kari.workshops.all(only_open=True):
        kari.opens()
    Stranger(app, values).asks(data)


def test_a_workshop_that_ends_with_the_last_hour_there_is_breaks_no_page(
    kari: Kari, desk: Desk, amina: Visitor
) -> None:
    workshop = kari.opens(ends_at=datetime(9999, 12, 31, 23, 59))
    amina.gets("/")
    amina.gets(f"/w/{workshop.code}/ar")
    desk.gets("/staff/")
    desk.gets(f"/staff/w/{workshop.code}/")


@pytest.fixture
def lenas(
    tmp_path: Path, study: NewStudy, identity: x25519.Identity
) -> Iterator[tuple[Flask, x25519.Identity]]:
    """The researcher's app with the bundle of one workshop in which seven people answered."""
    bundle_of(tmp_path / "site", study, [{"q01": 4}] * 7)
    app = door(tmp_path / "data", tmp_path / "site" / "bundles")
    yield app, identity
    app.extensions["desk"].forget()


@TOGETHER
@given(data=st.data())
def test_nothing_asked_of_the_researchers_pages_breaks_them(
    data: st.DataObject, lenas: tuple[Flask, x25519.Identity]
) -> None:
    app, identity = lenas
    desk = app.extensions["desk"]
    if desk.opened is None:
        desk.take(identity)
        desk.opening.wait(60)
    Stranger(app, lambda: {"name": "latin"}).asks(data)
