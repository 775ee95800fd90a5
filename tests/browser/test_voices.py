"""A language says its own name where the device has a voice for it, and only when it is touched."""

from __future__ import annotations

import json

from kiosk.languages import LANGUAGES
from tests.browser.axe import violations
from tests.browser.conftest import Meet
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


def test_only_the_devices_own_voices_get_a_button(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk)
    amina.page.add_init_script(DEVICE)
    amina.page.goto(f"{open_kiosk.url}/w/{open_kiosk.code}")
    shown = amina.page.locator("[data-say]:visible")
    assert [shown.nth(n).get_attribute("lang") for n in range(shown.count())] == ["nb", "ar"]
    assert amina.page.evaluate("said") == [], "nothing starts by itself"
    amina.page.locator("[data-say][lang='ar']").tap()
    assert amina.page.evaluate("said") == ["stop", "العربية"]
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


def test_without_a_voice_there_is_no_button(open_kiosk: RealKiosk, meet: Meet) -> None:
    amina = meet(open_kiosk)
    amina.page.goto(f"{open_kiosk.url}/w/{open_kiosk.code}")
    assert amina.page.locator("[data-say]:visible").count() == 0
    assert amina.page.locator("a[hreflang]:visible").count() == len(LANGUAGES)
