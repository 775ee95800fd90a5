"""What only the real server shows: huge bodies, no traces in its answers, a taken port."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from kiosk.opening.new_study import NewStudy
from kiosk.serve import REFUSED
from tests.conftest import new_submission_id
from tests.server import RealKiosk

FORM = {"Accept": "application/json", "Content-Type": "application/x-www-form-urlencoded"}


def posts(kiosk: RealKiosk, body: bytes, tag: str = "ar") -> tuple[int, dict[str, object]]:
    connection = http.client.HTTPConnection("127.0.0.1", kiosk.port, timeout=30)
    connection.request("POST", f"/w/{kiosk.code}/{tag}", body, FORM)
    answer = connection.getresponse()
    assert "Server" not in answer.headers
    found: dict[str, object] = json.loads(answer.read())
    connection.close()
    return answer.status, found


def test_a_megabyte_gets_a_sentence_in_arabic_and_the_kiosk_goes_on(kiosk: RealKiosk) -> None:
    status, answer = posts(kiosk, b"q01=" + b"4" * 1_000_000)
    assert status == 413
    assert "إجاباتك" in str(answer["title"])
    mine = new_submission_id()
    status, answer = posts(kiosk, f"submission_id={mine}&q01=4".encode())
    assert (status, answer) == (201, {"stored": True, "submission_id": mine})


def test_a_second_kiosk_on_the_same_port_says_what_to_do(kiosk: RealKiosk) -> None:
    command = [sys.executable, "-m", "kiosk", "serve", "--host", "127.0.0.1",
               "--port", str(kiosk.port), "--data", str(kiosk.data)]  # fmt: skip
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert f"--port {kiosk.port + 1}" in run.stderr
    assert "Traceback" not in run.stderr


def test_what_was_acknowledged_survives_a_kill(kiosk: RealKiosk) -> None:
    for _ in range(5):
        posts(kiosk, f"submission_id={new_submission_id()}&q01=5".encode())
    kiosk.kill()
    kiosk.start()
    posts(kiosk, f"submission_id={new_submission_id()}&q01=5".encode())
    bundle = kiosk.closes()
    assert bundle.read_bytes().count(b"responses/") == 2 * 6, "each once, in the list and the place"


def gets(kiosk: RealKiosk, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", kiosk.port, timeout=10)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status


def test_five_hundred_idle_and_slow_connections_do_not_keep_the_room_waiting(
    kiosk: RealKiosk,
) -> None:
    """Ola opens connection after connection, says little in each, and closes none."""
    half = f"POST /w/{kiosk.code}/ar HTTP/1.1\r\nHost: x\r\nContent-Length: 60000\r\n\r\nq01="
    with ExitStack() as open_ones:
        for number in range(500):
            wire = socket.create_connection(("127.0.0.1", kiosk.port), timeout=10)
            open_ones.enter_context(wire)
            wire.sendall(("", "GET / HTTP/1.1\r\nX-Slow:", half)[number % 3].encode())
        assert gets(kiosk, "/staff/sign-in") in (200, 303), "Kari's page"
        assert gets(kiosk, f"/w/{kiosk.code}/ar") == 200
        status, _ = posts(kiosk, f"submission_id={new_submission_id()}&q01=5".encode())
        assert status == 201


def told(host: str, port: int, request: bytes) -> tuple[int, str, str]:
    """Return status, head and text of what the server answers to these very bytes."""
    with socket.create_connection((host, port), timeout=10) as wire:
        wire.sendall(request)
        got = b"".join(iter(lambda: wire.recv(65_536), b"")).decode()
    head, _, text = got.partition("\r\n\r\n")
    return int(head.split(" ")[1]), head, text.strip()


NOT_ASKED = [
    (400, b"nonsense\r\n\r\n"),
    (400, b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\n"),
    (413, b"POST /w/x/en HTTP/1.1\r\nHost: x\r\nContent-Length: 90000000\r\n\r\n"),
    (431, b"GET /" + b"a" * (16_384 - len("GET /"))),
]


def test_what_the_app_is_not_even_asked_is_refused_in_a_plain_sentence(kiosk: RealKiosk) -> None:
    for status, request in NOT_ASKED:
        found, head, text = told("127.0.0.1", kiosk.port, request)
        assert (found, text) == (status, REFUSED[status])
        assert "Content-Security-Policy: default-src 'none'" in head
        assert "Server:" not in head


def test_staff_may_bring_a_whole_study_and_phones_may_not(tmp_path: Path, study: NewStudy) -> None:
    library = RealKiosk(tmp_path / "data", study.file, lan=True)
    try:
        body = b"x" * 3_000_000
        head = "POST /staff/studies HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        request = f"{head}Content-Length: {len(body)}\r\n\r\n".encode()
        status, _, text = told("127.0.0.1", library.port, request + body)
        assert status == 303, f"the app itself is asked, and asks for the PIN: {text}"
        phone = library.url.removeprefix("http://").partition(":")[0]
        assert not phone.startswith("127."), "or this story proves nothing"
        assert told(phone, library.port, request)[::2] == (413, REFUSED[413])
    finally:
        library.stop()
