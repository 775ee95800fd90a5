"""Before the first workshop, Lena opens a test answer of Kari's kiosk with her real key."""

from __future__ import annotations

import contextlib
import json
import re
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from pyrage import encrypt, x25519

from kiosk.bundle import layout
from kiosk.bundle.read import BadBundle, read_bundle
from kiosk.dataset.collect import collect
from kiosk.opening.keys import from_words, new_identity
from kiosk.opening.new_study import NewStudy
from kiosk.opening.rehearsal import NotRehearsed, open_rehearsal
from kiosk.store.database import prepare
from kiosk.store.rehearsal import MOST, Rehearsals, code_of
from kiosk.store.workshops import ALPHABET
from kiosk.study.archive import packed
from kiosk.study.model import Study, load_study, parse_study
from kiosk.study.rehearsal import MARK
from kiosk.study.sealing import new_rid
from kiosk.web.staff.rehearsals import files_of_a_rehearsal
from tests.cli import kiosk
from tests.conftest import PASSPHRASE, Kari, Lena, Visitor
from tests.study import recovery_words
from tests.study.travel import with_other_keys


@pytest.fixture
def secret() -> str:
    return new_rid()


@pytest.fixture
def files(app: Flask, kari: Kari, study: NewStudy, secret: str) -> dict[str, bytes]:
    """What is in the test file of Kari's kiosk."""
    with app.test_request_context("/staff/"):
        return files_of_a_rehearsal(load_study(study.file), secret)


def saved(folder: Path, files: dict[str, bytes], name: str = "it.rehearsal.zip") -> Path:
    path = folder / name
    path.write_bytes(packed(files))
    return path


@pytest.fixture
def file(files: dict[str, bytes], tmp_path: Path) -> Path:
    return saved(tmp_path, files)


def refused(path: Path, identity: x25519.Identity) -> str:
    with pytest.raises(NotRehearsed) as why:
        open_rehearsal(path, identity)
    return str(why.value)


# --- Lena opens it ------------------------------------------------------------------------------
def test_lena_opens_it_with_her_key_and_reads_the_kiosks_code(
    file: Path, identity: x25519.Identity, secret: str
) -> None:
    rehearsed = open_rehearsal(file, identity)
    assert rehearsed.code == code_of(secret)
    assert (rehearsed.role, rehearsed.study.title) == ("main", "The study")


def test_the_recovery_sheet_opens_it_too(file: Path, study: NewStudy, secret: str) -> None:
    rehearsed = open_rehearsal(file, from_words(" ".join(recovery_words(study))))
    assert (rehearsed.role, rehearsed.code) == ("recovery", code_of(secret))


def test_a_code_is_short_and_easy_to_read() -> None:
    codes = {code_of(new_rid()) for _ in range(500)}
    assert len(codes) == 500
    assert all(re.fullmatch(f"[{ALPHABET}]{{6}}", code) for code in codes)


def test_the_code_stands_nowhere_in_the_file(files: dict[str, bytes], secret: str) -> None:
    for content in files.values():
        assert secret.encode() not in content
        assert code_of(secret).encode() not in content


def test_another_key_is_told_whose_keys_it_is_sealed_to(file: Path) -> None:
    said = refused(file, new_identity())
    assert "This key does not open it" in said
    assert "“The study”" in said
    assert "main age1" in said


def test_a_study_file_that_names_the_key_is_not_enough(
    files: dict[str, bytes], tmp_path: Path, identity: x25519.Identity
) -> None:
    """Somebody let the kiosk seal to a key of theirs, and put Lena's study file around it."""
    (name,) = [name for name in files if name.startswith(layout.ENVELOPES)]
    files[name] = encrypt(b"{}", [new_identity().to_public()])
    assert "not sealed to it" in refused(saved(tmp_path, files), identity)


def test_a_damaged_file_is_told_wherever_it_is_damaged(
    file: Path, identity: x25519.Identity, tmp_path: Path, secret: str
) -> None:
    whole = file.read_bytes()
    damaged = tmp_path / "damaged.zip"
    for place in range(0, len(whole), len(whole) // 50):
        damaged.write_bytes(whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :])
        with contextlib.suppress(NotRehearsed):
            assert open_rehearsal(damaged, identity).code == code_of(secret), "it says nothing"
    for content in (b"", b"PK", whole[:100], whole[:-1], b"hello"):
        damaged.write_bytes(content)
        assert "Please ask the site for a new rehearsal file" in refused(damaged, identity)
    assert "cannot be read" in refused(tmp_path / "nothing.zip", identity)


def test_a_file_with_something_missing_or_added_is_none(
    files: dict[str, bytes], identity: x25519.Identity, tmp_path: Path
) -> None:
    (envelope,) = [name for name in files if name.startswith(layout.ENVELOPES)]
    for name in (layout.SHEET, layout.STUDY, layout.SURVEY, envelope):
        less = {key: content for key, content in files.items() if key != name}
        assert "rehearsal file" in refused(saved(tmp_path, less), identity)
    more = {**files, f"{layout.ENVELOPES}{'0' * 32}.age": files[envelope]}
    assert "just one test answer" in refused(saved(tmp_path, more), identity)
    sheet = json.loads(files[layout.SHEET]) | {"counters": 7}
    broken = {**files, layout.SHEET: json.dumps(sheet).encode()}
    assert "counters" in refused(saved(tmp_path, broken), identity)


def test_a_real_bundle_is_no_rehearsal(kari: Kari, identity: x25519.Identity) -> None:
    said = refused(kari.closes(kari.opens()), identity)
    assert "“kiosk collect” opens it" in said


# --- it is never counted ------------------------------------------------------------------------
def test_no_reader_of_bundles_takes_it_for_one(file: Path, tmp_path: Path) -> None:
    for name in ("it.rehearsal.zip", "renamed.bundle.zip"):
        path = tmp_path / name
        path.write_bytes(file.read_bytes())
        with pytest.raises(BadBundle, match=MARK):
            read_bundle(path)


def test_collect_skips_it_and_says_that_it_is_a_rehearsal(
    file: Path, kari: Kari, amina: Visitor, lena: Lena, tmp_path: Path
) -> None:
    workshop = kari.opens()
    assert amina.sends(workshop, {"q01": 5}).status_code == 201
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for path in (kari.closes(workshop), file):
        (inbox / path.name).write_bytes(path.read_bytes())
    assert len(lena.collects(inbox)) == 1, "in a folder it is not even looked at"
    (inbox / "renamed.bundle.zip").write_bytes(file.read_bytes())
    pool, skipped = collect([inbox, file], lena.identity)
    assert (len(pool), len(pool.workshops())) == (1, 1)
    assert {line.name for line in skipped} == {"it.rehearsal.zip", "renamed.bundle.zip"}
    assert all("THIS IS A REHEARSAL, NOT A WORKSHOP" in line.why for line in skipped)


def test_a_rehearsal_leaves_no_workshop_on_the_kiosk(file: Path, kari: Kari, data: Path) -> None:
    assert kari.workshops.all() == []
    assert not (data / "bundles").exists()


# --- what the kiosk remembers -------------------------------------------------------------------
@pytest.fixture
def rehearsals(data: Path) -> Rehearsals:
    prepare(data)
    return Rehearsals(data, lambda: date(2026, 5, 4))


@pytest.fixture
def known(study: NewStudy) -> Study:
    return load_study(study.file)


def test_the_right_code_is_remembered_with_its_day(rehearsals: Rehearsals, known: Study) -> None:
    secret = new_rid()
    assert rehearsals.day(known) is None
    rehearsals.expect(known, secret)
    assert rehearsals.waits(known)
    typed = code_of(secret).upper()
    assert rehearsals.confirm(known, f" {typed[:3]} - {typed[3:]} "), "as people type"
    assert rehearsals.day(known) == "2026-05-04"
    assert not rehearsals.waits(known)
    assert not rehearsals.confirm(known, typed), "a code is good once"
    assert rehearsals.day(known) == "2026-05-04"


@pytest.mark.parametrize("typed", ["", " ", "aaaaaa", "🙂", "a" * 5000, "\x00"])
def test_another_code_changes_nothing(typed: str, rehearsals: Rehearsals, known: Study) -> None:
    assert not rehearsals.confirm(known, typed)
    rehearsals.expect(known, new_rid())
    assert not rehearsals.confirm(known, typed)
    assert rehearsals.day(known) is None


def test_whoever_saved_the_file_twice_may_send_either(rehearsals: Rehearsals, known: Study) -> None:
    secrets = [new_rid() for _ in range(MOST + 1)]
    for secret in secrets:
        rehearsals.expect(known, secret)
    assert not rehearsals.confirm(known, code_of(secrets[0])), "but not for ever"
    assert rehearsals.confirm(known, code_of(secrets[1]))


def test_other_keys_and_other_studies_ask_again(rehearsals: Rehearsals, study: NewStudy) -> None:
    source = study.file.read_text(encoding="utf-8")
    here = Path("study.toml")
    ours, rekeyed = parse_study(source, here), parse_study(with_other_keys(source), here)
    other = parse_study(source.replace(f'id = "{ours.id}"', 'id = "other"'), here)
    retitled = parse_study(source.replace("The study", "A better title"), here)
    secret = new_rid()
    rehearsals.expect(ours, secret)
    for another in (rekeyed, other):
        assert not rehearsals.confirm(another, code_of(secret))
    assert rehearsals.confirm(ours, code_of(secret))
    assert rehearsals.day(rekeyed) is rehearsals.day(other) is None
    assert rehearsals.day(retitled) == "2026-05-04"


def test_neither_secret_nor_code_lies_on_the_kiosk(
    rehearsals: Rehearsals, known: Study, data: Path
) -> None:
    secret = new_rid()
    rehearsals.expect(known, secret)
    for path in data.rglob("*"):
        if path.is_file():
            assert secret.encode() not in path.read_bytes()
            assert code_of(secret).encode() not in path.read_bytes()


# --- at Lena's terminal -------------------------------------------------------------------------
@pytest.fixture
def phrase(tmp_path: Path) -> Path:
    file = tmp_path / "phrase.txt"
    file.write_text(PASSPHRASE, encoding="utf-8")
    return file


def test_lena_reads_the_code_at_her_terminal(
    file: Path, study: NewStudy, phrase: Path, secret: str
) -> None:
    words = ("study", "rehearse", file, "--key", study.key, "--passphrase-file", phrase)
    told, code = kiosk(*words), code_of(secret).upper()
    assert (told.code, told.err) == (0, "")
    assert f"code: {code[:3]} {code[3:]}\n" in told.out
    assert "opens with the main key" in told.out
    assert kiosk(*words, "--json").json["code"] == code_of(secret)


def test_lena_is_told_in_a_sentence_why_it_does_not_open(
    file: Path, study: NewStudy, phrase: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "wrong.txt"
    wrong.write_text(str(new_identity()), encoding="utf-8")
    phrase_of_another = tmp_path / "other.txt"
    phrase_of_another.write_text("quite another phrase", encoding="utf-8")
    damaged = tmp_path / "damaged.zip"
    damaged.write_bytes(file.read_bytes()[:-40])
    for words, sentence in (
        ((file, "--key", wrong), "This key does not open it"),
        ((damaged, "--key", wrong), "damaged"),
        ((file, "--key", study.key, "--passphrase-file", phrase_of_another), "passphrase"),
        ((file, "--key", tmp_path / "nothing"), "cannot be read"),
    ):
        told = kiosk("study", "rehearse", *words)
        assert (told.code, told.out) == (2, "")
        assert sentence in told.err
        assert "Traceback" not in told.err
