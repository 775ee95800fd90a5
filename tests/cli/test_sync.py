"""“kiosk sync” from a terminal: send, look, log in, carry by stick, take a receipt."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import date
from pathlib import Path

import pytest
from pyrage import x25519

from kiosk.opening.new_study import NewStudy
from kiosk.opening.receipts import sign_receipt
from kiosk.store.backup import back_up
from kiosk.store.workshop import Headcount
from kiosk.sync.logins import Login, Logins
from kiosk.sync.sender import Sender
from tests.cli import kiosk
from tests.sync.kiosks import Library

SECRET = "battery staple"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


@pytest.fixture
def library(data: Path, study: NewStudy, inbox: Path) -> Library:
    return Library(data, study, inbox.as_uri())


def test_closed_workshops_are_packed_sent_and_told(library: Library, inbox: Path) -> None:
    workshop = library.opens("Draw")
    library.hears(workshop, 5, 4)
    library.closes(workshop)
    library.opens("Photos")
    told = kiosk("sync", "--data", library.data)
    assert told.code == 0, told.err
    assert f"sent: Draw, The library ({workshop.code}) (every byte was read back)" in told.out
    assert len(list(inbox.iterdir())) == 1, "the open one stays here"
    again = kiosk("sync", "--json", "--data", library.data)
    assert (again.code, again.json["sent"], again.json["waiting"]) == (0, [], 0)
    status = kiosk("sync", "status", "--json", "--data", library.data).json
    assert [(one["state"], one["proof"]) for one in status] == [("sent", "read-back")]


def test_what_cannot_be_sent_stays_and_says_why(library: Library, inbox: Path) -> None:
    workshop = library.packs("Draw", 5)
    inbox.rmdir()
    told = kiosk("sync", "--data", library.data)
    assert told.code == 1
    assert "not sent to file://" in told.out
    assert "The folder is not there" in told.out
    assert kiosk("sync", "status", "--data", library.data).out.startswith("waits")
    inbox.mkdir()
    assert kiosk("sync", "--data", library.data).code == 0
    assert [path.name for path in inbox.iterdir()] == [workshop.bundle]


def test_what_a_running_kiosk_packs_and_sends_meanwhile_is_told_too(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop, sends = library.packs("Draw", 5), Sender.round

    def both(sender: Sender, *, asked: bool) -> None:
        sends(sender, asked=asked)
        library.workshops.count(workshop.code, Headcount(1, 0, 0))
        library.outbox.pack()
        sends(Sender(library.outbox), asked=True)

    monkeypatch.setattr(Sender, "round", both)
    told = kiosk("sync", "--json", "--data", library.data)
    assert (told.code, told.json["sent"]) == (0, [workshop.code])


def test_without_a_target_a_folder_can_be_named(
    data: Path, study: NewStudy, tmp_path: Path
) -> None:
    library = Library(data, study, "")
    library.packs("Draw", 5)
    told = kiosk("sync", "--data", data)
    assert told.code == 1
    assert "kiosk sync --to file:///FOLDER" in told.out
    stick = tmp_path / "stick"
    stick.mkdir()
    assert kiosk("sync", "--to", stick.as_uri(), "--data", data).code == 0
    assert len(list(stick.iterdir())) == 1


def test_check_says_what_works_and_what_to_do(library: Library, inbox: Path) -> None:
    good = kiosk("sync", "check", inbox.as_uri(), "--data", library.data)
    assert (good.code, "A kiosk can send there." in good.out) == (0, True)
    bad = kiosk("sync", "check", "gopher://inbox", "--data", library.data)
    assert bad.code == 1
    assert "webdavs://" in bad.out
    wrong = kiosk("sync", "check", f"webdavs://kari:{SECRET}@host/", "--data", library.data)
    assert (wrong.code, SECRET in wrong.out + wrong.err) == (2, False)


def test_what_is_said_before_the_command_is_not_passed_over(library: Library) -> None:
    told = kiosk("sync", "--data", library.data, "status")
    assert told.code == 2
    assert "kiosk sync status …" in told.err


def test_a_password_is_kept_and_never_seen_again(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KIOSK_PASSWORD", SECRET)
    url = "s3://bucket/inbox/{site}?endpoint=https://s3.example.org"
    words = ("sync", "login", url, "--user", "AKIA", "--site", "bergen", "--data", library.data)
    told = kiosk(*words)
    assert (told.code, SECRET in told.out + told.err) == (0, False), told.err
    assert Logins(library.data).of(url).password == SECRET
    (tmp_path / "backups").mkdir()
    copy = back_up(library.data, tmp_path / "backups")
    assert not [p for p in copy.rglob("*") if p.is_file() and SECRET.encode() in p.read_bytes()]
    assert kiosk("sync", "logout", url, "--data", library.data).code == 0
    assert kiosk("sync", "logout", url, "--data", library.data).code == 2


def test_a_login_travels_in_a_pack_only_if_somebody_asks(
    study: NewStudy, tmp_path: Path, data: Path
) -> None:
    folder = tmp_path / "study"
    folder.mkdir()
    source = study.file.read_text(encoding="utf-8")
    (folder / "study.toml").write_text('target = "webdavs://files.example.org/inbox"\n' + source)
    (folder / "login.toml").write_text(f'user = "sites"\npassword = "{SECRET}"\n')
    plain, asked = tmp_path / "plain.zip", tmp_path / "asked.zip"
    assert kiosk("study", "pack", folder, "--out", plain).code == 0
    told = kiosk("study", "pack", folder, "--out", asked, "--login", folder / "login.toml")
    assert (told.code, "like a password" in told.out) == (0, True)
    assert "login.toml" not in zipfile.ZipFile(io.BytesIO(plain.read_bytes())).namelist()
    assert kiosk("study", "install", asked, "--data", data).code == 0
    assert Logins(data).of("webdavs://files.example.org/inbox").password == SECRET
    assert SECRET not in kiosk("study", "show", "--data", data).out


def test_a_login_that_is_no_text_is_refused_in_a_sentence(
    library: Library, study: NewStudy, tmp_path: Path
) -> None:
    file, url = tmp_path / "login.toml", "sftp://kari@files.example.org/inbox"
    file.write_bytes(f'password = "{SECRET}"'.encode("utf-16"))
    at = ("--data", library.data)
    for told in (
        kiosk("sync", "login", url, "--file", file, *at),
        kiosk("sync", "login", url, "--private-key", file, *at),
        kiosk("study", "pack", study.file.parent, "--out", tmp_path, "--login", file),
    ):
        assert (told.code, SECRET in told.err) == (2, False)
    assert Logins(library.data).of(url) == Login()


def test_a_study_with_a_password_in_its_target_is_refused(study: NewStudy, tmp_path: Path) -> None:
    source = study.file.read_text(encoding="utf-8")
    file = tmp_path / "study.toml"
    file.write_text(f'target = "webdavs://kari:{SECRET}@files.example.org/inbox"\n{source}')
    told = kiosk("study", "check", file)
    assert told.code == 1
    assert "everybody who has the study could read" in told.out


def test_a_receipt_from_an_e_mail_is_taken(
    library: Library, identity: x25519.Identity, tmp_path: Path
) -> None:
    workshop = library.packs("Draw", 5)
    bundle = (library.data / "bundles" / str(workshop.bundle)).read_bytes()
    receipt = tmp_path / "a.receipt.json"
    signed = sign_receipt(identity, library.study.id, [hashlib.sha256(bundle).hexdigest()],
                          date(2026, 5, 31))  # fmt: skip
    receipt.write_bytes(signed)
    told = kiosk("sync", "receipt", receipt, "--data", library.data)
    assert (told.code, told.out) == (0, f"arrived and checked: {workshop.code}\n")
    receipt.write_bytes(signed.replace(b"2026-05-31", b"2026-06-01"))
    assert kiosk("sync", "receipt", receipt, "--data", library.data).code == 2
