"""`kiosk sync login` and `logout`: keep the name and password for a target, unseen."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import click

from kiosk.cli.common import common, config_for, say
from kiosk.sync.address import parse_address
from kiosk.sync.logins import Logins, login_in
from kiosk.sync.problem import Reason, SendProblem


@click.command()
@click.argument("url")
@click.option("--file", "file", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="Take all from a login file of the researchers (TOML).")  # fmt: skip
@click.option("--user", help="The name, or the access key for s3://.")
@click.option("--site", help="What stands for {site} in the address.")
@click.option("--private-key", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              help="An OpenSSH private key, for sftp://.")  # fmt: skip
@click.option("--host-key", help="The server's fingerprint, SHA256:…, for sftp://.")
@common
def login(
    url: str, file: Path | None, user: str | None, site: str | None, private_key: Path | None,
    host_key: str | None, data: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Keep name and password for the target URL, in a file that only you can read.

    The password is asked for unseen, or read from KIOSK_PASSWORD. It is never shown again, and
    never part of a study, a backup or a message. Give the URL as the study does, with {site}.
    """
    logins = Logins(config_for(data).data)
    kept = logins.of(url)
    if file:
        kept = login_in(file.read_bytes())
    given = {"user": user, "site": site, "host_key": host_key}
    if private_key:
        given["private_key"] = _key_text(private_key)
    kept = replace(kept, **{name: value for name, value in given.items() if value is not None})
    address = parse_address(url).of_site(kept.site)
    if user is not None and not private_key:
        kept = replace(kept, password=_password())
    logins.keep(url, kept)
    lines = f"The login for {address.text} is kept. To try it out: kiosk sync check {url}"
    say(as_json, {"url": url, "user": kept.user, "site": kept.site}, lines)


@click.command()
@click.argument("url")
@common
def logout(url: str, data: Path | None, as_json: bool) -> None:
    """Forget the login for the target URL."""
    if not Logins(config_for(data).data).forget(url):
        raise SendProblem(Reason.ADDRESS, "no login is kept for it")
    say(as_json, {"url": url}, f"The login for {url} is forgotten.")


def _key_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        raise SendProblem(Reason.LOGIN, "the private key is no text, as OpenSSH's are") from problem


def _password() -> str:
    given = os.environ.get("KIOSK_PASSWORD")
    return given or str(click.prompt("Password", hide_input=True, err=True))
