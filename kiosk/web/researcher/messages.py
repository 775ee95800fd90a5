"""What researchers are told when something is not as expected."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from kiosk.web.messages import Message
from kiosk.web.staff.messages import DISK_FULL

NO_GROUP = Message(
    404, _l("There is no such group."), _l("Please choose one from the list of reports.")
)
NO_DATASET = Message(
    404, _l("There is no such file."), _l("Please make the dataset again, then save it.")
)
NOT_HERE = Message(404, _l("This page is not here."), _l("Please go on from the workshops."))
NOT_READ = Message(
    400, _l("This could not be read."), _l("Nothing was changed. Go back and try once more.")
)
TOO_LARGE = Message(
    413, _l("This file is too large for a key."), _l("Please take the file called identity.age.")
)
BROKEN = Message(
    500, _l("Something went wrong here."),
    _l("Nothing is lost: the bundles stay as they are. Try once more, or sign out and in again."),
)  # fmt: skip
BY_STATUS = {
    message.status: message for message in (NOT_HERE, NOT_READ, TOO_LARGE, BROKEN, DISK_FULL)
} | {405: NOT_HERE}  # fmt: skip
