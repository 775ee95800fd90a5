"""Addresses of targets, such as `s3://bucket/inbox/{site}?endpoint=https://s3.example.org`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, unquote, urlsplit

from kiosk.sync.problem import Reason, SendProblem

SITE = "{site}"
SITE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")


@dataclass(frozen=True)
class Address:
    """Where a target is. `text` is the address as people write it; it never holds a password.

    `path` begins with “/” (or is empty) and is decoded, `options` is what stands after “?”.
    """

    text: str
    scheme: str
    host: str
    port: int | None
    path: str
    user: str
    options: Mapping[str, str]

    @property
    def has_site(self) -> bool:
        """Whether each site has a folder of its own, still to be filled in."""
        return SITE in self.path

    def of_site(self, site: str) -> Address:
        """Return the address of one site's own folder."""
        if not self.has_site:
            return self
        if not SITE_NAME.fullmatch(site):
            raise SendProblem(Reason.ADDRESS, f"it needs the site's name, not “{site}”")
        return replace(self, text=self.text.replace(SITE, site), path=self.path.replace(SITE, site))

    @property
    def above_sites(self) -> Address:
        """The folder in which all sites have theirs; what stands after “?” is the same."""
        place, mark, options = self.text.partition("?")
        above = place.split(SITE)[0].rstrip("/")
        return replace(self, text=above + mark + options, path=self.path.split(SITE)[0].rstrip("/"))

    def option(self, name: str, default: str = "") -> str:
        """Return what was given after “?”."""
        return self.options.get(name, default)


def parse_address(text: str) -> Address:
    """Return an address. Raises SendProblem if it is none, or has a password in it."""
    try:
        parts = urlsplit(text.strip())
        port = parts.port
        options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
    except ValueError as problem:
        raise SendProblem(Reason.ADDRESS, "it cannot be read") from problem
    if parts.password is not None:
        raise SendProblem(
            Reason.ADDRESS, "a password does not belong into it; “kiosk sync login” keeps one"
        )
    if not parts.scheme or not (parts.netloc or parts.scheme == "file"):
        raise SendProblem(
            Reason.ADDRESS, "it must be whole, such as webdavs://files.example.org/inbox"
        )
    return Address(
        text=text.strip(), scheme=parts.scheme.lower(), host=parts.hostname or "", port=port,
        path=unquote(parts.path).rstrip("/"), user=unquote(parts.username or ""), options=options,
    )  # fmt: skip
