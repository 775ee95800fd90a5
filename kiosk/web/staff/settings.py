"""What staff choose for this kiosk: another PIN."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask_babel import gettext as _

from kiosk.web.doors import door
from kiosk.web.staff import access, sessions

pages = Blueprint("staff_settings", __name__, url_prefix="/staff/settings")


@pages.get("/")
@door("facilitator")
def show() -> str:
    """Show what can be chosen."""
    return _show()


@pages.post("/pin")
@door("facilitator")
def change_pin() -> tuple[str, int]:
    """Take another PIN from whoever knows the present one; other browsers must sign in again."""
    refusal = access.refused(request.form.get("old", ""))
    if refusal is not None:
        return _show(problem=refusal[0]), refusal[1]
    problem = access.new_pin_problem()
    if problem:
        return _show(problem=problem), 400
    sessions.sessions().end_all()
    sessions.start(signed_in=True)
    return _show(note=_("The PIN is changed.")), 200


def _show(problem: str = "", note: str = "") -> str:
    return render_template("staff/settings.html", problem=problem, note=note)
