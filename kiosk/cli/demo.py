"""`kiosk demo`: a whole study on one machine, ready to be tried."""

from __future__ import annotations

import os
import shlex
import sys
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click

from kiosk.app import create_app
from kiosk.cli.common import common, config_for, say, tell
from kiosk.cli.serve import staff_url
from kiosk.cli.workshop import TWELVE_HOURS
from kiosk.config import Config
from kiosk.opening.new_study import make_study
from kiosk.serve import Server, check_port
from kiosk.sound.library import Sounds
from kiosk.sound.make import NoVoice, make_missing
from kiosk.store.planning import plan_workshop
from kiosk.store.workshop import Plan, Workshop
from kiosk.store.workshops import Workshops
from kiosk.study.model import Study, install
from kiosk.survey.library import find_survey
from kiosk.survey.loader import load_survey
from kiosk.survey.model import Survey

PASSPHRASE = "only-for-the-demo"  # noqa: S105 - a demo study has no secret
TITLE, SITE, TOOL = "Draw with Procreate", "Deichman Bjørvika", "Procreate"


@click.command()
@click.option("--host", help="Address to listen on (default: all).")
@click.option("--port", type=int, help="Port to listen on (default: 8080).")
@common
def demo(host: str | None, port: int | None, data: Path | None, as_json: bool) -> None:
    """Make a demo study with a known passphrase, open one workshop in all languages, and serve.

    Without --data or KIOSK_DATA everything lies in a new temporary folder.
    """
    if data is None and "KIOSK_DATA" not in os.environ:
        data = Path(tempfile.mkdtemp(prefix="kiosk-demo-"))
    config = config_for(data, host=host, port=port)
    check_port(config)  # before anything is mended: another kiosk may be using it
    tell("One moment, please: the demo study gets its keys.", err=True)
    app = create_app(config)
    server = Server(app, config)
    made = config.data / "demo-study"
    opened, key = _demo_workshop(config, made), made / "identity.age"
    bundles, dataset = config.data / "bundles", config.data / "dataset"
    facts = {
        "participants": f"{app.extensions['kiosk_url']()}/w/{opened.code}",
        "staff": staff_url(config),
        "key": str(key),
        "passphrase": PASSPHRASE,
        "close": _kiosk("workshop", "close", opened.code, "--data", config.data),
        "collect": f"KIOSK_PASSPHRASE={PASSPHRASE} "
        + _kiosk("collect", bundles, "--key", key, "--out", dataset),
    }
    say(as_json, facts, "\n".join(f"{name}: {fact}" for name, fact in facts.items()))
    server.run()


def _demo_workshop(config: Config, folder: Path) -> Workshop:
    """Return the demo's open workshop; made, with its study, when the demo runs first."""
    store = Workshops(config.data)
    still_open = store.all(only_open=True)
    if still_open:
        return still_open[0]
    if not folder.exists():
        make_study(folder, "Demo study", "The Demo University", "demo@example.org", PASSPHRASE)
    study = install(folder, config.data)
    asked = load_survey(find_survey("workshop", config.data))
    _speak_names(asked, study, config.data)
    plan = Plan(TITLE, SITE, TOOL, asked.languages, datetime.now() + TWELVE_HOURS)
    return store.open(plan_workshop(store, study, "workshop", plan).code)


def _speak_names(survey: Survey, study: Study, data: Path) -> None:
    """Let those languages that can be heard say the demo's own names, too, if there is a voice."""
    with suppress(NoVoice):
        for tag in survey.languages:
            if Sounds(data).of(survey, tag, study=study):
                make_missing(survey, tag, data, TOOL, study)


def _kiosk(*words: object) -> str:
    """Return a command line that works where this demo was started."""
    return shlex.join([sys.argv[0], *map(str, words)])
