"""Faces that speak: somebody who cannot see goes from start to Send by what is said alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.opening.new_study import NewStudy
from kiosk.sound.texts import spoken
from kiosk.survey.loader import load_survey
from tests.browser.conftest import Meet
from tests.browser.listener import EAR, Listener, gives_clips
from tests.browser.person import Person
from tests.conftest import SURVEY_FILE
from tests.server import RealKiosk

TOOL = "Procreate"
WANTED = [5, 4, 3, 2, 1, 97, 98, 5, 5, 4, 4, 3, 2, 1, 5]
READ = "#s-consent [data-read]"


@pytest.fixture(scope="module")
def speaking_kiosk(
    tmp_path_factory: pytest.TempPathFactory, study: NewStudy
) -> Iterator[RealKiosk]:
    """A kiosk whose workshop names no tool and for which English and Arabic are recorded."""
    running = RealKiosk(tmp_path_factory.mktemp("speaking") / "data", study.file, tool="")
    gives_clips(running.data, ("en", "ar"))
    yield running
    running.stop()


def comes(meet: Meet, kiosk: RealKiosk, tag: str = "en", **options: object) -> Person:
    person = meet(kiosk, tag, **options)
    person.page.add_init_script(EAR)
    person.comes()
    return person


def heard(person: Person) -> list[str]:
    return list(person.page.evaluate("heard"))


def goes_quiet(person: Person) -> None:
    person.page.locator("html:not(.listening)").wait_for()


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_somebody_who_cannot_see_goes_from_start_to_send(
    speaking_kiosk: RealKiosk, meet: Meet, tag: str
) -> None:
    amina = comes(meet, speaking_kiosk, tag)
    texts = spoken(load_survey(SURVEY_FILE), tag)
    amina.touches("[data-listen]")
    amina.touches(READ)  # by a helper; from here on nobody looks
    ear = Listener(amina.page, texts)
    ear.waits_for(texts["ui.touch-once-to-hear-touch-again-to-choose"])
    ear.does(texts["ui.start"])
    ear.waits_for(texts["practice"])
    ear.does(texts["option.4"])
    ear.does(texts["ui.next"])
    questions = {texts[f"item.q{n:02}"]: value for n, value in enumerate(WANTED, start=1)}
    for _ in range(len(WANTED)):
        value = questions.pop(ear.waits_for(*questions))
        ear.does(texts[f"option.{value}" if value < 97 else f"missing.{value}"])
        ear.does(texts["ui.next"])
    ear.waits_for(texts["ui.are-you-ready-to-send"])
    ear.does(texts["ui.send"])
    ear.waits_for(texts["thanks.title"])
    print(len(ear.searches), ear.heard[-6:])
    assert amina.page.evaluate("together") == 1
