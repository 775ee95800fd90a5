"""What only the real server shows: huge bodies, no traces in its answers, a taken port."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
from pathlib import Path

from kiosk.opening.new_study import NewStudy
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


def told(host: str, port: int, request: bytes) -> int:
    """Return the status that the server answers to these very bytes."""
    with socket.create_connection((host, port), timeout=10) as wire:
        wire.sendall(request)
        got = b"".join(iter(lambda: wire.recv(65_536), b"")).decode()
    return int(got.split(" ")[1])


def test_staff_may_bring_a_whole_study_and_phones_may_not(tmp_path: Path, study: NewStudy) -> None:
    library = RealKiosk(tmp_path / "data", study.file, lan=True)
    try:
        body = b"x" * 3_000_000
        head = "POST /staff/studies HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        request = f"{head}Content-Length: {len(body)}\r\n\r\n".encode()
        asked = told("127.0.0.1", library.port, request + body)
        assert asked == 303, "the app itself is asked, and asks for the PIN"
        phone = library.url.removeprefix("http://").partition(":")[0]
        assert not phone.startswith("127."), "or this story proves nothing"
        assert told(phone, library.port, request) == 413
    finally:
        library.stop()
