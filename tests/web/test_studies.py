"""Kari takes what the researchers send, sees first what it changes, and rehearses with Lena."""

from __future__ import annotations

import io
import re
import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pyrage import x25519
from werkzeug.test import TestResponse

from kiosk.app import create_app
from kiosk.config import Config
from kiosk.opening.keys import new_identity
from kiosk.opening.new_study import NewStudy
from kiosk.opening.receipts import receipt_key
from kiosk.opening.rehearsal import open_rehearsal
from kiosk.study.kept import WAITING, kept_pack
from kiosk.study.model import installed, load_study
from kiosk.study.pack import LARGEST
from kiosk.survey.library import study_surveys
from tests.cli import kiosk
from tests.conftest import PASSPHRASE, Desk, Kari, Lena, Visitor
from tests.page import Page
from tests.study.travel import SHORT, changed, folder_of, packed_from, png, with_other_keys
from tests.web import alert, words

HERE = "/staff/studies"
ASKS = "Before the first workshop: rehearse"


@pytest.fixture
def pack(study: NewStudy, tmp_path: Path) -> Path:
    """What Lena sends: her study with a survey and a logo."""
    extra = 'logo = "logo.png"\ntarget = "https://files.example.org/inbox/"\n'
    folder = folder_of(study.file, tmp_path / "lena", extra=extra, short=SHORT)
    (folder / "logo.png").write_bytes(png())
    return packed_from(folder)


def page_of(answer: TestResponse) -> Page:
    return Page(answer.text, dict(answer.headers))


def shows(desk: Desk, content: bytes, name: str = "it.study.zip") -> Page:
    """Choose a file and look at what it would change."""
    return page_of(desk.posts(HERE, 200, study=(io.BytesIO(content), name)))


def waiting(page: Page) -> str:
    """Return what the second button sends."""
    found = re.search(r'name="file" value="([0-9a-f]{64})"', page.html)
    assert found
    return found[1]


def kept(data: Path) -> dict[Path, bytes]:
    folder = data / "studies"
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# --- taking a file ------------------------------------------------------------------------------
def test_the_first_pack_is_taken_where_kari_is_asked_for_it(
    desk: Desk, pack: Path, data: Path
) -> None:
    assert "one that ends in .study.zip" in words(desk.gets("/staff/"))
    page = desk.does("/staff/study", study=(io.BytesIO(pack.read_bytes()), pack.name))
    assert "Study: The study" in words(page)
    assert len(installed(data)) == 1
    assert list(study_surveys(data, next(iter(installed(data)))).glob("*"))


def test_a_new_study_is_shown_before_it_is_installed(desk: Desk, pack: Path, data: Path) -> None:
    page = shows(desk, pack.read_bytes())
    assert "This study is new here." in words(page)
    assert "The University" in words(page)
    assert "Number of keys that can open the answers: 2" in words(page)
    assert installed(data) == {}
    page = desk.does(f"{HERE}/install", file=waiting(page))
    assert "The study is installed." in words(page)
    assert len(installed(data)) == 1
    assert not (data / WAITING).exists()


def test_the_page_shows_who_asks_and_in_which_languages(desk: Desk, pack: Path, data: Path) -> None:
    desk.posts(f"{HERE}/install", file=waiting(shows(desk, pack.read_bytes())))
    page = desk.gets(HERE)
    for text in ("The study", "The University", "ask@example.org", "short", "العربية",
                 "machine draft", "https://files.example.org/inbox/"):  # fmt: skip
        assert text in words(page)
    assert "data:image/png;base64," in page.html
    assert HERE in desk.gets("/staff/").html


def test_a_newer_edition_says_what_it_changes_and_changes_nothing_before(
    desk: Desk, kari: Kari, pack: Path, data: Path
) -> None:
    before = kept(data)
    page = shows(desk, pack.read_bytes())
    assert kept(data) == before
    for text in ("New survey: short", "https://files.example.org/inbox/", "Logo"):
        assert text in words(page)
    desk.posts(f"{HERE}/install", file=waiting(page))
    newer = changed(pack, surveys_in_short_dot_toml=SHORT.replace('version = "7"', 'version = "8"'))
    assert "Changed survey: short" in words(shows(desk, newer))
    gone = changed(pack, surveys_in_short_dot_toml=None)
    assert "Survey that goes away: short" in words(shows(desk, gone))
    assert "Nothing changes." in words(shows(desk, pack.read_bytes()))


def test_the_quick_way_is_for_new_studies_only(
    desk: Desk, kari: Kari, study: NewStudy, data: Path
) -> None:
    before = kept(data)
    text = with_other_keys(study.file.read_text(encoding="utf-8"))
    answer = desk.posts("/staff/study", 200, study=(io.BytesIO(text.encode()), "study.toml"))
    assert "The keys change." in alert(page_of(answer))
    assert kept(data) == before


def test_other_keys_are_said_loudly_and_need_a_call(
    desk: Desk, kari: Kari, study: NewStudy, data: Path
) -> None:
    before = kept(data)
    text = with_other_keys(study.file.read_text(encoding="utf-8"))
    page = shows(desk, text.encode(), "study.toml")
    assert "The keys change." in alert(page)
    assert "Call the researchers at a number that you know" in words(page)
    for answer in ({}, {"keys": "no"}):
        refused = desk.posts(f"{HERE}/install", 400, file=waiting(page), **answer)
        assert "ask the researchers first" in alert(page_of(refused))
        assert kept(data) == before
    desk.posts(f"{HERE}/install", file=waiting(page), keys="yes")
    (file,) = installed(data).values()
    assert file.read_text(encoding="utf-8") == text


def test_another_who_may_sign_receipts_needs_a_call_too(
    desk: Desk, kari: Kari, study: NewStudy, data: Path
) -> None:
    before, source = kept(data), study.file.read_text(encoding="utf-8")
    his = receipt_key(new_identity())
    text = source.replace(load_study(study.file).receipt_keys[0], his)
    page = shows(desk, text.encode(), "study.toml")
    assert "A receipt says that you may delete your copy." in alert(page)
    assert "The keys change." not in words(page)
    assert "Receipts that were signed with a former key no longer count." in words(page)
    desk.posts(f"{HERE}/install", 400, file=waiting(page))
    assert kept(data) == before
    desk.posts(f"{HERE}/install", file=waiting(page), keys="yes")
    (file,) = installed(data).values()
    assert file.read_text(encoding="utf-8") == text


def test_only_the_file_that_was_shown_is_installed(desk: Desk, pack: Path, data: Path) -> None:
    first = waiting(shows(desk, pack.read_bytes()))
    shows(desk, changed(pack, surveys_in_short_dot_toml=None))
    for name in (first, "", "../../etc/passwd", "0" * 64):
        answer = desk.posts(f"{HERE}/install", 400, file=name)
        assert "no longer here" in alert(page_of(answer))
    assert installed(data) == {}


@pytest.mark.parametrize(
    "content",
    [b"", b"PK", b"\xff\xfe", b"id = ", png()],
    ids=["empty", "cut off", "no text", "no study", "a picture"],
)
def test_a_file_that_is_none_is_told_and_not_kept(content: bytes, desk: Desk, data: Path) -> None:
    answer = desk.posts(HERE, 400, study=(io.BytesIO(content), "it.study.zip"))
    assert "This is no study file." in alert(page_of(answer))
    assert "What is wrong, for the researchers" in answer.text
    assert installed(data) == {}
    assert not (data / WAITING).exists()


@pytest.mark.parametrize(("more", "status"), [(1, 400), (100_000, 413)])
def test_a_file_that_is_too_large_is_turned_away(more: int, status: int, desk: Desk) -> None:
    """The form is written here by hand: the test client would leave a file of its own open."""
    head = (
        '--edge\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n'
        f"{desk.sign}\r\n--edge\r\n"
        'Content-Disposition: form-data; name="study"; filename="x.study.zip"\r\n\r\n'
    )
    body = head.encode() + b"x" * (LARGEST + more) + b"\r\n--edge--\r\n"
    for path in (HERE, "/staff/study"):
        answer = desk.client.post(
            path, data=body, content_type="multipart/form-data; boundary=edge"
        )
        assert answer.status_code == status
        assert page_of(answer).title.startswith("Error: ")


def test_what_is_wrong_with_a_pack_can_be_passed_on(desk: Desk, pack: Path) -> None:
    broken = changed(pack, surveys_in_short_dot_toml=SHORT.replace("minutes = 2", "minutes = '2'"))
    answer = desk.posts(HERE, 400, study=(io.BytesIO(broken), "it.study.zip"))
    assert "surveys/short.toml › minutes: this is “2”." in words(page_of(answer))


def test_what_researchers_write_cannot_become_markup(desk: Desk, study: NewStudy) -> None:
    evil = "<script>alert(1)</script><b>"
    text = study.file.read_text(encoding="utf-8").replace("The University", evil)
    page = shows(desk, text.encode(), evil)
    desk.posts(f"{HERE}/install", file=waiting(page))
    for shown in (page, desk.gets(HERE), shows(desk, text.replace(evil, "x").encode())):
        assert "<script>alert" not in shown.html
        assert "<b>" not in shown.html


def test_a_study_that_was_broken_on_the_disk_is_named_and_breaks_no_page(
    desk: Desk, kari: Kari, data: Path
) -> None:
    (data / "studies" / "broken.toml").write_text("id = ")
    assert "“broken” cannot be used" in alert(desk.gets(HERE))
    assert desk.gets("/staff/").h1 == "Workshops"


def test_a_workshop_is_planned_with_the_studys_own_survey(
    desk: Desk, kari: Kari, pack: Path, study: NewStudy
) -> None:
    desk.posts(f"{HERE}/install", file=waiting(shows(desk, pack.read_bytes())))
    assert "short" in words(desk.gets("/staff/new"))
    typed: dict[str, Any] = {
        "title": "Draw", "site": "The library", "tool": "", "time": "17:30", "idle_minutes": "3",
        "day": (date.today() + timedelta(days=1)).isoformat(), "languages": ["en", "ar"],
    }  # fmt: skip
    desk.posts("/staff/new", **typed, survey="short")
    (workshop,) = kari.workshops.all()
    assert (workshop.survey, workshop.survey_file) == ("short", SHORT)
    other = study.file.read_text(encoding="utf-8")
    other = re.sub(r'^id = ".*"', 'id = "other"', other, flags=re.MULTILINE)
    desk.posts("/staff/study", study=(io.BytesIO(other.encode()), "study.toml"))
    refused = desk.posts("/staff/new", 400, **typed, survey="short", study="other")
    assert "does not have the survey" in words(page_of(refused))
    for gone in ("broken", "never-was"):  # another one would be asked without a word
        (kari.workshops.data / "surveys").mkdir(exist_ok=True)
        (kari.workshops.data / "surveys" / "broken.toml").write_text("id = ")
        refused = desk.posts("/staff/new", 400, **typed, survey=gone, study="other")
        assert "The survey you chose cannot be used any more" in words(page_of(refused))
    assert len(kari.workshops.all()) == 1


def test_a_broken_survey_breaks_no_page(desk: Desk, kari: Kari, data: Path) -> None:
    """Not even in the place of the survey that ships, which must not be asked instead."""
    (data / "surveys").mkdir()
    (data / "surveys" / "workshop.toml").write_text("id = ")
    told = desk.gets("/staff/new", status=404)
    assert "No survey on this computer can be used." in words(told)
    (data / "surveys" / "short.toml").write_text(SHORT)
    assert desk.gets("/staff/new").h1 == "Plan a workshop"


# --- the rehearsal ------------------------------------------------------------------------------
def saves_a_test_file(desk: Desk, study: NewStudy, folder: Path) -> Path:
    answer = desk.posts(f"{HERE}/rehearsal", 200, study=load_study(study.file).id)
    assert answer.mimetype == "application/zip"
    name = re.search(r"filename=(\S+\.rehearsal\.zip)", answer.headers["Content-Disposition"])
    assert name
    (folder / name[1]).write_bytes(answer.data)
    return folder / name[1]


def tells(desk: Desk, study: NewStudy, code: str, status: int = 303) -> TestResponse:
    return desk.posts(f"{HERE}/rehearsed", status, study=load_study(study.file).id, code=code)


def test_kari_and_lena_rehearse_before_the_first_workshop(
    desk: Desk, kari: Kari, study: NewStudy, data: Path, tmp_path: Path
) -> None:
    assert ASKS in words(desk.gets("/staff/"))
    assert "Not rehearsed with these keys yet" in words(desk.gets(HERE))
    file = saves_a_test_file(desk, study, tmp_path)

    phrase = tmp_path / "phrase.txt"
    phrase.write_text(PASSPHRASE, encoding="utf-8")
    told = kiosk("study", "rehearse", file, "--key", study.key, "--passphrase-file", phrase)
    code = re.search(r"^code: (\w{3} \w{3})$", told.out, re.MULTILINE)
    assert code, "Lena reads it to Kari over the phone"

    answer = tells(desk, study, code[1])
    assert "The code is right" in words(desk.gets(answer.headers["Location"]))
    assert "Rehearsed on" in words(desk.gets(HERE))
    assert ASKS not in words(desk.gets("/staff/"))
    shown = kiosk("study", "show", "--json", "--data", data).json
    assert [one["rehearsed"] for one in shown] == [date.today().isoformat()]
    assert kari.workshops.all() == [], "there never was a workshop"


def test_without_a_rehearsal_people_can_answer_all_the_same(
    desk: Desk, kari: Kari, amina: Visitor, lena: Lena
) -> None:
    workshop = kari.opens()
    assert ASKS in words(desk.gets("/staff/"))
    assert amina.sends(workshop, {"q01": 5}).status_code == 201
    assert len(lena.collects(kari.closes(workshop))) == 1


def test_a_wrong_code_is_told_beside_the_field(
    desk: Desk, kari: Kari, study: NewStudy, tmp_path: Path
) -> None:
    saves_a_test_file(desk, study, tmp_path)
    for wrong in ("aaa aaa", "", "x" * 300, "<b>"):
        page = page_of(tells(desk, study, wrong, 400))
        assert page.title.startswith("Error: ")
        assert "belongs to no test file of this study" in words(page)
        (field,) = [e for e in page.all("input") if e.attrib.get("aria-invalid")]
        assert field.attrib["aria-describedby"] == "code-1-wrong"
    assert ASKS in words(desk.gets("/staff/"))


def test_the_code_of_another_kiosks_rehearsal_is_wrong_here(
    desk: Desk, kari: Kari, study: NewStudy, data: Path, tmp_path: Path, identity: x25519.Identity
) -> None:
    elsewhere = Desk(another_kiosk(data, tmp_path).test_client())
    elsewhere.chooses_pin()
    code = open_rehearsal(saves_a_test_file(elsewhere, study, tmp_path), identity).code
    saves_a_test_file(desk, study, tmp_path)
    assert "no test file" in words(page_of(tells(desk, study, code, 400)))
    assert tells(elsewhere, study, code).status_code == 303


def another_kiosk(data: Path, folder: Path) -> Flask:
    """Return a kiosk with the same studies."""
    shutil.copytree(data / "studies", folder / "gent" / "studies")
    app = create_app(Config(data=folder / "gent", address="192.0.2.8"))
    app.extensions["intake"].stop()
    return app


def test_new_keys_ask_for_a_new_rehearsal(
    desk: Desk, kari: Kari, study: NewStudy, tmp_path: Path, identity: x25519.Identity
) -> None:
    code = open_rehearsal(saves_a_test_file(desk, study, tmp_path), identity).code
    tells(desk, study, code)
    assert ASKS not in words(desk.gets("/staff/"))
    text = with_other_keys(study.file.read_text(encoding="utf-8"))
    page = shows(desk, text.encode(), "study.toml")
    desk.posts(f"{HERE}/install", file=waiting(page), keys="yes")
    assert ASKS in words(desk.gets("/staff/"))
    tells(desk, study, code, 400)
    page = shows(desk, study.file.read_bytes(), "study.toml")
    desk.posts(f"{HERE}/install", file=waiting(page), keys="yes")
    assert ASKS not in words(desk.gets("/staff/")), "those had been rehearsed"


def test_a_rehearsal_asks_the_studys_own_survey(
    desk: Desk, pack: Path, data: Path, study: NewStudy, tmp_path: Path, identity: x25519.Identity
) -> None:
    desk.posts(f"{HERE}/install", file=waiting(shows(desk, pack.read_bytes())))
    (study_id,) = installed(data)
    assert kept_pack(study_id, data)
    assert open_rehearsal(saves_a_test_file(desk, study, tmp_path), identity).study.id == study_id


def test_a_rehearsal_of_no_study_is_no_page(desk: Desk, kari: Kari) -> None:
    for path in ("rehearsal", "rehearsed"):
        desk.posts(f"{HERE}/{path}", 404, study="../other", code="aaaaaa")
        desk.posts(f"{HERE}/{path}", 404)
