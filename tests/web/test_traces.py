"""Nothing that could tell who answered what reaches the disk, the log or the terminal (P1, P5)."""

from __future__ import annotations

import logging
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import Kari, Lena, Visitor
from tests.server import RealKiosk

MARKS = {
    "User-Agent": "MARK-agent-51c2",
    "Accept-Language": "ti;q=0.9, xx-MARKlang",
    "Cookie": "seen=MARK-cookie-77aa",
    "X-Forwarded-For": "203.0.113.77",
    "Referer": "http://MARK-referer.example/",
}
TRACES = (b"MARK", b"203.0.113.77", b"127.0.0.1")
ODD = {f"q{n:02}": (1, 5, 97, 98, 2)[n % 5] for n in range(1, 16)}


def everything_in(folder: Path) -> dict[str, bytes]:
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path): str(path).encode() + path.read_bytes() for path in files}


def test_marks_in_a_request_are_found_nowhere(
    data: Path, kari: Kari, amina: Visitor, lena: Lena, tmp_path: Path,
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    caplog.set_level(logging.DEBUG)
    workshop = kari.opens()
    amina.headers = MARKS
    amina.gets(f"/w/{workshop.code}/ti")
    assert amina.sends(workshop, ODD, tag="ti").status_code == 201
    assert amina.sends(workshop, {"q99": 1}, tag="ti").status_code == 400
    bundle = kari.closes(workshop)
    assert len(lena.collects(bundle)) == 1
    found = everything_in(data)
    assert any("kiosk.db" in name for name in found)
    for name, content in found.items():
        for trace in TRACES:
            assert trace not in content, f"{trace!r} stands in {name}"
    out, err = capfd.readouterr()
    for text in (out, err, caplog.text):
        assert "MARK" not in text
        assert "203.0.113.77" not in text


def test_the_language_a_person_chose_is_kept_nowhere(
    data: Path, kari: Kari, amina: Visitor, lena: Lena
) -> None:
    workshop = kari.opens()
    before = everything_in(data)
    amina.sends(workshop, ODD, tag="ti")
    (response,) = lena.collects(kari.closes(workshop)).responses()
    assert response.__slots__ == ("rid", "workshop", "values")
    assert workshop.id == response.workshop
    assert set(before) <= set(everything_in(data))


def test_answers_are_nowhere_in_clear(data: Path, kari: Kari, amina: Visitor) -> None:
    workshop = kari.opens()
    amina.sends(workshop, ODD)
    for name, content in everything_in(data).items():
        assert b'"answers"' not in content, name
        assert b'"q01":' not in content, name
        assert b'"rid"' not in content, name


def test_the_real_server_says_nothing_of_its_visitors(kiosk: RealKiosk, tmp_path: Path) -> None:
    for _ in range(20):
        request = urllib.request.Request(f"{kiosk.url}/w/{kiosk.code}/ar", headers=MARKS)
        with urllib.request.urlopen(request) as page:
            assert page.status == 200
    assert "MARK" not in kiosk.output()
    assert "GET" not in kiosk.output()
    for name, content in everything_in(kiosk.data).items():
        assert b"MARK" not in content, name


def test_a_crash_before_send_leaves_no_answer_on_disk(kiosk: RealKiosk) -> None:
    """Answers in progress are in the page alone: the server gets nothing before Send (P4)."""
    before = everything_in(kiosk.data)
    with urllib.request.urlopen(f"{kiosk.url}/w/{kiosk.code}/ar") as page:
        assert page.status == 200
    kiosk.kill()
    assert everything_in(kiosk.data) == before


def test_python_was_started_for_real(kiosk: RealKiosk) -> None:
    run = subprocess.run([sys.executable, "-m", "kiosk", "--version"], capture_output=True,
                         text=True, check=True)  # fmt: skip
    assert "kiosk, version" in run.stdout
    assert kiosk.process.poll() is None
