"""Kari and Lena type commands; each answers in a sentence, or in JSON, and never in a trace."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import click
import pytest

from kiosk import __version__, network
from kiosk.bundle.read import read_bundle
from kiosk.cli import kiosk as command_line
from kiosk.cli.lazy import RESEARCHERS_LIBRARIES
from kiosk.opening.new_study import NewStudy
from kiosk.store.workshops import ALPHABET
from kiosk.survey.model import Survey
from tests.cli import Told, kiosk
from tests.conftest import PASSPHRASE
from tests.server import free_port
from tests.survey import SOURCE, edited


def commands(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command, f"{name} is listed and cannot be run"
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)
        else:
            yield (*path, name), command


COMMANDS = dict(commands(command_line))


@pytest.fixture
def site(data: Path, study: NewStudy) -> Path:
    """The data folder of a kiosk on which Lena's study is installed."""
    assert kiosk("study", "install", study.file, "--data", data).code == 0
    return data


def opens(site: Path, *words: str) -> Told:
    return kiosk(
        "workshop", "open", "--title", "Draw", "--site", "The library", "--json", "--data", site,
        *words,
    )  # fmt: skip


def assert_says(told: Told, *sentences: str) -> None:
    """Check that a command failed with a clear sentence and exit code 2."""
    assert told.code == 2
    assert told.out == ""
    assert all(sentence in told.err for sentence in sentences), told.err
    assert "Traceback" not in told.err


def test_all_commands_are_there() -> None:
    assert set(COMMANDS) >= {
        ("serve",), ("demo",), ("collect",), ("survey", "check"), ("study", "new"),
        ("study", "install"), ("workshop", "open"), ("workshop", "list"), ("workshop", "close"),
    }  # fmt: skip


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_takes_a_data_folder_and_can_answer_in_json(path: tuple[str, ...]) -> None:
    options = {option for parameter in COMMANDS[path].params for option in parameter.opts}
    assert {"--data", "--json"} <= options


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_and_every_option_of_it_is_explained(path: tuple[str, ...]) -> None:
    told = kiosk(*path, "--help")
    assert (told.code, told.err) == (0, "")
    assert COMMANDS[path].help
    for parameter in COMMANDS[path].params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{parameter.name} is not explained"


def test_the_module_runs_as_a_program_and_knows_its_version() -> None:
    command = [sys.executable, "-m", "kiosk", "--version"]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout == f"kiosk, version {__version__}\n"


@pytest.mark.parametrize("missing", [("scipy",), RESEARCHERS_LIBRARIES])
def test_without_a_researchers_library_a_command_says_how_to_get_it(
    missing: tuple[str, ...],
) -> None:
    program = (
        f"import sys; sys.modules |= dict.fromkeys({missing}); "
        "from kiosk.cli import main; sys.argv = ['kiosk', 'publish', '--out', 'x']; main()"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (run.returncode, run.stdout) == (2, "")
    assert 'pip install "survey-kiosk[researcher]"' in run.stderr


def test_all_libraries_of_the_researchers_part_are_known() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text("utf-8"))
    part = project["project"]["optional-dependencies"]["researcher"]
    assert {re.split("[^a-z0-9-]", one)[0].replace("-", "_") for one in part} == set(
        RESEARCHERS_LIBRARIES
    )


def test_the_shipped_survey_is_in_order(data: Path, survey: Survey) -> None:
    told = kiosk("survey", "check", "workshop", "--data", data)
    assert (told.code, told.err) == (0, "")
    assert "15 items, 24 languages" in told.out
    report = kiosk("survey", "check", "workshop", "--data", data, "--json").json
    assert report == {
        "ok": True, "problems": [], "id": "workshop", "version": survey.version,
        "hash": survey.hash,
    }  # fmt: skip


def test_a_broken_survey_is_one_and_all_its_problems_are_told(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "broken.toml"
    broken = edited(("minutes = 2", 'minutes = "two"'), ("value = 98", "value = 95"))
    file.write_text(broken, encoding="utf-8")
    told = kiosk("survey", "check", file, "--data", data)
    assert told.code == 1
    assert [line.split(": ")[:2] for line in told.out.splitlines()] == [
        ["error", "minutes"], ["error", "missing"],
    ]  # fmt: skip
    report = kiosk("survey", "check", file, "--json", "--data", data)
    assert (report.code, report.json["ok"]) == (1, False)
    assert [set(problem) for problem in report.json["problems"]] == [
        {"level", "where", "what", "remedy"}
    ] * 2


def test_warnings_alone_leave_a_survey_usable(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "risky.toml"
    file.write_text(edited(("I liked this workshop.", "I did not like it.")), encoding="utf-8")
    told = kiosk("survey", "check", file, "--group", 8, "--json", "--data", data)
    assert (told.code, told.json["ok"]) == (0, True)
    assert [problem["level"] for problem in told.json["problems"]] == ["warning", "warning"]


@pytest.mark.parametrize("content", [b"id = ", b"\xff\xfe", b""])
def test_a_file_that_is_no_survey_is_one_without_a_trace(
    data: Path, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "junk.toml"
    file.write_bytes(content)
    told = kiosk("survey", "check", file, "--json", "--data", data)
    assert (told.code, told.json["ok"], told.err) == (1, False, "")


def test_an_unknown_survey_is_answered_with_those_that_there_are(data: Path, site: Path) -> None:
    assert_says(kiosk("survey", "check", "wrkshop", "--data", data), "There are: workshop")
    assert_says(opens(site, "--survey", "wrkshop"), "no survey “wrkshop”")


def test_a_study_is_made_once_and_never_over_itself(tmp_path: Path) -> None:
    phrase = tmp_path / "phrase"
    phrase.write_text(PASSPHRASE, encoding="utf-8")
    words = ("study", "new", tmp_path / "study", "--title", "Our study", "--contact", "ask@x.org",
             "--organisation", "OsloMet", "--passphrase-file", phrase, "--json")  # fmt: skip
    made = kiosk(*words)
    assert (made.code, made.err) == (0, "")
    assert set(made.json) == {"key", "recovery_sheet", "study"}
    assert all(Path(path).is_file() for path in made.json.values())
    assert_says(kiosk(*words), "holds a study already", "choose another folder")
    installed = kiosk("study", "install", made.json["study"], "--data", tmp_path / "d", "--json")
    assert re.fullmatch(r"our-study-[0-9a-f]{6}", installed.json["study"])


def test_a_short_passphrase_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOSK_PASSPHRASE", "short")
    told = kiosk("study", "new", tmp_path / "study", "--title", "t", "--organisation", "o",
                 "--contact", "c")  # fmt: skip
    assert_says(told, "8 signs or more")


def test_a_broken_study_file_is_not_installed(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "study.toml"
    file.write_text('id = "x"', encoding="utf-8")
    assert_says(kiosk("study", "install", file, "--data", data), "recipient: this is missing")
    assert_says(kiosk("study", "install", tmp_path / "no", "--data", data), "does not exist")


def test_without_a_study_kari_is_told_how_to_get_one(data: Path) -> None:
    assert_says(opens(data), "no study yet", "kiosk study install study.toml")


def test_a_workshop_is_opened_listed_and_closed(site: Path, survey: Survey) -> None:
    opened = opens(site, "--languages", "en, ar,ti", "--tool", "Procreate")
    assert (opened.code, opened.err) == (0, "")
    code = opened.json["code"]
    assert len(code) == 5
    assert set(code) <= set(ALPHABET)
    assert opened.json["url"].endswith(f"/w/{code}")
    assert re.match(r"http://\d+\.\d+\.\d+\.\d+:8080/", opened.json["url"]), "never a .local name"
    (listed,) = kiosk("workshop", "list", "--json", "--data", site).json
    assert (listed["code"], listed["state"], listed["sent"]) == (code, "open", 0)
    assert listed["languages"] == ["en", "ar", "ti"]
    closed = kiosk("workshop", "close", code, "--json", "--data", site)
    assert (closed.code, closed.json["state"]) == (0, "closed")
    bundle = read_bundle(Path(closed.json["bundle"]))
    assert (bundle.sheet["tool"], bundle.survey.hash) == ("Procreate", survey.hash)
    again = kiosk("workshop", "close", code, "--json", "--data", site)
    assert again.json == closed.json, "closing twice is harmless"


def test_a_code_may_be_typed_in_capitals(site: Path) -> None:
    code = opens(site).json["code"].upper()
    assert kiosk("workshop", "close", code, "--data", site).code == 0


def test_no_list_shows_an_answer(site: Path) -> None:
    opens(site)
    told = kiosk("workshop", "list", "--json", "--data", site)
    assert set(told.json[0]) == {
        "code", "state", "title", "site", "opened_on", "languages", "sent", "present", "declined",
        "timed_out",
    }  # fmt: skip
    assert "q01" not in told.out


def test_an_empty_list_says_so(data: Path) -> None:
    assert kiosk("workshop", "list", "--data", data).out == "There is no workshop yet.\n"
    assert kiosk("workshop", "list", "--data", data, "--json").json == []


@pytest.mark.parametrize("languages", ["en,sv", "en,,ar", "EN"])
def test_a_language_that_the_survey_lacks_is_named(site: Path, languages: str) -> None:
    told = opens(site, "--languages", languages)
    assert_says(told, "It is there in: en, nb, nn, da")
    assert kiosk("workshop", "list", "--json", "--data", site).json == []


def test_a_language_named_twice_is_offered_once(site: Path) -> None:
    opens(site, "--languages", "ar,en,ar")
    (listed,) = kiosk("workshop", "list", "--json", "--data", site).json
    assert listed["languages"] == ["ar", "en"]


def test_a_broken_survey_opens_no_workshop(site: Path, tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(SOURCE.replace("value = 98", "value = 95"), encoding="utf-8")
    assert_says(opens(site, "--survey", str(file)), "missing: the values are not 97 and 98")


def test_an_unknown_code_or_study_is_answered_in_a_sentence(site: Path) -> None:
    assert_says(kiosk("workshop", "close", "zzzzz", "--data", site), "no workshop", "zzzzz")
    assert_says(opens(site, "--study", "other"), "Please say which study: --study")


@pytest.mark.parametrize("command", ["serve", "researcher"])
def test_a_port_on_which_something_else_talks_is_told(command: str, data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        Thread(target=talks, args=[other], daemon=True).start()
        told = kiosk(command, "--open", "--port", other.getsockname()[1], "--data", data)
    assert_says(told, "Another program already uses port")


def test_a_demo_on_a_taken_port_touches_nothing(data: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        told = kiosk("demo", "--port", other.getsockname()[1], "--data", data)
    assert_says(told, "Another program already uses port")
    assert not data.exists(), "it may be the folder of the kiosk that runs there"


def test_a_port_that_a_program_holds_silently_is_told_as_well(data: Path) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        told = kiosk("serve", "--port", silent.getsockname()[1], "--data", data)
    assert_says(told, "Another program already uses port")


@pytest.mark.parametrize("host", ["kiosk.invalid", "2001:db8::1"])
def test_an_address_that_is_not_this_computer_is_told(
    data: Path, host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "answers", lambda *_: False)  # or a firewall answers for it
    told = kiosk("serve", "--host", host, "--port", free_port(), "--data", data)
    assert_says(told, host, "no address of this computer", "leave out --host")
    assert not data.exists()


def test_a_port_that_the_system_keeps_for_itself_is_told(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(probe: object, address: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("socket.socket.bind", refuses)
    told = kiosk("serve", "--port", 80, "--data", data)
    assert_says(told, "does not let the kiosk use port 80", "--port 8080")


def talks(other: socket.socket) -> None:
    """Say hello like a server that is no web server, to whoever comes."""
    with suppress(OSError):
        while True:
            visitor, _ = other.accept()
            with visitor:
                visitor.sendall(b"SSH-2.0-Other\r\n")


def test_a_wrong_setting_is_answered_in_a_sentence(data: Path) -> None:
    data.mkdir()
    (data / "kiosk.toml").write_text("prot = 8081", encoding="utf-8")
    assert_says(kiosk("workshop", "list", "--data", data), "Did you mean “port”?")


def test_json_is_readable_in_every_script(site: Path) -> None:
    opens(site, "--title", "رسم", "--site", "መጽሓፍቲ")
    out = kiosk("workshop", "list", "--json", "--data", site).out
    assert "رسم" in out
    assert json.loads(out)[0]["site"] == "መጽሓፍቲ"
