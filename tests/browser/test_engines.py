"""The same survey in other engines: WebKit, Firefox, and what an old phone got stuck at.

Every touch is a press at real coordinates. Without an AbortController (Chromium 65 has none)
and without <dialog> (older Safari has none) everything still works.
"""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator

import pytest

from kiosk.opening.new_study import NewStudy
from kiosk.store.workshops import Workshops
from kiosk.survey.model import SKIPPED
from tests.browser.listener import gives_clips
from tests.conftest import Lena
from tests.engines.engine import Engine, until
from tests.engines.firefox import Firefox
from tests.engines.old_chromium import OldChromium
from tests.engines.webkit import WebKit
from tests.server import RealKiosk
from tests.setup_engines import HAS_OLD_CHROMIUM

NAMES = ["WebKit", "Firefox", *(["Chromium 65"] if HAS_OLD_CHROMIUM else [])]
FACES = [1, 2, 3, 4, 5, SKIPPED]
MINUTE = 60_000
PLAYED = "const sound = document.querySelector('audio'); return sound && sound.duration > 0;"
QUIET = "return !document.documentElement.classList.contains('listening');"
LAST = "ui.help"  # the button at the very end of the page's head
WITHOUT_DIALOGS = (
    "for (const name of ['showModal', 'close']) delete inside.HTMLDialogElement.prototype[name];"
)


def answers_of(name: str) -> list[int]:
    chance = random.Random(name)  # noqa: S311 - a story, not a secret
    return [chance.choice(FACES) for _ in range(15)]


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """A screen that nobody sees; it chooses its own number."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as screen:
        assert screen.stdout
        yield f":{screen.stdout.readline().strip()}"
        screen.terminate()


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory, study: NewStudy) -> Iterator[RealKiosk]:
    """A kiosk whose workshop stays open."""
    running = RealKiosk(tmp_path_factory.mktemp("lasting") / "data", study.file)
    yield running
    running.stop()


@pytest.fixture(scope="module", params=NAMES)
def engine(
    request: pytest.FixtureRequest, display: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    home = tmp_path_factory.mktemp("home")
    home.chmod(0o700)
    running: Engine
    if request.param == "WebKit":
        running = WebKit(display)
    elif request.param == "Firefox":
        running = Firefox(home)
    else:
        running = OldChromium(display, home)
    yield running
    running.stop()


def comes(engine: Engine, tag: str) -> None:
    """Touch one's language, and Start, and try the practice face."""
    engine.touches_until(f"a[hreflang={tag}]", "#s-consent [data-go]")
    engine.touches_until("#s-consent [data-go]", "#s-practice")
    engine.touches("#s-practice .option:nth-child(4) input")
    engine.touches("#nav [data-do=next]")


def answers(engine: Engine, values: list[int]) -> None:
    """Answer all questions, and look at the last screen."""
    for number, value in enumerate(values, start=1):
        engine.waits_for(f"#s-q{number:02}")
        if value == SKIPPED:
            engine.touches("#nav [data-do=skip]")
        else:
            engine.touches(f"#s-q{number:02} input[value='{value}']")
            engine.touches("#nav [data-do=next]")
    engine.waits_for("#s-review")


def collected(kiosk: RealKiosk, lena: Lena) -> list[tuple[int, ...]]:
    return [response.values for response in lena.collects(kiosk.closes()).responses()]


def test_amina_answers_though_the_kiosk_is_cut_off_and_lena_reads_what_she_touched(
    engine: Engine, kiosk: RealKiosk, lena: Lena
) -> None:
    values = answers_of("Amina")
    engine.goes(f"{kiosk.url}/w/{kiosk.code}")
    comes(engine, "ar")
    assert engine.runs("return document.documentElement.dir") == "rtl"
    answers(engine, values)
    kiosk.kill()
    engine.touches("#send")
    engine.waits_for("#waiting")
    assert not engine.sees("#thanks"), "thanks come only after the server's word"
    kiosk.start()
    engine.asks("#waiting [data-do=again]", "found.click()")  # or it has just sent by itself
    engine.waits_for("#thanks")
    assert collected(kiosk, lena) == [tuple(values)]


def test_a_shared_screen_warns_goes_on_sends_and_is_clean_for_the_next(
    engine: Engine, kiosk: RealKiosk, lena: Lena
) -> None:
    key = Workshops(kiosk.data).get(kiosk.code).screen_key
    values = answers_of("somebody")
    engine.goes(f"{kiosk.url}/w/{kiosk.code}/screen/{key}")
    comes(engine, "en")
    engine.touches("#s-q01 input[value='5']")
    chosen = "return inside.document.querySelector('#s-q01 input:checked') !== null"
    until(lambda: engine.asks("body", chosen), "the touch")
    engine.lets_pass(2 * MINUTE + 5000)
    engine.touches("#stay")
    until(lambda: not engine.sees("#idle"), "going on")
    assert engine.asks("#s-q01 input:checked", "return found.value") == "5", "nothing is lost"
    answers(engine, values)
    engine.touches("#send")
    engine.waits_for("#thanks")
    engine.touches("#thanks [data-next-person]")
    engine.waits_for("ul.languages")
    assert engine.asks("body", "return inside.document.querySelectorAll('input').length") == 0
    assert collected(kiosk, lena) == [tuple(values)]


def test_a_browser_without_dialogs_warns_and_lets_go_on_all_the_same(
    engine: Engine, lasting: RealKiosk
) -> None:
    key = Workshops(lasting.data).get(lasting.code).screen_key
    engine.goes(f"{lasting.url}/w/{lasting.code}/screen/{key}")
    comes(engine, "fa")
    engine.asks("body", WITHOUT_DIALOGS)
    engine.lets_pass(2 * MINUTE + 5000)
    engine.waits_for("#idle.plain")
    assert engine.asks("#stay", "return inside.document.activeElement === found")
    engine.touches("#stay")
    until(lambda: not engine.sees("#idle"), "going on")
    engine.lets_pass(3 * MINUTE)
    engine.waits_for("ul.languages")


def test_the_page_is_read_aloud(engine: Engine, lasting: RealKiosk) -> None:
    gives_clips(lasting.data, ("ar",))
    engine.goes(f"{lasting.url}/w/{lasting.code}")
    comes(engine, "ar")
    engine.touches("[data-listen]")
    until(lambda: bool(engine.runs(PLAYED)), "a clip that plays")
    until(lambda: bool(engine.runs(QUIET)), "the end of the reading")
    assert engine.runs("return document.querySelector('audio').dataset.clip") == LAST
