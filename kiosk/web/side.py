"""The pages of an app that are not for everybody: where they lie, and what they all know."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import current_app, g, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.wrappers import Response

from kiosk.languages import LANGUAGES
from kiosk.translations import SOURCE
from kiosk.web.catalogue import Catalogue, current_language
from kiosk.web.kept import Kept
from kiosk.web.messages import Message
from kiosk.web.staff import sessions

LANGUAGE = "language"


@dataclass(frozen=True)
class Side:
    """One side of the house: its people come in through `sign_in` and then have the door `door`.

    `sign_in`, `home` and `language` are endpoints. Whatever begins with `covers` is there for
    nobody else; the pages themselves lie below `path`. `message` is the template of a message, and
    `messages` says by status what these people are told instead of what participants are.
    """

    path: str
    covers: str
    door: str
    sign_in: str
    home: str
    language: str
    message: str
    messages: Mapping[int, Message] = field(default_factory=dict)

    @property
    def holds_request(self) -> bool:
        """Whether the page that is asked for lies on this side."""
        return request.path.startswith(self.covers)


def side() -> Side:
    """Return the running app's side that is not for everybody."""
    found: Side = current_app.extensions["side"]
    return found


def for_templates() -> dict[str, object]:
    """Return what every template knows of this visit; participants' pages touch no session."""
    language = current_language()
    inside = g.get("as_staff") and side().holds_request
    return {
        "language": language,
        "staff_draft": language.tag != SOURCE,
        "signed_in": bool(inside) and sessions.current().signed_in,
        "side": side(),
    }


def language_now(kept: Kept, texts: Catalogue) -> str:
    """Return the tag that these pages speak: chosen once, until then the browser's."""
    chosen = kept.get(LANGUAGE)
    if chosen in texts.staff.complete:
        return str(chosen)
    return request.accept_languages.best_match(sorted(texts.staff.complete)) or "en"


def languages() -> list[tuple[str, str]]:
    """Return (tag, own name) of the languages that can be chosen."""
    complete = current_app.extensions["catalogue"].staff.complete
    return [(tag, language.endonym) for tag, language in LANGUAGES.items() if tag in complete]


def choose_language(kept: Kept) -> Response:
    """Let these pages speak the language that was touched, and go back to where that was."""
    tag = request.form.get("language", "")
    if tag in current_app.extensions["catalogue"].staff.complete:
        kept.set(LANGUAGE, tag)
    return redirect(way_on(), 303)


def way_on() -> str:
    """Return the page of this side that was asked for, or the nearest above that can be seen."""
    path = request.values.get("then", "")
    safe = re.compile(rf"{re.escape(side().path)}/(?:[\w-]+/)*[\w-]*", re.ASCII)
    while safe.fullmatch(path):
        try:
            current_app.url_map.bind("").match(path, method="GET")
        except RequestRedirect:
            return path
        except HTTPException:
            path = path.rstrip("/").rpartition("/")[0] + "/"
        else:
            return path
    return url_for(side().home)
