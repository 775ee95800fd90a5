"""A double click starts the kiosk, or says in plain words what is missing."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import shlex
import shutil
import signal
import subprocess
import sys
import time
import tomllib
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.server import free_port

ROOT = Path(__file__).parent.parent
START = ROOT / "start"
LINUX = START / "Survey Kiosk (Linux).sh"
MACOS = START / "Survey Kiosk (macOS).command"
WINDOWS = START / "Survey Kiosk (Windows).bat"
LAUNCHER = START / "Survey Kiosk.desktop"
TOOLS = ("cat", "cmp", "cp", "dirname", "grep", "mkdir", "mv", "ps", "rm", "sh", "uname")
PATIENCE = 600  # seconds; the first start downloads, and CI machines are slow


class Computer:
    """Kari's computer: a home of her own, a browser that only notes what it was to open."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "share" / "survey-kiosk"
        self.environment = self.home / "environment"
        self.opened = folder / "opened.txt"
        self.words = {name: value for name, value in os.environ.items()
                      if not name.startswith(("KIOSK_", "PYTHON"))}  # fmt: skip
        self.words |= {
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder / "share"),
            "BROWSER": str(self._browser()),
            "PIP_NO_COMPILE": "1",  # Python compiles at the first import what is used at all
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        }

    def _browser(self) -> Path:
        path = self.folder / "programs" / "browser"
        return path if path.exists() else self.program(path.name, f'echo "$1" >>"{self.opened}"')

    def program(self, name: str, script: str) -> Path:
        """Put a program of this name, written for sh, into a folder of its own."""
        path = self.folder / "programs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    def without_python(self) -> None:
        """Leave only the tools that every Linux has, and what `program` has put there."""
        tools = self.folder / "tools"
        tools.mkdir(parents=True)
        for name in TOOLS:
            (tools / name).symlink_to(str(shutil.which(name)))
        self.words["PATH"] = f"{self.folder / 'programs'}{os.pathsep}{tools}"

    def without_internet(self) -> None:
        """Let pip ask a door behind which nobody is, and remember nothing."""
        self.words = {name: v for name, v in self.words.items() if not name.startswith("PIP_")}
        self.words |= {
            "PIP_INDEX_URL": f"http://127.0.0.1:{free_port()}/simple",
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_CACHE_DIR": "1",
            "PIP_RETRIES": "0",
        }

    def tries(self, file: Path = LINUX) -> subprocess.CompletedProcess[str]:
        """Open the file, which is to end by itself."""
        return subprocess.run([file], env=self.words, cwd=self.folder, text=True, check=False,
                              capture_output=True, timeout=PATIENCE)  # fmt: skip

    @contextmanager
    def starts(self, file: Path = LINUX) -> Iterator[Running]:
        """Open the file, wait for the kiosk and the browser, and end both afterwards."""
        running = Running(self, file)
        try:
            running.wait()
            yield running
        finally:
            running.end()


class Running:
    """A kiosk that was started by a double click."""

    def __init__(self, computer: Computer, file: Path) -> None:
        self.computer = computer
        self.url = f"http://127.0.0.1:{(port := free_port())}"
        self.data = computer.folder / f"data-{port}"
        self.log = computer.folder / f"log-{port}.txt"
        self.arguments = f"--port {port} --data {self.data}"
        words = computer.words | {"KIOSK_START_ARGUMENTS": self.arguments}
        with self.log.open("w") as log:
            self.process = subprocess.Popen([file], env=words, cwd=computer.folder,
                                            stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                                            start_new_session=True)  # fmt: skip

    def wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while not (self.answers() and self.browser()):
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < until, self.said()
            time.sleep(0.1)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/healthz", timeout=1) as reply:
                return bool(reply.status == 200)
        except OSError:
            return False

    def browser(self) -> str:
        """Return the address of this kiosk that the browser was told to open."""
        opened = self.computer.opened
        lines = opened.read_text(encoding="utf-8").splitlines() if opened.is_file() else []
        return next((line for line in lines if line.startswith(self.url)), "")

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def end(self) -> None:
        """End the file's whole group, as closing the window does."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGHUP)
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                os.killpg(self.process.pid, signal.SIGKILL)
                self.process.wait()
        until = time.monotonic() + PATIENCE
        while self.is_there():
            assert time.monotonic() < until, self.said()
            time.sleep(0.05)

    def is_there(self) -> bool:
        """Tell whether anything of the group still runs: the kiosk may outlive its window."""
        try:
            os.killpg(self.process.pid, 0)
        except ProcessLookupError:
            return False
        return True


@pytest.fixture
def kari(tmp_path: Path) -> Computer:
    return Computer(tmp_path)


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Computer:
    """A computer on which the kiosk ran before; set up once, also for tests that run beside."""
    beside = "PYTEST_XDIST_WORKER" in os.environ
    common = tmp_path_factory.getbasetemp().parent if beside else tmp_path_factory.getbasetemp()
    folder = common / "used-computer"
    folder.mkdir(exist_ok=True)
    computer = Computer(folder)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (said := folder / "first.txt").is_file():
            with computer.starts() as first:
                said.write_text(f"{first.browser()}\n{first.said()}", encoding="utf-8")
    return computer


def a_newer_download(folder: Path) -> Path:
    """Unpack what a newer version would look like; return its file to open."""
    shutil.copytree(START, folder / "start")
    for name in ("requirements.lock", "pyproject.toml", "CHANGELOG.md"):
        shutil.copy(ROOT / name, folder)
    with (folder / "CHANGELOG.md").open("a", encoding="utf-8") as changelog:
        changelog.write("\nSomething changed.\n")
    return folder / "start" / LINUX.name


def test_the_first_double_click_sets_everything_up_and_opens_the_staff_page(used: Computer) -> None:
    opened, said = (used.folder / "first.txt").read_text(encoding="utf-8").split("\n", 1)
    assert re.match(r"http://127\.0\.0\.1:\d+/staff/", opened)
    assert "This needs the internet, once" in said
    assert "3 of 3" in said
    assert "could not be made" not in said, "where espeak-ng is installed, there are voices"
    assert "Press Enter" not in said
    command = used.environment / "bin" / "kiosk"
    version = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    assert version.stdout.startswith("kiosk, version")
    assert not list(used.environment.glob("lib/python3.*/site-packages/playwright"))
    assert not list(used.home.glob("environment.*")), "nothing half is left"


def test_the_second_double_click_installs_nothing(used: Computer) -> None:
    used = Computer(used.folder)
    used.without_python()
    before = (used.environment / "bin" / "python").lstat()
    with used.starts() as second:
        assert "/staff/" in second.browser()
        assert "set up" not in second.said()
        assert second.data.is_dir()
    assert (used.environment / "bin" / "python").lstat().st_ino == before.st_ino


def test_while_the_kiosk_runs_a_double_click_only_opens_the_browser_again(used: Computer) -> None:
    used = Computer(used.folder)
    with used.starts() as running:
        used.words["KIOSK_START_ARGUMENTS"] = running.arguments
        again = used.tries()
        assert again.returncode == 0, again.stderr
        opened = used.opened.read_text(encoding="utf-8").splitlines()
        assert opened.count(running.browser()) == 2
        assert running.answers()


def test_closing_the_window_ends_the_kiosk(used: Computer) -> None:
    with used.starts() as running:
        pass
    assert not running.answers()
    assert "The reason stands above" not in running.said()


def test_a_kiosk_that_cannot_run_says_so(used: Computer) -> None:
    used = Computer(used.folder)
    used.words["KIOSK_START_ARGUMENTS"] = "--port 0"
    done = used.tries()
    assert done.returncode == 1
    assert "The kiosk has stopped. The reason stands above" in done.stderr


def test_without_internet_a_newer_version_waits_and_the_old_one_starts(
    used: Computer, tmp_path: Path
) -> None:
    used = Computer(used.folder)
    used.without_internet()
    with used.starts(a_newer_download(tmp_path)) as running:
        said = running.said()
    assert "could not be downloaded" in said
    assert "starts in the version from before" in said
    assert not list(used.home.glob("environment.*"))


def test_a_newer_version_does_not_pull_the_rug_from_under_a_running_kiosk(
    used: Computer, tmp_path: Path
) -> None:
    newer = a_newer_download(tmp_path)
    with used.starts() as running, used.starts(newer) as second:
        assert "still running in another window" in second.said()
        assert "set up" not in second.said()
        assert running.answers()


def test_without_internet_the_first_start_says_so_and_the_next_one_tries_again(
    kari: Computer,
) -> None:
    kari.without_internet()
    broken_off = kari.home / "environment.new.999999999"
    broken_off.mkdir(parents=True)
    for _ in range(2):
        done = kari.tries()
        assert done.returncode == 1
        assert "1 of 3" in done.stdout
        assert "Is this computer connected to the internet?" in done.stderr
        assert "Traceback" not in done.stdout + done.stderr
        assert not list(kari.home.glob("environment*")), "nothing half is left to be believed"


@pytest.mark.parametrize("python", ["", "exit 1"], ids=["none", "too old"])
def test_without_a_python_that_is_new_enough_it_says_where_to_get_one(
    kari: Computer, python: str
) -> None:
    kari.without_python()
    if python:
        kari.program("python3", python)
    done = kari.tries()
    assert done.returncode == 1
    assert "Survey Kiosk needs Python 3.11 or newer, and this computer has none." in done.stderr
    assert "python.org" in done.stderr
    assert not kari.home.exists()


def test_on_debian_it_names_the_command_that_helps(kari: Computer) -> None:
    kari.without_python()
    kari.program("apt", "")
    kari.program("python3", 'case "$2" in *ensurepip*) exit 1 ;; esac')
    done = kari.tries()
    assert done.returncode == 1
    assert "A part of Python is missing on this computer (its name is venv)." in done.stderr
    assert "sudo apt install python3 python3-venv" in done.stderr


def test_a_file_that_was_opened_inside_the_zip_asks_to_unpack_it(kari: Computer) -> None:
    alone = kari.folder / "start" / LINUX.name
    alone.parent.mkdir()
    shutil.copy(LINUX, alone)
    done = kari.tries(alone)
    assert done.returncode == 1
    assert "Please unpack the whole download" in done.stderr


def test_in_a_window_the_sentence_stays_until_somebody_has_read_it(kari: Computer) -> None:
    kari.without_python()
    ours, theirs = pty.openpty()
    process = subprocess.Popen([LINUX], env=kari.words, stdin=theirs, stdout=theirs, stderr=theirs)
    os.close(theirs)
    shown = b""
    while b"Press Enter to close this window." not in shown:
        shown += os.read(ours, 1000)
    assert process.poll() is None
    os.write(ours, b"\n")
    assert process.wait(timeout=10) == 1
    os.close(ours)


def test_on_macos_it_is_the_same_file_with_other_folders_and_words(kari: Computer) -> None:
    subprocess.run(["sh", "-n", MACOS], check=True)
    kari.without_python()
    kari.program("uname", "echo Darwin")
    kari.words["PATH"] = kari.words["PATH"] + ":/nowhere"
    library = kari.folder / "Library" / "Application Support" / "survey-kiosk" / "environment"
    (library / "bin").mkdir(parents=True)
    for name in ("requirements.lock", "CHANGELOG.md"):
        (library / "made-from").mkdir(exist_ok=True)
        shutil.copy(ROOT / name, library / "made-from")
    python = kari.program("python", 'echo "$0" "$@"')
    python.rename(library / "bin" / "python")
    done = kari.tries(MACOS)
    assert done.returncode == 0
    assert f"{library}/bin/python -I -m kiosk serve --open\n" in done.stdout


@pytest.mark.parametrize("as_address", [False, True], ids=["path", "address"])
def test_the_launcher_finds_the_file_beside_it(kari: Computer, as_address: bool) -> None:
    folder = kari.folder / "$HOME (of) Kari's"
    folder.mkdir()
    launcher = Path(shutil.copy(LAUNCHER, folder))
    (folder / LINUX.name).write_text('echo "started: $0"\n', encoding="utf-8")
    entry = dict(
        line.split("=", 1) for line in launcher.read_text(encoding="utf-8").splitlines()
        if "=" in line and not line.startswith("#")
    )  # fmt: skip
    assert entry["Terminal"] == "true"
    # First the file's own escapes, then words and quotes, then %k, as the specification has it.
    unescaped = entry["Exec"].replace("\\\\", "\\")
    words = [word.replace("\\$", "$") for word in shlex.split(unescaped)]
    place = f"file://{launcher}" if as_address else str(launcher)
    command = [place if word == "%k" else word for word in words]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout == f"started: {folder / LINUX.name}\n"


def test_the_files_can_be_opened_as_they_are() -> None:
    for file in (LINUX, MACOS, LAUNCHER):
        assert os.access(file, os.X_OK), f"{file.name} may not be executed"
        assert b"\r" not in file.read_bytes()


def test_the_windows_file_is_one_that_windows_understands() -> None:
    raw = WINDOWS.read_bytes()
    assert raw.isascii()
    assert raw.count(b"\n") == raw.count(b"\r\n")
    text = raw.decode().replace("\r\n", "\n")
    labels = re.findall(r"^:(\w+)$", text, re.MULTILINE)
    assert len(labels) == len(set(labels))
    targets = set(re.findall(r"\b(?:goto |call :)(\w+)", text))
    assert targets <= set(labels)
    code = "\n".join(line for line in text.splitlines() if not line.startswith("rem "))
    assert code.count('"') % 2 == 0


def test_all_files_start_the_kiosk_alike() -> None:
    linux, windows = (file.read_text(encoding="utf-8") for file in (LINUX, WINDOWS))
    for words in ("-I -m kiosk serve --open", "--require-hashes -r", "--no-build-isolation",
                  "KIOSK_START_ARGUMENTS", "Press Enter to close this window.",
                  "1 of 3: making room for it"):  # fmt: skip
        assert words in linux
        assert words in windows


def test_what_is_left_out_is_for_developers_only() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    needed = " ".join([
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["researcher"],
        *project["build-system"]["requires"],
    ])  # fmt: skip
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    for file in (LINUX, WINDOWS):
        found = re.search(r"only_developers=\"?([\w|-]+)", file.read_text(encoding="utf-8"))
        assert found is not None
        for name in found[1].split("|"):
            assert f"\n{name}==" in lock
            assert not re.search(rf"\b{name}\b", needed)
