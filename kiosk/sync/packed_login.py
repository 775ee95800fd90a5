"""A login that came inside a study pack, because the researchers asked for that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kiosk.study.pack import LOGIN, Pack
from kiosk.sync.logins import Logins, login_in
from kiosk.sync.problem import Reason, SendProblem


def with_login(pack: Pack, source: bytes) -> Pack:
    """Return the pack with a login for its target in it. Raises SendProblem if it is none."""
    login_in(source)
    if not pack.study.target:
        raise SendProblem(Reason.ADDRESS, "the study names no target, so it needs no login")
    return replace(pack, files={**pack.files, LOGIN: source})


def keep_login(pack: Pack, data: Path) -> bool:
    """Keep the login of a pack that is being installed; tell whether it had one.

    One that cannot be read is passed over: the target then asks for a name and a password.
    """
    try:
        Logins(data).keep(pack.study.target, login_in(pack.files[LOGIN]))
    except (KeyError, SendProblem):
        return False
    return True
