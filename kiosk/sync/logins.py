"""Names and passwords for targets: in one file that its owner alone may read, never shown."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path

from kiosk.files import write_whole
from kiosk.sync.problem import Reason, SendProblem
from kiosk.toml import BadToml, read_toml

FILE = "logins.json"
DAMAGED = ".damaged"

LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Login:
    """Who comes. All may be empty; `site` stands for {site} in the address.

    `user` and `password` are the access key and the secret key for S3. `private_key` is an OpenSSH
    key's text for SFTP, `host_key` the accepted fingerprint of the server (`SHA256:…`).
    """

    user: str = ""
    password: str = field(default="", repr=False)
    private_key: str = field(default="", repr=False)
    host_key: str = ""
    site: str = ""


NAMES = {one.name for one in fields(Login)}


class Logins:
    """The logins kept in a data folder, by the address they are for."""

    def __init__(self, data: Path) -> None:
        self._file = data / FILE

    def of(self, address: str) -> Login:
        """Return the login for an address; an empty one if none is kept."""
        return login_from(self._all().get(address, {}))

    def keep(self, address: str, login: Login) -> None:
        """Keep a login for an address, in place of a former one."""
        self._write(self._all() | {address: {k: v for k, v in asdict(login).items() if v}})

    def forget(self, address: str) -> bool:
        """Forget the login for an address; tell whether there was one."""
        known = self._all()
        was_there = known.pop(address, None) is not None
        if was_there:
            self._write(known)
        return was_there

    def _all(self) -> dict[str, dict[str, str]]:
        """Return what is kept; a file that cannot be read is set aside, and targets ask again."""
        try:
            return _known_in(self._file.read_bytes())
        except FileNotFoundError:
            return {}
        except (ValueError, RecursionError):
            aside = self._file.with_name(f"{FILE}{DAMAGED}")
            self._file.replace(aside)
            LOG.warning("%s cannot be read. It was set aside as %s.", FILE, aside.name)
            return {}

    def _write(self, known: dict[str, dict[str, str]]) -> None:
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(self._file, json.dumps(known, indent=1, sort_keys=True).encode())
        if os.name == "posix":
            self._file.chmod(0o600)


def _known_in(content: bytes) -> dict[str, dict[str, str]]:
    """Return the logins in the file's content, by address. Raises ValueError if it is none."""
    known = json.loads(content)
    if not isinstance(known, dict) or not all(isinstance(one, dict) for one in known.values()):
        raise ValueError("no logins")
    return {
        address: {name: str(value) for name, value in one.items()} for address, one in known.items()
    }


def login_from(values: Mapping[str, str]) -> Login:
    """Return the login in what a file says; what it does not know is left out."""
    return Login(**{name: value for name, value in values.items() if name in NAMES})


def login_in(source: bytes) -> Login:
    """Return the login in a login file (TOML, UTF-8): the fields of `Login`, all texts.

    Raises SendProblem, never with the file's content.
    """
    try:
        values = read_toml(source.decode())
    except (BadToml, UnicodeDecodeError) as problem:
        raise SendProblem(Reason.ADDRESS, "the login file is no TOML") from problem
    unknown = sorted(set(values) - NAMES)
    if unknown or not all(isinstance(value, str) for value in values.values()):
        raise SendProblem(
            Reason.ADDRESS, f"the login file may only have {', '.join(sorted(NAMES))}, as texts"
        )
    return login_from(values)
