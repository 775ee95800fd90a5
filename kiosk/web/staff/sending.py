"""Where each sealed file is: send now, type a login, save to a stick, take a receipt."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Any, cast

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from kiosk.study.receipts import LARGEST, SUFFIX, BadReceipt
from kiosk.sync.address import parse_address
from kiosk.sync.arrivals import take_receipt
from kiosk.sync.outbox import Outbox, Parcel
from kiosk.sync.problem import Reason, SendProblem
from kiosk.sync.sender import Sender, Trouble
from kiosk.sync.sticks import Stick, receipts_on, sticks
from kiosk.web import messages
from kiosk.web.doors import door
from kiosk.web.messages import Stop
from kiosk.web.staff.reasons import WORDS

pages = Blueprint("staff_sending", __name__, url_prefix="/staff/sending")
FINGERPRINT = re.compile(r"SHA256:[A-Za-z0-9+/]+")
ASKS_FOR_LOGIN = (Reason.LOGIN, Reason.RIGHTS)


@dataclass(frozen=True)
class Road:
    """One target, as staff see it: the server's name, the login's name, and what is in the way."""

    text: str
    host: str
    user: str
    site: str
    asks_for_site: bool
    trouble: Trouble | None

    @property
    def words(self) -> str:
        """What is in the way, in a sentence."""
        return str(WORDS[self.trouble.reason]) if self.trouble else ""

    @property
    def asks_for_login(self) -> bool:
        """Whether staff should type a name and a password now."""
        return self.trouble is not None and (
            self.trouble.reason in ASKS_FOR_LOGIN
            or (self.trouble.reason is Reason.ADDRESS and self.asks_for_site)
        )


@pages.url_value_preprocessor
def let_receipts_in(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Let the forms of these pages be as large as a receipt, before anybody reads them."""
    request.max_content_length = LARGEST + 64 * 1024


def sender() -> Sender:
    """Return what sends in the background of this kiosk."""
    return cast(Sender, current_app.extensions["sender"])


def outbox() -> Outbox:
    """Return the kiosk's outbox."""
    return sender().outbox


def state_of(parcel: Parcel | None) -> str:
    """Return how far a workshop has come after closing: "", packed, sent, or arrived."""
    if parcel is None or parcel.workshop.changed:
        return ""
    if parcel.arrived:
        return "arrived"
    return "sent" if parcel.sent else "packed"


def is_stuck() -> bool:
    """Tell whether something waits that somebody must help along."""
    return any(not one.reason.passes for one in sender().troubles.values())


@pages.get("/")
@door("facilitator")
def show() -> str:
    """Show where the sealed file of each workshop is, and what is in the way."""
    return _page(note=request.args.get("note", ""))


@pages.get("/status")
@door("facilitator")
def status() -> dict[str, Any]:
    """Return what changes while the page is open, for its script."""
    progress = sender().progress
    return {"state": _sign(), "done": progress.done if progress else 0}


@pages.post("/now")
@door("facilitator")
def send_now() -> Response:
    """Try everything now."""
    sender().call()
    return redirect(url_for(".show", note="trying"), 303)


@pages.post("/login")
@door("facilitator")
def login() -> Response | tuple[str, int]:
    """Keep the name and password that staff typed for a target, and try."""
    text, known = request.form.get("target", ""), {road.text for road in _roads()}
    if text not in known:
        raise Stop(messages.NOT_HERE)
    fields = {name: request.form.get(name, "").strip() for name in ("user", "site")}
    kept = replace(outbox().logins.of(text), **fields)
    if request.form.get("password"):
        kept = replace(kept, password=request.form["password"])
    try:
        parse_address(text).of_site(kept.site)
    except SendProblem:
        return _page(
            problem=_("The name of the site may have a to z, digits, “.”, “-” and “_” only.")
        ), 400
    outbox().logins.keep(text, kept)
    return send_now()


@pages.post("/server")
@door("facilitator")
def accept_server() -> Response:
    """Keep the fingerprint of a server that staff compared with what the researchers gave."""
    text = request.form.get("target", "")
    trouble = sender().troubles.get(text)
    if trouble is None or trouble.reason is not Reason.HOST_KEY_UNKNOWN:
        return redirect(url_for(".show"), 303)
    shown = FINGERPRINT.search(trouble.detail)
    kept = replace(outbox().logins.of(text), host_key=shown[0] if shown else "")
    outbox().logins.keep(text, kept)
    return send_now()


@pages.post("/stick")
@door("facilitator")
def save() -> Response | tuple[str, int]:
    """Save to a stick what has not arrived yet, and take the receipts that lie on it."""
    wanted = request.form.get("stick", "")
    stick = next((one for one in sticks() if str(one.folder) == wanted), None)
    if stick is None:
        return _page(problem=_("The stick is not there any more. Please put it in again.")), 400
    try:
        return _saved(stick)
    except SendProblem as problem:
        sentence = {
            Reason.FULL: _("The stick is full. Nothing is lost; please take another one."),
            Reason.RIGHTS: _("The stick cannot be written to. Please take another one."),
        }.get(problem.reason, _("The stick cannot be used. Please take another one."))
        return _page(problem=sentence), 400


@pages.post("/receipt")
@door("facilitator")
def receipt() -> Response | tuple[str, int]:
    """Take a receipt that the researchers sent as a file."""
    file = request.files.get("receipt")
    try:
        arrived = take_receipt(outbox(), file.read(LARGEST + 1) if file else b"")
    except BadReceipt:
        sentence = _("This is no receipt for this kiosk. Please take the file that the researchers "
                     "sent.")  # fmt: skip
        return _page(problem=sentence), 400
    return redirect(url_for(".show", note="arrived" if arrived else "not-ours"), 303)


def _saved(stick: Stick) -> Response:
    receipts = receipts_on(stick, SUFFIX, LARGEST)  # first: after saving, the stick may be gone
    outbox().pack()
    saved = outbox().save_to(stick)
    taken = False
    for content in receipts:
        try:
            taken = bool(take_receipt(outbox(), content)) or taken
        except BadReceipt:
            continue  # another kiosk's, or somebody's joke: it says nothing of ours
    note = "saved" if saved else "nothing-to-save"
    return redirect(url_for(".show", note="arrived" if taken and not saved else note), 303)


def _page(note: str = "", problem: str = "") -> str:
    sign = _sign()  # first: what changes from now on makes the page load again
    parcels, progress = list(reversed(outbox().parcels())), sender().progress
    return render_template(
        "staff/sending.html",
        parcels=parcels, state_of=state_of, roads=_roads(), sticks=sticks(), note=note,
        problem=problem, progress=progress, sign=sign,
        not_packed=[one for one in outbox().workshops.all()
                    if one.state == "closed" and (not one.bundle or one.changed)],
    )  # fmt: skip


def _roads() -> list[Road]:
    """Return the targets that workshops go to, each once."""
    workshops = (one for one in outbox().workshops.all() if one.state != "planned")
    texts = dict.fromkeys(map(outbox().target_of, workshops))
    return [_road(text) for text in texts if text]


def _road(text: str) -> Road:
    login = outbox().logins.of(text)
    try:
        address = parse_address(text)
        host, has_site = address.host or address.path, address.has_site
    except SendProblem:
        host, has_site = text, False
    return Road(text, host, login.user, login.site, has_site, sender().troubles.get(text))


def _sign() -> str:
    """Return a sign that is another one as soon as the page would show something else."""
    shown = [(one.workshop.edition, state_of(one), one.is_here) for one in outbox().parcels()]
    troubles = sorted((text, one.reason.value) for text, one in sender().troubles.items())
    drives = [str(one.folder) for one in sticks()]
    told = repr((shown, sender().progress is None, troubles, drives)).encode()
    return hashlib.sha256(told).hexdigest()[:16]
