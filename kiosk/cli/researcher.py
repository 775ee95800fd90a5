"""`kiosk researcher`: the researcher's pages, on a server of its own."""

from __future__ import annotations

import signal
import webbrowser
from pathlib import Path
from threading import Timer
from typing import Any

import click

from kiosk.cli.common import common, config_for, say
from kiosk.cli.serve import OPEN_AFTER_SECONDS, answer_at
from kiosk.opening.keys import is_locked
from kiosk.serve import Server
from kiosk.web.researcher.app import create_researcher_app
from kiosk.web.researcher.keyring import key_here

PORT, IDLE_MINUTES = 8091, 15
LOOPBACK = "127.0.0.1"
ENDINGS = ("SIGTERM", "SIGHUP", "SIGBREAK")  # whichever of them this system has


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--key", "key", type=click.Path(dir_okay=False, path_type=Path),
              help="The identity file, so that its passphrase is enough to sign in.")  # fmt: skip
@click.option("--port", type=click.IntRange(1, 65_535), default=PORT, show_default=True,
              help="Port to listen on.")  # fmt: skip
@click.option("--open", "opens", is_flag=True, help="Open the page in this machine's browser.")
@click.option("--idle-minutes", type=click.IntRange(1, 240), default=IDLE_MINUTES,
              show_default=True, help="Sign out after so long without a request.")  # fmt: skip
@common
def researcher(
    sources: tuple[Path, ...], key: Path | None, port: int, opens: bool, idle_minutes: int,
    data: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Run the researcher's pages until Ctrl-C: open the bundles in SOURCES, read, download.

    SOURCES are folders or bundles; without any, those that this kiosk packed. The pages answer on
    this machine alone. The key stays in memory, and what was opened goes when you sign out.
    """
    config = config_for(data, host=LOOPBACK, port=port)
    url = f"http://{LOOPBACK}:{port}/researcher/"
    if opens and is_running(port):
        say(as_json, {"researcher": url}, f"It is running already: {url}")
        webbrowser.open(url)
        return
    app = create_researcher_app(
        sources or (config.data / "bundles",), config.data, _checked(key) or key_here(config.data),
        idle_minutes=idle_minutes,
    )  # fmt: skip
    server = Server(app, config)
    if opens:
        Timer(OPEN_AFTER_SECONDS, webbrowser.open, [url]).start()
    say(as_json, {"researcher": url}, f"researcher: {url}")
    _run(server, app.extensions["desk"].watch())


def _run(server: Server, at_end: Any) -> None:
    """Serve until the end, and take every friendly end for one that leaves nothing behind."""
    for name in ENDINGS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.default_int_handler)
    try:
        server.run()
    finally:
        at_end()


def is_running(port: int) -> bool:
    """Tell whether the researcher's pages answer on this machine's port already."""
    answer = answer_at(port, "/researcher/sign-in")
    return answer is not None and answer[0] == 200


def _checked(key: Path | None) -> Path | None:
    """Return the key that was named. Raises UsageError if anybody could open it."""
    if key is not None and not is_locked(key):
        raise click.UsageError(
            f"{key} is no key file under a passphrase, so everybody at this computer could open "
            "the answers. Please name the file identity.age that “kiosk study new” made."
        )
    return key
