"""Lena reads the report: what it shows of how many people, in words, charts and tables."""

from __future__ import annotations

import base64
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po
from click.testing import CliRunner

from kiosk.cli.report import report as report_command
from kiosk.languages import LANGUAGES, STAFF_LANGUAGES
from kiosk.paths import bundled
from kiosk.report.page import Report, make_report
from kiosk.report.templating import css
from kiosk.report.words import Incomplete, Words
from kiosk.translations import InterfaceTexts, read_texts
from tests.page import Page
from tests.report.people import Values, all_say, collected, page, people
from tests.survey import edited

PLACEHOLDER = re.compile(r"%\(\w+\)s|%%")
SIZES = (5, 6, 9, 10, 12, 20, 98)
OTHERS = tuple(tag for tag in LANGUAGES if tag != "en")
YESNO_AND_CHOICE = edited(
    ("[[missing]]\nvalue = 97", '[[yesno]]\nvalue = 1\n[yesno.label]\nen = "Aye"\n'
     + "".join(f'{tag} = "Aye"\n' for tag in OTHERS)
     + '[[yesno]]\nvalue = 0\n[yesno.label]\nen = "Nay"\n'
     + "".join(f'{tag} = "Nay"\n' for tag in OTHERS)
     + "[[missing]]\nvalue = 97"),
    ('id = "q15"\nkind = "smiley"', 'id = "q15"\nkind = "yesno"'),
)  # fmt: skip


def report_on(folder: Path, answers: Sequence[Values], tag: str = "en", **sheet: Any) -> Report:
    return make_report(collected(folder, answers, **sheet), tag)


@pytest.fixture(params=SIZES)
def n(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def made(n: int, tmp_path: Path) -> Report:
    return report_on(tmp_path, people(n))


def questions(found: Page) -> Iterator[ET.Element]:
    return (e for e in found.all("section") if "question" in e.attrib.get("class", "").split())


def numbers(row: ET.Element) -> list[str]:
    return ["".join(cell.itertext()) for cell in row.iter("td")]


def table_of(section: ET.Element) -> list[int]:
    """Return the counts in a question's table, in its order."""
    return [int(numbers(row)[0]) for body in section.iter("tbody") for row in body.iter("tr")]


def drawn(element: ET.Element, name: str) -> list[ET.Element]:
    """Return the parts of a drawing that have this name."""
    return [e for e in element.iter() if isinstance(e.tag, str) and e.tag.endswith(f"}}{name}")]


def words_of(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def test_too_few_people_see_nothing_but_the_response_box(n: int, made: Report) -> None:
    found = page(made)
    assert made.responses == n
    assert made.shown == (n >= 6)
    assert (len(list(questions(found))) == 15) == (n >= 6)
    assert ("At a glance" in made.html) == (n >= 6)
    assert "Who answered" in made.html
    assert f"{n} of {n + 3}" in made.html
    if n < 6:
        assert "q01" not in made.html
        assert "Fewer than 6 people answered" in made.html


def test_six_to_nine_are_not_for_publication(n: int, made: Report) -> None:
    assert made.publishable == (n >= 10)
    marks = [words_of(e) for e in page(made).all("p") if "big" in e.attrib.get("class", "")]
    assert bool(marks) == (n < 10)
    if 6 <= n < 10:
        assert marks[0].startswith("Do not publish: fewer than 10 people answered.")


def test_figures_and_tables_say_the_same(n: int, made: Report) -> None:
    for section in questions(page(made)):
        counts = table_of(section)
        figures = list(section.iter("figure"))
        assert len(counts) in (0, 10), "five answers, answered, 97, 98, 99, all"
        if not counts:
            assert "are not shown" in words_of(section)
            continue
        assert counts[5] == sum(counts[:5])
        assert counts[9] == n == counts[5] + sum(counts[6:9])
        (figure,) = figures
        if n <= 20:
            rows = [e for e in figure.iter("div") if e.attrib.get("class") == "row"]
            faces = [[u.attrib["href"] for u in drawn(row, "use")] for row in rows]
            assert faces == [[f"#face-{v}"] * counts[v - 1] for v in range(1, 6)]
            assert [int(words_of(row).split()[-1]) for row in rows] == counts[:5]
        else:
            texts = sorted(int("".join(e.itertext())) for e in drawn(figure, "text"))
            assert texts == sorted(count for count in counts[:5] if count)
        chart = next(e for e in figure.iter() if e.attrib.get("role") == "img")
        said = chart.attrib.get("aria-label") or words_of(chart)
        for label, count in zip(["No, not at all", "Yes, very much"], counts[:5:4], strict=True):
            assert f"{label} {count}" in said
        first = f"{counts[3] + counts[4]} of {counts[5]}"
        assert words_of(next(section.iter("h3"))).split(". ", 1)[1].startswith(first)


def test_percent_comes_with_a_base_of_twenty(n: int, made: Report) -> None:
    for section in questions(page(made)):
        counts = table_of(section)
        text = words_of(section).replace("(Wilson, 95%)", "")
        assert ("%" in text) == (bool(counts) and counts[5] >= 20)
    for share in re.findall(r"of (\d+) \(\d+%\)", made.html):
        assert int(share) >= 20


def test_the_default_report_has_no_mean(made: Report) -> None:
    assert not re.search(r"\bmeans?\b|average", re.sub(r"<style>.*?</style>", "", made.html))


@pytest.mark.parametrize("people_there", [29, 30])
def test_a_pooled_mean_needs_the_researchers_wish_and_thirty(
    people_there: int, tmp_path: Path
) -> None:
    folder = collected(tmp_path, all_say(people_there))
    html = make_report(folder, pooled=True).html
    assert ("from 1 to 5: 4.0." in html) == (people_there >= 30)
    assert ("where 30 people or more" in html) == (people_there < 30)
    assert ("fra 1 til 5: 4,0." in make_report(folder, "nb", pooled=True).html) == (
        people_there >= 30
    )


def test_a_question_that_few_answered_is_left_out_everywhere(tmp_path: Path) -> None:
    answers = all_say(12, q09=[5] * 5 + [98] * 7, q10=[5] * 7 + [99] * 5)
    found = page(report_on(tmp_path, answers))
    by_id = {section.attrib["id"]: section for section in questions(found)}
    assert "5 of 12 answered. Results of fewer than 6 are not shown." in words_of(by_id["q09"])
    assert table_of(by_id["q09"]) == []
    assert "Do not publish: fewer than 10 people" in words_of(by_id["q10"])
    assert table_of(by_id["q10"])[4:9] == [7, 7, 0, 0, 5]
    scales = [words_of(e) for e in found.all("section") if "scale" in e.attrib.get("class", "")]
    assert not any(scale.startswith("Bonding") for scale in scales), "one question is no scale"


def test_facts_are_words_and_bounds(tmp_path: Path) -> None:
    answers = all_say(9, q01=[5] * 4 + [4] * 3 + [1, 2])
    text = words_of(next(questions(page(report_on(tmp_path, answers, headcount=12)))))
    assert "Middle answer (median) “Mostly yes”" in text
    assert "If everybody present had answered 7 to 10 of 12 positive" in text
    assert "Uncertainty if these people were a sample of similar people 45 to 94 of 100" in text


def test_two_middle_answers_stay_two(tmp_path: Path) -> None:
    html = report_on(tmp_path, all_say(6, q01=[3, 3, 3, 5, 5, 5])).html
    assert "between “In between” and “Yes, very much”" in html


def test_one_answer_from_all_is_pointed_out(tmp_path: Path) -> None:
    text = words_of(next(questions(page(report_on(tmp_path, all_say(12))))))
    assert "Everybody who answered gave the same answer." in text


def test_what_does_not_add_up_is_said(tmp_path: Path) -> None:
    html = report_on(tmp_path, people(12), headcount=11).html
    assert "More was sent than people were present in 1 of 1 workshops." in html
    counters = dict.fromkeys(("complete", "partial", "under_half", "declined", "timed_out"), 7)
    html = report_on(tmp_path / "more", people(12), counters=counters).html
    assert "The kiosks counted 21 answers sent; this dataset has 12." in html
    html = report_on(tmp_path / "unknown", people(12), headcount=None).html
    assert "How many people were present is not known." in html
    assert "If everybody present" not in html


def test_every_report_prints_its_limits(made: Report) -> None:
    text = words_of(next(e for e in page(made).all("section") if e.attrib.get("id") == "limits"))
    for limit in ("weak indications", "self-reports, given right after the workshop", "smiley",
                  "worded positively", "Staff were in the building", "not validated",
                  "Compare only with results in the same format",
                  "no places are ranked"):  # fmt: skip
        assert limit in text
    about = words_of(next(e for e in page(made).all("section") if e.attrib.get("id") == "about"))
    for told in ("“workshop”, version 2", "no-yes-5, saddest face first", "Tigrinya", "Dari"):
        assert told in about


def test_states_and_titles_are_told_where_the_dataset_tells_them(tmp_path: Path) -> None:
    folder = collected(tmp_path, people(12))
    file = folder / "datapackage.json"
    package = json.loads(file.read_text(encoding="utf-8"))
    package |= {"translation": {"en": "source", "ti": "pretested"}, "titles": {"nb": "Tittelen"}}
    file.write_text(json.dumps(package), encoding="utf-8")
    html = make_report(folder, "nb").html
    assert "prøvd ut med folk" in html
    assert "<h1>Tittelen</h1>" in html
    del package["translation"], package["titles"]
    file.write_text(json.dumps(package), encoding="utf-8")
    html = make_report(folder, "nb").html
    assert "står i codebook.html" in html
    assert '<h1 lang="en" dir="ltr">' in html


def test_nothing_is_tested_ranked_or_judged(made: Report) -> None:
    text = re.sub(r"<[^>]+>|Nothing is tested for significance and no places are ranked", "",
                  made.html)  # fmt: skip
    assert not re.search(r"significan|\bp ?[<=]|rank|best|worst|Library \d", text)


def test_other_kinds_have_their_own_charts(tmp_path: Path) -> None:
    choice = YESNO_AND_CHOICE
    few = [[4] * 14 + [value] for value in (1, 1, 1, 1, 1, 0, 0, 97)]
    found = list(questions(page(report_on(tmp_path, few, survey_file=choice))))[-1]
    assert "5 of 7 chose “Aye”." in words_of(found)
    assert "median" not in words_of(found)
    assert table_of(found) == [2, 5, 7, 1, 0, 0, 8]
    assert len([e for e in drawn(found, "circle") if e.attrib.get("class") == "dot"]) == 7
    many = page(report_on(tmp_path / "many", few * 3, survey_file=choice))
    widths = [e.attrib["width"] for e in drawn(list(questions(many))[-1], "rect")]
    assert widths == ["28.57%", "71.43%"]


def test_a_descending_scale_keeps_its_order(tmp_path: Path) -> None:
    survey = edited(('order = "asc"', 'order = "desc"'))
    answers = all_say(12, q01=[5] * 6 + [4] * 3 + [3] * 2 + [1])
    found = next(questions(page(report_on(tmp_path, answers, survey_file=survey))))
    assert table_of(found)[:5] == [6, 3, 2, 0, 1]


def test_the_tool_is_named_if_there_was_one(tmp_path: Path) -> None:
    assert "I can use Procreate on my own now." in report_on(tmp_path, people(6)).html
    folder = collected(tmp_path / "two", people(12), workshops=2)
    sheet = (folder / "workshops.csv").read_text(encoding="utf-8")
    (folder / "workshops.csv").write_text(sheet.replace(",Procreate,", ",<b>Scratch</b>,", 1))
    html = make_report(folder).html
    assert "I can use [tool] on my own now." in html
    assert "&lt;b&gt;Scratch&lt;/b&gt;, Procreate" in html, "what people typed is no markup"


@pytest.mark.parametrize("tag", STAFF_LANGUAGES)
def test_the_report_is_wholly_in_each_language(tag: str, tmp_path: Path) -> None:
    english = {words_of(e) for e in page(report_on(tmp_path / "en", people(12))).all("th")}
    made = report_on(tmp_path, people(12), tag)
    found = page(made)
    assert found.tree.attrib["lang"] == tag
    assert "%(" not in made.html
    if tag != "en":
        heads = [words_of(e) for e in found.all("th")]
        same = {head for head in heads if head in english} - {"Workshops"}
        assert not {head for head in same if not re.fullmatch(r"q\d\d", head)} - {
            "Indicator", "Tigrinya", "Dari",
        }  # fmt: skip
    texts = read_texts("report")
    assert tag in texts.complete


def test_numbers_follow_the_reader(tmp_path: Path) -> None:
    folder = collected(tmp_path, people(98))
    assert "of 1,470 (" in make_report(folder).html
    assert re.search(r"sur 1\u202f470 \(\d+\xa0%\)", make_report(folder, "fr").html)
    assert re.search(r"af 1\.470 \(\d+\xa0%\)", make_report(folder, "da").html)


def test_an_incomplete_language_is_refused() -> None:
    with pytest.raises(Incomplete):
        Words("nb", InterfaceTexts(read_texts("report").by_locale, frozenset({"en"})))


def test_equal_data_give_equal_bytes(tmp_path: Path) -> None:
    one = report_on(tmp_path / "one", people(12), "fr", workshops=2).html
    other = report_on(tmp_path / "other", people(12), "fr", workshops=2).html
    assert one == other


def test_the_page_needs_nothing_from_outside(made: Report) -> None:
    assert "<script" not in made.html
    for target in re.findall(r'(?:href|src)="([^"]*)"', made.html):
        assert target.startswith(("#", "data:text/csv;")), target
    assert not re.search(r"url\(|@import", made.html)


def test_each_chart_hands_on_its_numbers(tmp_path: Path) -> None:
    found = next(questions(page(report_on(tmp_path, all_say(6)))))
    link = next(e.attrib["href"] for e in found.iter("a") if "download" in e.attrib)
    content = base64.b64decode(link.split(",", 1)[1]).decode()
    assert content.splitlines()[0] == "item,value,label,people"
    assert "q01,4,Mostly yes,6" in content


def test_a_title_cannot_leave_the_style_sheet() -> None:
    assert css('a"; } </style> \\') == '"a\\22 \\3b  \\7d  \\3c \\2f style\\3e  \\5c "'


def test_the_command_writes_the_page_and_says_who_may_see_it(tmp_path: Path) -> None:
    folder = collected(tmp_path / "dataset", people(8))
    runs = [str(folder), "--out", str(tmp_path / "out")]
    told = CliRunner().invoke(report_command, [*runs, "--lang", "nl", "--json"])
    assert told.exit_code == 0, told.output
    said = json.loads(told.output)
    assert (said["responses"], said["shown"], said["publishable"]) == (8, True, False)
    html = (tmp_path / "out" / "report.html").read_bytes().decode()
    assert html == make_report(folder, "nl").html
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["report.html"]
    assert "Do not publish it" in CliRunner().invoke(report_command, runs).output
    nothing = CliRunner().invoke(report_command, [str(tmp_path), "--out", str(tmp_path / "o")])
    assert nothing.exit_code == 2
    assert "datapackage.json" in nothing.output


@pytest.mark.parametrize("tag", STAFF_LANGUAGES[1:])
def test_translations_keep_placeholders_and_hold_no_markup(tag: str) -> None:
    path = bundled("translations") / tag / "LC_MESSAGES" / "report.po"
    assert path.read_text(encoding="utf-8").startswith("# State: machine-draft\n")
    with path.open("rb") as file:
        texts = [(str(message.id), str(message.string)) for message in read_po(file) if message.id]
    assert len(texts) > 100
    for source, text in texts:
        assert sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(text)), source
        assert not re.search(r"[<>\u2066-\u2069\u202a-\u202e]", text), source
        assert source.endswith(".") == text.endswith("."), source
