"""Who may come in: every view names its door, and one guard stands at all of them."""

from __future__ import annotations

import ipaddress
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, current_app, request

from kiosk.web.sign_in import signed_in

DOORS = ("participant", "facilitator", "sign-in", "anyone")
View = TypeVar("View", bound=Callable[..., Any])


def door(name: str) -> Callable[[View], View]:
    """Name the door of a view: "participant", "facilitator", "sign-in" or "anyone"."""
    if name not in DOORS:
        raise ValueError(f"there is no door “{name}”")

    def mark(view: View) -> View:
        view.door = name  # type: ignore[attr-defined]  # functions may carry attributes
        return view

    return mark


def door_of(app: Flask, endpoint: str) -> str | None:
    """Return the door of an endpoint, None if its view forgot to name one."""
    return getattr(app.view_functions[endpoint], "door", None)


def on_this_machine(address: str | None) -> bool:
    """Tell whether a request comes from the kiosk's own machine."""
    try:
        return ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False


def guard() -> None:
    """Turn away whoever may not use the requested page (before every request)."""
    if request.endpoint is None:
        return
    name = door_of(current_app, request.endpoint)
    if name in ("facilitator", "sign-in") and not on_this_machine(request.remote_addr):
        abort(404)
    if name == "facilitator" and not signed_in():
        abort(404)
    if name is None:
        abort(404)
