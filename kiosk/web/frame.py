"""An empty app that knows how our pages are drawn; holds no page."""

from __future__ import annotations

from flask import Flask
from jinja2 import StrictUndefined

from kiosk.web import assets, catalogue, side
from kiosk.web.staff import sessions

LARGEST_FORM = 64 * 1024


def bare_app() -> Flask:
    """Return a web application without pages. It takes no form that is larger than 64 KiB."""
    app = Flask("kiosk", static_folder=None, template_folder="web/templates")
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_FORM
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals |= {
        "icon": assets.icon, "sprite": assets.sprite, "style": assets.style,
        "script": assets.script, "csrf": sessions.csrf, "staff_languages": side.languages,
        "day": catalogue.day, "in_language": catalogue.in_language,
    }  # fmt: skip
    app.context_processor(side.for_templates)
    return app
