"""Can phones reach this laptop? The facilitator scans a test code with her own phone."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from kiosk import network
from kiosk.checkup import checkup
from kiosk.config import Config
from kiosk.languages import LANGUAGES
from kiosk.web import messages
from kiosk.web.address import ADDRESS
from kiosk.web.catalogue import speak
from kiosk.web.doors import door
from kiosk.web.messages import Stop
from kiosk.web.staff.access import settings
from kiosk.web.staff.common import kiosk_url

pages = Blueprint("reach", __name__)


class PhoneTest:
    """The test that runs now: its secret, and whether a phone has come with it."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Begin anew; earlier codes count no more."""
        self.secret = secrets.token_urlsafe(9)
        self.reached = False


def phone_test() -> PhoneTest:
    """Return the running kiosk's phone test."""
    found: PhoneTest = current_app.extensions["phone_test"]
    return found


@pages.get("/staff/check")
@door("facilitator")
def check() -> str:
    """Show the test code, and what this machine itself finds."""
    phone_test().start()
    config: Config = current_app.extensions["config"]
    here = [address for address in network.addresses() if address.likely] or network.addresses()
    return render_template(
        "staff/check.html",
        address=f"{kiosk_url()}{url_for('.hello', secret=phone_test().secret)}",
        addresses=here, now=settings().get(ADDRESS) or "",
        findings=checkup(config, running=True),
    )  # fmt: skip


@pages.get("/staff/check/status")
@door("facilitator")
def status() -> dict[str, Any]:
    """Tell the page's script whether a phone has come."""
    return {"reached": phone_test().reached}


@pages.post("/staff/check/address")
@door("facilitator")
def choose_address() -> Response:
    """Take another of this machine's addresses for the codes."""
    wanted = request.form.get("address", "")
    known = [address.ip for address in network.addresses()]
    settings().set(ADDRESS, wanted if wanted in known else None)
    return redirect(url_for(".check"), 303)


@pages.get("/check/<secret>")
@door("participant")
def hello(secret: str) -> str:
    """Tell the phone that it has arrived, and remember only that one came."""
    if not secrets.compare_digest(secret.encode(), phone_test().secret.encode()):
        raise Stop(messages.NOT_HERE)
    from_here = network.is_own(request.remote_addr or "")
    if not from_here:
        phone_test().reached = True
    staff = current_app.extensions["catalogue"].staff.complete
    tag = request.accept_languages.best_match(sorted(staff)) or settings().get("language") or "en"
    speak(LANGUAGES[tag], as_staff=True)
    return render_template("staff/hello.html", from_here=from_here)
