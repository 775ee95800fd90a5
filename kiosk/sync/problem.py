"""What can go wrong between the kiosk and a target: a few reasons, each with a plain sentence."""

from __future__ import annotations

from enum import Enum


class Reason(Enum):
    """Why something could not be sent or fetched; `value` is a name that pages translate."""

    ADDRESS = "address"
    CERTIFICATE = "certificate"
    CLOCK = "clock"
    DAMAGED = "damaged"
    FULL = "full"
    HOST_KEY_CHANGED = "host-key-changed"
    HOST_KEY_UNKNOWN = "host-key-unknown"
    LOGIN = "login"
    MISSING = "missing"
    PACKAGE = "package"
    RIGHTS = "rights"
    SERVER = "server"
    TAKEN = "taken"
    UNREACHABLE = "unreachable"

    @property
    def passes(self) -> bool:
        """Whether waiting may help; otherwise somebody must do something."""
        return self in PASSING


PASSING = {Reason.DAMAGED, Reason.FULL, Reason.SERVER, Reason.TAKEN, Reason.UNREACHABLE}
WORDS = {
    Reason.ADDRESS: "The address cannot be used. Please compare it with what the researchers gave.",
    Reason.CERTIFICATE: "The server cannot prove who it is: its certificate is not valid for this "
    "address, has run out, or somebody stands in between. Nothing was sent. Please ask the "
    "researchers, and check the date of this computer.",
    Reason.CLOCK: "The clock of this computer is wrong, so the server does not accept what it "
    "signs. Please set the date, the time and the time zone right.",
    Reason.DAMAGED: "What came back is not what was sent. It will be sent once more.",
    Reason.FULL: "There is no room left at the target. Please tell the researchers.",
    Reason.HOST_KEY_CHANGED: "The server shows another key than it should: it may be another "
    "computer. Nothing was sent. Please ask the researchers before you go on.",
    Reason.HOST_KEY_UNKNOWN: "This kiosk does not know the server's key yet. Please compare it "
    "with what the researchers gave, then accept it once.",
    Reason.LOGIN: "The server does not accept this name and password. Please type them again.",
    Reason.MISSING: "The folder is not there. Please compare the address with what the "
    "researchers gave, or ask them to make the folder.",
    Reason.PACKAGE: "This kiosk lacks the part for such addresses. "
    'Please install it: pip install "survey-kiosk[sending]"',
    Reason.RIGHTS: "The server does not allow it. Please ask the researchers for the right to "
    "put files there.",
    Reason.SERVER: "The server has a problem of its own. The kiosk tries again by itself.",
    Reason.TAKEN: "There is another file of this name already.",
    Reason.UNREACHABLE: "The server cannot be reached. Is this computer on the internet? The kiosk "
    "tries again by itself.",
}


class SendProblem(Exception):
    """Something between the kiosk and a target failed. `detail` is for whoever helps, in English.

    It never holds a password.
    """

    def __init__(self, reason: Reason, detail: str = "") -> None:
        self.reason, self.detail = reason, detail
        super().__init__(f"{WORDS[reason]} ({detail})" if detail else WORDS[reason])


class Taken(SendProblem):
    """A file of this name is there already; it was not touched.

    `whole` says that this server keeps files whole or not at all: it is no torn copy.
    """

    def __init__(self, detail: str = "", *, whole: bool = False) -> None:
        self.whole = whole
        super().__init__(Reason.TAKEN, detail)


class NotThere(SendProblem):
    """There is no file of this name."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(Reason.MISSING, detail)


class NotAllowed(SendProblem):
    """This login may not do that; it may well be allowed to do other things."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(Reason.RIGHTS, detail)
