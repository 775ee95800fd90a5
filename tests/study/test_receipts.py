"""Lena's word that a bundle arrived: Kari's kiosk believes her, and nobody else."""

from __future__ import annotations

import base64
import json
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyrage import x25519

from kiosk.bundle import layout
from kiosk.bundle.read import BadBundle, read_bundle
from kiosk.opening.keys import from_words, new_identity, public
from kiosk.opening.new_study import NewStudy
from kiosk.opening.receipts import TooMany, derived, receipt_key, sign_receipt
from kiosk.opening.study_file import NotAdded, add_receipts
from kiosk.study.changes import changes_of
from kiosk.study.kept import install_pack
from kiosk.study.model import load_study, parse_study
from kiosk.study.pack import load_pack
from kiosk.study.receipts import (
    LARGEST,
    SUFFIX,
    BadReceipt,
    Receipt,
    name_for,
    read_receipt,
    signed_part,
)
from kiosk.study.sealing import canonical
from kiosk.survey.problems import SurveyProblems
from kiosk.sync.receipts import covers
from tests.cli import kiosk
from tests.conftest import PASSPHRASE, Kari, Visitor
from tests.study import recovery_words

DAY = date(2026, 5, 4)
ONE, TWO = sha256(b"one").hexdigest(), sha256(b"two").hexdigest()
OLA = new_identity()
HEAD = 'id = "s"\ntitle = "t"\norganisation = "o"\n'


def refused(data: bytes, keys: tuple[str, ...]) -> str:
    with pytest.raises(BadReceipt) as why:
        read_receipt(data, keys)
    return str(why.value)


def edited(receipt: bytes, **values: Any) -> bytes:
    return canonical(json.loads(receipt) | values)


def without_receipts(study: NewStudy, newline: str = "\n") -> bytes:
    """Return the study file as earlier versions wrote it."""
    lines = study.file.read_text(encoding="utf-8").splitlines()
    return newline.join([line for line in lines if "receipts" not in line] + [""]).encode()


@pytest.fixture
def keys(study: NewStudy) -> tuple[str, ...]:
    return load_study(study.file).receipt_keys


@pytest.fixture
def receipt(identity: x25519.Identity) -> bytes:
    return sign_receipt(identity, "the-study", [TWO, ONE, TWO], DAY)


# --- a receipt and who believes it --------------------------------------------------------------
def test_lena_signs_and_karis_kiosk_believes_it_of_just_this_file(
    kari: Kari, amina: Visitor, study: NewStudy, identity: x25519.Identity, tmp_path: Path
) -> None:
    workshop = kari.opens()
    assert amina.sends(workshop, {"q01": 5}).status_code == 201
    bundle = kari.closes(workshop)
    known = load_study(study.file)
    signed = sign_receipt(identity, known.id, [sha256(bundle.read_bytes()).hexdigest()], DAY)
    found = read_receipt(signed, known.receipt_keys)
    assert (found.study, found.day) == (known.id, "2026-05-04")
    assert covers(found, bundle)

    damaged = tmp_path / bundle.name
    damaged.write_bytes(bundle.read_bytes()[:-1])
    assert not covers(found, damaged), "another content under the same name"
    elsewhere = Receipt("another-study", found.bundles, found.day)
    assert not covers(elsewhere, bundle)
    assert not covers(found, tmp_path / "gone" / bundle.name)


def test_the_same_receipt_is_the_same_file(receipt: bytes, identity: x25519.Identity) -> None:
    assert sign_receipt(identity, "the-study", iter([ONE, TWO]), DAY) == receipt
    assert json.loads(receipt)["bundles"] == sorted([ONE, TWO])


def test_what_a_mail_program_adds_does_no_harm(receipt: bytes, keys: tuple[str, ...]) -> None:
    pretty = json.dumps(json.loads(receipt), indent=2).replace("\n", "\r\n") + "\r\n"
    assert read_receipt(pretty.encode(), keys) == read_receipt(receipt, keys)


@pytest.mark.parametrize(
    "change",
    [{"day": "2026-05-05"}, {"bundles": [ONE, sha256(b"three").hexdigest()]}, {"bundles": [ONE]},
     {"study": "other"}, {"signature": base64.b64encode(bytes(64)).decode()}, {"signature": ""},
     {"format": True}],
    ids=["one digit", "another bundle", "one bundle less", "another study", "zeros", "none",
         "true for one"],
)  # fmt: skip
def test_ola_changes_a_receipt(
    change: dict[str, Any], receipt: bytes, keys: tuple[str, ...]
) -> None:
    assert "was changed after it was signed" in refused(edited(receipt, **change), keys)


def test_ola_signs_with_his_own_key(receipt: bytes, keys: tuple[str, ...]) -> None:
    his = sign_receipt(OLA, "the-study", [ONE, TWO], DAY)
    assert "Somebody else signed" in refused(his, keys)
    disguised = edited(his, key=json.loads(receipt)["key"])
    assert "was changed after it was signed" in refused(disguised, keys)


def test_a_receipt_of_another_study_says_nothing_here(keys: tuple[str, ...]) -> None:
    theirs = new_identity()
    replayed = sign_receipt(theirs, "another-study", [ONE], DAY)
    assert read_receipt(replayed, [receipt_key(theirs)]).study == "another-study"
    assert "of another study" in refused(replayed, keys)


def test_something_else_that_lena_signed_is_no_receipt(
    receipt: bytes, keys: tuple[str, ...]
) -> None:
    content = json.loads(receipt)
    assert signed_part(content).startswith(b"survey-kiosk receipt 1\n{")
    assert b"signature" not in signed_part(content)


def test_a_study_that_names_no_receipts_key_believes_nobody(receipt: bytes) -> None:
    assert "ask the researchers for its newest file" in refused(receipt, ())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This is no receipt."),
        (b"PK\x03\x04", "This is no receipt."),
        (b'{"bundles": "\\ud800", "format": 1}', "This is no receipt."),
        (b"[" * 100_000, "This is no receipt."),
        (b"[]", "This is no receipt."),
        (b" " * LARGEST + b" ", "larger than any receipt"),
        (b'{"format": 2, "bundles": []}', "a format that this version does not know"),
        (b'{"format": 1, "bundles": []}', "This receipt is damaged."),
    ],
    ids=["empty", "a bundle", "half a sign", "deep", "a list", "large", "newer", "cut"],
)
def test_what_is_no_receipt_is_told_plainly(data: bytes, said: str, keys: tuple[str, ...]) -> None:
    assert said in refused(data, keys)


@pytest.mark.parametrize(
    "change",
    [{"bundles": "a" * 64}, {"bundles": [7]}, {"bundles": [ONE.upper()]}, {"day": "yesterday"},
     {"day": "20260504"}, {"day": 7}, {"study": None}, {"signature": 5}, {"key": []}, {"more": 1}],
    ids=str,
)  # fmt: skip
def test_even_a_signed_receipt_must_make_sense(
    change: dict[str, Any], receipt: bytes, keys: tuple[str, ...]
) -> None:
    assert "This receipt is damaged." in refused(edited(receipt, **change), keys)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(st.binary() | st.text().map(str.encode) | JSON.map(lambda it: json.dumps(it).encode()))
def test_no_file_makes_the_kiosk_stumble(data: bytes) -> None:
    assert refused(data, (receipt_key(OLA),))


@given(st.sampled_from(["format", "study", "bundles", "day", "key", "signature"]), JSON)
def test_no_value_in_a_receipt_makes_the_kiosk_stumble(name: str, value: object) -> None:
    signed = json.loads(sign_receipt(OLA, "s", [ONE], DAY))
    if value != signed[name] or isinstance(value, bool | float):
        data = json.dumps(signed | {name: value}).encode()
        assert refused(data, (receipt_key(OLA),))


def test_one_receipt_names_only_so_many_bundles() -> None:
    with pytest.raises(TooMany, match="one for each"):
        sign_receipt(OLA, "s", (sha256(bytes([n % 256, n // 256])).hexdigest()
                                for n in range(16_000)), DAY)  # fmt: skip


# --- its name -----------------------------------------------------------------------------------
def test_a_receipt_lies_beside_its_bundle_under_a_name_that_the_kiosk_can_guess() -> None:
    bundle = layout.name_of("a-study", b"content")
    stem = bundle.removesuffix(layout.SUFFIX)
    for name in (bundle, f"{stem}.bundle-1f3a.zip", f"{stem}.bundle (1).zip"):
        assert name_for(name) == f"{stem}{SUFFIX}"
        assert name_for(f"site-7/{name}") == f"site-7/{stem}{SUFFIX}"
    assert name_for("a.bundle.zip.copies/b.zip") == f"a.bundle.zip.copies/b{SUFFIX}"


def test_nobody_takes_a_receipt_for_a_bundle(receipt: bytes, tmp_path: Path) -> None:
    file = tmp_path / name_for(layout.name_of("the-study", b"content"))
    file.write_bytes(receipt)
    assert not [*tmp_path.glob(layout.PATTERN)]
    with pytest.raises(BadBundle, match="it is a receipt"):
        read_bundle(file)


# --- the key ------------------------------------------------------------------------------------
def test_the_key_is_derived_as_rfc_5869_says() -> None:
    """Test case 3 of the RFC, first block."""
    expected = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
    assert derived(b"\x0b" * 22, b"").hex() == expected


def test_a_known_key_signs_as_it_always_did() -> None:
    """Sites hold the public half: if this changes, no receipt is believed any more."""
    zeros = from_words("abandon " * 23 + "art")
    assert receipt_key(zeros) == "Iv0KlvsCs1jCKjGOb8UKSO8U+WphxvLisOX5+0Vpdlc="


def test_a_new_study_names_both_keys_and_the_paper_signs_too(
    study: NewStudy, identity: x25519.Identity, keys: tuple[str, ...]
) -> None:
    paper = from_words(" ".join(recovery_words(study)))
    assert keys == (receipt_key(identity), receipt_key(paper))
    assert read_receipt(sign_receipt(paper, "the-study", [ONE], DAY), keys).bundles == {ONE}


# --- the study file -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "value",
    ["age1abc", "A" * 43, "A" * 42 + "B=", "", "ü" * 44, base64.b64encode(bytes(31)).decode()],
)
def test_a_receipts_key_that_was_copied_badly_is_told(value: str, study: NewStudy) -> None:
    good = load_study(study.file).receipt_keys[0]
    source = study.file.read_text(encoding="utf-8").replace(good, value)
    if not value:
        assert parse_study(source, study.file).receipt_keys == (
            load_study(study.file).receipt_keys[1],
        )
        return
    with pytest.raises(SurveyProblems) as told:
        parse_study(source, study.file)
    (problem,) = told.value.problems
    assert problem.where == "recipient 1 › receipts"
    assert "44 signs" in problem.remedy


def test_studies_made_earlier_still_load_and_believe_nobody(study: NewStudy) -> None:
    old = parse_study(without_receipts(study).decode(), study.file)
    assert old.keys == load_study(study.file).keys
    assert old.receipt_keys == ()


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["Unix", "Windows"])
def test_a_study_made_earlier_gets_its_line_and_keeps_every_other_byte(
    newline: str, study: NewStudy, identity: x25519.Identity
) -> None:
    note = f'  # "key" of the safe, æøå{newline}'.encode()
    before = without_receipts(study, newline).replace(newline.encode(), note, 1)
    after = add_receipts(before, identity).data
    line = f'receipts = "{receipt_key(identity)}"{newline}'.encode()
    assert (after.count(line), after.replace(line, b"")) == (1, before)
    again = add_receipts(after, identity)
    assert (again.data, again.new) == (after, False)


def test_lena_brings_an_earlier_study_up_to_date_and_reads_what_to_do_next(
    study: NewStudy, tmp_path: Path
) -> None:
    file, phrase, sheet = (tmp_path / name for name in ("study.toml", "phrase", "words.txt"))
    file.write_bytes(without_receipts(study))
    file.chmod(0o644)
    phrase.write_text(PASSPHRASE, encoding="utf-8")
    sheet.write_text(" ".join(recovery_words(study)), encoding="utf-8")
    told = kiosk("study", "receipts", tmp_path, "--key", study.key, "--passphrase-file", phrase,
                 "--json")  # fmt: skip
    assert (told.code, told.json["key"], told.json["changed"]) == (0, "main", True)
    words = ("study", "receipts", tmp_path, "--key", sheet)
    told = kiosk(*words)
    assert (told.code, told.err) == (0, "")
    for text in ("the recovery key", "kiosk study pack", "send it to the sites again"):
        assert text in told.out
    assert load_study(file) == load_study(study.file)
    assert file.stat().st_mode & 0o777 == 0o644, "her colleagues can still read it"
    assert "Nothing was changed" in kiosk(*words).out


def test_the_command_says_what_is_in_its_way(study: NewStudy, tmp_path: Path) -> None:
    plain = tmp_path / "ola.age"
    plain.write_text(str(OLA), encoding="utf-8")
    told = kiosk("study", "receipts", tmp_path, "--key", plain)
    assert (told.code, "cannot be read or written" in told.err) == (2, True)
    (tmp_path / "study.toml").write_bytes(before := study.file.read_bytes())
    told = kiosk("study", "receipts", tmp_path, "--key", plain)
    assert (told.code, "none of the study's keys" in told.err) == (2, True)
    assert (tmp_path / "study.toml").read_bytes() == before
    (tmp_path / "study.toml").write_text("id = 7")
    assert kiosk("study", "receipts", tmp_path, "--key", plain).code == 2
    (tmp_path / "study.toml").write_bytes(b"\xff")
    assert "no UTF-8" in kiosk("study", "receipts", tmp_path, "--key", plain).err


@pytest.mark.parametrize(
    "shape",
    ['contact = "c"\nrecipient = [{{role = "main", key = "{0}"}}]\n',
     'contact = "c"\n[[recipient]]\n"key" = "{0}"\n',
     'contact = """\nkey = "{0}"\n"""\n[[recipient]]\nkey = "{0}"\n'],
    ids=["in one line", "quoted", "in a text"],
)  # fmt: skip
def test_a_file_of_another_shape_is_left_alone_and_the_line_is_told(shape: str) -> None:
    source = HEAD + shape.format(public(OLA))
    assert parse_study(source, Path("study.toml")).keys == (public(OLA),)
    with pytest.raises(NotAdded, match="receipts = ") as told:
        add_receipts(source.encode(), OLA)
    assert receipt_key(OLA) in str(told.value)


def test_a_last_line_without_an_end_is_no_trouble() -> None:
    source = f"{HEAD}contact = 'c'\n[[recipient]]\n  key = '{public(OLA)}'".encode()
    line = f'\n  receipts = "{receipt_key(OLA)}"'.encode()
    assert add_receipts(source, OLA).data == source + line


def test_the_wrong_key_and_a_strange_line_change_nothing(
    study: NewStudy, identity: x25519.Identity
) -> None:
    before = study.file.read_bytes()
    with pytest.raises(NotAdded, match="none of the study's keys"):
        add_receipts(before, OLA)
    strange = before.replace(receipt_key(identity).encode(), receipt_key(OLA).encode())
    with pytest.raises(NotAdded, match="another receipts key"):
        add_receipts(strange, identity)


# --- what changes on a kiosk --------------------------------------------------------------------
def test_who_may_sign_is_never_changed_quietly(
    study: NewStudy, tmp_path: Path, data: Path, keys: tuple[str, ...]
) -> None:
    """Ola would let Kari delete her only copy: she is told, and must call the researchers."""
    install_pack(load_pack(study.file), data)
    assert not changes_of(load_pack(study.file), data).any
    forged = tmp_path / "study.toml"
    forged.write_bytes(study.file.read_bytes().replace(keys[0].encode(), receipt_key(OLA).encode()))
    changes = changes_of(load_pack(forged), data)
    assert (changes.any, changes.keys, changes.vouch) == (True, False, True)
    assert changes.as_dict()["new_receipts"] == [receipt_key(OLA)]
    assert changes.as_dict()["gone_receipts"] == [keys[0]]
    told = kiosk("study", "install", forged, "--data", data)
    assert (told.code, "Nothing was changed." in told.out) == (1, True)
    assert "!! WHO CAN SIGN RECEIPTS CHANGES." in told.out
    assert f"!!   new: main {receipt_key(OLA)}" in told.out
    assert "THE KEYS CHANGE" not in told.out
    assert kiosk("study", "install", forged, "--data", data, "--yes").code == 0


def test_a_file_without_receipts_takes_trust_away_and_needs_no_call(
    study: NewStudy, tmp_path: Path, data: Path, keys: tuple[str, ...]
) -> None:
    install_pack(load_pack(study.file), data)
    old = tmp_path / "study.toml"
    old.write_bytes(without_receipts(study))
    changes = changes_of(load_pack(old), data)
    assert (changes.any, changes.vouch) == (True, False)
    assert changes.as_dict()["gone_receipts"] == list(keys)
    install_pack(load_pack(old), data)
    assert changes_of(load_pack(study.file), data).vouch
    shown = kiosk("study", "show", "--data", data, "--json").json[0]["keys"]
    assert [key["receipts"] for key in shown] == ["", ""]
