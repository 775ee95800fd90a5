"""Every kind of target: one line here, one file beside."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from kiosk.sync.problem import Reason, SendProblem
from kiosk.sync.target import Place, Target

# scheme -> module; each has `open_target(place)`. Read only when used: most kiosks need one.
SCHEMES = {
    "file": "kiosk.sync.targets.folder",
    "https": "kiosk.sync.targets.webdav",  # an upload link, or a WebDAV folder
    "s3": "kiosk.sync.targets.s3",
    "sftp": "kiosk.sync.targets.sftp",
    "webdav": "kiosk.sync.targets.webdav",
    "webdavs": "kiosk.sync.targets.webdav",
}
LIBRARIES = ("obstore", "paramiko", "truststore", "urllib3")


def open_target(place: Place) -> Target:
    """Return the target at an address. Raises SendProblem if there is no such kind."""
    module = SCHEMES.get(place.address.scheme)
    if module is None:
        raise SendProblem(
            Reason.ADDRESS, f"it begins with {place.address.scheme}://; "
            f"there are {', '.join(f'{scheme}://' for scheme in SCHEMES)}",
        )  # fmt: skip
    try:
        opener: Callable[[Place], Target] = import_module(module).open_target
    except ModuleNotFoundError as problem:
        if problem.name not in LIBRARIES:
            raise
        raise SendProblem(Reason.PACKAGE, str(problem.name)) from problem
    return opener(place)
