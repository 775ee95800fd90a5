"""Kari writes how her workshop went; Lena reads it beside the workshop, never beside a person."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package
from pyrage import encrypt, x25519

from kiosk.bundle import layout
from kiosk.bundle.read import read_bundle
from kiosk.dataset.collect import collect
from kiosk.dataset.pool import Pool
from kiosk.dataset.write import write_dataset
from kiosk.opening.envelopes import BadEnvelope, NotForThisKey
from kiosk.opening.keys import new_identity
from kiosk.opening.new_study import NewStudy
from kiosk.opening.reports import open_report
from kiosk.study.sealing import canonical
from kiosk.survey.form import columns, form_files, parse_form
from kiosk.survey.kinds import options_of
from kiosk.survey.kinds.kind import Cell
from kiosk.survey.model import Form, Item
from tests.bundle import repacked, unpacked
from tests.conftest import Lena
from tests.dataset import Site, opens, table, written
from tests.survey import COLUMNS, FORM, OPTIONS, asked

EVENING: dict[str, Cell] = {"groups_1": 1, "groups_3": 1, "helpers_ngo": 3, "mood": 4, "came": 0,
                            "words": "It rained.\nAll stayed."}  # fmt: skip
PAYLOADS = ("=1+1", "+1", "-5", "@SUM(A1)", "=cmd|'/c calc'!A1")
SEALED, FORM_FILE = "reports/visit.age", "reports/visit.toml"


@pytest.fixture
def site(data: Path, study: NewStudy) -> Site:
    return opens(data, study)


def reports_of(pool: Pool) -> list[dict[str, str]]:
    return table(written("self_reports.csv", pool))


def only_report(lena: Lena, site: Site) -> dict[str, str]:
    (row,) = reports_of(lena.collects(site.packs()))
    return row


def version(number: str, *changes: tuple[str, str]) -> str:
    """Return the form as it was asked in another version."""
    source = FORM
    for old, new in (('version = "1"', f'version = "{number}"'), *changes):
        assert old in source
        source = source.replace(old, new, 1)
    return source


def test_what_kari_wrote_stands_in_lenas_table(site: Site, lena: Lena) -> None:
    row = only_report(lena, site.sends([{}]).writes(FORM, EVENING, "nb"))
    assert list(row) == ["workshop", "visit_version", "visit_language", "visit_finished", *COLUMNS]
    assert row == {
        "workshop": site.workshop.id, "visit_version": "1", "visit_language": "nb",
        "visit_finished": "1", "groups_1": "1", "groups_2": "0", "groups_3": "1",
        "helpers_school": "", "helpers_ngo": "3", "level": "", "mood": "4", "came": "0",
        "words": "It rained.\nAll stayed.",
    }  # fmt: skip


def test_an_unfinished_report_is_told_from_a_finished_one_and_what_was_left_open_is_empty(
    site: Site, lena: Lena
) -> None:
    row = only_report(lena, site.writes(FORM, {}, finished=False))
    assert row["visit_finished"] == "0"
    assert {row[column] for column in COLUMNS} == {""}, "no box ticked is not the same as no"


def test_a_workshop_without_answers_can_have_a_report_and_one_with_answers_none(
    data: Path, study: NewStudy, lena: Lena
) -> None:
    told, silent = opens(data, study).writes(FORM, EVENING), opens(data, study).sends([{"q01": 5}])
    pool = lena.collects(told.packs(), silent.packs())
    assert [row["workshop"] for row in reports_of(pool)] == [told.workshop.id]
    assert len(pool.workshops()) == 2


def test_the_tables_are_there_even_if_nobody_wrote_anything(site: Site, lena: Lena) -> None:
    pool = lena.collects(site.packs())
    assert written("self_reports.csv", pool) == b"workshop\n"
    assert written("self_reports_codebook.csv", pool) == b"column,form,kind,value\n"
    assert b"Self-reports of facilitators" not in written("codebook.html", pool)


def test_rows_stand_in_the_order_of_workshop_ids(data: Path, study: NewStudy, lena: Lena) -> None:
    for _ in range(6):
        opens(data, study).writes(FORM, EVENING).packs()
    found = [row["workshop"] for row in reports_of(lena.collects(data))]
    assert found == sorted(found)
    assert len(set(found)) == 6


def test_forms_stand_in_the_order_in_which_they_open(
    data: Path, study: NewStudy, lena: Lena
) -> None:
    def form(name: str, phase: str) -> str:
        source = version("1", ('id = "visit"', f'id = "{name}"'), ("same_day", phase))
        return source.replace('id = "came"', f'id = "{name}_came"')

    site = opens(data, study)
    for name, phase in (("after-all", "after"), ("zoo", "before"), ("fair", "same_day")):
        site.writes(form(name, phase), {f"{name}_came": 7})
    header = list(only_report(lena, site))
    abouts = [name.removesuffix("_version") for name in header if name.endswith("_version")]
    assert abouts == ["zoo", "fair", "after-all"]
    assert len(set(header)) == len(header), "what two forms call by one name is told apart"
    assert header.index("zoo_came") < header.index("fair_version") < header.index("fair_level")
    assert {"level", "fair_level", "after-all_level"} < set(header)


def test_versions_of_a_form_share_their_columns_in_the_newest_ones_order(
    data: Path, study: NewStudy, lena: Lena
) -> None:
    tenth = version(
        "10", (asked("level", "choice", OPTIONS), asked("rooms", "number", "max = 9\n")),
        (asked("mood", "smiley"), ""), ("Came?", "How many came?"),
    )  # fmt: skip
    ninth = version("9", (asked("words", "text"), asked("words", "number", "max = 9")))
    sites = [
        opens(data, study).writes(FORM, {"level": 2, "mood": 1, "words": "-5"}),
        opens(data, study).writes(tenth, {"rooms": 3, "came": 1}),
        opens(data, study).writes(ninth, {"words": 9, "groups_2": 1}),
    ]
    for site in sites:
        site.packs()
    pool = lena.collects(data)
    found = {row["workshop"]: row for row in reports_of(pool)}
    rows = [found[site.workshop.id] for site in sites]
    assert [row["visit_version"] for row in rows] == ["1", "10", "9"]
    kept = [name for name in COLUMNS if name not in ("level", "mood")]
    newest = [*kept[:5], "rooms", *kept[5:], "level", "mood"]
    assert list(rows[0])[4:] == newest, "the newest form’s columns first, then those it dropped"
    assert [row["words"] for row in rows] == ["'-5", "", "9"]
    assert [row["rooms"] for row in rows] == ["", "3", ""]
    assert [row["groups_1"] for row in rows] == ["", "", "0"]
    (came,) = [
        r for r in table(written("self_reports_codebook.csv", pool)) if r["column"] == "came"
    ]
    assert came["text_en"] == "How many came?", "the newest wording explains the column"
    fields = fields_of(pool)
    assert (fields["words"]["type"], fields["rooms"]["type"]) == ("string", "integer")


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_spreadsheet_takes_karis_words_for_a_formula(
    site: Site, lena: Lena, payload: str
) -> None:
    odd = version(payload, ("Words?", payload), ("few", payload))
    pool = lena.collects(site.writes(odd, {"words": payload, "came": 5}).packs())
    (row,) = reports_of(pool)
    assert (row["words"], row["visit_version"], row["came"]) == (f"'{payload}", f"'{payload}", "5")
    cells = [cell for r in table(written("self_reports_codebook.csv", pool)) for cell in r.values()]
    assert f"'{payload}" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@"))]


def test_a_report_leads_to_its_workshop_and_to_no_response(
    data: Path, study: NewStudy, lena: Lena
) -> None:
    site = opens(data, study).sends([{"q01": 5}, {"q01": 1}]).writes(FORM, EVENING)
    pool = lena.collects(site.packs())
    rids = {response.rid for response in pool.responses()}
    content = written("self_reports.csv", pool).decode()
    assert not [rid for rid in rids if rid in content]
    package = json.loads(written("datapackage.json", pool))
    keys = {r["name"]: r["schema"].get("foreignKeys", []) for r in package["resources"]}
    for name in ("responses", "self_reports"):
        assert [key["reference"]["resource"] for key in keys[name]] == ["workshops"]


def fields_of(pool: Pool) -> dict[str, dict[str, Any]]:
    package = json.loads(written("datapackage.json", pool))
    (resource,) = [r for r in package["resources"] if r["name"] == "self_reports"]
    assert resource["schema"]["primaryKey"] == ["workshop"]
    return {field["name"]: field for field in resource["schema"]["fields"]}


def test_the_package_describes_every_column(site: Site, lena: Lena) -> None:
    pool = lena.collects(site.writes(FORM, EVENING).packs())
    fields = fields_of(pool)
    assert list(fields) == list(reports_of(pool)[0])
    assert all(field["title"] for field in fields.values())
    assert fields["groups_2"]["title"] == "Groups? – some"
    assert fields["helpers_school"]["title"] == "Helpers? – The school"
    types = {name: fields[name]["type"] for name in fields}
    texts = {"workshop", "visit_version", "visit_language", "words"}
    assert {name for name, kind in types.items() if kind == "string"} == texts
    labels = [{"value": n, "label": w} for n, w in enumerate(("few", "some", "many"), start=1)]
    for name in ("level", "helpers_school", "helpers_ngo"):
        assert fields[name]["categories"] == labels
    assert [entry["label"] for entry in fields["mood"]["categories"]] == [
        "+", "++", "+++", "++++", "+++++",
    ]  # fmt: skip
    assert "categories" not in fields["came"]
    assert "categories" not in fields["words"]


def fitting(form: Form, item: Item, number: int) -> Cell:
    """Return some answer to a question."""
    if item.kind in ("smiley", "choice", "grid"):
        options = options_of(form, item)
        return options[number % len(options)].value
    if item.kind == "text":
        return f"“{number}”; it’s, =\n-5"
    return item.most if item.kind == "number" else 1


def test_all_shipped_forms_travel_whole_and_the_package_is_valid(
    data: Path, study: NewStudy, lena: Lena, tmp_path: Path
) -> None:
    sites = [opens(data, study).sends([{"q01": 5}]) for _ in range(4)]
    for number, site in enumerate(sites):
        for source in form_files().values():
            form = parse_form(source)
            answers = {c: fitting(form, item, number) for c, item in columns(form).items()}
            site.writes(source, answers, form.languages[number % len(form.languages)])
        site.packs()
    pool = lena.collects(data)
    write_dataset(pool, tmp_path)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["name", "type", "message"])
    every = [c for source in form_files().values() for c in columns(parse_form(source))]
    for row in reports_of(pool):
        assert all(row[column] for column in every)


def test_the_codebook_explains_every_column_and_every_value_in_every_language(
    site: Site, lena: Lena
) -> None:
    pool = lena.collects(site.writes(FORM, EVENING).packs())
    rows = table(written("self_reports_codebook.csv", pool))
    assert list(dict.fromkeys(row["column"] for row in rows)) == COLUMNS
    values = {c: [r["value"] for r in rows if r["column"] == c] for c in COLUMNS}
    assert (values["groups_1"], values["level"]) == (["0", "1"], ["1", "2", "3"])
    assert values["mood"] == ["1", "2", "3", "4", "5"]
    assert (values["came"], values["words"]) == ([""], [""])
    row = next(r for r in rows if r["column"] == "helpers_ngo" and r["value"] == "2")
    assert (row["form"], row["kind"]) == ("visit", "grid")
    assert (row["text_nb"], row["label_nb"]) == ("Helpers på norsk? – En forening", "some (nb)")
    page = html.unescape(written("codebook.html", pool).decode())
    for column in COLUMNS:
        assert f'<th scope="row">{column}</th>' in page
    assert "Helpers? – An association" in page
    assert "many</span>" in page


def test_what_stands_in_a_form_cannot_become_markup(site: Site, lena: Lena) -> None:
    evil = version("<b>1</b>", ("Words?", "<script>alert(1)</script>"), ("few", "<img src=x>"))
    page = written("codebook.html", lena.collects(site.writes(evil, {}).packs())).decode()
    assert not [tag for tag in ("<script", "<img", "<b>") if tag in page]
    assert "&lt;script&gt;alert(1)" in page


def test_a_form_without_english_is_explained_in_its_own_language(site: Site, lena: Lena) -> None:
    lines = [line for line in FORM.splitlines() if ".en" not in line]
    pool = lena.collects(site.writes("\n".join(lines), {"level": 1}, "nb").packs())
    assert fields_of(pool)["level"]["title"] == "Level på norsk?"
    assert fields_of(pool)["level"]["categories"][0]["label"] == "few (nb)"
    assert fields_of(pool)["groups_1"]["categories"][0]["label"] == "not ticked"
    assert '<td lang="nb" dir="ltr">Level på norsk?</td>' in written("codebook.html", pool).decode()


ALTERED: dict[str, Callable[[dict[str, Any]], Any]] = {
    "no report at all": lambda content: ["hello"],
    "another format": lambda content: content | {"format": 2},
    "a response": lambda content: {**content, "rid": "0" * 32, "form": None},
    "another workshop": lambda content: content | {"workshop": "0" * 16},
    "another form": lambda content: content | {"form": "0" * 64},
    "another language": lambda content: content | {"language": "ar"},
    "no language": lambda content: content | {"language": ["en"]},
    "finished by halves": lambda content: content | {"finished": 1},
    "no answers": lambda content: content | {"answers": []},
    "a column too many": lambda content: content | {"answers": {"rid": 1}},
    "an impossible value": lambda content: content | {"answers": {"level": 4}},
    "true for one": lambda content: content | {"answers": {"groups_1": True}},
    "nought for a box": lambda content: content | {"answers": {"groups_1": 0}},
    "a formula": lambda content: content | {"answers": {"came": "=1+1"}},
    "a list": lambda content: content | {"answers": {"words": ["x"]}},
    "a novel": lambda content: content | {"answers": {"words": "x" * 2001}},
}


def resealed(folder: Path, bundle: Path, content: bytes, identity: x25519.Identity) -> Path:
    envelope = bytes(encrypt(content, [identity.to_public()]))
    return repacked(folder, unpacked(bundle) | {SEALED: envelope})


@pytest.mark.parametrize("altered", ALTERED)
def test_an_opened_report_is_believed_only_if_it_fits_its_form(
    site: Site, identity: x25519.Identity, tmp_path: Path, altered: str
) -> None:
    bundle = site.sends([{"q01": 5}]).writes(FORM, EVENING).packs()
    honest = {"format": 1, "form": parse_form(FORM).hash, "workshop": site.workshop.id,
              "language": "nb", "finished": False, "answers": {"came": 9}}  # fmt: skip
    for content, found in ((honest, 1), (ALTERED[altered](honest), 0)):
        changed = resealed(tmp_path, bundle, canonical(content), identity)
        pool, skipped = collect([changed], identity)
        assert (len(reports_of(pool)), len(skipped)) == (found, 1 - found)
        assert all("self-report visit" in line.name for line in skipped)
        assert len(pool) == 1, "the answers of the room are there all the same"


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000, b'{"a":' * 9000])
def test_no_content_of_a_report_can_stop_lena(
    site: Site, identity: x25519.Identity, tmp_path: Path, content: bytes
) -> None:
    bundle = site.writes(FORM, EVENING).packs()
    damaged = repacked(tmp_path / "x", unpacked(bundle) | {SEALED: content})
    for path, problem in (
        (resealed(tmp_path, bundle, content, identity), BadEnvelope), (damaged, NotForThisKey),
    ):  # fmt: skip
        with pytest.raises(problem):
            open_report("visit", read_bundle(path), identity)
        pool, skipped = collect([path], identity)
        assert (reports_of(pool), len(skipped)) == ([], 1)


def test_half_a_character_does_not_stop_lena(
    site: Site, identity: x25519.Identity, tmp_path: Path
) -> None:
    bundle = site.writes(FORM, EVENING).packs()
    files = unpacked(bundle)
    sheet = files[layout.SHEET].replace(b'"Draw', b'"\\ud800Draw')
    content = json.dumps({
        "format": 1, "form": parse_form(FORM).hash, "workshop": site.workshop.id, "language": "en",
        "finished": True, "answers": {"words": "\ud800"},
    })  # fmt: skip
    odd = resealed(tmp_path, repacked(tmp_path / "x", files | {layout.SHEET: sheet}),
                   content.encode(), identity)  # fmt: skip
    pool, _ = collect([odd], identity)
    write_dataset(pool, tmp_path / "out")
    assert Package(str(tmp_path / "out" / "datapackage.json")).validate().valid


def test_a_report_moved_from_another_workshop_is_refused(
    data: Path, study: NewStudy, identity: x25519.Identity, tmp_path: Path
) -> None:
    there, here = (opens(data, study).writes(FORM, EVENING).packs() for _ in "ab")
    moved = repacked(tmp_path, unpacked(here) | {SEALED: unpacked(there)[SEALED]})
    pool, (skipped,) = collect([moved], identity)
    assert skipped.why == "it belongs to another workshop."
    assert reports_of(pool) == []


def test_an_answer_is_no_report_and_a_report_is_no_answer(
    site: Site, identity: x25519.Identity, tmp_path: Path
) -> None:
    files = unpacked(site.sends([{"q01": 5}]).writes(FORM, EVENING).packs())
    answer = next(name for name in files if name.startswith(layout.ENVELOPES))
    crossed = files | {answer: files[SEALED], SEALED: files[answer]}
    pool, skipped = collect([repacked(tmp_path, crossed)], identity)
    assert len(pool) == len(reports_of(pool)) == 0
    why = sorted(line.why for line in skipped)
    assert why == ["it holds no response.", "it holds no self-report."]


def test_nobody_elses_key_opens_a_report(site: Site) -> None:
    bundle = read_bundle(site.writes(FORM, EVENING).packs())
    with pytest.raises(NotForThisKey):
        open_report("visit", bundle, new_identity())
