"""Kari writes her self-report, stops in the middle, goes on later; the kiosk keeps her words."""

from __future__ import annotations

from pathlib import Path

import pytest

from kiosk.bundle.freeze import freeze
from kiosk.store.reports import SelfReports
from kiosk.store.settings import Settings
from kiosk.store.workshop import Workshop
from kiosk.store.workshops import Workshops
from tests.store import FORM, opens, report, rows

OTHER_FORM = FORM.replace('id = "diary"', 'id = "plan"')


@pytest.fixture
def workshop(data: Path) -> Workshop:
    return opens(data)


def test_a_report_can_be_saved_unfinished_and_finished_later(
    workshop: Workshop, data: Path
) -> None:
    reports = SelfReports(data)
    assert reports.of(workshop) == {}
    for text, finished in (("It went", False), ("It went well. Bra! ጽቡቕ\nTwice.", True)):
        written = report(text, finished)
        reports.save(workshop, written)
        assert SelfReports(data).of(workshop) == {"diary": written}


def test_each_workshop_and_each_form_has_its_own_report(workshop: Workshop, data: Path) -> None:
    reports, other = SelfReports(data), opens(data)
    diary, plan = report("ours"), report("planned", form_file=OTHER_FORM)
    for written in (plan, diary):
        reports.save(workshop, written)
    reports.save(other, report("theirs"))
    assert reports.of(workshop) == {"diary": diary, "plan": plan}
    assert reports.of(other) == {"diary": report("theirs")}


def test_what_was_crossed_out_leaves_no_bytes(workshop: Workshop, data: Path) -> None:
    reports = SelfReports(data)
    reports.save(workshop, report("somebody’s name by mistake"))
    reports.save(workshop, report("nothing"))
    for path in data.rglob("*"):
        assert b"by mistake" not in path.read_bytes()


def test_self_reports_stand_apart_from_responses(workshop: Workshop, data: Path) -> None:
    columns = [row[0] for row in rows(data, "SELECT name FROM pragma_table_info('self_reports')")]
    assert columns == ["workshop", "form", "form_file", "language", "answers", "finished"]


def test_a_report_after_packing_makes_the_workshop_ready_to_be_packed_again(
    workshop: Workshop, data: Path
) -> None:
    workshops = Workshops(data)
    workshops.close(workshop.code)
    freeze(workshops, workshop.code)
    assert not workshops.get(workshop.code).changed
    SelfReports(data).save(workshop, report("a week later"))
    assert workshops.get(workshop.code).changed


def test_a_setting_is_kept_until_it_is_changed_or_forgotten(data: Path) -> None:
    opens(data)
    settings = Settings(data)
    assert settings.get("pin") is None
    settings.set("pin", "first")
    settings.set("theme", "dark")
    settings.set("pin", "second")
    assert Settings(data).get("pin") == "second"
    settings.set("pin", None)
    assert (settings.get("pin"), settings.get("theme")) == (None, "dark")
    assert b"second" not in b"".join(path.read_bytes() for path in data.iterdir())
