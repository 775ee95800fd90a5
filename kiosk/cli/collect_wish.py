"""What Lena asks of `kiosk collect`: from where, and what besides the dataset."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from kiosk.cli.common import config_for
from kiosk.cli.dataset_out import Wish
from kiosk.sync.address import Address, parse_address
from kiosk.sync.logins import Login, Logins
from kiosk.sync.problem import SendProblem
from kiosk.sync.target import KNOWN_HOSTS, Place

PASSWORD = re.compile(r"//.*@")  # in an address: it is not to be shown


class SourceType(click.Path):
    """A file or folder that exists, or an address such as `s3://…`."""

    name = "source"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> Any:  # fmt: skip
        """Return an Address or a Path."""
        if not isinstance(value, str) or "://" not in value:
            return super().convert(value, param, ctx)
        try:
            return parse_address(value)
        except SendProblem as problem:
            self.fail(f"{PASSWORD.sub('//…@', value)}: {problem}", param, ctx)


@dataclass(frozen=True, kw_only=True)
class CollectWish(Wish):
    """What Lena wants to have, from where, and whether anything is kept for next time."""

    sources: tuple[Path | Address, ...]
    fresh: bool
    watching: bool
    every: int
    receipts: bool
    receipts_file: Path | None
    data: Path | None

    @property
    def folders(self) -> list[Path]:
        """The sources on this computer."""
        return [source for source in self.sources if isinstance(source, Path)]

    def places(self) -> list[Place]:
        """Return the targets, each once, with the logins that the data folder keeps for them."""
        addresses = {one.text: one for one in self.sources if isinstance(one, Address)}
        if not addresses:
            return []
        data = config_for(self.data).data
        logins = Logins(data)
        return [Place(one, _login(one, logins), data / KNOWN_HOSTS) for one in addresses.values()]


def _login(address: Address, logins: Logins) -> Login:
    """Return the login for an address; one with {site} may have that of the folder above."""
    login = logins.of(address.text)
    if login == Login() and address.has_site:
        return logins.of(address.above_sites.text)
    return login
