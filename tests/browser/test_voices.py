"""A language says its own name where the device has a voice for it, and only when it is touched."""

from __future__ import annotations

import json

from kiosk.languages import LANGUAGES
from tests.browser.axe import violations
from tests.browser.conftest import Meet
from tests.browser.person import Person
from tests.browser.test_pages import NARROW, PHONE, SIDEWAYS, TABLETS, TALL, resize
from tests.server import RealKiosk

# A device with two voices of its own and one that lives on the internet.
DEVICE = """
    window.said = [];
    const voices = [
        { lang: 'ar_EG', localService: true }, { lang: 'nb-NO', localService: true },
        { lang: 'fr-FR', localService: false },
    ];
    speechSynthesis.getVoices = () => voices;
    speechSynthesis.cancel = () => window.said.push('stop');
    speechSynthesis.speak = (words) => window.said.push(words.text);
    Object.defineProperty(SpeechSynthesisUtterance.prototype, 'voice', { writable: true });
"""


def test_only_the_devices_own_voices_get_a_button(quiet_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(quiet_kiosk)
    amina.page.add_init_script(DEVICE)
    amina.page.goto(f"{quiet_kiosk.url}/w/{quiet_kiosk.code}")
    shown = amina.page.locator("[data-say]:visible")
    assert [shown.nth(n).get_attribute("lang") for n in range(shown.count())] == ["nb", "ar"]
    assert amina.page.evaluate("said") == [], "nothing starts by itself"
    amina.page.locator("[data-say][lang='ar']").tap()
    amina.page.locator("html.listening").wait_for()
    assert amina.page.evaluate("said").pop() == "العربية"
    assert violations(amina.page) == []


def test_names_stay_inside_their_buttons_beside_the_voices(
    open_kiosk: RealKiosk, meet: Meet
) -> None:
    amina = meet(open_kiosk)
    amina.page.add_init_script(
        "speechSynthesis.getVoices = () => "
        f"{json.dumps([{'lang': tag, 'localService': True} for tag in LANGUAGES])};"
    )
    amina.page.goto(f"{open_kiosk.url}/w/{open_kiosk.code}")
    assert amina.page.locator("[data-say]:visible").count() == len(LANGUAGES)
    for size in (NARROW, PHONE, *TABLETS):
        resize(amina.page, size)
        assert amina.page.evaluate(SIDEWAYS) == [], size
        assert size not in TABLETS or amina.page.evaluate(TALL) <= 0, size


def test_without_a_voice_there_is_no_button(quiet_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(quiet_kiosk)
    amina.page.goto(f"{quiet_kiosk.url}/w/{quiet_kiosk.code}")
    assert amina.page.locator("[data-listen]:visible").count() == 0
    assert amina.page.locator("[data-say]:visible").count() == 0
    assert amina.page.locator("a[hreflang]:visible").count() == len(LANGUAGES)


def comes(quiet_kiosk: RealKiosk, meet: Meet) -> Person:
    """Meet somebody at the first question, with a device that speaks Arabic."""
    amina = meet(quiet_kiosk, "ar")
    amina.page.add_init_script(DEVICE)
    amina.comes()
    amina.starts()
    amina.practises()
    return amina


def test_where_no_clip_is_the_device_reads_until_it_is_stopped(
    quiet_kiosk: RealKiosk, meet: Meet
) -> None:
    amina = comes(quiet_kiosk, meet)
    question = amina.page.locator("#s-q01 h2 [data-clip]").inner_text()
    listen = amina.page.locator("[data-listen]")
    assert amina.page.evaluate("said") == []
    listen.tap()
    amina.page.locator("html.listening").wait_for()
    assert amina.page.evaluate("said").pop() == question
    assert amina.page.locator(".voice .made").is_visible(), "a computer made this voice"
    listen.tap()
    amina.page.locator("html:not(.listening)").wait_for()
    assert amina.page.evaluate("said").pop() == "stop"
    listen.tap()
    assert amina.page.evaluate("said").pop() == question, "from the beginning"


def test_choosing_an_answer_ends_the_reading(quiet_kiosk: RealKiosk, meet: Meet) -> None:
    amina = comes(quiet_kiosk, meet)
    amina.page.locator("[data-listen]").tap()
    amina.page.locator("html.listening").wait_for()
    amina.chooses(2, "q01")
    assert amina.page.evaluate("said").pop() == "stop"
    assert amina.page.locator("#s-q01 input:checked").count() == 1
    assert amina.page.locator("html.listening").count() == 0
