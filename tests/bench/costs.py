"""Where the time goes: in the server a page and a Send, in the browser a load and a Next."""

from __future__ import annotations

import cProfile
import pstats
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from flask.testing import FlaskClient
from playwright.sync_api import Browser, CDPSession, Page

from kiosk.app import create_app
from kiosk.config import Config
from kiosk.opening.new_study import make_study
from kiosk.store.workshop import Plan
from kiosk.study.model import install
from kiosk.survey.loader import load_survey
from tests.bench.browser import SLOW, phone, visit
from tests.bench.figures import Figure, Part
from tests.bench.kiosks import Kiosk
from tests.conftest import SURVEY_FILE, new_submission_id

TIMES = 100
PHRASE = "only for the benchmark"
# What a function of this name takes, with all that it calls.
PAGE_PARTS = {"made": "making it", "compress": "compressing it", "clips_of": "looking for clips",
              "workshop_of": "reading the workshop", "offered": "which languages"}  # fmt: skip
SEND_PARTS = {"seal": "sealing it", "read_answers": "checking it", "best_match": "its headers",
              "store": "waiting for the writer: its commit and the rewriting before"}  # fmt: skip
SCREEN_QUIET_MS = 520


def of_server(folder: Path) -> Part:
    """Profile pages and sends of an app in this process; shares are of the profiled time."""
    with tempfile.TemporaryDirectory(dir=folder) as room:
        study = make_study(Path(room) / "study", "S", "U", "a@example.org", PHRASE)
        app = create_app(Config(data=Path(room) / "data", address="192.0.2.7"))
        try:
            install(study.file, Path(room) / "data")
            survey = load_survey(SURVEY_FILE)
            plan = Plan("Draw", "Here", "Procreate", survey.languages,
                        datetime.now() + timedelta(hours=2))  # fmt: skip
            workshops = app.extensions["workshops"]
            planned = workshops.plan(
                study=study.file.read_text("utf-8"), survey=survey.id,
                survey_file=SURVEY_FILE.read_text("utf-8"), plan=replace(plan),
            )  # fmt: skip
            path = f"/w/{workshops.open(planned.code).code}/en"
            client = app.test_client(use_cookies=False)
            answers = {item.id: "4" for item in survey.items}
            return Part(
                f"Where the server's time goes, {TIMES} of each",
                [
                    *_profiled("a page", lambda: _get(client, path), PAGE_PARTS),
                    *_profiled("a Send", lambda: _post(client, path, answers), SEND_PARTS),
                ],
            )
        finally:
            app.extensions["at_end"]()


def _get(client: FlaskClient, path: str) -> None:
    assert client.get(path, headers={"Accept-Encoding": "gzip"}).status_code == 200


def _post(client: FlaskClient, path: str, answers: Mapping[str, str]) -> None:
    sent = {"submission_id": new_submission_id(), **answers}
    assert client.post(path, data=sent, headers={"Accept": "application/json"}).status_code == 201


def _profiled(name: str, action: Callable[[], None], parts: Mapping[str, str]) -> list[Figure]:
    action()
    begun = time.process_time()
    for _ in range(TIMES):
        action()
    each = 1000 * (time.process_time() - begun) / TIMES
    profile = cProfile.Profile()
    profile.enable()
    for _ in range(TIMES):
        action()
    profile.disable()
    stats = pstats.Stats(profile)
    whole: float = stats.total_tt  # type: ignore[attr-defined]  # it is there, but not declared
    found = dict.fromkeys(parts, 0.0)
    for (_, _, function), (_, _, _, cumulative, _) in stats.stats.items():  # type: ignore[attr-defined]  # the same
        key = function.removeprefix("<built-in method zlib.").rstrip(">")
        if key in found:
            found[key] = max(found[key], cumulative)
    return [
        Figure(f"{name}: processor time", each, "ms", note="the client's part in it"),
        *(Figure(f"{name}: of it {parts[key]}", 100 * taken / whole, "%")
          for key, taken in found.items()),
    ]  # fmt: skip


def of_page(kiosk: Kiosk, browser: Browser) -> Part:
    """Ask the browser what its main thread did for one load, and for one Next on the average."""
    with phone(browser, SLOW) as (page, _):
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        visit(page, kiosk.url("/en"))
        page.wait_for_timeout(SCREEN_QUIET_MS)
        load = _spent(session)
        page.locator('[data-go="s-practice"]').tap(force=True)
        nexts = [_next(page, session) for _ in range(page.locator(".question").count())]
    mean = {name: sum(one[name] for one in nexts) / len(nexts) for name in load}
    return Part(
        f"Where the phone's time goes, main thread ({SLOW.name})",
        [*_spent_figures("load", load), *_spent_figures("Next", mean)],
    )


def _next(page: Page, session: CDPSession) -> dict[str, float]:
    page.wait_for_timeout(SCREEN_QUIET_MS)
    page.locator(".question:not([hidden]) input >> nth=1").tap(force=True)
    page.wait_for_timeout(SCREEN_QUIET_MS)
    before = _spent(session)
    page.locator('[data-do="next"]').tap(force=True)
    page.wait_for_timeout(SCREEN_QUIET_MS)
    return {name: value - before[name] for name, value in _spent(session).items()}


def _spent(session: CDPSession) -> dict[str, float]:
    found = session.send("Performance.getMetrics")["metrics"]
    return {one["name"]: one["value"] for one in found if one["name"] in METRICS}


METRICS = {
    "ScriptDuration": ("scripts", 1000, "ms"), "RecalcStyleDuration": ("style", 1000, "ms"),
    "LayoutDuration": ("layout", 1000, "ms"), "TaskDuration": ("all tasks together", 1000, "ms"),
    "RecalcStyleCount": ("times style was computed", 1, ""),
    "LayoutCount": ("times it was laid out", 1, ""),
}  # fmt: skip


def _spent_figures(what: str, spent: Mapping[str, float]) -> list[Figure]:
    return [Figure(f"{what}: {name}", spent[metric] * factor, unit)
            for metric, (name, factor, unit) in METRICS.items()]  # fmt: skip
