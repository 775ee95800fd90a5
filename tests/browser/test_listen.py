"""Faces that speak: somebody who cannot see goes from start to Send by what is said alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from kiosk.opening.new_study import NewStudy
from kiosk.sound.manifest import SYNTHETIC
from kiosk.sound.texts import spoken
from kiosk.survey.loader import load_survey
from tests.browser.axe import violations
from tests.browser.conftest import PHONE, TABLET, Meet
from tests.browser.listener import EAR, PATIENCE, Listener, gives_clips
from tests.browser.person import Person, soon
from tests.browser.test_kiosk_screen import Shows, shows, someone
from tests.browser.test_pages import SIDEWAYS
from tests.conftest import SURVEY_FILE
from tests.server import RealKiosk

__all__ = ["shows"]  # a fixture
WANTED = [5, 4, 3, 2, 1, 97, 98, 5, 5, 4, 4, 3, 2, 1, 5]
READ = "#s-consent [data-read]"


@pytest.fixture(scope="module")
def speaking_kiosk(
    tmp_path_factory: pytest.TempPathFactory, study: NewStudy
) -> Iterator[RealKiosk]:
    """A kiosk whose workshop names no tool; people speak English and Arabic, a computer French."""
    running = RealKiosk(tmp_path_factory.mktemp("speaking") / "data", study.file, tool="")
    gives_clips(running.data, ("en", "ar"))
    gives_clips(running.data, ("fr",), source=SYNTHETIC, apart=True)
    yield running
    running.stop()


def comes(meet: Meet, kiosk: RealKiosk, tag: str = "en", **options: object) -> Person:
    person = meet(kiosk, tag, **options)
    person.page.add_init_script(EAR)
    person.comes()
    return person


def heard(person: Person) -> list[str]:
    return list(person.page.evaluate("heard"))


def hears(person: Person, clip: str) -> None:
    """Wait until a clip has begun."""
    assert person.view.locator("html").evaluate(
        "(page, [clip, patience]) => listened([clip], patience)", [clip, PATIENCE]
    )


def listens(person: Person, last: str) -> list[str]:
    """Touch Listen, wait for a clip, and return all that was heard until then."""
    person.touches("[data-listen]")
    hears(person, last)
    return heard(person)


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
    assert amina.page.evaluate("together") == 1


def at_the_first_question(meet: Meet, kiosk: RealKiosk, tag: str = "en") -> Person:
    amina = comes(meet, kiosk, tag)
    amina.starts()
    amina.practises()
    return amina


def test_the_question_is_read_and_then_each_face_while_it_lights_up(
    speaking_kiosk: RealKiosk, meet: Meet
) -> None:
    amina = at_the_first_question(meet, speaking_kiosk, "ar")
    asked = []
    amina.page.on("request", lambda request: asked.append(request.url))
    assert heard(amina) == [], "nothing starts by itself"
    faces = [f"option.{n}" for n in (1, 2, 3, 4, 5)]
    said = listens(amina, "missing.98")
    assert said == ["item.q01", *faces, "missing.97", "missing.98"]
    assert amina.page.evaluate("lights").count("") == 3
    assert amina.page.evaluate("lights")[1:6] == [f"#i-face-{n}" for n in (1, 2, 3, 4, 5)]
    assert amina.page.evaluate("together") == 1, "one voice at a time"
    assert len([url for url in asked if "/sounds/" in url]) == 1, "a file is fetched once"


def test_what_is_fetched_tells_nobody_which_answer_was_touched(
    speaking_kiosk: RealKiosk, meet: Meet
) -> None:
    amina = comes(meet, speaking_kiosk, "fr")
    amina.touches("[data-listen]")
    amina.touches(READ)
    hears(amina, "ui.touch-once-to-hear-touch-again-to-choose")
    asked: list[str] = []
    amina.page.on("request", lambda request: asked.append(request.url))
    for clip in ("ui.start", "practice"):
        amina.touches("#s-consent [data-go]")
        hears(amina, clip)
    amina.page.wait_for_load_state("networkidle")
    before = list(asked)
    amina.touches("#practice-4")
    hears(amina, "option.4")
    assert asked == before, "all of a page is here before anything is touched"


def test_nothing_that_sounds_is_fetched_before_somebody_asks(
    speaking_kiosk: RealKiosk, meet: Meet
) -> None:
    amina = meet(speaking_kiosk)
    asked: list[str] = []
    amina.page.on("request", lambda request: asked.append(request.url))
    amina.page.add_init_script(EAR)
    amina.goes_the_whole_way(WANTED)
    assert not [url for url in asked if "listen" in url or "sounds" in url]
    assert heard(amina) == []


def test_a_computers_voice_says_so_and_a_persons_needs_not(
    speaking_kiosk: RealKiosk, meet: Meet
) -> None:
    for tag, is_said in (("fr", True), ("en", False)):
        person = at_the_first_question(meet, speaking_kiosk, tag)
        person.touches("[data-listen]")
        hears(person, "item.q01")
        assert person.page.locator(".voice .made").is_visible() is is_said


def test_the_languages_say_their_names_one_after_the_other(
    speaking_kiosk: RealKiosk, meet: Meet
) -> None:
    amina = meet(speaking_kiosk)
    amina.page.add_init_script(EAR)
    amina.page.goto(f"{speaking_kiosk.url}/w/{speaking_kiosk.code}")
    shown = amina.page.locator("[data-say]:visible")
    tags = {shown.nth(n).get_attribute("lang") for n in range(shown.count())}
    assert tags >= {"en", "ar", "fr"}
    amina.page.locator("[data-listen]").tap()
    soon(amina.page, lambda: heard(amina) == ["name"] * len(tags))


def test_louder_and_quieter_last_until_send(speaking_kiosk: RealKiosk, meet: Meet) -> None:
    amina = at_the_first_question(meet, speaking_kiosk)
    volume = "document.querySelector('audio').volume.toFixed(1)"
    amina.touches("[data-listen]")
    hears(amina, "item.q01")
    assert amina.page.evaluate(volume) == "0.6"
    amina.page.locator("[data-louder]").tap()
    assert amina.page.evaluate(volume) == "0.8"
    for _ in range(6):
        amina.page.locator("[data-quieter]").dispatch_event("click")
    assert amina.page.evaluate(volume) == "0.2", "never silent"


def test_by_keyboard_arrows_say_the_answers_and_enter_chooses(
    speaking_kiosk: RealKiosk, meet: Meet
) -> None:
    amina = comes(meet, speaking_kiosk)
    amina.touches("[data-listen]")
    amina.touches(READ)
    amina.page.keyboard.press("Escape")
    amina.page.locator("html:not(.listening)").wait_for()
    amina.page.locator("#s-consent [data-go]").focus()
    hears(amina, "ui.start")
    amina.waits()
    amina.page.keyboard.press("Enter")
    hears(amina, "practice")
    first = amina.page.locator("#s-practice input").first
    first.focus()
    amina.page.keyboard.press("ArrowDown")
    hears(amina, "option.2")
    assert amina.page.locator("#s-practice input:checked").count() == 0, "hearing is not choosing"
    amina.waits()
    amina.page.keyboard.press("Enter")
    assert amina.page.locator("#s-practice input:checked").input_value() == "2"


@pytest.mark.parametrize("size", [PHONE, TABLET], ids=["phone", "tablet"])
def test_pages_that_speak_are_for_everybody(
    size: dict[str, int], speaking_kiosk: RealKiosk, meet: Meet
) -> None:
    amina = comes(meet, speaking_kiosk, "ar", size=size)
    amina.touches("[data-listen]")
    hears(amina, "title")
    assert violations(amina.page) == []
    amina.touches(READ)
    hears(amina, "ui.touch-once-to-hear-touch-again-to-choose")
    assert violations(amina.page) == []
    assert amina.page.evaluate(SIDEWAYS) == []


def test_a_kiosk_screen_speaks_while_its_kiosk_is_away(
    speaking_kiosk: RealKiosk, shows: Shows
) -> None:
    page = shows(speaking_kiosk)
    asked: list[str] = []
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.reload()
    person = someone(page)
    soon(page, lambda: any("/sounds/" in url for url in asked))
    speaking_kiosk.kill()
    person.comes()
    person.touches("[data-listen]")
    sound = person.view.locator("audio")
    sound.wait_for(state="attached")
    soon(page, lambda: sound.get_attribute("data-clip") == "title")
    assert str(sound.get_attribute("src")).startswith("blob:")
    speaking_kiosk.start()
