"""The survey changed in the middle of the study; Lena says which questions are the same."""

from __future__ import annotations

import json
import shutil
from itertools import permutations
from pathlib import Path

import pytest
from frictionless import Package

from kiosk.dataset.map_file import BadMapping, plan_of, read_map
from kiosk.dataset.mapping import mapped_lines
from kiosk.opening.new_study import NewStudy
from kiosk.report.counts import count
from kiosk.report.page import make_report
from kiosk.report.quality import quality
from kiosk.report.read import read_dataset
from kiosk.survey.answers import completeness
from kiosk.survey.loader import parse_survey
from kiosk.survey.model import Survey
from tests.cli import Told, kiosk
from tests.dataset import bundle_of, folder_bytes, table
from tests.dataset.datasets import Meeting, lightly, merged, pool_of
from tests.survey import SOURCE, block_of, edited, next_version

THEN, NOW = SOURCE, next_version()
KEPT = [f"q{n:02}" for n in range(1, 15) if n != 3]
MAP = f"""to = "2"
[[from]]
version = "1"
same = {json.dumps(KEPT)}
[from.renamed]
q15 = "q16"
"""
OLD = [{f"q{n:02}": n % 5 + 1 for n in range(1, 16)}] * 6
NEW = [{"q01": 2, "q16": 98, "q17": 4}]
Q01_AS_YESNO = (block_of("q01"), block_of("q01").replace('kind = "smiley"', 'kind = "yesno"'))
YES_OR_NO = "".join(
    "[[yesno]]\nvalue = {}\nlabel = {{ {} }}\n".format(
        value, ", ".join(f'{tag} = "{value}"' for tag in parse_survey(SOURCE).languages)
    )
    for value in (1, 0)
)


@pytest.fixture
def bundles(data: Path, study: NewStudy) -> list[Path]:
    """One bundle of each version."""
    return [
        bundle_of(data, study, answers, site=site, survey_file=text)
        for answers, site, text in ((OLD, "Oslo", THEN), (NEW, "Gent", NOW))
    ]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "dataset"


def map_file(folder: Path, text: str = MAP) -> Path:
    (folder / "map.toml").write_text(text, encoding="utf-8")
    return folder / "map.toml"


def collects(*sources: object, key: Path, out: Path) -> Told:
    return kiosk("collect", *sources, "--key", key, "--out", out, "--json")


def test_both_versions_stand_in_one_table_and_nothing_is_hidden(
    bundles: list[Path], words: Path, out: Path, tmp_path: Path
) -> None:
    told = collects(*bundles, "--map", map_file(tmp_path), key=words, out=out)
    assert (told.code, told.err) == (0, "")
    (mapped,) = told.json["mapped"]
    hashes = {name: parse_survey(text).hash for name, text in (("1", THEN), ("2", NOW))}
    assert mapped == {
        "version": "1", "hash": hashes["1"], "workshops": 1, "same": KEPT,
        "renamed": {"q15": "q16"}, "not_shown": ["q17"], "left_out": ["q03"],
    }  # fmt: skip
    workshops = {row["site"]: row for row in table((out / "workshops.csv").read_bytes())}
    for site, version in (("Oslo", "1"), ("Gent", "2")):
        row = workshops[site]
        assert (row["asked_version"], row["asked_hash"]) == (version, hashes[version])
        assert (row["survey_version"], row["survey_hash"]) == ("2", hashes["2"])
    rows = table((out / "responses.csv").read_bytes())
    assert {name for row in rows for name in row} == {"rid", "workshop", *KEPT, "q16", "q17"}
    old = [row for row in rows if row["workshop"] == workshops["Oslo"]["workshop"]]
    assert len(old) == len(OLD)
    for row in old:
        assert [int(row[item]) for item in KEPT] == [OLD[0][item] for item in KEPT]
        assert (int(row["q16"]), row["q17"]) == (OLD[0]["q15"], "96")
    (new,) = (row for row in rows if row not in old)
    assert (new["q01"], new["q16"], new["q17"], new["q02"]) == ("2", "98", "4", "99")
    for name in ("README.txt", "codebook.html", "ddi.xml"):
        text = (out / name).read_text(encoding="utf-8")
        assert "renamed: q15 to q16; not shown (96): q17; left out: q03" in text, name
    assert "asked it as q01: I liked this workshop." in (out / "codebook.html").read_text("utf-8")
    assert Package(str(out / "datapackage.json")).validate().valid


def test_people_are_told_in_words_what_was_mapped(
    bundles: list[Path], words: Path, out: Path, tmp_path: Path
) -> None:
    told = kiosk("collect", *bundles, "--key", words, "--out", out, "--map", map_file(tmp_path))
    sentence, line = told.out.splitlines()
    assert sentence == f"7 responses from 2 workshops are in {out}"
    assert line.startswith("Mapped from version 1 (")
    assert line.endswith("left out: q03")


def test_without_a_mapping_it_is_refused_and_the_mapping_is_named(
    bundles: list[Path], words: Path, out: Path
) -> None:
    told = collects(*bundles, key=words, out=out)
    assert told.code == 2
    assert "Different questions do not belong in one table" in told.err
    assert "--map" in told.err
    guide = (Path(__file__).parents[2] / "docs" / "researcher.md").read_text(encoding="utf-8")
    assert "## When the survey has changed" in guide, "the message points there"


def test_a_version_that_the_mapping_does_not_name_is_refused(
    bundles: list[Path], data: Path, study: NewStudy, words: Path, out: Path, tmp_path: Path
) -> None:
    third = edited(('version = "1"', 'version = "3"'))
    odd = bundle_of(data, study, NEW[:0], survey_file=third)
    told = collects(*bundles, odd, "--map", map_file(tmp_path), key=words, out=out)
    assert told.code == 2
    assert f"{odd.name} asks “workshop” version 3" in told.err
    assert f"{bundles[1].name} asks “workshop” version 2" in told.err
    assert "--map" in told.err


def test_a_mapped_dataset_is_read_back_and_comes_out_as_it_was(
    bundles: list[Path], words: Path, out: Path, tmp_path: Path
) -> None:
    mapping = map_file(tmp_path)
    assert collects(*bundles, "--map", mapping, key=words, out=out).code == 0
    for options in ((), ("--map", mapping)):
        told = kiosk("merge", out, *options, "--out", tmp_path / "again", "--json")
        assert (told.code, len(told.json["mapped"])) == (0, 1)
        assert folder_bytes(tmp_path / "again") == folder_bytes(out)


def test_mapping_when_collecting_and_when_merging_are_the_same(
    bundles: list[Path], words: Path, out: Path, tmp_path: Path
) -> None:
    mapping, parts = map_file(tmp_path), [tmp_path / "old", tmp_path / "new"]
    assert collects(*bundles, "--map", mapping, key=words, out=out).code == 0
    for bundle, part in zip(bundles, parts, strict=True):
        assert collects(bundle, key=words, out=part).code == 0
    for order in (*permutations(parts), (*parts, out), (out, *parts)):
        shutil.rmtree(tmp_path / "both", ignore_errors=True)
        told = kiosk("merge", *order, "--map", mapping, "--out", tmp_path / "both")
        assert told.code == 0, told.err
        assert folder_bytes(tmp_path / "both") == folder_bytes(out)


def test_the_report_says_how_many_workshops_were_asked_another_version(
    bundles: list[Path], words: Path, out: Path, tmp_path: Path
) -> None:
    assert collects(*bundles, "--map", map_file(tmp_path), key=words, out=out).code == 0
    html = make_report(out).html
    assert "Workshops that were asked another version</dt> <dd>1 " in html
    assert "fikk en annen versjon" in make_report(out, "nb").html
    assert collects(bundles[0], key=words, out=tmp_path / "one").code == 0
    assert "another version" not in make_report(tmp_path / "one").html


def test_what_was_not_shown_counts_neither_as_asked_nor_as_answered(
    bundles: list[Path], words: Path, out: Path, tmp_path: Path
) -> None:
    collects(*bundles, "--map", map_file(tmp_path), key=words, out=out)
    dataset = read_dataset(out)
    tally = count(dataset)
    (added,) = (question for question in dataset.questions if question.id == "q17")
    found = tally.distribution(added)
    assert (found.missing[96], found.asked, found.base) == (len(OLD), 1, 1)
    shown = len(OLD) * (len(dataset.questions) - 1) + len(dataset.questions)
    assert quality(dataset, tally).skipped.whole == shown
    assert [sorted(kinds.elements()) for kinds in tally.completeness.values()].count(
        ["complete"] * len(OLD)
    ) == 1, "they answered all that they were shown"
    half = dict.fromkeys(KEPT, 96) | {"q01": 5, "q02": 99}
    assert completeness(half) == "partial", "one of two"
    assert completeness(dict.fromkeys(KEPT, 96)) == "under_half"


def versions(*texts: str) -> dict[str, Survey]:
    return {survey.hash: survey for survey in map(parse_survey, texts)}


def one(same: str = "q01", version: str = "1", to: str = "2", more: str = "") -> str:
    listed = json.dumps(same.split())
    return f'to = "{to}"\n[[from]]\nversion = "{version}"\nsame = {listed}\n{more}'


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (one(to="7"), "to: nothing here asks version “7”. Please write one of: 1 ("),
        (one(version="7"), "from 7: nothing here asks version “7”."),
        (one(version="2"), "from 2: this version is the one that all are mapped to already."),
        (one(more='[[from]]\nversion = "1"\nsame = ["q02"]'), "this version was named already."),
        (one("q99"), "from 1 › q99: version 1 has no item “q99”. Its items are: q01, q02"),
        (one("q03"), "from 1 › q03: version 2 has no item “q03”."),
        (one(more='renamed.q15 = "q99"'), "from 1 › q15: version 2 has no item “q99”."),
        (one("q01 q01"), "from 1: their item “q01” is mapped 2 times."),
        (one(more='renamed.q02 = "q01"'), "from 1: our item “q01” is mapped 2 times."),
        (one(more='renamed.q01 = "q02"'), "from 1: their item “q01” is mapped 2 times."),
        (one(""), "from 1: no item is mapped, so every answer would be left out."),
        (one(more="renamed.q15 = 3"), "from 1 › renamed › q15: this is “3”."),
        (one(more="sane = []"), "the key “sane” is not known. Did you mean “same”?"),
        ('to = "2"\n[[from]]\nversion = "1"\nsame = [1]', "from 1 › same: this is “[1]”."),
        ('to = "2"\n[[from]]\nsame = ["q01"]', "version: this is missing."),
        ('[[from]]\nversion = "1"\nsame = ["q01"]', "to: this is missing."),
        ('to = "2"', "from: this is missing. Please give at least one [[from]]."),
        ('to = "', "map.toml: the file cannot be read"),
    ],
)  # fmt: skip
def test_every_bad_mapping_gets_its_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    with pytest.raises(BadMapping) as refused:
        plan_of(read_map(map_file(tmp_path, text)), versions(THEN, NOW))
    assert sentence in str(refused.value)
    assert str(refused.value).startswith("The mapping map.toml cannot be used.\n")


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ([("Yes, very much", "Absolutely")],
         "5 is called “Absolutely” in “en”, not “Yes, very much”"),
        ([("Ja, absolutt", "Jo da")], "5 is called “Jo da” in “nb”, not “Ja, absolutt”"),
        ([('order = "asc"', 'order = "desc"')], "shown in the order “desc”, not “asc”"),
        ([('[scale]\nid = "', '[scale]\nid = "other-')], "its scale is “other-"),
        ([Q01_AS_YESNO, ("[[item]]", f"{YES_OR_NO}[[item]]")], "its kind is yesno, not smiley"),
    ],
)  # fmt: skip
def test_items_whose_answers_do_not_mean_the_same_are_not_mapped(
    tmp_path: Path, changes: list[tuple[str, str]], why: str
) -> None:
    other = edited(('version = "1"', 'version = "0"'), *changes)
    with pytest.raises(BadMapping) as refused:
        plan_of(read_map(map_file(tmp_path, one(version="0"))), versions(other, NOW))
    assert "from 0 › q01: it cannot be “q01”: " in str(refused.value)
    assert why in str(refused.value)


def test_a_choice_with_one_option_more_is_another_question(tmp_path: Path) -> None:
    def choice(version: str, most: int) -> str:
        labels = "".join(
            f"[[item.option]]\nvalue = {value}\n[item.option.label]\n"
            + "".join(f'{tag} = "{value}"\n' for tag in parse_survey(SOURCE).languages)
            for value in range(1, most + 1)
        )
        asked = block_of("q01").replace("smiley", "choice")
        return edited(
            ('version = "1"', f'version = "{version}"'), (block_of("q01"), f"{asked}{labels}\n")
        )

    with pytest.raises(BadMapping) as refused:
        plan_of(read_map(map_file(tmp_path, one())), versions(choice("1", 2), choice("2", 3)))
    assert "its values are 1, 2, not 1, 2, 3" in str(refused.value)


def test_a_language_that_was_added_keeps_nobody_from_mapping(tmp_path: Path) -> None:
    text = SOURCE.replace('nb = "machine-draft"\n', "", 1)
    fewer = "\n".join(line for line in text.split("\n") if not line.startswith('nb = "'))
    plan = plan_of(read_map(map_file(tmp_path, one())), versions(fewer, NOW))
    assert list(plan.items.values()) == [{"q01": "q01"}]


def test_two_versions_of_one_name_are_told_apart_by_their_content(tmp_path: Path) -> None:
    other = edited(("I liked this", "I enjoyed this"))
    here = versions(THEN, other, NOW)
    with pytest.raises(BadMapping) as refused:
        plan_of(read_map(map_file(tmp_path, one())), here)
    wanted = parse_survey(other).hash
    assert "“1” is the name of several versions" in str(refused.value)
    assert wanted[:12] in str(refused.value)
    plan = plan_of(read_map(map_file(tmp_path, one(version=wanted[:8]))), here)
    assert list(plan.items) == [wanted]


def test_all_problems_are_told_at_once_and_nothing_is_written(
    bundles: list[Path], words: Path, out: Path, tmp_path: Path
) -> None:
    bad = map_file(tmp_path, one("q03 q99"))
    told = collects(*bundles, "--map", bad, key=words, out=out)
    assert (told.code, told.out) == (2, "")
    assert "version 2 has no item “q03”" in told.err
    assert "version 1 has no item “q99”" in told.err
    assert not (out / "responses.csv").exists()


def test_a_line_is_turned_into_the_columns_of_the_other_version() -> None:
    then, now = parse_survey(THEN), parse_survey(NOW)
    line = b"rid,shop," + b",".join(str(n).encode() for n in range(1, 16)) + b"\n"
    (turned,) = mapped_lines([line], then, now, {"q02": "q01", "q17": "q15"})
    expected = {"q02": "1", "q17": "15"}
    cells = [expected.get(item.id, "96") for item in now.items]
    assert turned == ",".join(["rid", "shop", *cells]).encode() + b"\n"


@pytest.mark.parametrize(
    ("second", "mapping", "why"),
    [
        (one("q01 q04"), None, "has another version mapped in another way"),
        (one("q01"), one("q01", version="2", to="1"), "was mapped to version 2 before"),
    ],
)
def test_what_was_mapped_cannot_be_mapped_otherwise(
    tmp_path: Path, second: str, mapping: str | None, why: str
) -> None:
    old, new, firsts = tmp_path / "old", tmp_path / "new", tmp_path / "firsts"
    lightly(pool_of([Meeting(1)], survey_file=THEN), old)
    lightly(pool_of([Meeting(2)], survey_file=NOW), new)
    merged([old, new], firsts, read_map(map_file(tmp_path, one("q01"))))
    other = tmp_path / "seconds"
    merged([old, new], other, read_map(map_file(tmp_path, second)))
    options = ("--map", map_file(tmp_path, mapping)) if mapping else ()
    parts = (firsts, old if mapping else other)
    for order in permutations(parts):
        told = kiosk("merge", *order, *options, "--out", tmp_path / "no")
        assert (told.code, why in told.err) == (2, True), told.err
