"""What a screen reader is told: every control and state by name, in the page's language."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from kiosk.paths import bundled
from kiosk.survey.loader import load_survey
from kiosk.translations import PARTICIPANTS, read_texts
from tests.browser.conftest import Meet
from tests.browser.spoken import CONTROLS, names, one, tree
from tests.browser.test_kiosk_screen import MINUTE, Shows, screen_kiosk, shows, someone
from tests.conftest import SURVEY_FILE
from tests.server import RealKiosk

__all__ = ["screen_kiosk", "shows"]  # fixtures
# A device whose own voices begin to speak each text, and never come to its end.
VOICES = """(tags) => {
    speechSynthesis.getVoices = () => tags.map((lang) => ({ lang, localService: true }));
    speechSynthesis.speak = () => {};
    Object.defineProperty(SpeechSynthesisUtterance.prototype, 'voice', { writable: true });
}"""


def words(tag: str) -> Callable[[str], str]:
    """Return what gives the interface's texts in one language."""
    return read_texts(PARTICIPANTS, bundled("translations")).by_locale[tag].gettext


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_everything_has_a_role_a_name_and_its_state(
    tag: str, quiet_kiosk: RealKiosk, meet: Meet
) -> None:
    amina, _, asked = meet(quiet_kiosk, tag), words(tag), load_survey(SURVEY_FILE)
    page = amina.page
    amina.comes()
    told = tree(page)
    assert names(told, "button") == [
        _("Larger text"), _("Stronger colours"), _("No, thank you"),
    ]  # fmt: skip
    assert [name.split()[-1] for name in names(told, "link")] == [
        _("Language").split()[-1], _("Help"), _("Start"),
    ]  # fmt: skip
    assert one(told, "heading").states["level"] == 1
    page.locator("[data-look=larger]").tap()
    assert names(tree(page), "button")[0] == _("Normal text"), "a button says what it will do"
    page.locator("[data-look=larger]").tap()

    amina.starts()
    amina.practises()
    told = tree(page)
    labels = [choice.label[tag] for choice in (*asked.scale.options, *asked.missing)]
    assert names(told, "radio") == labels, "the words, not the drawing, in the order of the page"
    assert {each.states["checked"] for each in told if each.role == "radio"} == {"false"}
    assert asked.items[0].text[tag].format(tool="Procreate") in bare(one(told, "heading").name)
    assert bare(names(told, "group", "radiogroup")[0]) == bare(one(told, "heading").name)
    assert [name for name in names(told, "button") if name] == [_("Back"), _("Skip"), _("Next")]

    amina.next()
    told = tree(page)
    (message,) = [each for each in told if each.role == "alert"]
    assert message.states["focused"]
    assert message.states["live"] == "assertive"
    assert _("You did not choose. Choose an answer, or skip.") in names(told, "StaticText")
    amina.chooses(4, "q01")
    told = tree(page)
    assert one(told, "radio", labels[3]).states["checked"] == "true"
    assert "alert" not in [each.role for each in told], "what was put right is said no more"
    amina.next()
    amina.skip()
    told = tree(page)
    assert one(told, "status").states["live"] == "polite"
    assert _("You skipped this question.") in names(told, "StaticText")
    amina.answers_from(3, [4] * 13)
    assert all(names(tree(page), *CONTROLS)), "nothing that can be used is without a name"
    page.route("**/w/**", lambda route: None)
    page.locator("#send").tap()
    told = tree(page)
    assert one(told, "button", _("Send")).states["disabled"] is True
    assert _("Sending your answers …") in names(told, "StaticText")


def bare(text: str) -> str:
    """Return a text without the invisible marks around names in the other direction."""
    return text.replace("\u2068", "").replace("\u2069", "")


def test_the_shared_screens_warning_is_a_dialog_with_a_name(
    screen_kiosk: RealKiosk, shows: Shows
) -> None:
    page = shows(screen_kiosk)
    amina, _ = someone(page, "ar"), words("ar")
    amina.begins()
    page.clock.run_for(2 * MINUTE + 1000)
    told = tree(page, inside="person")
    dialog = one(told, "dialog")
    assert (dialog.name, dialog.states["modal"]) == (_("Are you still there?"), True)
    assert one(told, "button").name == _("I am still here"), "behind it nothing can be reached"
    assert one(told, "button").states["focused"]
    assert not [name for name in names(told, "StaticText") if name.isdecimal()], "no ticking"


def test_what_speaks_says_what_it_is_for(quiet_kiosk: RealKiosk, meet: Meet) -> None:
    amina, _ = meet(quiet_kiosk, "ar"), words("ar")
    page = amina.page
    page.add_init_script(f"({VOICES})({json.dumps(['en', 'ar', 'de'])})")
    page.goto(f"{quiet_kiosk.url}/w/{quiet_kiosk.code}")
    told = tree(page)
    assert one(told, "button", "العربية").name == f"{_('Listen')}: العربية"
    assert one(told, "button", "Deutsch").name == f"{words('de')('Listen')}: Deutsch"
    assert len(set(names(told, *CONTROLS))) == len(names(told, *CONTROLS)), "no two alike"

    amina.comes()
    looks = [_("Larger text"), _("Stronger colours")]
    assert names(tree(page), "button") == [_("Listen"), *looks, _("No, thank you")]
    page.locator("[data-listen]").tap()
    page.locator("html.listening").wait_for()
    louder = [_("Quieter"), _("Louder")]
    last = [_("No, thank you"), _("Read everything to me")]
    assert names(tree(page), "button") == [_("Stop"), *louder, *last]
    page.locator("#s-consent [data-read]").tap()
    page.locator("html.reading").wait_for()
    told = tree(page)
    assert names(told, "button") == [_("Stop"), *louder, last[0], _("Do not read to me")]
    assert _("A computer made this voice.") in names(told, "StaticText")
    assert _("Touch once to hear. Touch again to choose.") in names(told, "StaticText")
