"""What only the real server shows: huge bodies, no traces in its answers, a taken port."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys

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
