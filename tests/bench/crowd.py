"""A hundred phones open the page and send within ten seconds; staff watch meanwhile."""

from __future__ import annotations

import random
import re
import threading
import time
from collections.abc import Callable
from http.cookiejar import CookieJar
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from tests.bench.figures import Figure, Part, share
from tests.bench.kiosks import Kiosk
from tests.bench.phones import Phones, Sent

PHONES, SECONDS = 100, 10.0
STAFF_EVERY_SECONDS = 0.2
P95_BAR, STAFF_BAR = 250.0, 250.0
PIN = "kaffe og kaker"
SIGN = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


def measure(kiosk: Kiosk) -> Part:
    """Let the crowd come, and measure what phones and staff feel."""
    staff = sign_in(kiosk)
    pages, sends, watched = Sent(), Sent(), Sent()
    phones, over = Phones(kiosk), threading.Event()

    def phone() -> None:
        opens, sending = sorted(random.uniform(0, SECONDS) for _ in "ab")  # noqa: S311 - any moment will do
        time.sleep(opens)
        phones.send_one(phones.page, pages, wanted="200")
        time.sleep(sending - opens)
        phones.send_one(phones.request(), sends)

    def watch() -> None:
        while not over.wait(STAFF_EVERY_SECONDS):
            watched.taken.append(_timed(lambda: _text(staff, kiosk, f"w/{kiosk.code}/")))

    watcher = threading.Thread(target=watch)
    before, descriptors, threads = kiosk.cpu_seconds, kiosk.descriptors, kiosk.threads
    watcher.start()
    together(phone)
    over.set()
    watcher.join()
    _let_go(kiosk, descriptors)
    cpu = (kiosk.cpu_seconds - before) / PHONES
    return Part(
        f"{PHONES} phones open the page and send within {SECONDS:.0f} seconds",
        [
            Figure("page there: p50", share(pages.taken, 50), "ms"),
            Figure("page there: p95", share(pages.taken, 95), "ms"),
            Figure("Send acknowledged: p50", share(sends.taken, 50), "ms"),
            Figure("Send acknowledged: p95", share(sends.taken, 95), "ms", P95_BAR),
            Figure("pages or answers that failed", len(pages.failures) + len(sends.failures), "",
                   0),
            Figure("staff's page of the workshop meanwhile: p95", share(watched.taken, 95), "ms",
                   STAFF_BAR, note=f"{len(watched.taken)} times"),
            Figure("server's processor a phone, page and Send, staff too", cpu, "s"),
            Figure("open files after it", kiosk.descriptors - descriptors, "more", 0),
            Figure("threads after it", kiosk.threads - threads, "more", 0),
        ],
    )  # fmt: skip


def together(phone: Callable[[], None]) -> None:
    """Run the phones, and wait for the last."""
    running = [threading.Thread(target=phone) for _ in range(PHONES)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()


def sign_in(kiosk: Kiosk) -> OpenerDirector:
    """Choose the PIN of a kiosk that has none yet; return the browser that is signed in by that."""
    staff = build_opener(HTTPCookieProcessor(CookieJar()))
    sign = SIGN.search(_text(staff, kiosk, ""))
    assert sign
    chosen = urlencode({"csrf": sign[1], "pin": PIN, "again": PIN})
    _text(staff, kiosk, "first", chosen.encode())
    assert _text(staff, kiosk, f"w/{kiosk.code}/")
    return staff


def _let_go(kiosk: Kiosk, descriptors: int) -> None:
    """Wait until the kiosk has noticed that the last phones are gone, if it ever does."""
    for _ in range(100):
        if kiosk.descriptors <= descriptors:
            return
        time.sleep(0.1)


def _text(staff: OpenerDirector, kiosk: Kiosk, path: str, form: bytes | None = None) -> str:
    with staff.open(f"http://127.0.0.1:{kiosk.port}/staff/{path}", form, timeout=30) as page:
        return str(page.read().decode())


def _timed(action: Callable[[], object]) -> float:
    begun = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - begun)
