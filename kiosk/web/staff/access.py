"""The staff door itself: choose the PIN once, sign in, sign out, change the language."""

from __future__ import annotations

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kiosk.store.settings import Settings
from kiosk.web.doors import door, on_this_machine
from kiosk.web.guard import wants_json
from kiosk.web.side import Side, choose_language, way_on
from kiosk.web.staff import sessions
from kiosk.web.staff.messages import BROKEN, DISK_FULL
from kiosk.web.staff.pin import Pin, WeakPin

pages = Blueprint("staff", __name__, url_prefix="/staff")
SIDE = Side(
    path="/staff", covers="/staff", door="facilitator", sign_in="staff.sign_in",
    home="staff_list.workshops", language="staff.language", message="staff/message.html",
    messages={500: BROKEN, 507: DISK_FULL},
)  # fmt: skip


def pin() -> Pin:
    """Return the running kiosk's PIN."""
    found: Pin = current_app.extensions["pin"]
    return found


def settings() -> Settings:
    """Return what staff chose for this kiosk."""
    found: Settings = current_app.extensions["settings"]
    return found


@pages.get("/first")
@door("sign-in")
def first() -> Response | str:
    """Let whoever starts the kiosk for the first time choose its PIN, at the machine itself."""
    if pin().is_chosen:
        return redirect(url_for(".sign_in"), 303)
    return render_template("staff/first.html", problem="", here=on_this_machine())


@pages.post("/first")
@door("sign-in")
def choose_pin() -> Response | str:
    """Take the first PIN and the language, and let its chooser in."""
    if pin().is_chosen or not on_this_machine():
        return redirect(url_for(".sign_in"), 303)
    problem = new_pin_problem()
    if problem:
        return render_template("staff/first.html", problem=problem, here=True)
    sessions.start(signed_in=True)
    return redirect(url_for("staff_list.workshops"), 303)


def new_pin_problem() -> str:
    """Keep the PIN that was typed twice; return what is wrong with it, or nothing."""
    chosen = str(request.form.get("pin", ""))
    if chosen != request.form.get("again", ""):
        return str(_("The two are not the same. Please type both once more."))
    try:
        pin().choose(chosen)
    except WeakPin:
        return str(_("This PIN is too easy to guess. Please take six digits or letters, no row."))
    return ""


@pages.get("/sign-in")
@door("sign-in")
def sign_in() -> Response | str:
    """Ask for the PIN."""
    if not pin().is_chosen:
        return redirect(url_for(".first"), 303)
    if sessions.current().signed_in:
        return redirect(way_on(), 303)
    return render_template("staff/sign_in.html", problem="", then=way_on())


@pages.post("/sign-in")
@door("sign-in")
def let_in() -> Response | tuple[str, int]:
    """Let whoever knows the PIN in; after some wrong tries each next one must wait."""
    refusal = refused(request.form.get("pin", ""))
    if refusal is None:
        sessions.start(signed_in=True)
        return redirect(way_on(), 303)
    problem, status = refusal
    if wants_json():
        return problem, status
    return render_template("staff/sign_in.html", problem=problem, then=way_on()), status


def refused(typed: str) -> tuple[str, int] | None:
    """Return what to say to a wrong PIN, or to one that comes too early; None to the right one."""
    early = pin().wait_seconds()
    if not early and pin().accepts(typed):
        return None
    wait = early or pin().wait_seconds()
    if wait:
        return _("Too many wrong tries. Please wait %(n)s seconds, then try again.", n=wait), 429
    return _("This is not the PIN. Please try once more."), 403


@pages.post("/sign-out")
@door("facilitator")
def sign_out() -> Response:
    """End every staff session of this kiosk."""
    leave()
    return redirect(url_for(".sign_in"), 303)


def leave() -> None:
    """Sign out, here and wherever else."""
    sessions.sessions().end_all()
    sessions.start(signed_in=False)


@pages.post("/language")
@door("sign-in")
def language() -> Response:
    """Let the staff pages of this kiosk speak another language."""
    return choose_language(settings())
