"""Kari starts the check-up: each thing that would spoil her workshop is told, with what to do."""

from __future__ import annotations

import ast
import re
import shutil
import socket
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

import kiosk.translations
from kiosk import network
from kiosk.checkup import checks, checkup, content, machine
from kiosk.checkup.finding import Finding
from kiosk.config import Config
from kiosk.languages import LANGUAGES
from kiosk.network import Address
from kiosk.opening.keys import new_identity, public
from kiosk.opening.new_study import NewStudy
from kiosk.paths import bundled
from kiosk.store.database import FILE, connect, prepare
from kiosk.store.inspect import damage, look_up
from kiosk.store.rehearsal import Rehearsals, code_of
from kiosk.store.settings import Settings
from kiosk.study.model import install, pick_study
from kiosk.translations import InterfaceTexts
from tests.server import RealKiosk, free_port

WIFI = Address("192.168.1.20", "wlan0", likely=True)
CABLE = Address("10.0.0.7", "eth0", likely=True)
INSIDE = Address("172.17.0.1", "docker0", likely=False)
KEY = f'[[recipient]]\nkey = "{public(new_identity())}"\n'
STUDY = 'id = "{0}"\ntitle = "Study {0}"\norganisation = "The University"\ncontact = "a@b.org"\n'


@pytest.fixture
def config(data: Path, study: NewStudy, monkeypatch: pytest.MonkeyPatch) -> Config:
    """A kiosk that is ready for a workshop, on a laptop that is in one Wi-Fi."""
    install(study.file, data)
    prepare(data)
    Settings(data).set("last_backup", date.today().isoformat())
    rehearse(data)
    has(monkeypatch, WIFI)
    return Config(data=data, port=free_port())


def rehearse(data: Path) -> None:
    """Let the researchers have opened a test answer."""
    rehearsals, study = Rehearsals(data), pick_study(data, None)
    rehearsals.expect(study, "secret")
    assert rehearsals.confirm(study, code_of("secret"))


@pytest.fixture
def taken() -> Iterator[int]:
    """A port at which another program listens."""
    with socket.create_server(("", 0)) as listening:
        yield int(listening.getsockname()[1])


def has(monkeypatch: pytest.MonkeyPatch, *addresses: Address) -> None:
    monkeypatch.setattr(network, "addresses", lambda: list(addresses))
    monkeypatch.setattr(network, "is_own", lambda ip: ip in [one.ip for one in addresses])


def told(name: str, config: Config, *, running: bool = False) -> Finding:
    """What one check finds; whatever is not good comes with something to do."""
    (found,) = [one for one in checkup(config, running=running) if one.name == name]
    assert found.sentence
    assert bool(found.advice) is (found.state != "good")
    return found


def files(folder: Path) -> dict[Path, tuple[bytes, int]]:
    return {
        path: (path.read_bytes(), path.stat().st_mtime_ns)
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_ready_kiosk_is_told_to_be_ready(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = InterfaceTexts({}, frozenset(LANGUAGES))
    monkeypatch.setattr(content, "read_texts", lambda domain: whole)
    found = checkup(config)
    assert [one.sentence for one in found if one.state != "good"] == []
    assert len(found) == len(checks.CHECKS) == len({one.name for one in found})


def test_the_check_up_changes_nothing(config: Config) -> None:
    before = files(config.data)
    checkup(config)
    checkup(config, running=True)
    assert files(config.data) == before


def test_a_kiosk_that_never_ran_is_not_made_by_looking_at_it(data: Path) -> None:
    checkup(Config(data=data, port=free_port()))
    assert not data.exists()


def test_an_old_python_is_told(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("platform.python_version_tuple", lambda: ("3", "9", "2"))
    assert told("python", config).state == "bad"
    assert "3.11" in told("python", config).advice


def test_a_folder_that_is_not_there_may_be_misspelt(config: Config, tmp_path: Path) -> None:
    found = told("folder", Config(data=tmp_path / "dtaa"))
    assert found.state == "warn"
    assert str(tmp_path / "dtaa") in found.sentence


def test_a_folder_that_cannot_be_written_is_told_before_the_first_answer(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("this is a file", encoding="utf-8")
    found = told("folder", Config(data=tmp_path / "data"))
    assert found.state == "bad"
    assert "--data" in found.advice


class Disk(NamedTuple):
    free: int


@pytest.mark.parametrize(
    ("megabytes", "state", "words"),
    [
        (49, "bad", "49 MB"),
        (499, "warn", "499 MB"),
        (500, "good", "500 MB"),
        (7200, "good", "7 GB"),
    ],
)
def test_a_full_disk_is_told(
    config: Config, monkeypatch: pytest.MonkeyPatch, megabytes: int, state: str, words: str
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Disk(megabytes * 1_000_000))
    assert told("space", config).state == state
    assert words in told("space", config).sentence


@pytest.mark.parametrize(
    ("year", "state"),
    [(1970, "warn"), (2025, "warn"), (2026, "good"), (2036, "good"), (2037, "warn")],
)
def test_a_clock_that_lost_its_battery_would_close_workshops_at_once(
    config: Config, monkeypatch: pytest.MonkeyPatch, year: int, state: str
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: object = None) -> Clock:
            return cls(year, 1, 2, 3, 4)

    monkeypatch.setattr(machine, "datetime", Clock)
    assert told("clock", config).state == state
    assert f"{year}-01-02" in told("clock", config).sentence


def test_without_a_network_no_phone_comes_but_the_laptop_itself_works(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    has(monkeypatch)
    found = told("addresses", config)
    assert (found.state, found.sentence) == ("bad", "This computer is in no network.")
    assert "Wi-Fi" in found.advice
    assert "own screen" in found.advice


def test_the_one_address_is_named(config: Config) -> None:
    assert told("addresses", config).state == "good"
    assert WIFI.ip in told("addresses", config).sentence


def test_a_network_inside_the_machine_is_none(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    has(monkeypatch, WIFI, INSIDE)
    assert told("addresses", config).state == "good"
    has(monkeypatch, INSIDE)
    assert told("addresses", config).state == "warn"


def test_several_networks_are_listed_until_somebody_chooses(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    has(monkeypatch, WIFI, CABLE, INSIDE)
    found = told("addresses", config)
    assert found.state == "warn"
    assert f"{WIFI.ip}, {CABLE.ip}." in found.sentence
    Settings(config.data).set("address", CABLE.ip)
    found = told("addresses", config)
    assert (found.state, CABLE.ip in found.sentence) == ("good", True)
    has(monkeypatch, WIFI)
    found = told("addresses", config)
    assert (found.state, WIFI.ip in found.sentence) == ("good", True), "chosen in another library"


def test_an_address_from_another_library_in_the_settings_is_told(config: Config) -> None:
    found = told("addresses", Config(data=config.data, address="192.168.7.7"))
    assert found.state == "warn"
    assert "192.168.7.7" in found.sentence
    assert WIFI.ip in found.sentence
    assert told("addresses", Config(data=config.data, address=WIFI.ip)).state == "good"
    assert told("addresses", Config(data=config.data, address="kiosk.example.org")).state == "good"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_kiosk_that_answers_on_the_laptop_only_keeps_phones_out(
    config: Config, host: str
) -> None:
    found = told("addresses", Config(data=config.data, host=host))
    assert found.state == "warn"
    assert "kept out" in found.sentence


def test_a_free_port_is_free_and_stays_so(config: Config) -> None:
    for _ in range(2):
        assert told("port", config).state == "good"
        assert "is free" in told("port", config).sentence


def test_a_port_that_another_program_has_is_told_with_a_way_out(config: Config, taken: int) -> None:
    found = told("port", Config(data=config.data, port=taken))
    assert found.state == "bad"
    assert "Another program" in found.sentence
    assert f"--port {taken + 1}" in found.advice


def test_a_port_that_another_program_only_keeps_is_taken_too(config: Config) -> None:
    with socket.socket() as keeping:
        keeping.bind(("", config.port))
        assert "Another program" in told("port", config).sentence


def test_a_kiosk_that_is_running_already_is_recognised(kiosk: RealKiosk) -> None:
    found = told("port", Config(data=kiosk.data, port=kiosk.port))
    assert found.state == "good"
    assert "already running" in found.sentence


def test_a_port_that_the_system_keeps_for_itself_is_told(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(probe: object, address: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("socket.socket.bind", refuses)
    found = told("port", Config(data=config.data, port=81))
    assert found.state == "bad"
    assert "--port 8080" in found.advice


def test_a_host_that_is_not_this_machine_is_told(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "answers", lambda *_: False)  # or a firewall answers for it
    found = told("port", Config(data=config.data, host="203.0.113.9", port=config.port))
    assert found.state == "bad"
    assert "203.0.113.9" in found.sentence


def test_the_running_kiosk_tries_its_own_address(
    config: Config, taken: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    has(monkeypatch, Address("127.0.0.1", "lo", likely=True))
    found = told("firewall", Config(data=config.data, port=taken), running=True)
    assert (found.state, str(taken) in found.sentence) == ("good", True)
    found = told("firewall", config, running=True)
    assert found.state == "warn"
    assert "firewall" in found.advice
    assert not [one for one in checkup(config, running=True) if one.name == "port"]


def test_a_missing_font_is_told(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(bundled("static") / "fonts", tmp_path / "static" / "fonts")
    monkeypatch.setattr(content, "bundled", lambda name: tmp_path / name)
    assert told("fonts", config).state == "good"
    (tmp_path / "static" / "fonts" / "ethiopic.woff2").unlink()
    found = told("fonts", config)
    assert (found.state, "ethiopic" in found.sentence) == ("bad", True)


def test_a_language_that_lost_its_texts_is_told_by_its_name(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(bundled("translations"), tmp_path / "translations")
    monkeypatch.setattr(kiosk.translations, "bundled", lambda name: tmp_path / name)
    (tmp_path / "translations" / "so" / "LC_MESSAGES" / "messages.po").unlink()
    found = told("translations", config)
    assert found.state == "warn"
    assert found.sentence.endswith("since texts are missing: Soomaali.")


def test_a_gap_in_the_pages_for_staff_is_told(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"messages": frozenset(LANGUAGES), "staff": frozenset({"en", "nb", "nl", "fr"})}
    monkeypatch.setattr(content, "read_texts", lambda domain: InterfaceTexts({}, texts[domain]))
    found = told("translations", config)
    assert found.state == "warn"
    assert found.sentence.endswith("languages: dansk.")


def test_a_broken_survey_is_told_with_the_command_that_says_more(config: Config) -> None:
    assert told("surveys", config).state == "good"
    own = config.data / "surveys" / "ours.toml"
    own.parent.mkdir()
    own.write_text("id = 7", encoding="utf-8")
    found = told("surveys", config)
    assert (found.state, "ours" in found.sentence) == ("bad", True)
    assert found.advice.endswith("kiosk survey check ours")


def test_an_installation_without_its_survey_is_told(
    config: Config, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(content, "bundled", lambda name: tmp_path / name)
    assert told("surveys", config).state == "bad"


def test_without_a_study_kari_hears_whom_to_ask(data: Path) -> None:
    found = told("study", Config(data=data))
    assert found.state == "bad"
    assert "researchers" in found.advice
    assert "kiosk study install study.toml" in found.advice


def test_the_study_is_named_with_its_keys(config: Config) -> None:
    found = told("study", config)
    assert found.state == "good"
    assert "“The study”" in found.sentence
    assert "2 keys" in found.sentence


def test_a_study_without_a_recovery_key_is_told_before_anybody_answers(config: Config) -> None:
    lone = config.data / "studies" / "lone.toml"
    lone.write_text(STUDY.format("lone") + KEY, encoding="utf-8")
    found = told("study", config)
    assert (found.state, "“Study lone”" in found.sentence) == ("warn", True)
    lone.write_text(STUDY.format("lone") + KEY + KEY, encoding="utf-8")
    found = told("study", config)
    assert (found.state, "2 studies" in found.sentence) == ("good", True)


def test_a_study_file_that_somebody_edited_is_told(config: Config) -> None:
    (config.data / "studies" / "edited.toml").write_text("id = edited", encoding="utf-8")
    found = told("study", config)
    assert (found.state, "edited.toml" in found.sentence) == ("bad", True)


def test_a_study_is_not_rehearsed_until_the_code_is_back(data: Path, study: NewStudy) -> None:
    config = Config(data=data)
    install(study.file, data)
    prepare(data)
    found = told("rehearsal", config)
    assert (found.state, "“The study”" in found.sentence) == ("warn", True)
    assert "test file" in found.advice
    Rehearsals(data).expect(pick_study(data, None), "secret")
    assert told("rehearsal", config).state == "warn"
    rehearse(data)
    assert told("rehearsal", config).state == "good"


def test_a_survey_of_a_study_that_cannot_be_read_is_told(config: Config) -> None:
    (config.data / "studies" / "own" / "surveys").mkdir(parents=True)
    (config.data / "studies" / "own" / "surveys" / "broken.toml").write_text("id =")
    found = told("surveys", config)
    assert (found.state, "broken" in found.sentence) == ("bad", True)


def test_a_damaged_database_is_told_before_the_workshop(config: Config) -> None:
    assert told("database", config).state == "good"
    file = config.data / FILE
    content = bytearray(file.read_bytes())
    content[8192 : 8192 * 2] = b"\xaa" * 8192
    file.write_bytes(content)
    found = told("database", config)
    assert found.state == "bad"
    assert "stop the kiosk and start it again" in found.advice
    file.write_bytes(b"no database at all" * 1000)
    assert told("database", config).state == "bad"
    assert told("backup", config).state == "warn"


def test_a_new_kiosk_has_no_database_and_needs_no_backup(data: Path) -> None:
    assert (damage(data), look_up(data, "last_backup")) == (None, None)
    assert told("database", Config(data=data)).state == "good"
    assert told("backup", Config(data=data)).state == "good"


def test_looking_at_the_database_changes_nothing(config: Config) -> None:
    before = files(config.data)
    assert damage(config.data) is None
    assert look_up(config.data, "last_backup") == date.today().isoformat()
    assert look_up(config.data, "never set") is None
    assert files(config.data) == before


def test_what_a_power_cut_left_half_written_is_not_called_damaged(
    config: Config, tmp_path: Path
) -> None:
    cut = tmp_path / "cut"
    cut.mkdir()
    writing = connect(config.data)
    writing.execute("PRAGMA cache_size = 1")
    writing.execute("BEGIN IMMEDIATE")
    for number in range(200):
        writing.execute("INSERT INTO settings VALUES (?, ?)", (f"n{number}", "x" * 4000))
    for path in config.data.glob(f"{FILE}*"):
        shutil.copy(path, cut)
    writing.execute("ROLLBACK")
    writing.close()
    assert (cut / f"{FILE}-journal").stat().st_size > 0
    before = files(cut)
    assert damage(cut) is None
    assert files(cut) == before
    prepare(cut)
    assert look_up(cut, "last_backup") == date.today().isoformat(), "mended by the next start"


def test_the_database_of_an_older_kiosk_is_sound(data: Path) -> None:
    connect(data).close()
    assert damage(data) is None
    assert told("backup", Config(data=data)).state == "warn"


@pytest.mark.parametrize(("days", "state"), [(0, "good"), (30, "good"), (31, "warn")])
def test_a_month_old_backup_is_too_old(config: Config, days: int, state: str) -> None:
    last = (date.today() - timedelta(days=days)).isoformat()
    Settings(config.data).set("last_backup", last)
    found = told("backup", config)
    assert (found.state, last in found.sentence) == (state, True)
    assert ("kiosk backup" in found.advice) is (state == "warn")


def test_a_kiosk_that_was_never_backed_up_is_told(config: Config) -> None:
    Settings(config.data).set("last_backup", None)
    assert told("backup", config).state == "warn"


def test_a_check_that_fails_is_a_finding_and_the_others_are_made(
    config: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    def breaks(config: Config) -> Finding:
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr(checks, "CHECKS", (breaks, machine.python))
    first, second = checkup(config)
    assert (first.name, first.state) == ("breaks", "bad")
    assert "the disk is on fire" in first.sentence
    assert first.advice
    assert second.name == "python"


def test_nonsense_in_the_settings_ends_in_sentences(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for host in ("", "not a host", "256.1.1.1"):
        config = Config(data=tmp_path / "file" / "x", host=host, address="?", port=65_535)
        for running in (False, True):
            assert all(one.sentence for one in checkup(config, running=running))


def test_every_sentence_is_plain() -> None:
    jargon = re.compile(r"!|SQLite|TCP|IP\b|localhost|interface|exception|invalid|user|error", re.I)
    sentences = []
    for path in Path(checks.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "N_":
                sentences.append(ast.literal_eval(node.args[0]))
    assert len(sentences) > 40
    for sentence in sentences:
        assert not jargon.search(sentence), sentence
        assert sentence[0].isupper() or sentence.startswith("%("), sentence
        assert re.search(r"(\.|%\(problem\)s|: kiosk .+|--port %\(other\)s)$", sentence), sentence
