"""A third story, with Ola: he has the Wi-Fi password, a laptop, and no right to anything.

The kiosk is a real one that listens to the whole network; Ola comes from an address of the network.
"""

from __future__ import annotations

import http.client
import random
import re
import secrets
import socket
import string
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
from flask import Flask

from kiosk import network
from kiosk.opening.new_study import NewStudy
from kiosk.store.workshops import ALPHABET, CODE_LENGTH
from tests.conftest import PIN, SIGN, Kari, Lena, new_submission_id
from tests.server import RealKiosk, run_kiosk
from tests.web import ALL, staff_routes

GUESSES = 2000
FORM = "application/x-www-form-urlencoded"


class LanKiosk(RealKiosk):
    """A kiosk as it stands in a library: the whole network reaches it."""

    def start(self) -> None:
        found = network.addresses()
        assert found, "this story needs a machine with an address in some network"
        self.ip = found[0].ip
        command = [sys.executable, "-m", "kiosk", "serve", "--host", "0.0.0.0",  # noqa: S104 - as in a library
                   "--port", str(self.port), "--data", str(self.data)]  # fmt: skip
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        self._wait()

    @property
    def sent(self) -> int:
        return int(str(self.listed["sent"]))

    @property
    def listed(self) -> dict[str, object]:
        """What the kiosk itself says of its workshop."""
        found: Any = run_kiosk("workshop", "list", data=self.data)
        (workshop,) = (dict(one) for one in found if one["code"] == self.code)
        return workshop


@dataclass
class Answer:
    """What came back over the wire."""

    status: int
    text: str
    headers: http.client.HTTPMessage


@dataclass
class Laptop:
    """A browser and a bit more: it sends just the lines and headers that it is told to."""

    ip: str
    port: int
    headers: dict[str, str] = field(default_factory=dict)
    cookie: str = ""

    def asks(
        self, path: str, method: str = "GET", body: str | None = None, host: str = "", **more: str
    ) -> Answer:
        headers = {"Host": host or f"{self.ip}:{self.port}"} | self.headers | more
        if self.cookie:
            headers["Cookie"] = self.cookie
        if body is not None:
            headers |= {"Content-Type": FORM, "Content-Length": str(len(body))}
        with closing(http.client.HTTPConnection(self.ip, self.port, timeout=30)) as connection:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders(body.encode() if body is not None else None)
            answer = connection.getresponse()
            text = answer.read().decode(errors="replace")
        if answer.headers["Set-Cookie"]:
            self.cookie = answer.headers["Set-Cookie"].split(";")[0]
        return Answer(answer.status, text, answer.headers)

    def posts(self, path: str, **fields: object) -> Answer:
        """Fill in a form of the staff pages."""
        sign = SIGN.search(self.asks("/staff/first" if "first" in path else "/staff/sign-in").text)
        sign = sign or SIGN.search(self.asks("/staff/").text)
        return self.asks(path, "POST", urlencode({"csrf": sign[1] if sign else ""} | fields))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory, study: NewStudy) -> Iterator[LanKiosk]:
    running = LanKiosk(tmp_path_factory.mktemp("library") / "data", study.file)
    yield running
    running.stop()


@pytest.fixture(scope="module")
def at_the_desk(library: LanKiosk) -> Laptop:
    """Kari's browser at the kiosk itself; she has chosen the PIN and is signed in."""
    browser = Laptop("127.0.0.1", library.port)
    chosen = browser.posts("/staff/first", pin=PIN, again=PIN)
    assert chosen.status == 303
    assert browser.asks("/staff/").status == 200
    return browser


@pytest.fixture
def olas(library: LanKiosk, at_the_desk: Laptop) -> Laptop:
    """Ola's laptop, in the network."""
    return Laptop(library.ip, library.port)


@pytest.fixture
def house(app: Flask, kari: Kari, library: LanKiosk) -> list[tuple[str, str]]:
    """Path and method of all that is for staff, of the workshop that runs in the library."""
    example = kari.plans()
    return [
        (route.path.replace(example.code, library.code), route.method)
        for route in staff_routes(app, example)
    ]


def sends(laptop: Laptop, code: str, submission_id: str, **answers: object) -> Answer:
    body = urlencode({"submission_id": submission_id} | answers)
    return laptop.asks(f"/w/{code}/en", "POST", body, Accept="application/json")


def test_ola_reaches_the_survey_as_everybody_does(library: LanKiosk, olas: Laptop) -> None:
    assert not library.ip.startswith("127."), "or this story proves nothing"
    assert olas.asks(f"/w/{library.code}/en").status == 200


def test_from_the_network_there_is_no_staff_page(
    library: LanKiosk, olas: Laptop, house: list[tuple[str, str]]
) -> None:
    assert len(house) >= 30
    for path, method in house:
        answer = olas.asks(path, method, "pin=1" if method == "POST" else None)
        assert answer.status == 404, (path, method)
        assert "Draw with Procreate" not in answer.text


def test_a_request_that_says_it_comes_from_the_machine_itself_is_not_believed(
    library: LanKiosk, olas: Laptop, house: list[tuple[str, str]]
) -> None:
    lies = [
        {"X-Forwarded-For": "127.0.0.1"}, {"X-Real-IP": "127.0.0.1"}, {"Client-IP": "127.0.0.1"},
        {"Forwarded": "for=127.0.0.1;host=localhost"}, {"X-Forwarded-Host": "localhost"},
        {"X-Original-URL": "/staff/"}, {"X-Rewrite-URL": "/staff/"}, {"REMOTE_ADDR": "127.0.0.1"},
        {"Remote-Addr": "127.0.0.1"}, {"X-Forwarded-By": "127.0.0.1"},
    ]  # fmt: skip
    for lie in lies:
        for host in ("", "localhost", f"127.0.0.1:{library.port}", "[::1]"):
            for path in ("/staff/", "/staff/sign-in", f"/staff/w/{library.code}/"):
                assert olas.asks(path, host=host, **lie).status == 404, (lie, host, path)


def test_karis_cookie_opens_nothing_from_the_network(
    library: LanKiosk, olas: Laptop, at_the_desk: Laptop, house: list[tuple[str, str]]
) -> None:
    """Wherever Ola has it from: on his laptop there is no page that it could open."""
    assert at_the_desk.asks("/staff/").status == 200
    for host in ("", "localhost", "127.0.0.1"):
        for path, method in house:
            olas.cookie = at_the_desk.cookie
            assert olas.asks(path, method, host=host).status == 404, (path, method, host)


def test_a_forged_or_replayed_cookie_opens_nothing_at_the_machine_either(
    library: LanKiosk, at_the_desk: Laptop
) -> None:
    stranger = Laptop("127.0.0.1", library.port)
    stranger.posts("/staff/sign-in", pin=PIN)
    old = stranger.cookie
    name, value = old.split("=", 1)
    assert stranger.asks("/staff/").status == 200
    for forged in (value[:-1], value[::-1], value.upper(), "e30.e30.e30", "x" * 300):
        stranger.cookie = f"{name}={forged}"
        assert stranger.asks("/staff/").status == 303, forged[:20]
    stranger.cookie = old
    assert stranger.posts("/staff/sign-out").status == 303
    stranger.cookie = old
    assert stranger.asks("/staff/").status == 303, "what was signed out cannot be replayed"
    assert at_the_desk.posts("/staff/sign-in", pin=PIN).status == 303


@pytest.mark.parametrize(
    "line",
    ["GET http://127.0.0.1/staff/ HTTP/1.1", "GET http://localhost/staff/ HTTP/1.0",
     "GET //staff/ HTTP/1.1", "GET /./staff/ HTTP/1.1", "GET /%73taff/ HTTP/1.1",
     "GET /w/../staff/ HTTP/1.1", "GET /STAFF/ HTTP/1.1", "GET /staff/%2e/ HTTP/1.1",
     "GET /%2fstaff/ HTTP/1.1", "GET /staff// HTTP/1.1", "GET /staff;x/ HTTP/1.1",
     "GET /staff/?/w/x HTTP/1.1", "HEAD /staff/ HTTP/1.1", "OPTIONS /staff/ HTTP/1.1",
     "PUT /staff/ HTTP/1.1", "TRACE /staff/ HTTP/1.1", "get /staff/ HTTP/1.1", "GET /staff/",
     "GET \\staff\\ HTTP/1.1", "GET /staff/\tx HTTP/1.1", "\0 /staff/ HTTP/1.1"],
)  # fmt: skip
def test_no_oddly_written_address_leads_to_a_staff_page(
    line: str, library: LanKiosk, at_the_desk: Laptop
) -> None:
    with socket.create_connection((library.ip, library.port), timeout=10) as wire:
        lines = [line, "Host: 127.0.0.1", f"Cookie: {at_the_desk.cookie}", "Connection: close"]
        wire.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
        got = b"".join(iter(lambda: wire.recv(65_536), b"")).decode(errors="replace")
    assert not re.match(r"HTTP/1\.\d 200", got), got[:200]
    assert "Draw with Procreate" not in got


def test_two_requests_in_one_are_two_and_none_is_karis(
    library: LanKiosk, at_the_desk: Laptop
) -> None:
    """Smuggling: what looks like the body of the first is not read as a request of the machine."""
    inner = f"GET /staff/ HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: {at_the_desk.cookie}\r\n\r\n"
    heads = (
        f"Content-Length: {len(inner)}\r\nTransfer-Encoding: chunked",
        f"Transfer-Encoding: chunked\r\nContent-Length: {len(inner)}",
        f"Content-Length: 0\r\nContent-Length: {len(inner)}",
        "Content-Length: -1", "Transfer-Encoding: xchunked",
    )  # fmt: skip
    for head in heads:
        with socket.create_connection((library.ip, library.port), timeout=10) as wire:
            wire.sendall(
                f"POST /w/{library.code}/en HTTP/1.1\r\nHost: {library.ip}\r\n{head}\r\n"
                f"Connection: close\r\n\r\n{inner}".encode()
            )
            wire.shutdown(socket.SHUT_WR)
            got = b"".join(iter(lambda: wire.recv(65_536), b"")).decode(errors="replace")
        assert "Draw with Procreate" not in got, head


def test_ola_cannot_even_guess_at_the_pin_nor_slow_kari_down(
    library: LanKiosk, olas: Laptop, at_the_desk: Laptop
) -> None:
    for number in range(50):
        body = urlencode({"pin": f"guess {number}", "csrf": "0" * 64})
        assert olas.asks("/staff/sign-in", "POST", body).status == 404
    assert at_the_desk.posts("/staff/sign-in", pin=PIN).status == 303
    assert at_the_desk.asks("/staff/").status == 200


def test_a_page_of_another_name_for_this_machine_reaches_nothing(
    library: LanKiosk, at_the_desk: Laptop, house: list[tuple[str, str]]
) -> None:
    """DNS rebinding, over the wire: Kari's own browser asks, but for evil.example."""
    lured = Laptop("127.0.0.1", library.port)
    for host in ("evil.example", f"evil.example:{library.port}", library.ip, "127.0.0.1.nip.io"):
        for path, method in house:
            lured.cookie = at_the_desk.cookie
            body = "" if method == "POST" else None
            assert lured.asks(path, method, body, host=host).status == 404, (host, path)
    assert at_the_desk.asks("/staff/").status == 200


def test_two_thousand_guesses_find_no_workshop_no_screen_and_no_test_code(
    library: LanKiosk, olas: Laptop, at_the_desk: Laptop
) -> None:
    """A code is one of 6.4 million and no secret; a screen's key has 128 bits, a test code 72."""
    assert len(ALPHABET) ** CODE_LENGTH == 6_436_343
    assert at_the_desk.asks("/staff/check").status == 200
    chance = random.Random(20_260_504)  # noqa: S311 - Ola throws dice
    letters = string.ascii_letters + string.digits + "-_"
    hits = []
    for number in range(GUESSES):
        code = "".join(chance.choices(ALPHABET, k=CODE_LENGTH))
        key = "".join(chance.choices(letters, k=22))
        secret = "".join(chance.choices(letters, k=12))
        path, method = [
            (f"/w/{code}", "GET"), (f"/w/{library.code}/screen/{key}", "GET"),
            (f"/check/{secret}", "GET"), (f"/w/{library.code}/screen/{key}/status", "POST"),
            (f"/w/{code}/en", "POST"),
        ][number % 5]  # fmt: skip
        body = "screen=x&waiting=9" if method == "POST" else None
        answer = olas.asks(path, method, body, Accept="application/json")
        if answer.status != 404 and code != library.code:
            hits.append((path, answer.status))
    assert hits == []
    status = at_the_desk.asks(f"/staff/w/{library.code}/status").text
    assert '"waiting":0' in status.replace(" ", "")
    assert '"reached":false' in at_the_desk.asks("/staff/check/status").text.replace(" ", "")


def test_reloading_and_sending_the_same_finished_page_again_counts_once(
    library: LanKiosk, olas: Laptop
) -> None:
    before = library.sent
    page = olas.asks(f"/w/{library.code}/en").text
    found = re.search(r'name="submission_id" value="([\w-]{22,64})"', page)
    assert found
    body = urlencode({"submission_id": found[1]} | ALL)
    for _ in range(20):
        answer = olas.asks(f"/w/{library.code}/en", "POST", body)
        assert (answer.status, answer.headers["Location"]) == (
            303, f"/w/{library.code}/en/thanks",
        )  # fmt: skip
    assert library.sent == before + 1


def test_what_ola_heard_in_the_air_cannot_be_sent_again_or_changed(
    library: LanKiosk, olas: Laptop
) -> None:
    """Phones come over plain http: a request can be heard. A second one like it changes nothing."""
    before, heard = library.sent, new_submission_id()
    assert sends(olas, library.code, heard, **ALL).status == 201
    for answers in (ALL, dict.fromkeys(ALL, 1), {"outcome": "declined"}, {"q01": 2}):
        assert sends(olas, library.code, heard, **answers).status == 200
    assert sends(olas, library.code, heard, outcome="timed_out", screen="x").status == 400
    assert library.sent == before + 1
    assert library.listed["declined"] == 0


def test_ola_sees_no_count_before_and_after_others_answer(library: LanKiosk, olas: Laptop) -> None:
    paths = ["/", f"/w/{library.code}", f"/w/{library.code}/en/thanks", "/healthz", "/nothing"]
    before = [olas.asks(path).text for path in paths]
    for _ in range(3):
        assert sends(olas, library.code, secrets.token_urlsafe(18), **ALL).status == 201
    assert [olas.asks(path).text for path in paths] == before


def test_what_lena_gets_is_what_was_sent_as_an_answer_once_each(
    library: LanKiosk, olas: Laptop, lena: Lena, at_the_desk: Laptop
) -> None:
    """The last page of this story, with a workshop of its own."""
    code, marked = library.opens(title="The next one"), new_submission_id()
    for _ in range(3):
        assert sends(olas, code, secrets.token_urlsafe(18), **ALL).status == 201
    assert sends(olas, code, marked, q01=5).status == 201
    for _ in range(3):
        assert sends(olas, code, marked, q01=1).status == 200
    for path in (f"/staff/w/{code}/close", f"/staff/w/{code}/delete", f"/staff/w/{code}/pack"):
        assert olas.asks(path, "POST", "sure=yes").status == 404
    assert sends(olas, code, secrets.token_urlsafe(18), **ALL).status == 201, "nothing was closed"
    values = sorted(r.values for r in lena.collects(library.closes(code)).responses())
    assert values == [(4,) * 15] * 4 + [(5, *(99,) * 14)]
