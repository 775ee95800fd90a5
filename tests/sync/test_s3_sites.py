"""A key for each site: what the policies in docs/policies allow, on a server that enforces them."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from kiosk.sync.deliver import Seen, deliver
from kiosk.sync.logins import Login
from kiosk.sync.problem import NotAllowed
from tests.sync.contract import CONTENT, NAME
from tests.sync.seaweed import ADMIN, BERGEN, LENA, OSLO, Seaweed, open_as, policy_text, secret

fresh = itertools.count()


def test_it_delivers_once_however_often_it_is_told_to(weed: Seaweed) -> None:
    for _ in range(3):
        done = deliver(weed.inbox_of(BERGEN), NAME, CONTENT)
        assert (done.name, done.proof) == (NAME, Seen.WORD)
    assert weed.whole_files(f"inbox/{BERGEN}") == [(NAME, len(CONTENT))]


def test_it_opens_nothing_else(weed: Seaweed) -> None:
    weed.target(ADMIN).put(f"{OSLO}/theirs.zip", CONTENT)
    weed.target(LENA).put(f"{BERGEN}/a.receipt.json", b"{}")
    everywhere, own = weed.target(BERGEN), weed.inbox_of(BERGEN)
    deliver(own, NAME, CONTENT)
    for forbidden in (
        lambda: everywhere.put(f"{OSLO}/{NAME}", CONTENT),
        lambda: everywhere.put(f"{BERGEN}-2/{NAME}", CONTENT),
        lambda: everywhere.put(NAME, CONTENT),
        lambda: everywhere.get(f"{OSLO}/theirs.zip"),
        lambda: everywhere.remove(f"{OSLO}/theirs.zip"),
        lambda: list(everywhere.files()),
        lambda: list(own.files()),
        lambda: own.get(NAME),
        lambda: own.size(NAME),
        lambda: own.remove(NAME),
        lambda: own.put("b.receipt.json", b"{}"),
        lambda: own.remove("a.receipt.json"),
    ):
        with pytest.raises(NotAllowed):
            forbidden()


def test_it_reads_the_receipts_that_lena_leaves_for_it(weed: Seaweed) -> None:
    lena, name = weed.target(LENA), f"{next(fresh)}.receipt.json"
    lena.put(f"{BERGEN}/{name}", b"arrived")
    assert weed.inbox_of(BERGEN).get(name) == b"arrived"
    with pytest.raises(NotAllowed):
        weed.target(OSLO, f"inbox/{BERGEN}").get(name)


def test_lena_fetches_everything_and_changes_nothing(weed: Seaweed) -> None:
    lena = weed.target(LENA)
    for site in (BERGEN, OSLO):
        deliver(weed.inbox_of(site), NAME, CONTENT)
    assert {f"{BERGEN}/{NAME}", f"{OSLO}/{NAME}"} <= {one.name for one in lena.files()}
    assert lena.get(f"{OSLO}/{NAME}") == CONTENT
    for forbidden in (
        lambda: lena.put(f"{OSLO}/made-up.bundle.zip", CONTENT),
        lambda: lena.remove(f"{OSLO}/{NAME}"),
        lambda: list(weed.target(LENA, "").files()),
    ):
        with pytest.raises(NotAllowed):
            forbidden()


def test_ola_without_a_key_gets_nothing(weed: Seaweed) -> None:
    deliver(weed.inbox_of(BERGEN), NAME, CONTENT)
    ola = open_as(weed.address(f"inbox/{BERGEN}"), Login())
    for forbidden in (
        lambda: ola.put("ola.zip", b"x"), lambda: ola.get(NAME), lambda: ola.remove(NAME),
        lambda: list(ola.files()),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            forbidden()


def test_one_more_site_is_three_lines_for_the_administrator(weed: Seaweed, tmp_path: Path) -> None:
    policy, site = tmp_path / "s3-sites.json", "odense"
    policy.write_text(policy_text("sites"), encoding="utf-8")
    weed.shell(
        f"s3.policy -put -name=sites-by-hand -file={policy}",
        f"s3.user.create -name {site} -access_key {site} -secret_key '{secret(site)}'",
        f"s3.policy.attach -policy sites-by-hand -user {site}",
    )
    assert deliver(weed.inbox_of(site), NAME, CONTENT).proof is Seen.WORD
    with pytest.raises(NotAllowed):
        weed.target(site, f"inbox/{BERGEN}").put("odense.zip", CONTENT)
