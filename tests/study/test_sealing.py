"""An envelope tells nothing to whoever holds it, and everything to Lena."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyrage import DecryptError, decrypt, x25519

from kiosk.opening.keys import from_words, new_identity, public
from kiosk.opening.new_study import NewStudy
from kiosk.study.model import load_study
from kiosk.study.sealing import canonical, padded_size, seal
from kiosk.survey.kinds import allowed_values
from kiosk.survey.loader import load_survey
from kiosk.survey.model import SKIPPED, Survey
from tests.conftest import SURVEY_FILE
from tests.study import recovery_words

SURVEY = load_survey(SURVEY_FILE)
WORKSHOP = "0123456789abcdef"
LENA = new_identity()
VALUES = sorted(allowed_values(SURVEY, SURVEY.items[0]) | {SKIPPED})
ANSWERS = st.fixed_dictionaries({item.id: st.sampled_from(VALUES) for item in SURVEY.items})
ALL_FIVES = {item.id: 5 for item in SURVEY.items}


def sealed(answers: dict[str, int]) -> bytes:
    return seal(SURVEY, WORKSHOP, answers, [public(LENA)])


def opened(envelope: bytes, identity: x25519.Identity = LENA) -> Any:
    return json.loads(decrypt(envelope, [identity]))


def payload(envelope: bytes) -> bytes:
    """Return what follows the age header, to which rage adds a stanza of random length."""
    return envelope[envelope.index(b"\n", envelope.index(b"\n--- ") + 1) + 1 :]


def test_the_study_file_alone_seals_and_both_of_lenas_keys_open(
    study: NewStudy, identity: x25519.Identity
) -> None:
    keys = load_study(study.file).keys
    assert all(key.startswith("age1") for key in keys), "the kiosk holds public halves only"
    envelope = seal(SURVEY, WORKSHOP, ALL_FIVES, keys)
    recovery = from_words(" ".join(recovery_words(study)))
    for key in (identity, recovery):
        assert opened(envelope, key)["answers"] == ALL_FIVES


def test_nobody_elses_key_opens_an_envelope() -> None:
    with pytest.raises(DecryptError):
        opened(sealed(ALL_FIVES), new_identity())


@settings(deadline=None)
@given(ANSWERS)
def test_what_was_sealed_comes_out_with_its_workshop_and_survey(answers: dict[str, int]) -> None:
    content = opened(sealed(answers))
    assert content["answers"] == answers
    assert content["workshop"] == WORKSHOP
    assert content["survey"] == SURVEY.hash
    assert set(content) == {"format", "rid", "survey", "workshop", "answers"}


@settings(deadline=None)
@given(ANSWERS)
def test_the_size_tells_nothing_of_the_answers(answers: dict[str, int]) -> None:
    envelope = sealed(answers)
    assert len(decrypt(envelope, [LENA])) == padded_size(SURVEY)
    assert len(payload(envelope)) == len(payload(sealed(ALL_FIVES)))


def test_equal_answers_are_sealed_differently_each_time() -> None:
    envelopes = [sealed(ALL_FIVES) for _ in range(20)]
    assert len(set(envelopes)) == 20
    rids = {opened(envelope)["rid"] for envelope in envelopes}
    assert len(rids) == 20
    assert all(re.fullmatch("[0-9a-f]{32}", rid) for rid in rids)


def test_nothing_of_answers_workshop_or_survey_can_be_read_in_an_envelope() -> None:
    envelope = sealed(ALL_FIVES)
    for secret in ("q01", "answers", WORKSHOP, SURVEY.hash, SURVEY.id, "rid", public(LENA)):
        assert secret.encode() not in envelope
    assert opened(envelope)["rid"].encode() not in envelope


def test_an_envelope_that_was_tampered_with_does_not_open() -> None:
    envelope = sealed(ALL_FIVES)
    for place in (len(envelope) - 1, len(envelope) // 2, 200):
        changed = bytearray(envelope)
        changed[place] ^= 1
        with pytest.raises(DecryptError):
            opened(bytes(changed))


def test_a_longer_survey_is_padded_to_the_next_power_of_two() -> None:
    item = SURVEY.items[0]
    many = replace(SURVEY, items=tuple(replace(item, id=f"item{n}") for n in range(200)))
    assert padded_size(SURVEY) == 1024
    size = padded_size(many)
    assert size > 1024
    assert size.bit_count() == 1
    full = {item.id: 99 for item in many.items}
    assert len(decrypt(seal(many, "w" * 16, full, [public(LENA)]), [LENA])) == size


def test_canonical_json_is_one_text_whatever_the_order() -> None:
    assert (
        canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1}) == '{"a":"é","b":1}'.encode()
    )


def test_a_survey_is_sealed_to_the_very_keys_that_are_given(survey: Survey) -> None:
    first, second = new_identity(), new_identity()
    envelope = seal(survey, WORKSHOP, ALL_FIVES, [public(first)])
    assert opened(envelope, first)["answers"] == ALL_FIVES
    with pytest.raises(DecryptError):
        opened(envelope, second)
