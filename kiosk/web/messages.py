"""What a visitor is told when something is not as expected: one clear sentence and what to do."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l


@dataclass(frozen=True)
class Message:
    """A kind of trouble: its status, its words, and whether sending again could help."""

    status: int
    title: LazyString
    text: LazyString
    picture: str = "problem"
    final: bool = True


NO_WORKSHOP = Message(
    200, _l("No workshop is open now."), _l("Ask the person who leads the workshop."), "closed"
)
NOT_STARTED = Message(200, _l("This workshop has not started yet."), NO_WORKSHOP.text, "waiting")
UNKNOWN_TICKET = Message(
    403, _l("We do not know this ticket."),
    _l("Check the letters and numbers, or ask the person who leads the workshop."), "ticket",
)  # fmt: skip
USED_TICKET = Message(
    403, _l("This ticket is used already."),
    _l("Each ticket is for one person. Ask the person who leads the workshop."), "ticket",
)  # fmt: skip
NOT_HERE = Message(
    404, _l("This page is not here."), _l("Scan the code once more, or check the address.")
)
NO_SUCH_LANGUAGE = Message(
    404, _l("This survey is not here in that language."), _l("Choose another language."), "language"
)
CLOSED = Message(
    410, _l("This workshop is closed."), _l("Nothing was sent. Thank you for coming."), "closed"
)
UNREADABLE = Message(
    400, _l("We could not read your answers."), _l("Nothing was saved. Go back and send once more.")
)
TOO_LARGE = Message(413, UNREADABLE.title, UNREADABLE.text)
NOT_STORED = Message(
    503, _l("The kiosk has a problem."),
    _l("Your answers are not saved. Wait a little and send once more."), final=False,
)  # fmt: skip
BROKEN = Message(500, NOT_STORED.title, NOT_STORED.text, final=False)
BY_STATUS = {
    400: UNREADABLE,
    404: NOT_HERE,
    405: NOT_HERE,
    413: TOO_LARGE,
    500: BROKEN,
    507: NOT_STORED,
}


class Stop(Exception):
    """Ends a request with a message; nothing was stored."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message.status))
        self.message = message
