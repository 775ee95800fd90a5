"""Puts the parts of the kiosk together; holds no logic of its own."""

from __future__ import annotations

from flask import Flask
from jinja2 import StrictUndefined

from kiosk.config import Config
from kiosk.paths import bundled
from kiosk.store.database import prepare
from kiosk.store.intake import Intake
from kiosk.store.workshops import Workshops
from kiosk.web import assets, catalogue, facilitator, fixed, guard, participant
from kiosk.web.address import kiosk_url, lan_address
from kiosk.web.qr import qr
from kiosk.web.sign_in import StaffPass

LARGEST_FORM = 64 * 1024


def create_app(config: Config) -> Flask:
    """Return the kiosk's web application; its data folder is made if it is missing."""
    prepare(config.data)
    app = Flask("kiosk", static_folder=None, template_folder="web/templates")
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_FORM
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals |= {
        "icon": assets.icon, "sprite": assets.sprite, "style": assets.style,
        "script": assets.script, "qr": qr,
    }  # fmt: skip
    app.extensions |= {
        "staff_pass": StaffPass(),
        "workshops": Workshops(config.data),
        "intake": Intake(config.data),
        "kiosk_url": lambda: kiosk_url(config.address or lan_address(), config.port),
    }
    guard.install(app, catalogue.install(app, bundled("translations")))
    app.context_processor(lambda: {"language": catalogue.current_language()})
    for part in (participant, facilitator, fixed):
        app.register_blueprint(part.pages)
    return app
