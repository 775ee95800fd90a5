"""Who may come in: every view names its door, and one guard stands at all of them."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, abort, current_app, redirect, request, url_for
from werkzeug.wrappers import Response

from kiosk import network
from kiosk.web.messages import Stop
from kiosk.web.side import side
from kiosk.web.staff import sessions
from kiosk.web.staff.messages import STALE_FORM

# "sign-in" is the inner side of the house before the PIN or the key, "facilitator" and
# "researcher" are behind it. No app has both.
DOORS = ("participant", "facilitator", "researcher", "sign-in", "anyone")
LOOPBACK_NAMES = ("127.0.0.1", "localhost", "::1")
View = TypeVar("View", bound=Callable[..., Any])


def door(name: str) -> Callable[[View], View]:
    """Name the door of a view, one of `DOORS`."""
    if name not in DOORS:
        raise ValueError(f"there is no door “{name}”")

    def mark(view: View) -> View:
        view.door = name  # type: ignore[attr-defined]  # functions may carry attributes
        return view

    return mark


def door_of(app: Flask, endpoint: str) -> str | None:
    """Return the door of an endpoint, None if its view forgot to name one."""
    return getattr(app.view_functions[endpoint], "door", None)


def guard() -> Response | None:
    """Turn away whoever may not use the requested page (before every request)."""
    ours = side()
    if ours.holds_request and not on_staff_side():
        abort(404)
    if request.endpoint is None:
        return None
    name = door_of(current_app, request.endpoint)
    if name in ("participant", "anyone"):
        return None
    if name not in (ours.door, "sign-in"):
        abort(404)
    if name == ours.door and not sessions.current().signed_in:
        return redirect(url_for(ours.sign_in, then=_then()), 303)
    if request.method == "POST" and not (_same_origin() and sessions.has_sign()):
        raise Stop(STALE_FORM)
    return None


def on_this_machine() -> bool:
    """Tell whether the request comes from the kiosk's own machine."""
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def on_staff_side() -> bool:
    """Tell whether staff pages exist for this visitor: on this machine, by its own name.

    The name is checked because a web site can make a browser here ask for it by another (DNS
    rebinding). With the setting `staff_on_lan`, the machine's own addresses serve too.
    """
    host = urlsplit(f"//{request.host}").hostname or ""
    if on_this_machine():
        return host in LOOPBACK_NAMES
    on_lan: bool = current_app.extensions["staff_on_lan"]
    return on_lan and network.is_own(host)


def _same_origin() -> bool:
    """Tell whether a form comes from one of our own pages, as far as the browser says."""
    origin = request.headers.get("Origin")
    return origin in (None, request.host_url.rstrip("/"))


def _then() -> str | None:
    return request.path if request.method == "GET" else None
