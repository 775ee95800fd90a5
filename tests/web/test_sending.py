"""Kari sends with one button, sees how far it is, and deletes her copy only when it arrived."""

from __future__ import annotations

import hashlib
import io
import re
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from pyrage import x25519

from kiosk.opening.receipts import sign_receipt
from kiosk.store.workshop import Workshop
from kiosk.study.model import Study, install_text
from kiosk.sync.problem import Reason, SendProblem
from kiosk.sync.sender import Sender, Trouble
from kiosk.sync.sticks import Stick
from kiosk.web.staff import sending
from tests.conftest import Desk, Kari, Visitor
from tests.sync.desktop import desktop_says
from tests.web import ALL, alert

SECRET = "battery staple"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    (tmp_path / "inbox").mkdir()
    return tmp_path / "inbox"


@pytest.fixture
def sends_to(kari: Kari, data: Path, inbox: Path) -> Study:
    """The study of this kiosk now says where bundles go."""
    source = kari.study.file.read_text(encoding="utf-8")
    return install_text(f'target = "{inbox.as_uri()}"\n{source}', data)


@pytest.fixture
def closed(kari: Kari, amina: Visitor) -> Workshop:
    workshop = kari.opens()
    amina.sends(workshop, ALL)
    return kari.workshops.close(workshop.code)


def sender(app: Flask) -> Sender:
    found: Sender = app.extensions["sender"]
    return found


def here(workshop: Workshop, page: str = "") -> str:
    return f"/staff/w/{workshop.code}/{page}"


def receipt_for(inbox: Path, study: Study, identity: x25519.Identity) -> bytes:
    bundles = [hashlib.sha256(path.read_bytes()).hexdigest() for path in inbox.glob("*.zip")]
    return sign_receipt(identity, study.id, bundles, date(2026, 5, 31))


def test_one_button_packs_and_sends_and_the_page_says_how_far_it_is(
    app: Flask, sends_to: Study, closed: Workshop, desk: Desk, inbox: Path,
    identity: x25519.Identity,
) -> None:  # fmt: skip
    page = desk.gets(here(closed))
    assert "Send to the researchers" in page.html
    page = desk.does(here(closed, "pack"))
    assert "the kiosk is sending it" in page.html
    sender(app).round(asked=True)
    assert len(list(inbox.iterdir())) == 1
    assert "They still have to open it" in desk.gets(here(closed)).html
    assert "sent to the researchers" in desk.gets("/staff/").html
    refused = desk.does(here(closed, "delete-copy"))
    assert "no receipt has come" in refused.html
    assert "Delete the copy" not in refused.html
    file = (io.BytesIO(receipt_for(inbox, sends_to, identity)), "a.receipt.json")
    assert "have opened the answers" in desk.does("/staff/sending/receipt", receipt=file).html
    page = desk.gets(here(closed))
    assert "arrived and checked" in page.html
    assert "Delete the copy on this computer" in page.html
    page = desk.does(here(closed, "delete-copy"))
    assert "Delete the copy" not in page.html
    bundles = list((closed_data(app) / "bundles").iterdir())
    assert bundles == []
    assert "arrived and checked" in desk.gets("/staff/").html
    desk.gets(here(closed, "bundle"), status=404)


def closed_data(app: Flask) -> Path:
    return sender(app).outbox.data


def test_every_failure_has_its_own_sentence_and_what_to_do(
    app: Flask, sends_to: Study, closed: Workshop, desk: Desk
) -> None:
    said = set()
    for reason in Reason:
        sender(app).troubles[sends_to.target] = Trouble(reason, "SHA256:abc", 1)
        page = desk.gets("/staff/sending/")
        said.add(alert(page))
        assert ("Password for the server" in page.html) == (
            reason in (Reason.LOGIN, Reason.RIGHTS)
        ), reason
        stuck = "in the way of sending" in desk.gets("/staff/").html
        assert stuck is not reason.passes, "the first page calls for help only where that helps"
    assert len(said) == len(Reason)


def test_a_page_that_was_overtaken_while_it_was_made_loads_again(
    app: Flask, sends_to: Study, closed: Workshop, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meanwhile() -> list[Stick]:
        sender(app).troubles[sends_to.target] = Trouble(Reason.UNREACHABLE, "", 1)
        return []

    monkeypatch.setattr(sending, "sticks", meanwhile)
    sender(app).troubles[sends_to.target] = Trouble(Reason.LOGIN, "", 1)
    page = desk.gets("/staff/sending/")
    shown = re.search(r'data-state="(\w+)"', page.html)
    assert shown
    now = desk.client.get("/staff/sending/status").get_json()["state"]
    assert "cannot be reached" in alert(page) or shown[1] != now, "or it would stay for ever"


def test_a_typed_password_is_kept_and_on_no_page(
    app: Flask, sends_to: Study, closed: Workshop, desk: Desk
) -> None:
    sender(app).troubles[sends_to.target] = Trouble(Reason.LOGIN, "", 1)
    page = desk.does("/staff/sending/login", target=sends_to.target, user="kari", password=SECRET)
    assert SECRET not in page.html
    kept = sender(app).outbox.logins.of(sends_to.target)
    assert (kept.user, kept.password) == ("kari", SECRET)
    desk.posts("/staff/sending/login", 404, target="https://elsewhere/", user="k", password="x")


def test_a_server_is_believed_only_after_somebody_compared_its_sign(
    app: Flask, sends_to: Study, closed: Workshop, desk: Desk
) -> None:
    text = sends_to.target
    desk.does("/staff/sending/server", target=text)
    assert sender(app).outbox.logins.of(text).host_key == "", "nothing to accept"
    sender(app).troubles[text] = Trouble(Reason.HOST_KEY_UNKNOWN, "ssh-ed25519 SHA256:abc+/D", 1)
    assert "SHA256:abc+/D" in desk.gets("/staff/sending/").html
    desk.does("/staff/sending/server", target=text)
    assert sender(app).outbox.logins.of(text).host_key == "SHA256:abc+/D"


def test_a_stick_is_offered_filled_and_may_be_pulled_out(
    closed: Workshop, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "KARI"
    folder.mkdir()
    monkeypatch.setattr(sending, "sticks", lambda: [Stick(folder, "none", 8_000_000_000)])
    assert "Save to “KARI”" in desk.gets("/staff/sending/").html
    page = desk.does("/staff/sending/stick", stick=str(folder))
    assert "safe to pull it out" in page.html
    assert len(list((folder / "survey-kiosk").glob("*.bundle.zip"))) == 1
    assert "on a stick" in page.html


def test_a_receipt_on_the_stick_is_found(
    sends_to: Study, closed: Workshop, desk: Desk, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, identity: x25519.Identity,
) -> None:  # fmt: skip
    folder = tmp_path / "KARI"
    folder.mkdir()
    monkeypatch.setattr(sending, "sticks", lambda: [Stick(folder, "none", 8_000_000_000)])
    desk.does("/staff/sending/stick", stick=str(folder))
    signed = receipt_for(folder / "survey-kiosk", sends_to, identity)
    (folder / "lena.receipt.json").write_bytes(signed)
    (folder / "joke.receipt.json").write_bytes(b"{}")
    desk.does("/staff/sending/stick", stick=str(folder))
    assert "arrived and checked" in desk.gets(here(closed)).html


def test_a_receipt_is_found_before_the_desktop_lets_go_of_the_stick(
    sends_to: Study, closed: Workshop, desk: Desk, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch, identity: x25519.Identity,
) -> None:  # fmt: skip
    folder, away = tmp_path / "KARI", tmp_path / "pulled out"
    folder.mkdir()
    monkeypatch.setattr(sending, "sticks", lambda: [Stick(folder, "/dev/sdz1", 8_000_000_000)])
    desktop_says(tmp_path, monkeypatch, f"mv '{folder}' '{away}'")
    desk.does("/staff/sending/stick", stick=str(folder))
    away.rename(folder)
    signed = receipt_for(folder / "survey-kiosk", sends_to, identity)
    (folder / "lena.receipt.json").write_bytes(signed)
    desk.does("/staff/sending/stick", stick=str(folder))
    assert away.exists()
    assert "arrived and checked" in desk.gets(here(closed)).html


def test_a_stick_that_fails_says_so_and_nothing_is_lost(
    app: Flask, closed: Workshop, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = desk.posts("/staff/sending/stick", 400, stick="/media/gone")
    assert "put it in again" in gone.text
    monkeypatch.setattr(sending, "sticks", lambda: [Stick(tmp_path, "none", 0)])

    def full(stick: Stick) -> None:
        raise SendProblem(Reason.FULL)

    monkeypatch.setattr(sender(app).outbox, "save_to", full)
    assert "stick is full" in desk.posts("/staff/sending/stick", 400, stick=str(tmp_path)).text


@pytest.mark.parametrize("content", [b"", b"{}", b"PK", b"x" * 300_000])
def test_what_is_no_receipt_is_refused_in_a_sentence(
    closed: Workshop, desk: Desk, content: bytes
) -> None:
    file = (io.BytesIO(content), "a.receipt.json")
    told = desk.posts("/staff/sending/receipt", 400, receipt=file)
    assert "no receipt for this kiosk" in told.text


def test_deleting_says_that_the_researchers_have_not_got_it(
    sends_to: Study, closed: Workshop, desk: Desk, app: Flask
) -> None:
    assert "have not got it yet" in desk.gets(here(closed, "delete")).html
    desk.does(here(closed, "pack"))
    sender(app).round(asked=True)
    assert "have not got it yet" not in desk.gets(here(closed, "delete")).html


def test_no_answer_and_no_key_is_on_the_page(sends_to: Study, closed: Workshop, desk: Desk) -> None:
    html = desk.gets("/staff/sending/").html
    assert "q01" not in html
    assert "age1" not in html
