"""A strict site offers a language only when people have read it; others offer it, marked (L9)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from kiosk.app import create_app
from kiosk.config import Config, WrongSetting, load_config
from kiosk.opening.new_study import NewStudy
from kiosk.store.workshops import Workshops
from kiosk.study.model import install
from tests.cli import kiosk
from tests.conftest import SURVEY_FILE, Desk, Kari, Visitor, new_submission_id

SOURCE = SURVEY_FILE.read_text(encoding="utf-8")
READ = SOURCE.replace('\nar = "machine-draft"', '\nar = "adjudicated"', 1)
STALE = READ.replace("I liked this workshop.", "I loved this workshop.", 1)


@pytest.fixture
def strict(data: Path) -> Iterator[Flask]:
    """A kiosk whose interface the team has agreed on in Arabic, and in no other language."""
    app = create_app(Config(data=data, address="192.0.2.7", offer_from="adjudicated"))
    app.extensions["catalogue"].texts.states["ar"] = "adjudicated"
    yield app
    app.extensions["at_end"]()


def offers(app: Flask, code: str) -> list[str]:
    page = Visitor(app.test_client()).gets(f"/w/{code}")
    return [tag for tag in ("en", "nb", "ar", "ti") if f'hreflang="{tag}"' in page.html]


def kari_at(app: Flask, study: NewStudy) -> Kari:
    return Kari(Workshops(app.extensions["config"].data), study)


def test_a_strict_kiosk_offers_what_was_agreed_on_and_the_source(
    strict: Flask, study: NewStudy
) -> None:
    workshop = kari_at(strict, study).opens(survey_file=READ)
    assert offers(strict, workshop.code) == ["en", "ar"]
    Visitor(strict.test_client()).gets(f"/w/{workshop.code}/nb", 404)
    Visitor(strict.test_client()).gets(f"/w/{workshop.code}/ar")


def test_a_strict_kiosk_offers_no_stale_language_and_never_half_of_one(
    strict: Flask, study: NewStudy
) -> None:
    workshop = kari_at(strict, study).opens(survey_file=STALE)
    assert offers(strict, workshop.code) == ["en"]


def test_the_interface_counts_as_much_as_the_survey(strict: Flask, study: NewStudy) -> None:
    strict.extensions["catalogue"].texts.states["ar"] = "reviewed"
    workshop = kari_at(strict, study).opens(survey_file=READ)
    assert offers(strict, workshop.code) == ["en"]


def test_where_nothing_is_far_enough_the_whole_survey_is_asked_in_its_source(
    strict: Flask, study: NewStudy
) -> None:
    workshop = kari_at(strict, study).opens(languages=("ti", "nb"))
    assert offers(strict, workshop.code) == ["en"]
    Visitor(strict.test_client()).gets(f"/w/{workshop.code}/en")


def test_a_page_handed_out_before_the_kiosk_became_strict_can_still_send(
    strict: Flask, study: NewStudy
) -> None:
    workshop = kari_at(strict, study).opens()
    fields = {"submission_id": new_submission_id(), "q01": "5"}
    sent = strict.test_client().post(f"/w/{workshop.code}/ti", data=fields)
    assert sent.status_code == 303


def test_other_kiosks_offer_every_complete_language_stale_or_not(
    app: Flask, study: NewStudy
) -> None:
    workshop = kari_at(app, study).opens(survey_file=STALE)
    assert offers(app, workshop.code) == ["en", "nb", "ar", "ti"]


def test_the_setting_takes_a_state_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "kiosk.toml").write_text('offer_from = "adjudicated"\n', encoding="utf-8")
    assert load_config(tmp_path).offer_from == "adjudicated"
    with pytest.raises(WrongSetting, match="must be one of: machine-draft, translated"):
        load_config(tmp_path, offer_from="good")


def test_the_command_line_leaves_drafts_out_at_a_strict_site_and_says_so(
    data: Path, study: NewStudy
) -> None:
    assert kiosk("study", "install", study.file, "--data", data).code == 0
    (data / "kiosk.toml").write_text('offer_from = "reviewed"\n', encoding="utf-8")
    words = ("workshop", "open", "--title", "Draw", "--site", "Library", "--data", data, "--json")
    assert kiosk(*words).code == 0
    (held,) = Workshops(data).all()
    assert held.languages == ("en",)
    told = kiosk(*words, "--languages", "en,ar")
    assert told.code == 2
    assert "not “reviewed” yet, or stale: ar" in told.err


def desk_at(app: Flask) -> Desk:
    desk = Desk(app.test_client())
    desk.chooses_pin()
    return desk


def test_staff_of_a_strict_site_can_choose_only_what_is_far_enough_and_see_the_rest(
    strict: Flask, data: Path, study: NewStudy
) -> None:
    install(study.file.parent, data)
    (data / "surveys").mkdir()
    (data / "surveys" / "workshop.toml").write_text(READ, encoding="utf-8")
    page = desk_at(strict).gets("/staff/new")
    assert re.findall(r'name="languages" value="([\w-]+)"', page.html) == ["en", "ar"]
    assert "Not offered on this kiosk yet" in page.html
    assert "Soomaali" in page.html.partition("Not offered on this kiosk yet")[2]


def test_staff_see_which_translations_are_older_than_the_original(
    app: Flask, study: NewStudy
) -> None:
    workshop = kari_at(app, study).opens(survey_file=STALE, languages=("en", "ar"))
    desk, sentence = desk_at(app), "The original has changed since these were translated"
    page = desk.gets(f"/staff/w/{workshop.code}/")
    assert "العربية" in page.html.partition(sentence)[2]
    fresh = kari_at(app, study).opens(languages=("en", "ar"))
    assert sentence not in desk.gets(f"/staff/w/{fresh.code}/").html
