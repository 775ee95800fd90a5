"""Lena makes her keys, loses some of them, and is never locked out without being told why."""

from __future__ import annotations

import base64
import stat
from pathlib import Path
from types import SimpleNamespace

import bech32
import pytest
from mnemonic import Mnemonic
from pyrage import passphrase, x25519

from kiosk.opening import keys
from kiosk.opening.keys import (
    TooBusy,
    WrongKey,
    from_words,
    is_locked,
    lock,
    new_identity,
    open_key,
    public,
    words,
)
from kiosk.opening.new_study import NewStudy, StudyExists, make_study
from kiosk.study.model import load_study
from tests.conftest import PASSPHRASE, Kari, Lena, Visitor
from tests.study import recovery_words, too_much_work

# 32 fixed bytes, because one exchange of words in 256 keeps the checksum right by chance.
PHRASE = str(Mnemonic("english").to_mnemonic(bytes(range(32))))


def raw_secret(identity: x25519.Identity) -> bytes:
    _, data = bech32.bech32_decode(str(identity).lower())
    return bytes(bech32.convertbits(data or [], 5, 8, False) or [])


def test_a_locked_key_opens_with_its_passphrase(study: NewStudy, identity: x25519.Identity) -> None:
    assert is_locked(study.key)
    assert public(identity) == load_study(study.file).recipients[0].key


def test_a_wrong_passphrase_is_said_to_be_wrong(study: NewStudy) -> None:
    with pytest.raises(WrongKey, match="does not open"):
        open_key(study.key, PASSPHRASE.upper())


def test_a_busy_computer_tries_again_until_the_key_opens(
    study: NewStudy, identity: x25519.Identity, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[bytes] = []

    def decrypt(data: bytes, phrase: str) -> bytes:
        tried.append(data)
        return bytes(passphrase.decrypt(data if len(tried) > 2 else too_much_work(data), phrase))

    monkeypatch.setattr(keys, "passphrase", SimpleNamespace(decrypt=decrypt))
    monkeypatch.setattr(keys, "PAUSE_SECONDS", 0)
    assert public(open_key(study.key, PASSPHRASE)) == public(identity)
    assert len(tried) == 3


def test_a_computer_that_stays_too_busy_blames_no_passphrase(
    study: NewStudy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keys, "PAUSE_SECONDS", 0)
    heavy = tmp_path / "identity.age"
    heavy.write_bytes(too_much_work(study.key.read_bytes()))
    with pytest.raises(TooBusy, match="close other programs"):
        open_key(heavy, PASSPHRASE)


@pytest.mark.parametrize("phrase", [None, ""])
def test_without_a_passphrase_lena_is_asked_for_it(study: NewStudy, phrase: str | None) -> None:
    with pytest.raises(WrongKey, match="needs its passphrase"):
        open_key(study.key, phrase)


def test_a_short_passphrase_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(WrongKey, match="too short"):
        lock(new_identity(), "7 signs")
    with pytest.raises(WrongKey, match="8 signs or more"):
        make_study(tmp_path / "study", "A study", "The University", "ask@example.org", "7 signs")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("_time", range(10))
def test_any_key_survives_being_written_down_as_24_words(_time: int) -> None:
    identity = new_identity()
    written = words(identity)
    assert len(written.split()) == 24
    assert str(from_words(written)) == str(identity)


def test_words_may_be_typed_in_capitals_and_over_several_lines() -> None:
    assert str(from_words(PHRASE.upper().replace(" ", "\n "))) == str(from_words(PHRASE))


@pytest.mark.parametrize("word", ["zoo", "smiley", "", "zoo zoo"])
def test_a_wrong_word_is_noticed(word: str) -> None:
    with pytest.raises(WrongKey, match="check each word"):
        from_words(" ".join([word, *PHRASE.split()[1:]]))


def test_swapped_words_are_noticed() -> None:
    first, second, *rest = PHRASE.split()
    with pytest.raises(WrongKey, match="their order"):
        from_words(" ".join([second, first, *rest]))


def test_the_words_on_the_recovery_sheet_are_the_studys_second_key(
    study: NewStudy, tmp_path: Path
) -> None:
    typed = tmp_path / "words.txt"
    typed.write_text("\n".join(recovery_words(study)), encoding="utf-8")
    assert not is_locked(typed), "nobody is asked for a passphrase"
    recovered = open_key(typed, None)
    main, recovery = load_study(study.file).recipients
    assert (main.role, recovery.role) == ("main", "recovery")
    assert public(recovered) == recovery.key != main.key


def test_when_the_key_is_lost_the_recovery_sheet_opens_the_data(
    kari: Kari, amina: Visitor, study: NewStudy
) -> None:
    workshop = kari.opens()
    assert amina.sends(workshop, {"q01": 5}).status_code == 201
    recovered = from_words(" ".join(recovery_words(study)))
    (response,) = Lena(recovered).collects(kari.closes(workshop)).responses()
    assert response.values[0] == 5


def test_a_plain_age_identity_is_a_key_too(tmp_path: Path) -> None:
    identity = new_identity()
    file = tmp_path / "plain.txt"
    file.write_text(f"{identity}\n", encoding="utf-8")
    assert str(open_key(file, None)) == str(identity)


def test_a_file_that_is_no_key_is_said_to_be_none(study: NewStudy, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.write_bytes(b"")
    picture = tmp_path / "picture"
    picture.write_bytes(bytes(range(256)))
    for file in (empty, picture, study.file):
        with pytest.raises(WrongKey, match="holds no key"):
            open_key(file, None)
    with pytest.raises(WrongKey, match="cannot be read"):
        open_key(tmp_path / "nothing", None)


def test_a_damaged_key_file_is_refused_without_a_trace(study: NewStudy, tmp_path: Path) -> None:
    damaged = tmp_path / "identity.age"
    damaged.write_bytes(study.key.read_bytes()[:60])
    with pytest.raises(WrongKey):
        open_key(damaged, PASSPHRASE)


@pytest.mark.parametrize("name", ["identity.age", "recovery-sheet.html", "study.toml"])
def test_a_study_is_never_made_over_another(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("precious", encoding="utf-8")
    with pytest.raises(StudyExists, match="another folder"):
        make_study(tmp_path, "Again", "The University", "ask@example.org", PASSPHRASE)
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text(encoding="utf-8") == "precious"


def test_only_its_owner_may_read_the_key_and_the_sheet(study: NewStudy) -> None:
    for path in (study.key, study.sheet):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_secret_of_the_main_key_stands_nowhere_in_clear(
    study: NewStudy, identity: x25519.Identity
) -> None:
    raw = raw_secret(identity)
    assert len(raw) == 32
    forms = [raw, raw.hex().encode(), base64.b64encode(raw), str(identity).encode()[15:]]
    for path in study.file.parent.iterdir():
        content = path.read_bytes()
        assert not [form for form in forms if form.lower() in content.lower()], path.name
    assert recovery_words(study) != words(identity).split()


def test_the_file_for_the_sites_holds_no_secret_at_all(study: NewStudy) -> None:
    text = study.file.read_text(encoding="utf-8")
    assert "secret" not in text.lower()
    recovery = from_words(" ".join(recovery_words(study)))
    assert str(recovery).lower()[15:] not in text.lower()
    assert raw_secret(recovery).hex() not in text
