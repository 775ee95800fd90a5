"""Deleting a workshop for good, which asks twice; or only its sealed file, once it has arrived."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from kiosk.bundle.freeze import forget_bundles
from kiosk.store.workshop import Workshop
from kiosk.web.doors import door
from kiosk.web.staff import sending
from kiosk.web.staff.common import page, to, workshop_of, workshops

pages = Blueprint("staff_delete", __name__, url_prefix="/staff/w/<code>")


@pages.get("/delete")
@door("facilitator")
def ask(code: str) -> str:
    """Say what would be lost."""
    return _ask(workshop_of(code), sure=False)


@pages.post("/delete")
@door("facilitator")
def delete(code: str) -> Response | str:
    """Ask a second time; then delete the workshop and all that belongs to it."""
    workshop = workshop_of(code)
    if request.form.get("sure") != "yes":
        return _ask(workshop, sure=True)
    forget_bundles(workshops().data, workshop)
    workshops().delete(workshop)
    return redirect(url_for("staff_list.workshops"), 303)


@pages.post("/delete-copy")
@door("facilitator")
def delete_copy(code: str) -> Response:
    """Delete the sealed file of a workshop that has arrived; its counts and reports stay."""
    workshop = workshop_of(code)
    parcel = sending.outbox().parcel_of(workshop)
    if parcel is None or sending.state_of(parcel) != "arrived":
        return to(workshop, "not-arrived")
    parcel.file.unlink(missing_ok=True)
    return to(workshop, "copy-deleted")


def _ask(workshop: Workshop, *, sure: bool) -> str:
    way = sending.state_of(sending.outbox().parcel_of(workshop))
    unsent = workshop.sent > 0 and way not in ("sent", "arrived")
    return page("delete", workshop, sure=sure, unsent=unsent)
