"""The facilitator signs in with the link that `kiosk serve` prints; it is new at every start."""

from __future__ import annotations

import hmac
import secrets

from flask import current_app, request
from werkzeug.wrappers import Response

COOKIE = "kiosk_staff"


class StaffPass:
    """The secrets of one run of the kiosk: the link's pass, and what the cookie holds."""

    def __init__(self) -> None:
        self.link = secrets.token_urlsafe(24)
        self.cookie = secrets.token_urlsafe(24)


def staff_pass() -> StaffPass:
    """Return the running kiosk's pass."""
    found: StaffPass = current_app.extensions["staff_pass"]
    return found


def signed_in() -> bool:
    """Tell whether this browser came in through the link."""
    return hmac.compare_digest(
        request.cookies.get(COOKIE, "").encode(), staff_pass().cookie.encode()
    )


def accepts(link: str) -> bool:
    """Tell whether `link` is the pass that was printed."""
    return hmac.compare_digest(link.encode(), staff_pass().link.encode())


def let_in(response: Response) -> Response:
    """Give this browser the cookie; it ends with the browser and goes to no other site."""
    response.set_cookie(
        COOKIE, staff_pass().cookie, path="/staff", httponly=True, samesite="Strict"
    )
    return response
