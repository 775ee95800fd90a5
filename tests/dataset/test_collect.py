"""Kari opens, people send, Kari closes, Lena collects: what was sent is there, each once."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pyrage import encrypt, x25519

from kiosk.bundle import layout
from kiosk.dataset.collect import collect
from kiosk.dataset.pool import MixedSurveys
from kiosk.dataset.write import write_dataset
from kiosk.opening.keys import new_identity
from kiosk.opening.new_study import NewStudy
from kiosk.study.model import load_study
from kiosk.study.sealing import canonical
from kiosk.survey.loader import parse_survey
from tests.bundle import repacked, unpacked
from tests.conftest import Kari, Lena, Visitor
from tests.dataset import bundle_of, folder_bytes
from tests.store import STUDY
from tests.survey import SOURCE, edited

ROOM = [{f"q{n:02}": value for n in range(1, 16)} for value in (1, 2, 3, 4, 5, 97, 98)]
SOME = {"q01": 5, "q02": 97, "q15": 98}


def values_of(answers: dict[str, int]) -> tuple[int, ...]:
    return tuple(answers.get(f"q{n:02}", 99) for n in range(1, 16))


def envelope_name(path: Path) -> str:
    return next(name for name in unpacked(path) if name.startswith(layout.ENVELOPES))


def test_lena_reads_what_everybody_sent(kari: Kari, amina: Visitor, lena: Lena) -> None:
    workshop = kari.opens()
    for answers in (*ROOM, SOME, {}):
        assert amina.sends(workshop, answers).status_code == 201
    pool = lena.collects(kari.closes(workshop))
    read = sorted(response.values for response in pool.responses())
    assert read == sorted(values_of(answers) for answers in (*ROOM, SOME, {}))
    assert {response.workshop for response in pool.responses()} == {workshop.id}
    assert [sheet["title"] for sheet in pool.workshops()] == ["Draw with Procreate"]


def test_an_impatient_finger_counts_once(kari: Kari, amina: Visitor, lena: Lena) -> None:
    workshop = kari.opens()
    assert [amina.sends(workshop, SOME, submission_id="a" * 24).status_code for _ in "abc"] == [
        201, 200, 200,
    ]  # fmt: skip
    assert len(lena.collects(kari.closes(workshop))) == 1


def test_two_workshops_stand_in_one_dataset(kari: Kari, amina: Visitor, lena: Lena) -> None:
    first, second = kari.opens(site="Oslo"), kari.opens(site="Aarhus")
    for workshop, value in ((first, 1), (second, 5), (second, 4)):
        amina.sends(workshop, {"q01": value})
    pool = lena.collects(kari.closes(first), kari.closes(second))
    read = {(response.workshop, response.values[0]) for response in pool.responses()}
    assert read == {(first.id, 1), (second.id, 5), (second.id, 4)}
    assert {sheet["site"] for sheet in pool.workshops()} == {"Oslo", "Aarhus"}


def test_overlapping_folders_and_a_second_run_change_not_a_byte(
    data: Path, study: NewStudy, lena: Lena, tmp_path: Path
) -> None:
    first, second = (bundle_of(data, study, ROOM, site=site) for site in ("Oslo", "Aarhus"))
    shutil.copytree(first.parent, tmp_path / "stick" / "copied")
    out = tmp_path / "dataset"
    write_dataset(lena.collects(first, second), out)
    once = folder_bytes(out)
    for sources in (
        (first.parent,),
        (second, first),
        (tmp_path / "stick", first.parent, second),
    ):
        write_dataset(lena.collects(*sources), out)
        assert folder_bytes(out) == once
    pool = lena.collects(tmp_path / "stick", first.parent)
    assert (len(pool), pool.repeated) == (2 * len(ROOM), 2 * len(ROOM))


def test_damaged_and_wrong_key_bundles_are_named_and_the_good_ones_kept(
    data: Path, study: NewStudy, identity: x25519.Identity, tmp_path: Path
) -> None:
    good = bundle_of(data, study, ROOM, site="Oslo")
    damaged = bundle_of(data, study, [SOME], site="Aarhus")
    damaged.write_bytes(damaged.read_bytes()[:-10])
    foreign = bundle_of(tmp_path / "other", study, [SOME], study_file=STUDY)
    pool, skipped = collect([data, tmp_path / "other"], identity)
    assert {line.name for line in skipped} == {damaged.name, foreign.name}
    why = {line.name: line.why for line in skipped}
    assert "cannot be unpacked" in why[damaged.name]
    assert why[foreign.name] == "it is sealed to other keys than this one."
    assert len(pool) == len(ROOM)
    assert pool.bundle.name == good.name


@pytest.mark.parametrize("other", ["aaa-other", "zzz-other"])
def test_a_bundle_of_another_study_under_the_same_key_is_named_and_left_out(
    data: Path, study: NewStudy, identity: x25519.Identity, other: str
) -> None:
    source, ours = study.file.read_text(encoding="utf-8"), load_study(study.file).id
    for site in ("Oslo", "Aarhus"):
        bundle_of(data, study, ROOM, site=site)
    foreign = bundle_of(data, study, [SOME], study_file=source.replace(ours, other))
    pool, skipped = collect([data], identity)
    assert [line.name for line in skipped] == [foreign.name]
    assert other in skipped[0].why
    assert len(pool) == 2 * len(ROOM)


def test_different_questions_never_stand_in_one_table(
    data: Path, study: NewStudy, identity: x25519.Identity
) -> None:
    newer = edited(('version = "1"', 'version = "2"'), ("I liked this", "I loved this"))
    bundles = [
        bundle_of(data, study, [SOME]),
        bundle_of(data, study, [SOME], survey_file=newer),
    ]
    with pytest.raises(MixedSurveys) as refused:
        collect([data], identity)
    assert all(bundle.name in str(refused.value) for bundle in bundles)
    assert "version 1" in str(refused.value)
    assert "version 2" in str(refused.value)


def test_a_translation_that_was_reviewed_meanwhile_is_the_same_survey(
    data: Path, study: NewStudy, lena: Lena
) -> None:
    reviewed = edited(('nb = "machine-draft"', 'nb = "reviewed"'))
    bundle_of(data, study, [SOME])
    bundle_of(data, study, [SOME], survey_file=reviewed)
    assert len(lena.collects(data)) == 2


def test_an_envelope_moved_from_another_workshop_is_refused(
    data: Path, study: NewStudy, identity: x25519.Identity, tmp_path: Path
) -> None:
    there, here = (bundle_of(data, study, [SOME], site=site) for site in ("Oslo", "Aarhus"))
    moved = envelope_name(there)
    stuffed = repacked(tmp_path, unpacked(here) | {moved: unpacked(there)[moved]})
    pool, (skipped,) = collect([stuffed], identity)
    assert stuffed.name in skipped.name
    assert skipped.why == "it belongs to another workshop."
    assert len(pool) == 1


def test_an_envelope_that_was_copied_within_its_bundle_counts_once(
    data: Path, study: NewStudy, lena: Lena, tmp_path: Path
) -> None:
    files = unpacked(bundle_of(data, study, [SOME]))
    name = next(name for name in files if name.startswith(layout.ENVELOPES))
    doubled = files | {f"{layout.ENVELOPES}{n:032x}.age": files[name] for n in range(3)}
    pool = lena.collects(repacked(tmp_path, doubled))
    assert (len(pool), pool.repeated) == (1, 3)


def test_of_two_sheets_that_contradict_each_other_one_is_named(
    data: Path, study: NewStudy, identity: x25519.Identity, tmp_path: Path
) -> None:
    first = bundle_of(data, study, ROOM)
    second = repacked(tmp_path, unpacked(first), headcount=99)
    pool, (skipped,) = collect([first, second], identity)
    assert "something else of the same workshop" in skipped.why
    assert len(pool) == len(ROOM)


ALTERED: dict[str, Callable[[dict[str, Any]], Any]] = {
    "no response at all": lambda content: ["hello"],
    "another format": lambda content: content | {"format": 2},
    "no rid": lambda content: content | {"rid": None},
    "a rid with a path in it": lambda content: content | {"rid": "../" + "0" * 29},
    "another workshop": lambda content: content | {"workshop": "0" * 16},
    "another survey": lambda content: content | {"survey": "0" * 64},
    "no answers": lambda content: content | {"answers": []},
    "an item too many": lambda content: content | {"answers": content["answers"] | {"q16": 1}},
    "an item too few": lambda content: content | {"answers": {"q01": 1}},
    "an impossible value": lambda content: content | {"answers": content["answers"] | {"q01": 6}},
    "true for one": lambda content: content | {"answers": content["answers"] | {"q01": True}},
    "a formula": lambda content: content | {"answers": content["answers"] | {"q01": "=1+1"}},
}


def with_envelope(folder: Path, bundle: Path, envelope: bytes) -> Path:
    files = unpacked(bundle)
    return repacked(folder, files | {f"{layout.ENVELOPES}{'0' * 32}.age": envelope})


@pytest.mark.parametrize("altered", ALTERED)
def test_an_opened_envelope_is_believed_only_if_it_fits_the_survey(
    data: Path, study: NewStudy, identity: x25519.Identity, tmp_path: Path, altered: str
) -> None:
    bundle = bundle_of(data, study, [SOME])
    sheet, survey = json.loads(unpacked(bundle)[layout.SHEET]), parse_survey(SOURCE)
    honest = {"format": 1, "rid": "0" * 32, "workshop": sheet["workshop"], "survey": survey.hash,
              "answers": {item.id: 1 for item in survey.items}}  # fmt: skip
    recipients = [identity.to_public()]
    for content, responses in ((honest, 2), (ALTERED[altered](honest), 1)):
        envelope = encrypt(canonical(content), recipients)
        pool, skipped = collect([with_envelope(tmp_path, bundle, envelope)], identity)
        assert (len(pool), len(skipped)) == (responses, 2 - responses)


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000])
def test_no_content_of_an_envelope_can_stop_lena(
    data: Path, study: NewStudy, identity: x25519.Identity, tmp_path: Path, content: bytes
) -> None:
    bundle = bundle_of(data, study, [SOME])
    for envelope in (content, bytes(encrypt(content, [identity.to_public()]))):
        pool, (skipped,) = collect([with_envelope(tmp_path, bundle, envelope)], identity)
        assert "response 00000000…" in skipped.name
        assert len(pool) == 1


def test_a_key_of_nobody_opens_nothing(data: Path, study: NewStudy) -> None:
    bundle_of(data, study, ROOM)
    pool, skipped = collect([data], new_identity())
    assert pool.empty
    assert [line.why for line in skipped] == ["it is sealed to other keys than this one."]
