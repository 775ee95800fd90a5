"""Which key a visitor shows: the computer's own with its passphrase, a file, or the 24 words."""

from __future__ import annotations

from pathlib import Path

from flask import request
from flask_babel import gettext as _
from pyrage import x25519

from kiosk.opening.keys import (
    TooBusy,
    WrongKey,
    WrongPassphrase,
    WrongWords,
    from_words,
    identity_in,
    is_locked,
    open_key,
)

KEY = "identity.age"
PLACES = (KEY, f"*/{KEY}", f"studies/*/{KEY}")


def key_here(data: Path) -> Path | None:
    """Return the one locked key in a kiosk's data folder; None if there is none, or several."""
    found = {path for place in PLACES for path in data.glob(place) if is_locked(path)}
    return found.pop() if len(found) == 1 else None


def shown_key(known: Path | None) -> x25519.Identity:
    """Return the key that the form in this request opens. Raises WrongKey.

    An uploaded file is read in memory and never written anywhere.
    """
    words, file = request.form.get("words", "").strip(), request.files.get("key")
    phrase = request.form.get("passphrase", "")
    if words:
        return from_words(words)
    if file and file.filename:
        return identity_in(file.read(), phrase, Path(file.filename).name)
    if "words" in request.form or file is not None or known is None:
        raise WrongKey("nothing")
    return open_key(known, phrase)


def in_words(problem: WrongKey) -> str:
    """Return what to say to somebody whose key does not open."""
    if isinstance(problem, WrongPassphrase):
        if not request.form.get("passphrase"):
            return str(_("This key needs its passphrase. Please type it."))
        return str(_("This passphrase does not open the key. Please type it once more."))
    if isinstance(problem, WrongWords):
        count = len(request.form.get("words", "").split())
        if problem.unknown:
            found = ", ".join(f"“{word}”" for word in problem.unknown)
            return str(_("No recovery sheet has these words: %(words)s.", words=found))
        if count != 24:
            return str(_("These are %(n)s words, but a recovery sheet has 24.", n=count))
        return str(_("These words do not belong together. Please check each, and their order."))
    if isinstance(problem, TooBusy):
        return str(_("This computer is too busy to open the key. Please close other programs and "
                     "try again, or type the 24 words of your recovery sheet."))  # fmt: skip
    if nothing_shown():
        return str(_("Please choose your key file, or type the 24 words of your recovery sheet."))
    return str(_("This file is no key. Please take the file called identity.age."))


def nothing_shown() -> bool:
    """Tell whether the form came without a file, words and passphrase."""
    file = request.files.get("key")
    return not (file and file.filename) and not request.form.get("words", "").strip()
