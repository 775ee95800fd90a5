"""Ola has the laptop and Lena's key. He opens everything, and still finds nobody in it (P1, P2).

Each person gave answers that nobody else gave, so the test knows whose is whose. Whatever could be
told of a response beside its answers is set beside the order of arrival, the language and the way
it was given.
"""

from __future__ import annotations

import base64
import io
import json
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import pytest
from pyrage import decrypt, x25519
from scipy.stats import kruskal, spearmanr

from kiosk.store.database import FILE
from tests.forensics.evening import IN_TIME, Evening, Person
from tests.forensics.test_disk import bundle_in

BY_CHANCE = 1e-6  # a place that looks like more than chance once in a million is at fault


@dataclass(frozen=True)
class Traces:
    """One response of an evening, opened: whose it is, and where and how it lies there."""

    person: Person
    content: dict[str, Any]
    plain: bytes
    envelope: bytes
    places: dict[str, float]
    entry: tuple[object, ...]


def opened(evening: Evening, identity: x25519.Identity) -> list[Traces]:
    """Open all that the last bundle holds, in order of arrival."""
    whose = {tuple(person.answers.values()): person for person in evening.people}
    found = []
    with zipfile.ZipFile(io.BytesIO(bundle_in(evening.copies["packed again"]).content)) as bundle:
        infos = [one for one in bundle.infolist() if one.filename.startswith("responses/")]
        for place, info in enumerate(infos):
            envelope = bundle.read(info)
            plain = decrypt(envelope, [identity])
            content = json.loads(plain)
            answers = (content["answers"][f"q{number:02}"] for number in range(1, 16))
            entry = (
                info.date_time, info.compress_type, info.create_system, info.create_version,
                info.extract_version, info.flag_bits, info.external_attr, info.internal_attr,
                info.extra, info.comment, info.volume,
            )  # fmt: skip
            places = numbers(envelope, content) | {
                "place in the bundle": place, "where it begins in the bundle": info.header_offset,
                "how far it was compressed": info.compress_size / info.file_size,
                "its name": float(int(info.filename[len("responses/") :][:32], 16)),
            }  # fmt: skip
            person = whose.pop(tuple(answers))
            found.append(Traces(person, content, plain, envelope, places, entry))
    assert not whose, "each is there, once"
    return sorted(found, key=lambda one: one.person.number)


def numbers(envelope: bytes, content: Mapping[str, Any]) -> dict[str, float]:
    """Return the numbers of an envelope that are meant to be chance."""
    head, sealed = split(envelope)
    shares = [line.split()[2] for line in head.splitlines() if line.startswith(b"-> X25519 ")]
    return {
        "its size": len(envelope),
        "its random id": float(int(content["rid"], 16)),
        "the first key's share": float(int.from_bytes(base64.b64decode(shares[0] + b"=="))),
        "its nonce": float(int.from_bytes(sealed[:16])),
    }


def split(envelope: bytes) -> tuple[bytes, bytes]:
    """Return the head of an age file, and what is sealed."""
    end = envelope.index(b"\n", envelope.index(b"\n--- ") + 1)
    return envelope[:end], envelope[end + 1 :]


@pytest.fixture(scope="module")
def responses(evening: Evening, identity: x25519.Identity) -> list[Traces]:
    return opened(evening, identity)


def test_an_opened_response_is_answers_and_chance_and_nothing_else(
    responses: list[Traces], evening: Evening
) -> None:
    for one in responses:
        rid = one.content.pop("rid")
        assert len(bytes.fromhex(rid)) == 16
        assert one.content.pop("answers") == one.person.answers
        assert rid not in evening.kiosk.output()
    (same,) = {json.dumps(one.content, sort_keys=True) for one in responses}
    assert set(json.loads(same)) == {"format", "survey", "workshop"}


def test_no_way_and_no_language_has_a_form_of_its_own(responses: list[Traces]) -> None:
    """Phones with and without a script, tickets, shared screens, paper and late answers alike."""

    def shape(one: Traces) -> tuple[object, ...]:
        head, sealed = split(one.envelope)
        return len(one.plain), len(sealed), head.count(b"-> X25519 "), one.entry

    assert len({shape(one) for one in responses}) == 1
    ways = Counter(one.person.way for one in responses)
    assert min(ways.values()) >= 8
    assert len(ways) == 5


def test_no_number_of_a_response_tells_when_how_or_in_which_language_it_came(
    responses: list[Traces],
) -> None:
    people = [one.person for one in responses]
    for place in responses[0].places:
        values = [one.places[place] for one in responses]
        assert telling(people, values) == [], place


def test_no_place_in_the_database_tells_when_how_or_in_which_language_it_came(
    evening: Evening, identity: x25519.Identity
) -> None:
    people = evening.people[:IN_TIME]
    content = evening.copies["answered"][FILE].content
    whose = {tuple(person.answers.values()): person.number for person in people}
    with closing(sqlite3.connect(":memory:")) as db:
        db.deserialize(content)
        kinds = db.execute("SELECT typeof(key), length(key), typeof(workshop), workshop, "
                           "typeof(envelope) FROM responses").fetchall()  # fmt: skip
        rows = [row[0] for row in db.execute("SELECT envelope FROM responses")]
        known = db.execute("SELECT typeof(digest), length(digest), typeof(workshop), workshop "
                           "FROM acknowledged").fetchall()  # fmt: skip
    assert len(set(kinds)) == len(set(known)) == 1
    place = {}
    for number, envelope in enumerate(rows):
        answers = json.loads(decrypt(envelope, [identity]))["answers"]
        who = whose[tuple(answers[name] for name in sorted(answers))]
        place[who] = (number, content.index(envelope), content.index(envelope[-16:]))
    assert len(place) == IN_TIME
    for values in zip(*(place[person.number] for person in people), strict=True):
        assert telling(people, list(values)) == []


def telling(people: list[Person], values: list[float]) -> list[str]:
    """Return what these values tell of the people, beyond chance: two tests of ranks."""
    if len(set(values)) == 1:
        return []
    order = spearmanr(range(len(values)), values).pvalue
    questions: dict[str, Callable[[Person], str]] = {
        "language": lambda person: person.language,
        "way": lambda person: person.way,
    }
    found = ["order"] if order < BY_CHANCE else []
    for name, of in questions.items():
        groups = [
            [value for person, value in zip(people, values, strict=True) if of(person) == group]
            for group in {of(person) for person in people}
        ]
        found += [name] if kruskal(*groups).pvalue < BY_CHANCE else []
    return found


def test_the_same_statistic_convicts_numbers_that_count_or_lean(evening: Evening) -> None:
    people = evening.people[:IN_TIME]
    tags = sorted({person.language for person in people})
    assert telling(people, [person.number for person in people]) == ["order"]
    by_tag = [tags.index(person.language) + person.number / 1000 for person in people]
    assert telling(people, by_tag) == ["language"]
    by_way = [len(person.way) + (person.number * 7 % 41) / 1000 for person in people]
    assert telling(people, by_way) == ["way"]
