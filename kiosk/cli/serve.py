"""`kiosk serve`: run the kiosk."""

from __future__ import annotations

from pathlib import Path

import click
from flask import Flask

from kiosk.app import create_app
from kiosk.cli.common import common, config_for, say
from kiosk.config import Config
from kiosk.serve import Server


@click.command()
@click.option("--host", help="Address to listen on (default: all).")
@click.option("--port", type=int, help="Port to listen on (default: 8080).")
@common
def serve(host: str | None, port: int | None, data: Path | None, as_json: bool) -> None:
    """Run the kiosk until Ctrl-C. It needs no configuration and no internet."""
    config = config_for(data, host=host, port=port)
    app = create_app(config)
    server = Server(app, config)
    addresses = {"participants": participants_url(app), "staff": staff_url(app, config)}
    say(as_json, addresses, "\n".join(f"{name}: {url}" for name, url in addresses.items()))
    server.run()


def participants_url(app: Flask) -> str:
    """Return the address that phones and tablets open."""
    return f"{app.extensions['kiosk_url']()}/"


def staff_url(app: Flask, config: Config) -> str:
    """Return the link with which the facilitator signs in, on this machine only."""
    return f"http://127.0.0.1:{config.port}/staff/enter/{app.extensions['staff_pass'].link}"
