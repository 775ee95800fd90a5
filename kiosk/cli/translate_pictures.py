"""Pictures of the pages on which translated texts stand, taken from the kiosk itself."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask.testing import FlaskClient
from pyrage import x25519

from kiosk.app import create_app
from kiosk.config import Config
from kiosk.store.workshop import Plan
from kiosk.store.workshops import Workshops
from kiosk.translate.files import Files

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

STUDY = """id = "pictures"
title = "Pictures"
organisation = "University"
contact = "ask@example.org"
[[recipient]]
role = "main"
key = "{key}"
"""
AT = "http://kiosk.invalid"
SIZE = {"width": 420, "height": 640}
# Part of the page -> the page of the sheet that it is shown on.
SCREENS = {
    "s-consent": "consent", "s-practice": "practice", "s-review": "review", "thanks": "sent",
    "waiting": "trouble",
}  # fmt: skip
SHOW = """id => {
  for (const one of document.querySelectorAll('.screen')) one.hidden = one.id !== id;
  document.getElementById('nav').hidden = !document.getElementById(id).dataset.item;
  scrollTo(0, 0);
}"""
NO_PLAYWRIGHT = (
    "No pictures: they need Playwright and a browser. "
    "Please install them with: pip install playwright && playwright install chromium"
)


def take_pictures(files: Files) -> tuple[dict[str, bytes], str]:
    """Return page or line id -> JPEG of what people see, or none and a sentence that says why."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ModuleNotFoundError:
        return {}, NO_PLAYWRIGHT
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(
                executable_path=os.environ.get("KIOSK_BROWSER"),
                args=["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [],
            )
        except Error:
            return {}, NO_PLAYWRIGHT
        app = create_app(Config(data=Path(folder), send=False))
        try:
            code = _workshop(files, Path(folder))
            page = browser.new_page(viewport={"width": SIZE["width"], "height": SIZE["height"]})
            client = app.test_client()
            page.route("**/*", lambda route: _answer(route, client))
            return _follow(page, files, code), ""
        finally:
            browser.close()
            app.extensions["at_end"]()


def _workshop(files: Files, data: Path) -> str:
    """Return the code of an open workshop that nobody answers in."""
    key = x25519.Identity.generate().to_public()
    ends = datetime.now() + timedelta(hours=2)
    store = Workshops(data)
    planned = store.plan(
        study=STUDY.format(key=key), survey=files.survey.id,
        survey_file=files.survey_path.read_text(encoding="utf-8"),
        plan=Plan("Workshop", "Library", "", files.survey.languages, ends),
    )  # fmt: skip
    return store.open(planned.code).code


def _answer(route: Route, client: FlaskClient) -> None:
    """Answer the browser from the kiosk in this process; nothing goes over a network."""
    path = route.request.url.removeprefix(AT)
    found: Any = client.get(path)
    route.fulfill(status=found.status_code, headers=dict(found.headers), body=found.data)


def _follow(page: Page, files: Files, code: str) -> dict[str, bytes]:
    page.goto(f"{AT}/w/{code}")
    pictures = {"start": _picture(page)}
    page.goto(f"{AT}/w/{code}/{files.language.tag}")
    parts = SCREENS | {f"s-{item.id}": f"item.{item.id}" for item in files.survey.items}
    for part, name in parts.items():
        page.evaluate(SHOW, part)
        pictures[name] = _picture(page)
    first = f"item.{files.survey.items[0].id}"
    return pictures | {"answers": pictures[first], "around": pictures[first]}


def _picture(page: Page) -> bytes:
    page.evaluate("document.fonts.ready")
    return page.screenshot(type="jpeg", quality=55)
