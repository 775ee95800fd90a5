"""`kiosk serve`: run the kiosk."""

from __future__ import annotations

import webbrowser
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Timer

import click
from flask import Flask

from kiosk.app import create_app
from kiosk.cli.common import common, config_for, say, tell
from kiosk.config import Config
from kiosk.serve import Server, check_port
from kiosk.store.rescue import Rescue, last_rescue

OPEN_AFTER_SECONDS = 0.3


@click.command()
@click.option("--host", help="Address to listen on (default: all).")
@click.option("--port", type=int, help="Port to listen on (default: 8080).")
@click.option(
    "--open", "opens", is_flag=True, help="Open the staff page in this machine's browser."
)
@common
def serve(
    host: str | None, port: int | None, opens: bool, data: Path | None, as_json: bool
) -> None:
    """Run the kiosk until Ctrl-C. It needs no configuration and no internet."""
    config = config_for(data, host=host, port=port)
    if opens and answer_at(config.port, "/healthz") == (200, b"ok\n"):
        say(
            as_json,
            {"staff": staff_url(config)},
            f"The kiosk is running already: {staff_url(config)}",
        )
        webbrowser.open(staff_url(config))
        return
    check_port(config)  # before anything is mended: another kiosk may be using it
    app = create_app(config)
    server = Server(app, config)
    if config.send:
        app.extensions["sender"].start()
    app.extensions["keeper"].start()
    rescued = last_rescue(app.extensions["settings"])
    if rescued:
        tell(told(rescued), err=True)
    if opens:
        Timer(OPEN_AFTER_SECONDS, webbrowser.open, [staff_url(config)]).start()
    addresses = {"participants": participants_url(app), "staff": staff_url(config)}
    say(as_json, addresses, "\n".join(f"{name}: {url}" for name, url in addresses.items()))
    server.run()


def told(rescued: Rescue) -> str:
    """Return what somebody at the terminal should know of a damaged database."""
    lost = "Something may be missing: please look at the workshops and their numbers."
    if rescued.missing:
        lost = f"Responses that could not be saved: {rescued.missing}."
    elif rescued.whole:
        lost = "No response is missing."
    return (f"The database was damaged on {rescued.day}. The damaged file is kept in "
            f"{rescued.folder}; the kiosk goes on with what could be saved. {lost}")  # fmt: skip


def participants_url(app: Flask) -> str:
    """Return the address that phones and tablets open."""
    return f"{app.extensions['kiosk_url']()}/"


def staff_url(config: Config) -> str:
    """Return the address of the staff pages, on this machine."""
    return f"http://127.0.0.1:{config.port}/staff/"


def answer_at(port: int, path: str) -> tuple[int, bytes] | None:
    """Return the status and the first bytes that this machine's port answers, if it speaks HTTP."""
    connection = HTTPConnection("127.0.0.1", port, timeout=1)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read(16)
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()
