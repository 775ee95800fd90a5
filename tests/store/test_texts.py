"""A survey is kept once, however many workshops ask it; what nobody needs any more goes."""

from __future__ import annotations

import secrets
from pathlib import Path

from sqlite_utils import Database

from kiosk.store import texts
from kiosk.store.database import connect, migrations, prepare
from kiosk.store.reports import SelfReports
from kiosk.store.workshops import Workshops
from tests.store import FORM, STUDY, SURVEY, opens, plans, report, rows


def kept(data: Path) -> set[str]:
    return {row[0] for row in rows(data, "SELECT content FROM texts")}


def test_ten_workshops_with_one_survey_keep_it_once(data: Path) -> None:
    for _ in range(10):
        plans(data)
    assert sorted(kept(data)) == sorted({STUDY, SURVEY})
    assert rows(data, "SELECT count(*) FROM texts") == [(2,)]
    for workshop in Workshops(data).all():
        assert (workshop.study, workshop.survey_file) == (STUDY, SURVEY)


def test_a_text_goes_with_the_last_workshop_that_needs_it(data: Path) -> None:
    one, other = opens(data), opens(data)
    reports, workshops = SelfReports(data), Workshops(data)
    reports.save(one, report("well"))
    assert reports.of(one)["diary"].form_file == FORM
    assert kept(data) == {STUDY, SURVEY, FORM}
    workshops.delete(one)
    assert kept(data) == {STUDY, SURVEY}
    assert workshops.get(other.code).survey_file == SURVEY
    workshops.delete(other)
    assert kept(data) == set()


def test_an_older_kiosk_file_opens_with_every_text_in_its_place(data: Path) -> None:
    """As version 0.5 wrote it: each workshop and each report with a text of its own."""
    db = connect(data)
    with_texts = Database(db)
    migrations.apply(with_texts, stop_before="texts_once")
    for number, survey in enumerate((SURVEY, SURVEY, f"{SURVEY}# another")):
        db.execute(
            "INSERT INTO workshops (id, code, state, study, survey, survey_file, title, site, tool,"
            " languages, opened_on, salt, ends_at) VALUES (?, ?, 'open', ?, 'small', ?, 'Draw',"
            " 'Here', '', '[\"en\"]', '2026-05-04', ?, '2026-05-04T14:00')",
            (f"w{number}", f"code{number}", STUDY, survey, secrets.token_bytes(16)),
        )
    db.execute("INSERT INTO self_reports VALUES ('w0', 'diary', ?, 'en', '{}', 1)", (FORM,))
    db.close()
    prepare(data)
    workshops = Workshops(data)
    asked = [workshops.get(f"code{number}").survey_file for number in range(3)]
    assert asked == [SURVEY, SURVEY, f"{SURVEY}# another"]
    assert SelfReports(data).of(workshops.get("code0"))["diary"].form_file == FORM
    assert kept(data) == {STUDY, SURVEY, f"{SURVEY}# another", FORM}
    assert texts.SHARED["workshops"] == ("study", "survey_file")
