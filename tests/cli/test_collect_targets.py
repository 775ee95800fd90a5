"""Lena collects from where the kiosks send: targets, sticks, whatever the line does meanwhile."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.cli import collect_watch
from kiosk.cli.dataset_out import WORK
from kiosk.opening.new_study import NewStudy
from kiosk.study.model import load_study
from kiosk.study.receipts import name_for, read_receipt
from kiosk.study.sealing import seal
from kiosk.survey.answers import read_answers
from kiosk.survey.loader import load_survey
from kiosk.sync import together
from kiosk.sync.logins import Login, Logins
from kiosk.sync.problem import NotAllowed
from kiosk.sync.target import Place
from kiosk.sync.targets import SCHEMES
from tests.bundle import repacked, unpacked
from tests.cli import Told, kiosk
from tests.conftest import SURVEY_FILE
from tests.dataset import bundle_of, folder_bytes, table
from tests.sync.flaky import Flaky

SENT = [{"q01": 5}, {"q01": 1}]


@pytest.fixture(autouse=True)
def line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Know flaky targets, and do not wait between two attempts."""
    monkeypatch.setitem(SCHEMES, "flaky", "tests.sync.flaky")
    monkeypatch.setattr(together, "FIRST_PAUSE", 0)
    monkeypatch.setenv("KIOSK_DATA", str(tmp_path / "lenas data"))


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "dataset"


@pytest.fixture
def server(tmp_path: Path) -> Flaky:
    return Flaky(tmp_path / "server")


@pytest.fixture(scope="module")
def bundles(study: NewStudy, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three workshops of two people each, in one folder; tests copy them and change nothing."""
    data = tmp_path_factory.mktemp("kiosk")
    return [bundle_of(data, study, SENT, site=site) for site in ("Oslo", "Aarhus", "Gent")]


@pytest.fixture
def collects(words: Path, out: Path) -> Callable[..., Told]:
    return lambda *more, into=out: kiosk(
        "collect", *more, "--key", words, "--out", into, "--json"
    )  # fmt: skip


def people(out: Path) -> int:
    return len(table((out / "responses.csv").read_bytes()))


def receipt(path: Path, study: NewStudy) -> frozenset[str]:
    """Return the bundles that a receipt speaks of, as the kiosk reads it."""
    return read_receipt(path.read_bytes(), load_study(study.file).receipt_keys).bundles


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_targets_and_a_stick_that_overlap_give_each_response_once(
    bundles: list[Path], server: Flaky, tmp_path: Path, out: Path, collects: Callable[..., Told]
) -> None:
    inbox, stick = tmp_path / "an inbox", tmp_path / "stick"
    for folder, some in ((server.root, bundles[:2]), (inbox, bundles[1:]), (stick, bundles)):
        (folder / "site").mkdir(parents=True)
        for bundle in some:
            shutil.copy(bundle, folder / "site")
    told = collects(server.address, inbox.as_uri(), stick)
    assert (told.code, told.err) == (0, "")
    assert (told.json["responses"], told.json["fetched"], told.json["problems"]) == (6, 3, [])
    assert people(out) == 6
    alone = collects(stick, into=tmp_path / "alone")
    assert alone.code == 0
    assert folder_bytes(out) == folder_bytes(tmp_path / "alone"), "the road leaves no trace"
    assert collects(server.address, stick).json["fetched"] == 0
    assert len(server.gets) == 2
    assert len(list((out / WORK).rglob("*.zip"))) == 3, "nothing of the stick is copied"


def test_a_name_that_would_steer_the_terminal_is_spelled_out(
    bundles: list[Path], tmp_path: Path, collects: Callable[..., Told]
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    shutil.copy(bundles[0], stick)
    (stick / "\x1b[2J\x9b1A all is well.bundle.zip").write_bytes(b"PK")
    told = collects(stick)
    assert r"skipped \u001b[2J\u009b1A all is well.bundle.zip" in told.err
    assert "\x1b" not in told.err + told.out
    assert "\x9b" not in told.err + told.out
    assert [one[:4] for one in told.json["skipped"]] == ["\x1b[2J"], "scripts get the name as it is"
    wrong = kiosk("collect", stick, "--key", "\x1b]0;owned\x07.age", "--out", tmp_path / "new")
    assert r"\u001b]0;owned\u0007.age" in wrong.err
    unknown = kiosk("workshop", "close", "\x1b[8m", "--data", tmp_path / "data")
    assert r"\u001b[8m" in unknown.err
    assert "\x1b" not in wrong.err + unknown.err


def test_a_torn_bundle_is_told_and_becomes_whole_later(
    bundles: list[Path], server: Flaky, out: Path, collects: Callable[..., Told]
) -> None:
    shutil.copy(bundles[0], server.root)
    torn = server.root / bundles[1].name
    torn.write_bytes(bundles[1].read_bytes()[:900])
    told = collects(server.address)
    assert (told.code, people(out)) == (1, 2)
    assert f"skipped {torn.name}: still being sent, or damaged." in told.err
    assert told.json["skipped"] == [told.err.strip().removeprefix("skipped ")]
    shutil.copy(bundles[1], server.root)
    told = collects(server.address)
    assert (told.code, told.err, people(out)) == (0, "", 4)


def test_a_target_that_is_away_is_told_and_what_came_from_it_is_still_used(
    bundles: list[Path], server: Flaky, out: Path, collects: Callable[..., Told]
) -> None:
    shutil.copy(bundles[0], server.root)
    assert collects(server.address).code == 0
    before = folder_bytes(out)
    server.down = True
    told = collects(server.address)
    assert told.code == 1
    assert told.err.startswith(f"{server.address}: The server cannot be reached.")
    assert told.json["problems"] == [told.err.strip()]
    assert folder_bytes(out) == before
    assert (collects(server.address, bundles[1].parent).code, people(out)) == (1, 6)


def test_a_target_that_was_never_reached_leaves_nothing_behind(
    server: Flaky, out: Path, collects: Callable[..., Told]
) -> None:
    server.down = True
    told = collects(server.address)
    assert (told.code, told.out) == (2, "")
    assert "cannot be reached" in told.err
    assert "nothing was written" in told.err
    assert not out.exists()


def test_a_login_that_may_not_read_is_told_what_lena_needs(
    bundles: list[Path], server: Flaky, collects: Callable[..., Told]
) -> None:
    shutil.copy(bundles[0], server.root)

    def only_uploads() -> None:
        raise NotAllowed("403")

    server.before_get = only_uploads
    told = collects(server.address, bundles[1])
    assert told.code == 1
    assert "Please ask for the right to" in told.err
    assert "put files there" not in told.err


def test_fresh_fetches_anew_but_never_at_the_price_of_what_cannot_be_reached(
    bundles: list[Path], server: Flaky, out: Path, collects: Callable[..., Told]
) -> None:
    for bundle in bundles[:2]:
        shutil.copy(bundle, server.root)
    collects(server.address)
    (server.root / bundles[0].name).unlink()
    told = collects(server.address)
    assert (told.code, people(out)) == (0, 4)
    assert "1 bundles that were fetched before are no longer there" in told.err
    server.down = True
    before = sorted((out / WORK).rglob("*"))
    told = collects(server.address, "--fresh")
    assert (told.code, people(out)) == (2, 4)
    assert "Nothing was changed" in told.err
    assert sorted((out / WORK).rglob("*")) == before
    server.down = False
    server.gets.clear()
    told = collects(server.address, "--fresh")
    assert (told.code, people(out), len(server.gets)) == (0, 2, 1)
    assert not (out / WORK).exists()


def test_the_login_that_lena_keeps_is_the_one_that_comes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, server: Flaky, collects: Callable[..., Told]
) -> None:
    places = list[Place]()

    def comes(place: Place) -> Flaky:
        places.append(place)
        return server

    monkeypatch.setattr("tests.sync.flaky.open_target", comes)
    text = "flaky://server/inbox/{site}"
    logins = Logins(tmp_path / "lenas data")
    logins.keep("flaky://server/inbox", Login("above", "a secret"))
    collects(text)
    logins.keep(text, Login("lena", "her secret"))
    told = collects(text)
    assert [place.login.user for place in places] == ["above", "lena"]
    assert {place.address.path for place in places} == {"/inbox"}
    assert "secret" not in told.out + told.err


@pytest.mark.parametrize(
    ("words_", "sentence"),
    [
        (["s3://name:secret@example.org/bucket"], "a password does not belong into it"),
        (["ftp://example.org/inbox"], "it begins with ftp://"),
        (["/nowhere at all"], "does not exist"),
        (["flaky://server/inbox", "--watch", "--fresh"], "Please take one"),
        (["flaky://server/inbox", "--every", "0"], "--every"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    words_: list[str], sentence: str, server: Flaky, out: Path, collects: Callable[..., Told]
) -> None:
    told = collects(*words_)
    assert told.code == 2
    assert sentence in " ".join(told.err.replace("│", " ").split())
    assert "secret@" not in told.err
    assert not out.exists()


# Watching


@pytest.fixture
def evening(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[float]]:
    """Let things happen while Lena's computer waits; then she presses Ctrl-C."""

    def plan(*happenings: Callable[[], object]) -> list[float]:
        waited: list[float] = []
        left: Iterator[Callable[[], object]] = iter(happenings)

        def wait(seconds: float) -> None:
            waited.append(seconds)
            happens = next(left, None)
            if happens is None:
                raise KeyboardInterrupt
            happens()

        monkeypatch.setattr(collect_watch, "wait", wait)
        return waited

    return plan


def test_the_table_grows_while_lena_drinks_tea(
    bundles: list[Path], server: Flaky, tmp_path: Path, out: Path,
    evening: Callable[..., list[float]], collects: Callable[..., Told],
) -> None:  # fmt: skip
    stick, seen = tmp_path / "stick", list[int]()
    stick.mkdir()

    def comes(number: int, folder: Path) -> Callable[[], object]:
        return lambda: shutil.copy(bundles[number], folder)

    def looks() -> None:
        seen.append(people(out) if (out / "responses.csv").exists() else 0)

    waited = evening(
        looks, comes(0, server.root), looks, looks, comes(1, stick), looks, comes(2, server.root),
        comes(2, server.root), looks,
    )  # fmt: skip
    told = collects(server.address, stick, "--watch", "--every", 5)
    assert told.code == 0
    assert seen == [0, 2, 2, 4, 6]
    assert set(waited) == {5}
    lines = [json.loads(line) for line in told.out.splitlines()]
    assert [one["responses"] for one in lines] == [2, 4, 6], "written only when something came"
    assert all(one["time"] for one in lines)
    assert len((out.parent / "exports.log").read_text(encoding="utf-8").splitlines()) == 3
    assert "No bundle has come yet." in told.err
    assert f"The dataset is in {out}." in told.err
    assert len(server.gets) == 2


def test_watching_goes_on_whatever_is_away_for_a_while(
    bundles: list[Path], server: Flaky, tmp_path: Path, out: Path, words: Path,
    evening: Callable[..., list[float]],
) -> None:  # fmt: skip
    stick = tmp_path / "stick"
    stick.mkdir()
    shutil.copy(bundles[0], server.root)
    shutil.copy(bundles[1], stick)

    def line_is(dead: bool) -> Callable[[], object]:
        return lambda: setattr(server, "down", dead)

    def rests() -> None:
        assert people(out) == 4, "nothing shrinks while a source is away"

    evening(
        line_is(True), rests, rests, line_is(False), lambda: stick.rename(tmp_path / "pocket"),
        rests, lambda: (tmp_path / "pocket").rename(stick), line_is(True), rests,
        lambda: shutil.copy(bundles[2], stick), line_is(False),
    )  # fmt: skip
    told = kiosk("collect", server.address, stick, "--key", words, "--out", out, "--watch")
    assert (told.code, people(out)) == (0, 6)
    assert told.err.count("cannot be reached") == 2, "told when it goes away, not at every look"
    assert told.err.count(f"{stick} is not there.") == 1
    first, last = told.out.splitlines()
    assert first.endswith(f"  4 responses from 2 workshops are in {out}")
    assert last.endswith(f"  6 responses from 3 workshops are in {out}")


def test_a_disk_that_is_full_for_a_while_does_not_end_it(
    bundles: list[Path], server: Flaky, out: Path, monkeypatch: pytest.MonkeyPatch,
    evening: Callable[..., list[float]], collects: Callable[..., Told],
) -> None:  # fmt: skip
    shutil.copy(bundles[0], server.root)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    disk = monkeypatch.context()
    evening(
        lambda: disk.__enter__().setattr("kiosk.cli.collect_make.write_out", full),
        lambda: shutil.copy(bundles[1], server.root),
        lambda: disk.__exit__(None, None, None),
    )
    told = collects(server.address, "--watch")
    assert (told.code, people(out)) == (0, 4)
    assert "The dataset stays as it was: [Errno 28] No space left on device" in told.err


def test_stopped_before_anything_came_is_two(
    server: Flaky, evening: Callable[..., list[float]], collects: Callable[..., Told]
) -> None:
    evening()
    told = collects(server.address, "--watch")
    assert (told.code, told.out) == (2, "")
    assert "There is no dataset yet." in told.err


# Receipts


def test_receipts_lie_beside_bundles_and_the_kiosk_believes_them(
    bundles: list[Path], server: Flaky, study: NewStudy, tmp_path: Path,
    collects: Callable[..., Told],
) -> None:  # fmt: skip
    stick, site = tmp_path / "stick", server.root / "oslo"
    for folder, bundle in ((stick, bundles[0]), (site, bundles[1]), (server.root, bundles[2])):
        folder.mkdir(exist_ok=True)
        shutil.copy(bundle, folder)
    told = collects(server.address, stick, "--receipts")
    assert (told.code, told.err, told.json["receipts"]) == (0, "", 3)
    for folder, bundle in ((stick, bundles[0]), (site, bundles[1]), (server.root, bundles[2])):
        assert receipt(folder / name_for(bundle.name), study) == {sha256(bundle)}
    assert len(server.puts) == 2
    again = collects(server.address, stick, "--receipts")
    assert (again.code, again.json["receipts"], len(server.puts)) == (0, 0, 2)
    shutil.rmtree(tmp_path / "dataset")
    assert collects(server.address, stick, "--receipts").code == 0, "a repeat is harmless"


def test_a_bundle_of_which_something_was_skipped_gets_no_receipt(
    bundles: list[Path], server: Flaky, study: NewStudy, out: Path, collects: Callable[..., Told]
) -> None:
    survey, files = load_survey(SURVEY_FILE), unpacked(bundles[0])
    answers = read_answers(survey, [("q01", "3")])
    foreign = seal(survey, "f" * 16, answers, load_study(study.file).keys)
    odd = repacked(server.root, files | {f"responses/{'0' * 32}.age": foreign})
    shutil.copy(bundles[1], server.root)
    (server.root / "bad.bundle.zip").write_bytes(b"no bundle at all")
    told = collects(server.address, "--receipts")
    assert (told.code, people(out), told.json["receipts"]) == (1, 4, 1)
    assert server.puts == [name_for(bundles[1].name)]
    assert not (server.root / name_for(odd.name)).exists()


def test_where_no_receipt_can_be_left_it_is_told_and_the_dataset_stands(
    bundles: list[Path], server: Flaky, out: Path, collects: Callable[..., Told]
) -> None:
    for bundle in bundles:
        shutil.copy(bundle, server.root)

    def read_only() -> None:
        raise NotAllowed("put")

    server.before_put = read_only
    told = collects(server.address, "--receipts")
    assert (told.code, people(out)) == (1, 6)
    (sentence,) = told.json["problems"]
    assert sentence.startswith(f"{server.address}: 3 receipts could not be left there.")
    assert told.err.count(sentence) == 1
    server.before_put = lambda: None
    assert collects(server.address, "--receipts").json["receipts"] == 3


def test_one_receipt_for_all_goes_by_mail(
    bundles: list[Path], server: Flaky, study: NewStudy, tmp_path: Path, out: Path,
    collects: Callable[..., Told],
) -> None:  # fmt: skip
    shutil.copy(bundles[0], server.root)
    mail = tmp_path / "all.receipt.json"
    told = collects(server.address, bundles[1], "--receipts-file", mail)
    assert told.code == 0
    assert str(mail) in told.json["files"]
    assert receipt(mail, study) == {sha256(bundles[0]), sha256(bundles[1])}
    assert server.puts == []
    told = collects(server.address, "--receipts-file", tmp_path / "nowhere" / "x.receipt.json")
    assert (told.code, people(out)) == (1, 2)
    assert "The receipt cannot be written to" in told.err


def test_the_cache_lies_in_a_folder_for_lena_alone_and_is_no_source_by_itself(
    bundles: list[Path], server: Flaky, tmp_path: Path, out: Path, collects: Callable[..., Told]
) -> None:
    shutil.copy(bundles[0], server.root)
    assert collects(server.address).code == 0
    assert [path.name for path in (out / WORK / "fetched").glob("*.zip")] == [bundles[0].name]
    elsewhere = collects(out, bundles[1], into=tmp_path / "other")
    assert elsewhere.json["responses"] == 2
