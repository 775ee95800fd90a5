"""Around every request: headers, compression, and pages for what goes wrong (P5)."""

from __future__ import annotations

import gzip
import logging
import traceback
from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from flask import Flask, Response, current_app, g, json, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from kiosk.files import is_full
from kiosk.languages import LANGUAGES
from kiosk.web import assets, doors
from kiosk.web.catalogue import Catalogue, speak
from kiosk.web.messages import BY_STATUS, Message, Stop
from kiosk.web.side import side
from kiosk.web.staff import sessions

PERMISSIONS = "Permissions-Policy"
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    PERMISSIONS: "geolocation=(), camera=(), microphone=(), payment=()",
}
GZIP_LEVEL = 6
ONE_PACKET = 1_400  # bytes; what is shorter gains nothing from being compressed


def install(app: Flask, catalogue: Catalogue) -> None:
    """Put the guard around an app."""
    app.before_request(lambda: _guess_language(catalogue))
    app.before_request(doors.guard)
    app.after_request(sessions.keep)
    app.after_request(_protect)
    app.teardown_request(_forget_address)
    app.register_error_handler(Stop, lambda stop: answer(stop.message))
    app.register_error_handler(HTTPException, _http_problem)
    app.register_error_handler(Exception, _broken)


def wants_json() -> bool:
    """Tell whether the page's script asks, rather than a person's browser."""
    best = request.accept_mimetypes.best_match(["text/html", "application/json"])
    return best == "application/json"


def answer(message: Message) -> AnyResponse:
    """Return a message as a page, or as JSON for the page's script."""
    title, text = str(message.title), str(message.text)
    if wants_json():
        body = {"stored": False, "final": message.final, "title": title, "text": text}
        return Response(json.dumps(body), message.status, mimetype="application/json")
    error = _("Error")
    page_title = title if message.status == 200 else f"{error}: {title}"
    name = side().message if g.get("as_staff") else "errors/message.html"
    page = render_template(name, title=title, text=text, page_title=page_title,
                           picture=message.picture)  # fmt: skip
    return Response(page, message.status)


def lend_microphone(page: Response) -> Response:
    """Let one page ask for the microphone, which all others may not."""
    page.headers[PERMISSIONS] = HEADERS[PERMISSIONS].replace("microphone=()", "microphone=(self)")
    return page


def _guess_language(catalogue: Catalogue) -> None:
    """Let pages that come before a choice be in a language the browser asks for."""
    if side().holds_request and doors.on_staff_side():
        speak(LANGUAGES[current_app.extensions["staff_language"]()], as_staff=True)
        return
    tag = request.accept_languages.best_match(sorted(catalogue.complete))
    speak(LANGUAGES[tag or "en"])


def _http_problem(problem: HTTPException) -> AnyResponse:
    if problem.code is not None and problem.code < 400:
        return problem.get_response()
    status = problem.code or 404
    return answer(replace(_by_status().get(status, _by_status()[404]), status=status))


def _broken(problem: Exception) -> AnyResponse:
    """Answer when our own code failed; the page itself must not be able to fail.

    The log says where and of which kind. The failure's own words may hold what somebody sent.
    """
    if full := is_full(problem):
        logging.getLogger("kiosk").error("The disk is full.")
    else:
        where = "".join(traceback.format_tb(problem.__traceback__))
        logging.getLogger("kiosk").error("A page failed: %s\n%s", type(problem).__name__, where)
    try:
        return answer(_by_status()[507 if full else 500])
    except Exception:  # the page itself failed: say it without one
        return Response("", 500)


def _by_status() -> Mapping[int, Message]:
    """Return what is told by status to whoever asks."""
    return BY_STATUS | (dict(side().messages) if g.get("as_staff") else {})


def _forget_address(_problem: BaseException | None) -> None:
    """Let go of the address that was asked for; Python would keep the last 128, with tickets."""
    urlsplit.cache_clear()  # type: ignore[attr-defined]  # it has one, whatever its type says


def _protect(response: Response) -> Response:
    if g.get("as_staff"):
        # Without a referrer browsers hide the origin of a form, by which we know it as our own.
        response.headers["Referrer-Policy"] = "same-origin"
    if doors.on_this_machine():  # over plain http in the network, browsers ignore it loudly
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", assets.policy())
    response.headers["Vary"] = "Accept-Encoding, Accept"
    long = response.is_json and response.content_length and response.content_length > ONE_PACKET
    compressible = (response.mimetype == "text/html" or long) and not response.direct_passthrough
    if compressible and "gzip" in request.headers.get("Accept-Encoding", ""):
        response.set_data(gzip.compress(response.get_data(), GZIP_LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
