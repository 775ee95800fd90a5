"""What is closed travels, once and proven; what is open does not; what waits never gets lost."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pytest
from pyrage import x25519

from kiosk.dataset.collect import collect
from kiosk.opening.new_study import NewStudy
from kiosk.opening.receipts import sign_receipt
from kiosk.study.receipts import BadReceipt, name_for
from kiosk.sync import sender as sending
from kiosk.sync.arrivals import take_receipt
from kiosk.sync.problem import NotAllowed, Reason, SendProblem
from kiosk.sync.sender import FIRST_WAIT, LONG_WAIT, LONGEST_WAIT, Sender, Trouble, wait_after
from kiosk.sync.targets.folder import Folder
from tests.store import rows
from tests.sync.kiosks import YESTERDAY, Flaky, Library

AWAY = SendProblem(Reason.UNREACHABLE, "a test pulled the plug")


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


@pytest.fixture
def library(tmp_path: Path, study: NewStudy, inbox: Path) -> Library:
    return Library(tmp_path / "data", study, inbox.as_uri())


def arrived_at(inbox: Path) -> list[str]:
    return sorted(path.name for path in inbox.iterdir())


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_a_packed_workshop_arrives_whole_and_once(library: Library, inbox: Path) -> None:
    workshop = library.packs("Draw", 5, 4)
    sender = Sender(library.outbox)
    assert library.state(workshop) == "waits"
    for _ in range(3):
        sender.round(asked=True)
    assert arrived_at(inbox) == [workshop.bundle]
    assert library.state(workshop) == "sent"
    (sent,) = library.outbox.sendings.sent().values()
    assert sent.proof == "read-back"


def test_nothing_leaves_the_kiosk_while_a_workshop_is_open(library: Library, inbox: Path) -> None:
    library.packs("Draw", 5)
    open_ = library.opens("Photos")
    library.hears(open_, 4)
    Sender(library.outbox).round(asked=False)
    assert arrived_at(inbox) == [], "not even yesterday's: no traffic while people answer"
    library.closes(open_)
    Sender(library.outbox).round(asked=False)
    assert len(arrived_at(inbox)) == 1, "the one that is packed; the other may be opened again"


def test_an_open_workshop_is_never_part_of_it_even_when_asked(
    library: Library, inbox: Path
) -> None:
    open_ = library.opens()
    library.hears(open_, 1)
    library.outbox.pack()
    Sender(library.outbox).round(asked=True)
    assert arrived_at(inbox) == []


def test_a_closed_workshop_that_everybody_forgot_goes_the_next_day(
    library: Library, inbox: Path
) -> None:
    forgotten = library.opens("Draw", lambda: YESTERDAY)
    library.hears(forgotten, 3)
    library.closes(forgotten)
    Sender(library.outbox).round(asked=False)
    assert len(arrived_at(inbox)) == 1


def test_what_came_later_goes_as_a_new_edition(
    library: Library, inbox: Path, identity: x25519.Identity
) -> None:
    workshop = library.packs("Draw", 5, 4)
    sender = Sender(library.outbox)
    sender.round(asked=True)
    late = library.outbox.workshops.get(workshop.code)
    library.outbox.workshops.count(late.code, late.headcount)
    library.outbox.pack()
    assert library.state(late) == "waits", "the new edition is another file"
    sender.round(asked=True)
    assert len(arrived_at(inbox)) == 2
    pool, skipped = collect([inbox], identity)
    assert (len(pool), skipped) == (2, [])


def test_two_kiosks_a_stick_and_a_second_sending_make_no_difference(
    library: Library, inbox: Path, tmp_path: Path, study: NewStudy, identity: x25519.Identity
) -> None:
    workshop = library.packs("Draw", 5, 4, 3)
    other = Library(tmp_path / "other", study, inbox.as_uri())
    other.packs("Photos", 1)
    for one in (library, other, library):
        Sender(one.outbox).round(asked=True)
    carried = tmp_path / "stick"
    carried.mkdir()
    bundle = library.data / "bundles" / str(workshop.bundle)
    (carried / "from the library.zip").write_bytes(bundle.read_bytes())
    (inbox / "copy (1).bundle.zip").write_bytes(bundle.read_bytes())
    pool, _ = collect([inbox, carried / "from the library.zip"], identity)
    assert len(pool) == 4


def test_a_target_that_is_away_is_asked_later_and_later_and_for_ever(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workshop, clock = library.packs("Draw", 5), Clock()
    flaky = Flaky(Folder(inbox), [AWAY] * 40)
    monkeypatch.setattr(library.outbox, "open", lambda text: flaky)
    monkeypatch.setattr(sending, "wait_after", lambda trouble: wait_after(trouble, lambda: 1.0))
    sender = Sender(library.outbox, clock)
    waits = []
    while library.state(workshop) == "waits":
        sender.round(asked=False)
        tries = flaky.puts
        sender.round(asked=False)
        assert flaky.puts == tries, "not before its time"
        if sender.troubles:
            waits.append(min(sender._not_before.values()) - clock.now)
            clock.now += waits[-1]
    assert waits[:4] == [FIRST_WAIT, 2 * FIRST_WAIT, 4 * FIRST_WAIT, 8 * FIRST_WAIT]
    assert (len(waits), max(waits)) == (40, LONGEST_WAIT), "it never gave up"
    assert sender.troubles == {}
    assert arrived_at(inbox) == [workshop.bundle]


@pytest.mark.parametrize("reason", Reason)
def test_each_failure_has_its_patience(reason: Reason) -> None:
    waits = [wait_after(Trouble(reason, "", times), lambda: 0.0) for times in range(1, 2000)]
    most = LONGEST_WAIT if reason.passes else LONG_WAIT
    assert waits == sorted(waits)
    assert max(waits) <= most
    spread = {wait_after(Trouble(reason, "", 9)) for _ in range(20)}
    assert len(spread) > 1, "kiosks that failed together do not come back together"


def test_somebody_who_presses_the_button_does_not_wait(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.packs("Draw", 5)
    flaky = Flaky(Folder(inbox), [NotAllowed("read-only")])
    monkeypatch.setattr(library.outbox, "open", lambda text: flaky)
    sender = Sender(library.outbox, Clock())
    sender.round(asked=False)
    (trouble,) = sender.troubles.values()
    assert (trouble.reason, flaky.puts) == (Reason.RIGHTS, 1)
    sender.round(asked=True)
    assert flaky.puts == 1, "asked, but the time to wait is not over"
    sender.call()
    sender.round(asked=True)
    assert (sender.troubles, len(arrived_at(inbox))) == ({}, 1)


def test_whoever_presses_it_during_a_try_that_fails_need_not_wait_either(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.packs("Draw", 5)
    sender = Sender(library.outbox, Clock())
    flaky = Flaky(Folder(inbox), [SendProblem(Reason.LOGIN)])
    flaky.meanwhile = sender.call  # Kari types the right password just now
    monkeypatch.setattr(library.outbox, "open", lambda text: flaky)
    sender.round(asked=True)
    assert sender.troubles
    sender.round(asked=True)
    assert (sender.troubles, len(arrived_at(inbox))) == ({}, 1)


def test_one_damaged_bundle_does_not_hold_up_the_others(
    library: Library, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for title in ("Draw", "Photos", "Maps"):
        library.packs(title, 5)
    flaky = Flaky(Folder(inbox), [SendProblem(Reason.DAMAGED)])
    monkeypatch.setattr(library.outbox, "open", lambda text: flaky)
    Sender(library.outbox).round(asked=True)
    assert len(arrived_at(inbox)) == 2
    assert len(library.outbox.waiting()) == 1


def test_a_study_that_names_no_target_keeps_everything_here(
    tmp_path: Path, study: NewStudy, inbox: Path
) -> None:
    library = Library(tmp_path / "data", study, "")
    workshop = library.packs("Draw", 5)
    Sender(library.outbox).round(asked=True)
    assert (library.state(workshop), library.outbox.waiting()) == ("waits", [])
    library.outbox = type(library.outbox)(library.data, inbox.as_uri())
    Sender(library.outbox).round(asked=True)
    assert library.state(workshop) == "sent", "the kiosk's own setting names one"


def test_a_receipt_at_the_target_says_that_it_arrived(
    library: Library, inbox: Path, identity: x25519.Identity
) -> None:
    draw, photos = library.packs("Draw", 5), library.packs("Photos", 4)
    sender = Sender(library.outbox)
    sender.round(asked=True)
    bundle = inbox / str(draw.bundle)
    receipt = sign_receipt(identity, library.study.id, [sha256(bundle)], date(2026, 5, 31))
    (inbox / name_for(bundle.name)).write_bytes(receipt)
    # Ola copies it beside the other bundle: it does not speak of that one.
    (inbox / name_for(str(photos.bundle))).write_bytes(receipt)
    sender.call()
    sender.round(asked=True)
    assert (library.state(draw), library.state(photos)) == ("arrived", "sent")
    assert library.outbox.sendings.arrivals() == {draw.bundle: "2026-05-31"}


def test_a_receipt_by_mail_counts_even_if_nothing_was_sent_from_here(
    library: Library, identity: x25519.Identity
) -> None:
    workshop = library.packs("Draw", 5)
    bundle = library.data / "bundles" / str(workshop.bundle)
    receipt = sign_receipt(identity, library.study.id, [sha256(bundle)], date(2026, 5, 31))
    assert [one.code for one in take_receipt(library.outbox, receipt)] == [workshop.code]
    assert library.state(workshop) == "arrived"
    forged = sign_receipt(x25519.Identity.generate(), library.study.id, [sha256(bundle)],
                          date(2026, 5, 31))  # fmt: skip
    with pytest.raises(BadReceipt):
        take_receipt(library.outbox, forged)


def test_times_of_tries_are_nowhere_on_the_disk(library: Library, inbox: Path) -> None:
    library.packs("Draw", 5)
    Sender(library.outbox).round(asked=True)
    columns = {
        name: [row[1] for row in rows(library.data, f"PRAGMA table_info({name})")]
        for name in ("sendings", "arrivals")
    }
    assert columns == {
        "sendings": ["bundle", "target", "workshop", "name", "proof"],
        "arrivals": ["bundle", "workshop", "day"],
    }


def test_a_deleted_workshop_leaves_no_trace_of_its_journey(library: Library) -> None:
    workshop = library.packs("Draw", 5)
    Sender(library.outbox).round(asked=True)
    library.outbox.workshops.delete(workshop)
    assert library.outbox.sendings.sent() == {}
