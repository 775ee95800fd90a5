"""What staff are told when something is not as expected."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from kiosk.web.messages import Message

STALE_FORM = Message(
    400, _l("This page was open too long."),
    _l("Nothing was changed. Go back, load the page again, and try once more."),
)  # fmt: skip
NO_FILE = Message(
    404, _l("The sealed file is not on this computer any more."),
    _l("Perhaps it was moved to a stick. If you have it, all is well."),
)  # fmt: skip
ONLY_HERE = Message(
    403, _l("Sheets are typed in at the kiosk's own computer."),
    _l("What you type here would go through the air. Please sit down at the kiosk itself."),
)  # fmt: skip
DISK_FULL = Message(
    507, _l("The disk of this computer is full."),
    _l("Nothing was changed, and what was saved before is safe. Delete films and pictures "
       "that nobody needs, empty the recycle bin, then go back and try once more."),
)  # fmt: skip
NOT_SAVED = Message(
    503, _l("This could not be saved."),
    _l("What was saved before is safe. Go back and try once more. If it happens again, please "
       "start the computer again."),
)  # fmt: skip
BROKEN = Message(500, _l("Something went wrong here."), NOT_SAVED.text)
NO_SURVEY = Message(
    404, _l("No survey on this computer can be used."),
    _l("Please ask the researchers to send the study again, and install it on the page Studies."),
)  # fmt: skip
NOT_YET = Message(
    404, _l("This form is not open yet."), _l("The workshop's page says when it opens.")
)
