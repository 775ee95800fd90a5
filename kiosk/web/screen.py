"""A kiosk screen: one page that holds every language and goes on when the kiosk is out of reach.

Each person gets a fresh document inside it, so that nothing of the last one can be left over (P13).
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import Any

from flask import Blueprint, Response, current_app, render_template, request

from kiosk import __version__
from kiosk.languages import LANGUAGES
from kiosk.store.workshop import Workshop
from kiosk.web import assets, messages
from kiosk.web.catalogue import speak
from kiosk.web.clips import listed, sounds
from kiosk.web.doors import door, on_this_machine
from kiosk.web.fixed import font_paths
from kiosk.web.messages import Stop
from kiosk.web.participant import offered, page_of, start_page, workshop_of
from kiosk.web.screens import Screens
from kiosk.web.sounds import LISTENER
from kiosk.web.texts import survey_of

pages = Blueprint("screen", __name__)
# A screen that is switched on again while the kiosk is away opens the page from its own cache.
AGE_SECONDS = 7 * 86_400
LONGEST_ID = 64
SPRITE = re.compile(r'<svg class="sprite".*?</svg>', re.DOTALL)


@pages.get("/w/<code>/screen/<key>")
@door("participant")
def shell(code: str, key: str) -> Response:
    """Show the kiosk screen, with everything it will ever need."""
    workshop = _workshop(code, key)
    documents = {"": start_page(workshop, on_screen=True)}
    for language in offered(workshop):
        documents[language.tag] = page_of(workshop, language.tag, on_screen=True)
    pack = _packed(documents) | _speech(workshop)
    speak(LANGUAGES[current_app.extensions["staff_language"]()], as_staff=True)
    page = render_template(
        "staff/screen.html", workshop=workshop, pack=pack,
        edition=edition(workshop), here=on_this_machine(), fonts=font_paths(),
    )  # fmt: skip
    return Response(page, headers={"Cache-Control": f"private, max-age={AGE_SECONDS}"})


@pages.get("/w/<code>/screen/<key>/sizes")
@door("participant")
def sizes(code: str, key: str) -> str:
    """Let staff fit the millimetre of this very screen to a bank card; only its browser knows."""
    workshop = _workshop(code, key)
    speak(LANGUAGES[current_app.extensions["staff_language"]()], as_staff=True)
    return render_template("staff/sizes.html", workshop=workshop, here=on_this_machine())


@pages.post("/w/<code>/screen/<key>/status")
@door("participant")
def status(code: str, key: str) -> dict[str, Any]:
    """Hear how many answers wait on a screen; tell it whether its workshop is open, and changed."""
    workshop = _workshop(code, key)
    screens: Screens = current_app.extensions["screens"]
    name, waiting = request.form.get("screen", ""), request.form.get("waiting", "")
    if 0 < len(name) <= LONGEST_ID and waiting.isdecimal() and len(waiting) <= 4:
        screens.hear(workshop.id, name, int(waiting))
        if request.form.get("leaves"):
            screens.forget(workshop.id, name)
    return {"state": workshop.state, "edition": edition(workshop)}


def edition(workshop: Workshop) -> str:
    """Return what changes when the screen's page would: plan, survey, clips, the kiosk itself."""
    clips = sounds().state(survey_of(workshop.survey_file).id)
    content = repr(
        (
            workshop.plan,
            workshop.survey_file,
            offered(workshop),
            clips,
            __version__,
            assets.policy(),
        )
    )
    return hashlib.sha256(content.encode()).hexdigest()[:16]


def _workshop(code: str, key: str) -> Workshop:
    workshop = workshop_of(code)
    if not secrets.compare_digest(key.encode(), workshop.screen_key.encode()):
        raise Stop(messages.NOT_HERE)
    return workshop


def _speech(workshop: Workshop) -> dict[str, Any]:
    """Return what a screen needs to speak, should its kiosk be out of reach by then."""
    sounds = {language.tag: listed(workshop, language.tag) for language in offered(workshop)}
    return {"sounds": sounds, "listener": assets.script(LISTENER)}


def _packed(documents: dict[str, str]) -> dict[str, Any]:
    """Return the documents with what they share taken out and kept once."""
    pieces = [str(assets.style()), *(str(assets.script(name)) for name in assets.SCRIPTS)]
    pieces += sorted({sprite for text in documents.values() for sprite in SPRITE.findall(text)})
    for number, piece in enumerate(pieces):
        documents = {tag: text.replace(piece, f"\0{number}\0") for tag, text in documents.items()}
    return {"pieces": pieces, "documents": documents}
