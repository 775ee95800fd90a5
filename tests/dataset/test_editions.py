"""A workshop was packed again and again; Lena, whatever reached her and when, has it once."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from itertools import permutations
from pathlib import Path

import pytest
from pyrage import x25519

from kiosk.bundle import layout
from kiosk.bundle.read import read_bundle
from kiosk.dataset.collect import collect
from kiosk.dataset.formats import FORMATS
from kiosk.dataset.pool import Contradiction, Pool
from kiosk.opening.envelopes import open_envelope
from kiosk.opening.new_study import NewStudy
from kiosk.opening.reports import open_report
from tests.bundle import repacked, unpacked
from tests.conftest import Lena
from tests.dataset import Site, bundle_of, opens, table, written
from tests.survey import FORM, edited

OTHER_FORM = FORM.replace('id = "visit"', 'id = "plan"').replace("same_day", "before")


@pytest.fixture
def site(data: Path, study: NewStudy) -> Site:
    return opens(data, study).sends([{"q01": value} for value in (1, 2, 3)])


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def copied(bundle: Path, stick: Path) -> Path:
    return Path(shutil.copy(bundle, stick))


def three_editions(site: Site, stick: Path) -> list[Path]:
    """Return a bundle of three answers, one with a fourth and a report, one with all mended."""
    first = copied(site.packs(), stick)
    site.sends([{"q01": 4}], from_screen=True).writes(FORM, {"came": 9}, finished=False)
    second = copied(site.packs(), stick)
    site.counts(12, 1, 0).writes(FORM, {"came": 12}).writes(OTHER_FORM, {"mood": 5})
    return [first, second, copied(site.packs(), stick)]


def dataset(pool: Pool) -> dict[str, bytes]:
    return {name: written(name, pool) for name in FORMATS}


def taken_in(bundles: Iterable[Path], identity: x25519.Identity) -> Pool:
    """Return the pool of bundles that come in just this order."""
    pool = Pool()
    for path in bundles:
        bundle = read_bundle(path)
        pool.admit(bundle)
        for envelope in bundle.envelopes.values():
            pool.add(open_envelope(envelope, bundle, identity))
        for name in bundle.reports:
            pool.add_report(open_report(name, bundle, identity), bundle.sheet["edition"])
    return pool


def test_the_newest_edition_holds_in_whatever_order_they_come(
    site: Site, stick: Path, identity: x25519.Identity, lena: Lena
) -> None:
    editions = three_editions(site, stick)
    newest = dataset(lena.collects(editions[-1]))
    for order in permutations(editions):
        assert dataset(taken_in(order, identity)) == newest
    assert dataset(lena.collects(stick)) == newest, "so also by the folder"
    (row,) = table(newest["workshops.csv"])
    assert (row["edition"], row["headcount"], row["under_half"]) == ("3", "12", "4")
    (report,) = table(newest["self_reports.csv"])
    assert (report["visit_finished"], report["visit_came"], report["mood"]) == ("1", "12", "5")


def test_an_old_edition_and_the_new_one_are_the_new_one(
    site: Site, stick: Path, lena: Lena
) -> None:
    first, second, third = three_editions(site, stick)
    for old in ([first], [second], [first, second]):
        both = lena.collects(*old, third)
        assert dataset(both) == dataset(lena.collects(third))
        assert len(both) == 4


def test_editions_of_several_workshops_do_not_mix(
    data: Path, study: NewStudy, stick: Path, lena: Lena, identity: x25519.Identity
) -> None:
    newest, every = [], []
    for reviewed in (('nb = "machine-draft"', 'nb = "reviewed"'), ("# ", "#  ")):
        site = opens(data, study, survey_file=edited(reviewed)).sends([{"q01": 5}])
        editions = three_editions(site, stick)
        newest.append(editions[-1])
        every += editions
    expected = dataset(lena.collects(*newest))
    for order in (every, every[::-1], sorted(every), [*every[3:], *every[:3]]):
        assert dataset(taken_in(order, identity)) == expected


def test_what_was_taken_away_and_what_came_later_are_one_workshop_again(
    site: Site, stick: Path, lena: Lena
) -> None:
    first = site.packs()
    shutil.move(first, stick)
    later = site.sends([{"q01": 4}], from_screen=True).packs()
    pool = lena.collects(stick, later)
    assert sorted(response.values[0] for response in pool.responses()) == [1, 2, 3, 4]
    (sheet,) = pool.workshops()
    assert (sheet["edition"], sheet["counters"]["under_half"]) == (2, 4)
    assert [response.values[0] for response in lena.collects(later).responses()] == [4]


def test_a_report_that_a_later_edition_lacks_is_kept(
    site: Site, stick: Path, identity: x25519.Identity
) -> None:
    full = site.writes(FORM, {"came": 9}).packs()
    files = {name: part for name, part in unpacked(full).items() if layout.REPORTS not in name}
    bare = repacked(stick, files, edition=7)
    for order in ([full, bare], [bare, full]):
        pool = taken_in(order, identity)
        (row,) = table(written("self_reports.csv", pool))
        assert (row["came"], pool.workshops()[0]["edition"]) == ("9", 7)


@pytest.mark.parametrize("later", [False, True], ids=["alone", "beside a later edition"])
def test_two_different_files_of_one_edition_are_named(
    site: Site, stick: Path, identity: x25519.Identity, later: bool
) -> None:
    first = copied(site.packs(), stick)
    other = repacked(stick, unpacked(first), headcount=99)
    last = repacked(stick, unpacked(first), headcount=12, edition=2)
    if not later:
        last.unlink()
    pool, (skipped,) = collect([stick], identity)
    assert skipped.name == max(first.name, other.name)
    assert skipped.why == "another bundle says something else of the same workshop."
    headcounts: Sequence[int | None] = [12] if later else [None, 99]
    assert pool.workshops()[0]["headcount"] in headcounts


def test_two_different_reports_of_one_edition_are_named_and_the_answers_kept(
    data: Path, study: NewStudy, stick: Path, identity: x25519.Identity
) -> None:
    site = opens(data, study).sends([{"q01": 5}]).writes(FORM, {"came": 1})
    first = copied(site.packs(), stick)
    second = site.writes(FORM, {"came": 2}).packs()
    twin = repacked(stick, unpacked(first) | {
        name: part for name, part in unpacked(second).items() if layout.REPORTS in name
    })  # fmt: skip
    with pytest.raises(Contradiction):
        taken_in([first, twin], identity)
    pool, (skipped,) = collect([stick], identity)
    assert skipped.name == f"{max(first.name, twin.name)}, self-report visit"
    assert skipped.why == "another bundle has another self-report of the same edition."
    assert len(pool) == 1


def test_a_report_that_was_only_sealed_anew_is_the_same_report(
    data: Path, study: NewStudy, stick: Path, lena: Lena
) -> None:
    site = opens(data, study).writes(FORM, {"came": 1})
    first = copied(site.packs(), stick)
    second = site.counts(5, 0, 0).packs()
    files = unpacked(second)
    sealed_anew = repacked(
        stick, unpacked(first) | {"reports/visit.age": files["reports/visit.age"]}
    )
    assert sealed_anew != first
    assert len(lena.collects(stick).reports()) == 1


def test_bundles_of_other_workshops_stay_as_they_are(
    site: Site, study: NewStudy, stick: Path, lena: Lena
) -> None:
    three_editions(site, stick)
    copied(bundle_of(site.data, study, [{"q01": 5}], site="Aarhus"), stick)
    pool = lena.collects(stick)
    found = {sheet["site"]: sheet["edition"] for sheet in pool.workshops()}
    assert found == {"The library": 3, "Aarhus": 1}
    assert len(pool) == 5
