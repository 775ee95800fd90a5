"""Puts the parts of the kiosk together; holds no logic of its own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from time import monotonic

from flask import Flask

from kiosk.config import Config
from kiosk.paths import bundled
from kiosk.store.database import prepare
from kiosk.store.intake import Intake
from kiosk.store.keeper import Keeper
from kiosk.store.rescue import rescue
from kiosk.store.settings import Settings
from kiosk.store.workshops import Workshops
from kiosk.study.kept import mend
from kiosk.sync.outbox import Outbox
from kiosk.sync.sender import Sender
from kiosk.web import catalogue, fixed, frame, guard, participant, screen, side, sounds
from kiosk.web.address import ADDRESS, kiosk_url, lan_address
from kiosk.web.kept_pages import KeptPages
from kiosk.web.qr import qr
from kiosk.web.screens import Screens
from kiosk.web.staff import (
    access,
    deleting,
    paper,
    plans,
    prints,
    reach,
    recording,
    reports,
    sending,
    sessions,
    workshop,
)
from kiosk.web.staff import (
    settings as settings_pages,
)
from kiosk.web.staff.pin import Pin

PARTS = (
    participant, sounds, screen, fixed, access, plans, workshop, prints, paper, reports, reach,
    sending, deleting, settings_pages, recording,
)  # fmt: skip


@dataclass(frozen=True)
class Clocks:
    """What tells a kiosk the day and hour (local), and how many seconds have passed."""

    now: Callable[[], datetime] = datetime.now
    seconds: Callable[[], float] = monotonic


THIS_MACHINES = Clocks()


def create_app(config: Config, clocks: Clocks = THIS_MACHINES) -> Flask:
    """Return the kiosk's web application; its data folder is made or mended."""
    rescue(config.data)
    prepare(config.data)
    mend(config.data)
    app = frame.bare_app()
    app.jinja_env.globals |= {"qr": qr, "listener_path": sounds.listener_path}
    settings, intake = Settings(config.data), Intake(config.data, clocks.now)
    keeper = Keeper(config.data, config.backup_to)
    sender = Sender(Outbox(config.data, config.target, clocks.now), clocks.seconds)
    app.extensions |= {
        "config": config,
        "settings": settings,
        "side": access.SIDE,
        "staff_on_lan": config.staff_on_lan,
        "sessions": sessions.Sessions(settings),
        "pin": Pin(settings, clocks.seconds),
        "screens": Screens(clocks.seconds),
        "phone_test": reach.PhoneTest(),
        "workshops": Workshops(config.data, clocks.now),
        "kept_pages": KeptPages(),
        "intake": intake,
        "sender": sender,
        "keeper": keeper,
        "at_end": partial(_end, keeper, sender, intake),
        "kiosk_url": lambda: kiosk_url(
            config.address or lan_address(settings.get(ADDRESS)), config.port
        ),
    }
    texts = catalogue.install(app, bundled("translations"))
    app.extensions["staff_language"] = lambda: side.language_now(settings, texts)
    guard.install(app, texts)
    for part in PARTS:
        app.register_blueprint(part.pages)
    return app


def _end(keeper: Keeper, sender: Sender, intake: Intake) -> None:
    """Begin no more copies and no more sending, and write what has arrived."""
    keeper.stop()
    sender.stop()
    intake.stop()
