"""What hangs on the wall and lies on the tables: the projector page, the A4 sheet, tickets."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from kiosk.languages import Language
from kiosk.qr import wifi_text
from kiosk.store.tickets import MOST
from kiosk.store.workshop import Workshop
from kiosk.web.catalogue import invitation
from kiosk.web.doors import door
from kiosk.web.staff.access import settings
from kiosk.web.staff.common import (
    address_of,
    kiosk_url,
    languages_of,
    page,
    tickets,
    to,
    whole_number,
    workshop_of,
    workshops,
)

pages = Blueprint("staff_print", __name__, url_prefix="/staff/w/<code>")
SSID, PASSWORD = "wifi_name", "wifi_password"
LONGEST = 63


@pages.get("/wall")
@door("facilitator")
def wall(code: str) -> str:
    """Show the page for the projector."""
    return _page("wall", workshop_of(code))


@pages.get("/sheet")
@door("facilitator")
def sheet(code: str) -> str:
    """Show the A4 sheet, ready to print."""
    workshop = workshop_of(code)
    workshops().printed(workshop.code, kiosk_url())
    return _page("sheet", workshop)


@pages.post("/wifi")
@door("facilitator")
def wifi(code: str) -> Response:
    """Keep the Wi-Fi's name and password for the sheets of this kiosk."""
    for setting in (SSID, PASSWORD):
        settings().set(setting, request.form.get(setting, "").strip()[:LONGEST] or None)
    back = "sheet" if request.form.get("back") == "sheet" else "wall"
    return redirect(url_for(f".{back}", code=code), 303)


@pages.post("/tickets")
@door("facilitator")
def draw_tickets(code: str) -> Response | tuple[str, int] | str:
    """Draw new tickets and show them once, ready to print and cut; they are kept nowhere."""
    workshop = workshop_of(code)
    typed = request.form.get("number", "").strip()
    if workshop.state == "closed" or not workshop.plan.tickets:
        return to(workshop)
    number = whole_number(typed, MOST)
    if not number:
        return to(workshop, "how-many-tickets")
    workshops().printed(workshop.code, kiosk_url())
    drawn = [(ticket.upper(), ticket_address(workshop, ticket))
             for ticket in tickets().draw(workshop, number)]  # fmt: skip
    return _page("tickets", workshop, drawn=drawn)


def ticket_address(workshop: Workshop, ticket: str) -> str:
    """Return what a ticket's code holds: the workshop's address and the ticket."""
    return f"{address_of(workshop)}?ticket={ticket}"


def _page(name: str, workshop: Workshop, **values: object) -> str:
    ssid, password = settings().get(SSID) or "", settings().get(PASSWORD) or ""
    return page(
        name, workshop,
        address=address_of(workshop), ssid=ssid, password=password,
        wifi=wifi_text(ssid, password) if ssid else "", invitations=_invitations(workshop),
        **values,
    )  # fmt: skip


def _invitations(workshop: Workshop) -> list[tuple[Language, str]]:
    """Return the sentence that invites people, in every language the workshop offers."""
    return [(language, invitation(language)) for language in languages_of(workshop)]
