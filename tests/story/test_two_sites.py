"""Lena collects from two sites. One has no internet, one file is damaged, one has another key,
and in the middle of the study a question gets other words.
"""

from __future__ import annotations

import csv
import secrets
import shutil
import urllib.request
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.cli import Told, kiosk
from tests.conftest import PASSPHRASE
from tests.report.people import people
from tests.server import RealKiosk, run_kiosk
from tests.survey import edited

ITEMS = [f"q{number:02}" for number in range(1, 16)]
NOT_SHOWN = "96"
FIRST = edited(('id = "workshop"', 'id = "ours"'))
SECOND = edited(
    ('id = "workshop"', 'id = "ours"'),
    ('version = "1"', 'version = "2"'),
    ("I understood what we did.", "I understood everything we did."),
    ('id = "q15"', 'id = "q16"'),
)
MAP = """
to = "2"
[[from]]
version = "1"
same = ["q01", "q02", "q03", "q04", "q05", "q06", "q07", "q08", "q09", "q10", "q11", "q12", "q13",
        "q14"]
"""  # their q15 and our q16 are different questions

Row = tuple[str, ...]


class Lena:
    """The researcher: her study, the packs that she sends, and the folder where files arrive."""

    def __init__(self, home: Path) -> None:
        self.home, self.inbox = home, home / "inbox"
        self.inbox.mkdir(parents=True)
        (home / "phrase").write_text(PASSPHRASE, encoding="utf-8")
        run_kiosk("study", "new", str(home / "study"), "--title", "Two sites", "--organisation",
                  "The University", "--contact", "lena@example.org", data=home / "none",
                  passphrase=PASSPHRASE)  # fmt: skip

    def packs(self, survey: str) -> Path:
        """Write the study with this survey into one file for the sites."""
        folder = self.home / "study" / "surveys"
        folder.mkdir(exist_ok=True)
        (folder / "ours.toml").write_text(survey, encoding="utf-8")
        packed = run_kiosk("study", "pack", str(self.home / "study"), "--out", str(self.home),
                           data=self.home / "none")  # fmt: skip
        return Path(str(packed["pack"]))

    def collects(self, *words: str | Path) -> Told:
        """Open all that has arrived."""
        return kiosk("collect", self.inbox, "--key", self.home / "study" / "identity.age",
                     "--passphrase-file", self.home / "phrase", "--out", self.dataset, *words,
                     "--json")  # fmt: skip

    @property
    def dataset(self) -> Path:
        return self.home / "dataset"

    def rows(self) -> list[dict[str, str]]:
        with (self.dataset / "responses.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


@pytest.fixture
def lena(tmp_path: Path) -> Lena:
    return Lena(tmp_path / "lena")


@pytest.fixture
def sites(lena: Lena, tmp_path: Path) -> Iterator[dict[str, RealKiosk]]:
    """Two libraries with a running kiosk each; both have Lena's first pack."""
    pack = lena.packs(FIRST)
    running = {
        name: RealKiosk(tmp_path / name, pack, survey="ours", site=name)
        for name in ("Oslo", "Gent")
    }
    yield running
    for site in running.values():
        site.stop()


def answers(site: RealKiosk, people: Sequence[Sequence[int]], items: Sequence[str]) -> None:
    """Let one person after another send what they touched."""
    for values in people:
        touched = {item: value for item, value in zip(items, values, strict=True) if value != 99}
        body = urlencode({"submission_id": secrets.token_urlsafe(18)} | touched).encode()
        request = urllib.request.Request(f"{site.here}/w/{site.code}/en", body)
        with urllib.request.urlopen(request, timeout=20) as answer:
            assert answer.status in (200, 201)


def arrives(bundle: Path, lena: Lena) -> Path:
    return Path(shutil.copy(bundle, lena.inbox))


def as_rows(people: Sequence[Sequence[object]]) -> Counter[Row]:
    return Counter(tuple(map(str, values)) for values in people)


def test_lena_collects_from_two_sites(
    lena: Lena, sites: dict[str, RealKiosk], tmp_path: Path
) -> None:
    oslo, gent = sites["Oslo"], sites["Gent"]
    first, offline, damaged, later = people(8), people(7, seed=2), people(6, seed=3), people(9)

    # Oslo and Gent hold a workshop each. Gent has no internet, so only Oslo's file arrives.
    answers(oslo, first, ITEMS)
    answers(gent, offline, ITEMS)
    arrives(oslo.closes(), lena)
    stick = gent.closes()

    # Oslo's second file breaks on its way, and a third library has somebody else's key.
    oslo.code = oslo.opens(survey="ours", site="Oslo")
    answers(oslo, damaged, ITEMS)
    whole = oslo.closes()
    broken = arrives(whole, lena)
    content = bytearray(whole.read_bytes())
    content[len(content) // 2] ^= 1
    broken.write_bytes(content)
    stranger = Lena(tmp_path / "stranger")
    elsewhere = RealKiosk(tmp_path / "Aarhus", stranger.packs(FIRST), survey="ours", site="Aarhus")
    try:
        answers(elsewhere, people(6, seed=4), ITEMS)
        foreign = arrives(elsewhere.closes(), lena)
    finally:
        elsewhere.stop()

    told = lena.collects()
    assert told.code == 1, "something was skipped, and it is said"
    assert (told.json["responses"], told.json["workshops"]) == (8, 1)
    skipped = dict(line.split(": ", 1) for line in told.json["skipped"])
    assert set(skipped) == {broken.name, foreign.name}
    assert "damaged" in skipped[broken.name]
    assert "other keys" in skipped[foreign.name]
    assert Counter(tuple(row[item] for item in ITEMS) for row in lena.rows()) == as_rows(first)

    # Lena words a question better and asks another one at the end. Oslo takes the new pack.
    pack = lena.packs(SECOND)
    run_kiosk("study", "install", str(pack), "--yes", data=oslo.data)
    oslo.code = oslo.opens(survey="ours", site="Oslo")
    renamed = [*ITEMS[:14], "q16"]
    answers(oslo, later, renamed)
    arrives(oslo.closes(), lena)

    # Gent's stick comes by mail, and Oslo sends the damaged file again.
    arrives(stick, lena)
    broken.write_bytes(whole.read_bytes())
    foreign.unlink()

    refused = lena.collects()
    assert refused.code == 2
    assert "version 1" in refused.err
    assert "version 2" in refused.err
    assert "--map" in refused.err
    assert len(lena.rows()) == 8, "what was there is still there"

    (tmp_path / "map.toml").write_text(MAP, encoding="utf-8")
    told = lena.collects("--map", tmp_path / "map.toml")
    assert told.code == 0, told.err
    assert (told.json["responses"], told.json["workshops"]) == (30, 4)
    mapped = [[*values[:14], NOT_SHOWN] for values in (*first, *offline, *damaged)]
    found = Counter(tuple(row[item] for item in renamed) for row in lena.rows())
    assert found == as_rows(mapped) + as_rows(later)

    # Everything once more changes nothing.
    before = (lena.dataset / "responses.csv").read_bytes()
    assert lena.collects("--map", tmp_path / "map.toml").json["responses"] == 30
    assert (lena.dataset / "responses.csv").read_bytes() == before
