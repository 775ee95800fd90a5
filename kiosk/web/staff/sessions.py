"""Who has signed in: a signed cookie that ends with the browser, and a sign for every form."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from typing import Any

from flask import current_app, g, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from kiosk.web.kept import Kept

COOKIE = "kiosk_staff"
LONGEST_SECONDS = 12 * 3600
SECRET, ROUND = "session_secret", "session_round"


@dataclass(frozen=True)
class StaffSession:
    """One browser at the staff pages; `id` is random, `signed_in` after the right PIN."""

    id: str
    signed_in: bool


class Sessions:
    """Makes and reads the cookie, which is sent for `path` alone.

    Signing out ends every session there is.
    """

    def __init__(self, settings: Kept, cookie: str = COOKIE, path: str = "/staff") -> None:
        self.cookie, self.path = cookie, path
        self._settings = settings
        if settings.get(SECRET) is None:
            settings.set(SECRET, secrets.token_hex(32))
        self._secret = str(settings.get(SECRET))
        self._signer = URLSafeTimedSerializer(self._secret, salt="staff")

    def read(self, cookie: str) -> StaffSession | None:
        """Return the session in a cookie; None if it is forged, too old or signed out."""
        try:
            values: dict[str, Any] = self._signer.loads(cookie, max_age=LONGEST_SECONDS)
        except BadSignature:
            return None
        if values["in"] and values["round"] != self._round():
            return None
        return StaffSession(str(values["id"]), bool(values["in"]))

    def write(self, session: StaffSession) -> str:
        """Return the cookie of a session."""
        content = {"id": session.id, "in": session.signed_in, "round": self._round()}
        return str(self._signer.dumps(content))

    def end_all(self) -> None:
        """Let no cookie that was given out so far count any more."""
        self._settings.set(ROUND, secrets.token_hex(8))

    def sign(self, session: StaffSession) -> str:
        """Return what every form of this session carries, and no other site can know."""
        return hmac.new(self._secret.encode(), session.id.encode(), hashlib.sha256).hexdigest()

    def _round(self) -> str:
        return self._settings.get(ROUND) or ""


def sessions() -> Sessions:
    """Return the running app's sessions."""
    found: Sessions = current_app.extensions["sessions"]
    return found


def current() -> StaffSession:
    """Return this browser's session; a fresh one, not signed in, if it has none."""
    if "staff_session" not in g:
        known = sessions().read(request.cookies.get(sessions().cookie, ""))
        g.staff_session = known or StaffSession(secrets.token_urlsafe(18), signed_in=False)
        g.session_is_new = known is None
    session: StaffSession = g.staff_session
    return session


def start(*, signed_in: bool) -> None:
    """Give this browser a new session from this answer on."""
    g.staff_session = StaffSession(secrets.token_urlsafe(18), signed_in)
    g.session_is_new = True


def csrf() -> str:
    """Return the sign for a form on this page."""
    return sessions().sign(current())


def has_sign() -> bool:
    """Tell whether the form that was sent carries this session's sign."""
    return hmac.compare_digest(request.form.get("csrf", "").encode(), csrf().encode())


def keep(response: Response) -> Response:
    """Put a new session into the answer's cookie (after every request)."""
    if g.get("session_is_new"):
        ours = sessions()
        response.set_cookie(ours.cookie, ours.write(current()), path=ours.path, httponly=True,
                            samesite="Strict")  # fmt: skip
    return response
