"""Something comes after Kari has packed: the next edition holds everything, and nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from kiosk.bundle import freeze as freezing
from kiosk.bundle.freeze import freeze
from kiosk.bundle.read import Bundle, read_bundle
from kiosk.store.intake import Intake
from kiosk.store.reports import SelfReports
from kiosk.store.workshop import Headcount, Workshop
from kiosk.store.workshops import Workshops
from tests.bundle import unpacked
from tests.store import envelope_of, opens, report, rows, submission

IMPATIENT = 6


class PowerCut(Exception):
    """The laptop goes off at this very moment."""


@pytest.fixture
def workshop(data: Path) -> Workshop:
    """A closed workshop in which three people sent their answers."""
    workshop = opens(data)
    send(data, workshop, [envelope_of(1300) for _ in range(3)])
    return Workshops(data).close(workshop.code)


@pytest.fixture
def workshops(data: Path) -> Workshops:
    return Workshops(data)


def send(data: Path, workshop: Workshop, envelopes: Iterable[bytes]) -> None:
    """Let the screen send what it kept."""
    intake = Intake(data)
    for envelope in envelopes:
        intake.store(submission(workshop, envelope, from_screen=True))
    intake.stop()


def sent(data: Path) -> set[bytes]:
    return {row[0] for row in rows(data, "SELECT envelope FROM responses")}


def held(*bundles: Bundle) -> set[bytes]:
    return {envelope for bundle in bundles for envelope in bundle.envelopes.values()}


def bundles_in(data: Path) -> list[Bundle]:
    return [read_bundle(path) for path in sorted((data / "bundles").iterdir())]


def test_an_answer_that_came_late_travels_in_a_second_edition_with_all_the_others(
    workshop: Workshop, workshops: Workshops, data: Path
) -> None:
    early, late = sent(data), envelope_of(1300)
    first = freeze(workshops, workshop.code)
    send(data, workshop, [late])
    second = freeze(workshops, workshop.code)
    assert second != first
    (bundle,) = bundles_in(data)
    assert bundle.name == second.name == workshops.get(workshop.code).bundle, "the former is gone"
    assert held(bundle) == early | {late}
    assert (bundle.sheet["edition"], bundle.sheet["counters"]["complete"]) == (2, 4)
    assert sent(data) == set()
    assert freeze(workshops, workshop.code) == second, "nothing new, so nothing is packed again"


def test_a_self_report_a_week_later_makes_a_second_edition(
    workshop: Workshop, workshops: Workshops, data: Path
) -> None:
    early = sent(data)
    freeze(workshops, workshop.code)
    SelfReports(data).save(workshop, report("All went well."))
    freeze(workshops, workshop.code)
    (bundle,) = bundles_in(data)
    assert (bundle.sheet["edition"], list(bundle.reports)) == (2, ["diary"])
    assert held(bundle) == early


def test_people_counted_afterwards_make_a_second_edition_even_if_nobody_answered(
    workshops: Workshops, data: Path
) -> None:
    workshop = workshops.close(opens(data).code)
    freeze(workshops, workshop.code)
    workshops.count(workshop.code, Headcount(12, 1, 0))
    freeze(workshops, workshop.code)
    (bundle,) = bundles_in(data)
    assert (bundle.sheet["edition"], bundle.sheet["headcount"]) == (2, 12)


def test_editions_follow_one_another(workshop: Workshop, workshops: Workshops, data: Path) -> None:
    everything = sent(data)
    for number in range(1, 5):
        freeze(workshops, workshop.code)
        (bundle,) = bundles_in(data)
        assert (bundle.sheet["edition"], held(bundle)) == (number, everything)
        everything.add(late := envelope_of(1300))
        send(data, workshop, [late])


@pytest.mark.parametrize("fate", ["taken away", "damaged"])
def test_if_the_former_file_is_gone_all_that_is_still_here_is_packed(
    workshop: Workshop, workshops: Workshops, data: Path, tmp_path: Path, fate: str
) -> None:
    early, late = sent(data), envelope_of(1300)
    first = freeze(workshops, workshop.code)
    travelled = tmp_path / first.name
    travelled.write_bytes(first.read_bytes())
    if fate == "damaged":
        first.write_bytes(first.read_bytes()[:-9])
    else:
        first.unlink()
    send(data, workshop, [late])
    SelfReports(data).save(workshop, report("Fine."))
    second = read_bundle(freeze(workshops, workshop.code))
    assert held(second) == {late}
    assert held(second, read_bundle(travelled)) == early | {late}
    assert (second.sheet["edition"], list(second.reports)) == (2, ["diary"])
    assert sent(data) == set()
    assert first.exists() is (fate == "damaged"), "what cannot be read is not thrown away"


@pytest.mark.parametrize("late", [False, True], ids=["nothing came", "an answer came"])
@pytest.mark.parametrize("edition", [1, 2])
def test_a_power_cut_between_writing_and_noting_is_harmless(
    workshop: Workshop, workshops: Workshops, data: Path, monkeypatch: pytest.MonkeyPatch,
    edition: int, late: bool,
) -> None:  # fmt: skip
    everything = sent(data)
    if edition == 2:
        freeze(workshops, workshop.code)
        everything |= {one := envelope_of(1300)}
        send(data, workshop, [one])
    with monkeypatch.context() as off:
        off.setattr(Workshops, "bundled", cut)
        with pytest.raises(PowerCut):
            freeze(workshops, workshop.code)
    assert sent(data) | held(*bundles_in(data)) == everything
    if late:
        everything |= {two := envelope_of(1300)}
        send(data, workshop, [two])
    path = freeze(workshops, workshop.code)
    assert held(read_bundle(path)) == everything
    assert sent(data) == set()
    sheets = {bundle.sheet["edition"]: bundle.sheet for bundle in bundles_in(data)}
    assert all(sheets[bundle.sheet["edition"]] == bundle.sheet for bundle in bundles_in(data)), (
        "no two files of one edition contradict each other"
    )
    assert max(sheets) == read_bundle(path).sheet["edition"]


def cut(*_: object) -> None:
    raise PowerCut


@pytest.mark.parametrize("what", ["an answer", "a count", "a self-report"])
def test_what_comes_in_the_very_moment_of_packing_makes_the_next_edition(
    workshop: Workshop, workshops: Workshops, data: Path, monkeypatch: pytest.MonkeyPatch,
    what: str,
) -> None:  # fmt: skip
    everything, write = sent(data), freezing.write_durably

    def meanwhile(path: Path, content: bytes) -> None:
        write(path, content)
        if what == "an answer":
            send(data, workshop, [b"late".ljust(1300)])
        elif what == "a count":
            workshops.count(workshop.code, Headcount(5))
        else:
            SelfReports(data).save(workshop, report("Just now."))

    with monkeypatch.context() as busy:
        busy.setattr(freezing, "write_durably", meanwhile)
        freeze(workshops, workshop.code)
    freeze(workshops, workshop.code)
    (bundle,) = bundles_in(data)
    assert bundle.sheet["edition"] == 2
    assert held(bundle) == everything | ({b"late".ljust(1300)} if what == "an answer" else set())
    assert bundle.sheet["counters"]["complete"] == len(bundle.envelopes)
    assert (bundle.sheet["headcount"] == 5) is (what == "a count")
    assert (list(bundle.reports) == ["diary"]) is (what == "a self-report")


def test_an_answer_between_the_counting_and_the_packing_is_counted_at_last(
    workshop: Workshop, workshops: Workshops, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = Workshops.envelopes

    def meanwhile(self: Workshops, found: Workshop) -> dict[bytes, bytes]:
        monkeypatch.undo()
        send(data, workshop, [envelope_of(1300)])
        return look(self, found)

    monkeypatch.setattr(Workshops, "envelopes", meanwhile)
    freeze(workshops, workshop.code)
    freeze(workshops, workshop.code)
    (bundle,) = bundles_in(data)
    assert bundle.sheet["counters"]["complete"] == len(bundle.envelopes) == 4


@pytest.mark.parametrize("round_", range(5))
def test_an_impatient_finger_packs_once(
    workshop: Workshop, workshops: Workshops, data: Path, round_: int
) -> None:
    everything, ready = sent(data), Barrier(IMPATIENT)
    SelfReports(data).save(workshop, report("Fine."))
    if round_ % 2:
        freeze(workshops, workshop.code)
        workshops.count(workshop.code, Headcount(4))

    def touches(_: int) -> Path:
        ready.wait()
        return freeze(workshops, workshop.code)

    with ThreadPoolExecutor(IMPATIENT) as fingers:
        (path,) = set(fingers.map(touches, range(IMPATIENT)))
    (bundle,) = bundles_in(data)
    assert (bundle.name, held(bundle)) == (path.name, everything)


def test_a_self_report_travels_sealed_not_a_word_of_it_can_be_read(
    workshop: Workshop, workshops: Workshops, data: Path
) -> None:
    words = "Fatima’s grandson translated for Yusuf"
    SelfReports(data).save(workshop, report(words))
    path = freeze(workshops, workshop.code)
    contents = [path.read_bytes(), *unpacked(path).values()]
    for word in re.findall(r"\w{4,}", words):
        assert not [content for content in contents if word.encode() in content]
    for content in contents:
        assert b"finished" not in content
    assert {"reports/diary.age", "reports/diary.toml"} <= set(unpacked(path))


def test_the_size_of_a_sealed_self_report_hardly_tells_how_much_was_written(
    workshops: Workshops, data: Path
) -> None:
    sizes = set()
    for text in ("", "Well.", "It went well, and everybody stayed to the end. " * 8):
        workshop = workshops.close(opens(data).code)
        SelfReports(data).save(workshop, report(text))
        envelope = read_bundle(freeze(workshops, workshop.code)).reports["diary"].envelope
        sizes.add(len(envelope) - len(header(envelope)))
    assert len(sizes) == 1


def header(envelope: bytes) -> bytes:
    """Return the age header, in which a stanza of random length stands."""
    return envelope[: envelope.index(b"\n", envelope.index(b"\n--- ") + 1) + 1]
