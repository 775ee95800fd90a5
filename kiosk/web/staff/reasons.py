"""Why nothing gets through to a target, in the words of the staff pages."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from kiosk.sync.problem import Reason

WORDS: dict[Reason, LazyString] = {
    Reason.ADDRESS: _l("The address in the study cannot be used. Please tell the researchers."),
    Reason.CERTIFICATE: _l(
        "The server cannot prove who it is, so nothing was sent. Is the date of this computer "
        "right? If so, please tell the researchers."
    ),
    Reason.CLOCK: _l("The clock of this computer is wrong. Please set the date and the time."),
    Reason.DAMAGED: _l("A file arrived damaged. It will be sent once more."),
    Reason.FULL: _l("There is no room left at the researchers'. Please tell them."),
    Reason.HOST_KEY_CHANGED: _l(
        "The server is not the one it was before, so nothing was sent. Please tell the researchers."
    ),
    Reason.HOST_KEY_UNKNOWN: _l(
        "This kiosk has not met this server before. Please compare the sign below with the one "
        "that the researchers gave you."
    ),
    Reason.LOGIN: _l("The server does not accept the name and password. Please type them again."),
    Reason.MISSING: _l("The folder for this kiosk is not there. Please tell the researchers."),
    Reason.PACKAGE: _l(
        "This kiosk lacks a part for sending there. Please ask whoever looks after this computer."
    ),
    Reason.RIGHTS: _l("The server does not allow this kiosk to put files there. Please tell the "
                      "researchers."),
    Reason.SERVER: _l("The server has a problem of its own. The kiosk tries again by itself."),
    Reason.TAKEN: _l("Another file is in the way there. Please tell the researchers."),
    Reason.UNREACHABLE: _l("The server cannot be reached. Is this computer on the internet? The "
                           "kiosk tries again by itself."),
}  # fmt: skip
