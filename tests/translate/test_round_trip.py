"""Texts go out to Nadia's spreadsheet and come back; nothing is lost, nothing is half written."""

from __future__ import annotations

import io
import os
import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import xlsxwriter  # type: ignore[import-untyped]

from kiosk.languages import LANGUAGES
from kiosk.paths import bundled
from kiosk.survey.problems import SurveyProblems
from kiosk.translate.exchange import FORMATS, export, read_rows
from kiosk.translate.files import CannotTranslate, Files, files_of
from kiosk.translate.lines import lines_of
from kiosk.translate.po import Row
from kiosk.translate.take_back import Taken, take_back
from tests.conftest import SURVEY_FILE
from tests.translate.conftest import reads, rewords

TRANSLATED = [tag for tag in LANGUAGES if tag != "en"]


def rows_of(files: Files, **drafts: str) -> list[Row]:
    """What would come back if just these drafts were changed ("item_q01" stands for item.q01)."""
    new = {name.replace("_", "."): draft for name, draft in drafts.items()}
    return [Row(one.id, new.get(one.id, one.draft), one.check) for one in lines_of(files)]


def bytes_of(files: Files) -> tuple[bytes, bytes]:
    return files.survey_path.read_bytes(), files.po_path.read_bytes()


def problems_of(files: Files, rows: list[Row]) -> list[str]:
    before = bytes_of(files)
    with pytest.raises(SurveyProblems) as told:
        take_back(files, rows)
    assert bytes_of(files) == before, "nothing half"
    return [str(problem) for problem in told.value.problems]


@pytest.mark.parametrize("tag", TRANSLATED)
@pytest.mark.parametrize("ending", FORMATS)
def test_what_nobody_touched_changes_nothing(tag: str, ending: str, tmp_path: Path) -> None:
    files = files_of(tag, str(SURVEY_FILE), tmp_path, bundled("translations"))
    export(files, lines_of(files), tmp_path / f"texts{ending}")
    assert take_back(files, read_rows(tmp_path / f"texts{ending}")) == Taken()


@pytest.mark.parametrize("tag", ["ar", "fr"])
def test_every_text_can_be_changed_and_changed_back_to_the_same_bytes(
    folder: Path, tag: str
) -> None:
    files = reads(folder, tag)
    before, lines = bytes_of(files), lines_of(files)
    old = [Row(one.id, one.draft, one.check) for one in lines]
    taken = take_back(files, [replace(row, draft=f'“{row.draft}" \\') for row in old])
    assert list(taken.changed) == [one.id for one in lines]
    assert all(one.draft.endswith('" \\') for one in lines_of(files))
    take_back(files, old)
    assert bytes_of(files) == before


@pytest.mark.parametrize("ending", FORMATS)
def test_a_better_word_changes_one_line_of_the_file_and_no_other(
    arabic: Files, ending: str
) -> None:
    path = arabic.survey_path.parent / f"ar{ending}"
    export(arabic, lines_of(arabic), path)
    rows = [replace(row, draft=" كان\nالدرس ممتعا. ") if row.id == "item.q01" else row
            for row in read_rows(path)]  # fmt: skip
    before = arabic.survey_path.read_text(encoding="utf-8").splitlines()
    assert take_back(arabic, rows).changed == {"item.q01": "كان الدرس ممتعا."}
    after = arabic.survey_path.read_text(encoding="utf-8").splitlines()
    assert [new for old, new in zip(before, after, strict=True) if old != new] == [
        'ar = "كان الدرس ممتعا."'
    ]


def test_both_files_keep_their_rights_on_every_system(
    arabic: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python on Windows can change the rights of a file by its name alone, up to 3.12."""
    monkeypatch.delattr(os, "fchmod", raising=False)
    arabic.survey_path.chmod(0o640)
    before = arabic.po_path.stat().st_mode
    text = next(one.id for one in lines_of(arabic) if one.is_interface)
    rows = [
        replace(row, draft="كلمة") if row.id in ("item.q01", text) else row
        for row in rows_of(arabic)
    ]
    assert set(take_back(arabic, rows).changed) == {"item.q01", text}
    assert stat.S_IMODE(arabic.survey_path.stat().st_mode) == 0o640
    assert arabic.po_path.stat().st_mode == before


def test_everything_that_is_wrong_is_told_at_once_and_nothing_is_written(arabic: Files) -> None:
    rows = rows_of(arabic, item_q01="غير", item_q02="", item_q05="أستطيع", title="<b>رأيك</b>")
    told = problems_of(arabic, [*rows, Row("item.q99", "لا", "00000000"), rows[0]])
    assert len(told) == 5
    for place in ("item.q02: the draft is empty", "item.q05", "item.q99: there is no such text",
                  "title: the draft holds a sign", "the line stands 2 times"):  # fmt: skip
        assert any(place in one for one in told), place
    assert any("{tool}" in one for one in told), "it says which places to keep"


def test_a_file_for_another_language_is_known_by_its_lines(folder: Path) -> None:
    french = rows_of(reads(folder, "fr"))
    (told,) = problems_of(reads(folder, "ar"), french)
    assert "it is for “fr”" in told


def test_a_line_whose_english_changed_since_is_left_out_and_told(arabic: Files) -> None:
    rows = rows_of(arabic, item_q01="أحببت هذا", item_q02="شعرت بالترحيب")
    rewords(arabic, "I liked this workshop.", "I loved this workshop.")
    taken = take_back(arabic, rows)
    assert taken.refused == ("item.q01",)
    assert set(taken.changed) == {"item.q02"}


def test_remarks_come_back_with_their_lines(arabic: Files) -> None:
    rows = [replace(row, remark=" too formal ") if row.id == "tool" else row
            for row in rows_of(arabic)]  # fmt: skip
    assert take_back(arabic, rows).remarks == {"tool": "too formal"}


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_spreadsheet_may_save_its_own_kind_of_csv(arabic: Files, separator: str) -> None:
    path = arabic.survey_path.parent / "ar.csv"
    rows = [("id", "draft", "check")]
    rows += [(one.id, one.draft, one.check) for one in lines_of(arabic) if "," not in one.draft]
    path.write_text("\r\n".join(separator.join(row) for row in rows), encoding="utf-8")
    assert take_back(arabic, read_rows(path)) == Taken()


def test_a_draft_that_a_spreadsheet_would_run_stays_a_text(arabic: Files) -> None:
    take_back(arabic, rows_of(arabic, option_1="=لا"))
    path = arabic.survey_path.parent / "ar.csv"
    export(arabic, lines_of(arabic), path)
    assert ",'=لا," in path.read_text(encoding="utf-8-sig")
    assert take_back(arabic, read_rows(path)) == Taken()


@pytest.mark.parametrize(("name", "content"), [
    ("a.xlsx", b"no workbook"), ("a.csv", b"id,source\n1,2\n"), ("a.csv", b""),
    ("a.po", b"nonsense"), ("a.csv", b"\xff\xfe\xff"), ("a.docx", b""),
])  # fmt: skip
def test_a_file_that_is_something_else_is_told_in_a_sentence(
    tmp_path: Path, name: str, content: bytes
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(CannotTranslate, match="Please"):
        read_rows(tmp_path / name)


def workbook(**cells: str) -> bytes:
    """A small .xlsx with a text in each of the cells."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        sheet = book.add_worksheet()
        for place, text in cells.items():
            sheet.write_string(place, text)
    return buffer.getvalue()


HEAD = {"A1": "id", "B1": "draft", "C1": "check", "A2": "item.q01"}


@pytest.mark.parametrize(("place", "told"), [
    ("XFD1048576", "far away"), ("A1000001", "far away"), ("XFD100", "far away"),
])  # fmt: skip
def test_cells_that_are_far_apart_end_no_program(tmp_path: Path, place: str, told: str) -> None:
    """The library would ask for 500 GB, get nothing, and take the whole kiosk with it."""
    (tmp_path / "a.xlsx").write_bytes(workbook(**HEAD, **{place: "x"}))
    with pytest.raises(CannotTranslate, match=told):
        read_rows(tmp_path / "a.xlsx")


@pytest.mark.parametrize("hidden", [
    b'<c t="s">', b'<c r="&#88;FD1048576" t="s">', b"<c r='$XFD$1048576' t='s'>",
    b'<c z=" r=&quot;" r="XFD1048576" t="s">', b"<x:c t='s'>", b"<c\nt='s'\n>",
    b"""<c z=' r="A2"' r="XFD1048576" t="s">""",
])  # fmt: skip
def test_a_cell_cannot_hide_where_it_is(tmp_path: Path, hidden: bytes) -> None:
    spoilt = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(**HEAD))) as good,
        zipfile.ZipFile(spoilt, "w") as bad,
    ):
        for name in good.namelist():
            bad.writestr(name, good.read(name).replace(b'<c r="A2" t="s">', hidden))
    (tmp_path / "a.xlsx").write_bytes(spoilt.getvalue())
    with pytest.raises(CannotTranslate, match=r"far away|does not say"):
        read_rows(tmp_path / "a.xlsx")


def test_a_workbook_of_another_kind_is_not_tried(tmp_path: Path) -> None:
    spoilt = io.BytesIO(workbook(**HEAD))
    with zipfile.ZipFile(spoilt, "a") as bad:
        bad.writestr("content.xml", "<office/>")
    (tmp_path / "a.xlsx").write_bytes(spoilt.getvalue())
    with pytest.raises(CannotTranslate, match=r"no \.xlsx"):
        read_rows(tmp_path / "a.xlsx")


def test_a_text_that_has_no_line_of_its_own_is_left_as_it_is(arabic: Files) -> None:
    old = lines_of(arabic)[-1].draft
    draft = next(line.draft for line in lines_of(arabic) if line.id == "tool")
    rewords(arabic, f'ar = "{draft}"', f'ar = """\\\n{draft}"""')
    before = bytes_of(arabic)
    with pytest.raises(CannotTranslate, match="one line of its own"):
        take_back(arabic, rows_of(arabic, tool="أداة"))
    assert bytes_of(arabic) == before
    assert lines_of(arabic)[-1].draft == old
