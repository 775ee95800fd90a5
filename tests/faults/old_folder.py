"""Writes a data folder as the kiosk on PYTHONPATH writes it, as text that can be kept.

Run with the code of a released version, in a worktree of its own:
PYTHONPATH=WORKTREE python tests/faults/old_folder.py tests/faults/released/VERSION
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import Request, urlopen

HERE = Path(__file__).parent / "released"
PORT = 18_411
REPORT = """
import sys
from pathlib import Path
from kiosk.store.reports import SelfReport, SelfReports
from kiosk.store.settings import Settings
from kiosk.store.workshops import Workshops
from kiosk.survey.form import form_files
data = Path(sys.argv[1])
Settings(data).set("wifi_name", "Library")
found = next(one for one in Workshops(data).all() if one.title == "Tuesday")
source = form_files()["planning"]
text = source if isinstance(source, str) else source.read_text(encoding="utf-8")
SelfReports(data).save(found, SelfReport("planning", text, "en", {"p6": "We drew."}, True))
"""


def kiosk(data: Path, *words: str) -> dict[str, object]:
    command = [sys.executable, "-m", "kiosk", *words, "--data", str(data), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, object] = json.loads(done.stdout)
    return told


def is_there() -> None:
    for _ in range(600):
        try:
            with urlopen(f"http://127.0.0.1:{PORT}/healthz"):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("it does not start")


def send(data: Path, code: str, ids: str) -> None:
    """Let somebody send for each letter."""
    command = [sys.executable, "-m", "kiosk", "serve", "--host", "127.0.0.1", "--port", str(PORT)]
    running = subprocess.Popen([*command, "--data", str(data)], stdout=subprocess.DEVNULL)
    try:
        is_there()
        for number, letter in enumerate(ids, 1):
            fields = {"submission_id": letter * 24, "q01": number}
            request = Request(f"http://127.0.0.1:{PORT}/w/{code}/en", urlencode(fields).encode(),
                              {"Accept": "application/json"})  # fmt: skip
            assert json.load(urlopen(request))["stored"]
    finally:
        running.terminate()
        running.wait()


def fill(data: Path) -> None:
    """Live through two workshops: one is packed, one is still open."""
    (data / "surveys").mkdir(parents=True)
    shutil.copy(HERE / "small.toml", data / "surveys")
    kiosk(data, "study", "install", str(HERE / "study.toml"))
    for title, ids in (("Monday", "ab"), ("Tuesday", "cde")):
        words = ("--survey", "small", "--title", title, "--site", "The library")
        code = str(kiosk(data, "workshop", "open", *words)["code"])
        send(data, code, ids)
        if title == "Monday":
            kiosk(data, "workshop", "close", code)
    with tempfile.TemporaryDirectory() as elsewhere:
        done = subprocess.run([sys.executable, "-c", REPORT, str(data)], cwd=elsewhere, check=False)
    print("with" if done.returncode == 0 else "without", "a self-report and a setting")


def write_down(data: Path, out: Path) -> None:
    """Keep a data folder as text: the database as SQL, sealed files in base 64."""
    shutil.rmtree(out, ignore_errors=True)
    db = sqlite3.connect(data / "kiosk.db")
    texts = {"kiosk.sql": "\n".join(db.iterdump()) + "\n"}
    db.close()
    for path in sorted(data.rglob("*")):
        name = path.relative_to(data).as_posix()
        if name.startswith("bundles/"):
            texts[f"{name}.base64"] = base64.encodebytes(path.read_bytes()).decode()
        elif path.suffix == ".toml":
            texts[name] = path.read_text(encoding="utf-8")
    for name, text in texts.items():
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        fill(Path(folder) / "data")
        write_down(Path(folder) / "data", Path(sys.argv[1]))
